import { signDocument } from '../../src/document/sign.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { addSerials, type RevocationDraft, revokeKey, setWatermark } from '../../src/revocation/draft.ts'
import { loadRevocationList } from '../../src/revocation/load.ts'
import type { RevocationList } from '../../src/revocation/revocation-list.ts'
import { encodeRevocationDraft } from '../../src/revocation/sign.ts'
import { encodeSlicedRevocationDraft } from '../../src/revocation/slice-draft.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import { encodeSlicedTrustDraft } from '../../src/trust/slice-draft.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'
import { type LoadedSlice, withSlice } from '../../src/verify/with-slice.ts'
import {
  AUTHORITY,
  bodyOf,
  contentOf,
  documentOf,
  EXPIRES,
  fastEngine,
  ISSUED,
  keyOf,
  keysOf,
  mustLoad,
} from './trust-lists.ts'

/** A ministry's lists in slices: issuers by the hundred, some of them for the same facility. */

export const REVOKER: Signer = keyOf('revoker')

/** Key ids with gaps, the first of them 3. */
export const keyIdOf = (place: number): number => 3 + 5 * place

const nameOf = (place: number): string => `issuer ${place}`
export const issuerKey = (place: number): Signer => keyOf(nameOf(place))

/**
 * Issuers in threes: the first of three may stamp all products of their facility up to serial 999, the second one product
 * from there on, the third another one. Each facility has three products; the last facility no issuer.
 */
export function ministry(count: number, changes: Partial<TrustListContent> = {}): TrustListContent {
  const facilityOf = (place: number) => 100 + Math.floor(place / 3)
  const scopeOf = (place: number) => {
    const facility = facilityOf(place)
    if (place % 3 === 0) return [{ facility, last: 999 }]
    return [{ facility, product: 10 * facility + (place % 3), first: 1000 }]
  }
  const facilities = Array.from({ length: Math.ceil(count / 3) + 1 }, (_, at) => ({
    id: 100 + at,
    name: `Cơ sở ${at}`,
    address: `Thôn ${at}`,
  }))
  return contentOf({
    revocationKey: REVOKER.publicKey,
    issuers: Array.from({ length: count }, (_, place) => ({
      keyId: keyIdOf(place),
      publicKey: issuerKey(place).publicKey,
      name: nameOf(place),
      scope: scopeOf(place),
      notBefore: ISSUED,
      notAfter: new Date('2027-01-01T00:00:00Z'),
    })),
    catalogue: {
      facilities,
      products: facilities.flatMap(({ id }) =>
        [0, 1, 2].map((at) => ({ id: 10 * id + at, facility: id, name: `Chè ${id}-${at}` })),
      ),
    },
    ...changes,
  })
}

/** Every fifth product has revoked serials, every second key a watermark, every seventh key is revoked. */
export function revokedOf({ issuers, catalogue }: TrustListContent, sequence = 1): RevocationDraft {
  const next = new Date('2026-02-02T00:00:00Z')
  let draft = draftRevocationList({ authority: AUTHORITY, sequence, issued: ISSUED, next, expires: EXPIRES })
  for (const { id: product, facility } of catalogue!.products.filter((_, at) => at % 5 === 0)) {
    const day = { reason: 'lost', date: '2026-01-03' } as const
    draft = addSerials(draft, { facility, product, ...day, serials: [5, { first: 1500, last: 1600 }] })
    draft = addSerials(draft, { facility, product, reason: 'stolen', date: '2026-01-04', serials: [7] })
  }
  for (const [place, { publicKey, scope }] of issuers.entries()) {
    const { facility, product = 10 * facility } = scope[0]!
    if (place % 2 === 0) draft = setWatermark(draft, { publicKey, facility, product, serial: 1800 })
    if (place % 7 === 0) {
      const above = place % 2 === 0 ? [{ facility, product, serial: 1200 }] : []
      draft = revokeKey(draft, { publicKey, reason: 'key-compromise', date: '2026-01-05', above })
    }
  }
  // Nobody's: it stays in the body.
  return addSerials(draft, { facility: 9, product: 9, reason: 'other', date: '2026-01-03', serials: [1] })
}

export interface SlicedList {
  readonly document: Uint8Array
  readonly slices: readonly Uint8Array[]
}

export async function sliceTrust(content: TrustListContent): Promise<SlicedList> {
  const { document, slices } = encodeSlicedTrustDraft(content, { engine: fastEngine })
  return { document: await signDocument(document, keyOf('root')), slices }
}

export async function sliceRevocation(draft: RevocationDraft, trustList: TrustList): Promise<SlicedList> {
  const { document, slices } = encodeSlicedRevocationDraft(draft, { trustList })
  return { document: await signDocument(document, REVOKER), slices }
}

export const wholeTrust = (content: TrustListContent): TrustList =>
  mustLoad(documentOf(bodyOf(content), keysOf('root')))

export async function wholeRevocation(draft: RevocationDraft, trustList: TrustList): Promise<RevocationList> {
  return openRevocationFile(await signDocument(encodeRevocationDraft(draft), REVOKER), trustList)
}

export function openRevocationFile(file: Uint8Array, trustList: TrustList): RevocationList {
  const loaded = loadRevocationList(file, { trustList })
  if (!loaded.ok) throw new Error(`refused: ${loaded.reason} ${loaded.detail ?? ''}`)
  return loaded.revocationList
}

/** The list with these slices. */
export function grown<List extends TrustList | RevocationList>(
  list: List,
  slices: readonly Uint8Array[],
): List {
  const loaded: LoadedSlice<List> = withSlice(list, slices)
  if (!loaded.ok) throw new Error(`refused: ${loaded.reason} ${loaded.detail ?? ''}`)
  return loaded.list
}

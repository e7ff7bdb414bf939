import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { signDocument } from '../../src/document/sign.ts'
import type { Engine } from '../../src/ed25519/engine.ts'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { createIssuer, type Issuer } from '../../src/issue/issuer.ts'
import { readRegistry } from '../../src/registry/registry.ts'
import type { RevocationDraft } from '../../src/revocation/draft.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSlicedRevocationDraft } from '../../src/revocation/slice-draft.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import { encodeSlicedTrustDraft } from '../../src/trust/slice-draft.ts'

/** Lists in slices of an authority that is so many times the province. */

export const AUTHORITY = 'ministry.example'
const STAMPS = 135_000
const DAY = 86_400_000

/** When lists are of, and good until. */
export interface ListDates {
  readonly issued: Date
  readonly next: Date
  readonly expires: Date
}

export const datesFrom = (issued: Date): ListDates => ({
  issued,
  next: new Date(issued.getTime() + 7 * DAY),
  expires: new Date(issued.getTime() + 31 * DAY),
})

const seedOf = (kind: number, number: number) =>
  sha256(Uint8Array.of(kind, number >> 16, number >> 8, number))
const root = seedSigner(seedOf(1, 0))
const revoker = seedSigner(seedOf(2, 0))
export const ROOTS = { threshold: 1, keys: [root.publicKey] }

/** The issuer of a place in the list: what it may stamp is its first range. */
export const issuerAt = ({ issuers }: TrustListContent, place: number): Issuer =>
  createIssuer({ keyId: issuers[place]!.keyId, signer: seedSigner(seedOf(3, place)) })

/** What an authority publishes. */
export interface ScaledLists {
  readonly bodies: readonly [trust: Uint8Array, revocation: Uint8Array]
  readonly slices: readonly Uint8Array[]
  readonly trustSlices: number
  /** Those that the first issuer's stamps ask for. */
  readonly first: readonly Uint8Array[]
}

export interface PublishOptions {
  readonly scale: number
  readonly dates: ListDates
  readonly engine: Engine
  /** Facilities whose products have higher watermarks than on the first day. */
  readonly raised?: ReadonlySet<number>
}

/** Cuts and signs its lists. */
export async function publish(
  content: TrustListContent,
  { scale, dates, engine, raised = new Set() }: PublishOptions,
): Promise<ScaledLists> {
  const trust = encodeSlicedTrustDraft(content, { engine })
  const draft = revoked(content, { scale, dates, engine, raised })
  const { issuers } = content
  const revocation = encodeSlicedRevocationDraft(draft, { trustList: { issuers, missingSlices: [] } })
  return {
    bodies: [await signDocument(trust.document, root), await signDocument(revocation.document, revoker)],
    slices: [...trust.slices, ...revocation.slices],
    trustSlices: trust.slices.length,
    first: [trust.slices[0]!, revocation.slices[0]!],
  }
}

/** The province's facilities and products, each as often as the scale says, with an issuer for each facility. */
export function contentOf(
  scale: number,
  { issued, expires }: ListDates,
  prefixes: readonly string[] = [],
): TrustListContent {
  const file = (name: string) =>
    readFileSync(new URL(`../../examples/quang-ninh/${name}.csv`, import.meta.url))
  const read = readRegistry({ facilities: file('facilities'), products: file('products') })
  if (!read.ok) throw new Error('the registry was not read')
  const { facilities, products } = read.catalogue
  const copies = Array.from({ length: scale }, (_, copy) => copy)
  const facilityId = (copy: number, id: number) => copy * 100 + id
  return {
    ...{ authority: AUTHORITY, sequence: 1, issued, expires, roots: ROOTS, prefixes },
    revocationKey: revoker.publicKey,
    issuers: copies.flatMap((copy) =>
      facilities.map(({ id, name }, at) => ({
        keyId: 1 + copy * facilities.length + at,
        publicKey: keyOf(copy * facilities.length + at),
        name: copy === 0 ? name : `${name} ${copy}`,
        scope: [{ facility: facilityId(copy, id) }],
        notBefore: issued,
        notAfter: new Date(issued.getTime() + 1000 * DAY),
      })),
    ),
    catalogue: {
      facilities: copies.flatMap((copy) =>
        facilities.map((each) => ({ ...each, id: facilityId(copy, each.id), name: `${each.name} ${copy}` })),
      ),
      products: copies.flatMap((copy) =>
        products.map((each) => ({
          ...each,
          id: copy * 1000 + each.id,
          facility: facilityId(copy, each.facility),
        })),
      ),
    },
  }
}

/** A public key of a seed, by Node: noble would take minutes. */
function keyOf(number: number): Uint8Array {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seedOf(3, number)])
  const { x } = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({
    format: 'jwk',
  })
  return Uint8Array.from(Buffer.from(x!, 'base64url'))
}

/** A watermark for each product, and of a thousand stamps one revoked: half of them single, half in rolls of 67. */
function revoked(
  { issuers, catalogue, sequence }: TrustListContent,
  { scale, dates, raised }: PublishOptions,
): RevocationDraft {
  const { products } = catalogue!
  const keys = new Map(issuers.map(({ scope: [range], publicKey }) => [range!.facility, sha256(publicKey)]))
  const why = { reason: 'lost', date: dates.issued.toISOString().slice(0, 10) } as const
  const singles = Math.round((STAMPS * scale) / 2000)
  return {
    ...{ authority: AUTHORITY, epoch: 0, sequence, ...dates },
    revoked: products.flatMap(({ id, facility }, at) => {
      const own =
        Math.floor(((at + 1) * singles) / products.length) - Math.floor((at * singles) / products.length)
      const serials = [
        ...Array.from({ length: own }, (_, each) => 100 + ((at * 37 + each * 211) % 700)),
        ...(at % 164 === 7 ? [{ first: 300, last: 366 }] : []),
      ]
      return serials.length > 0 ? [{ facility, product: id, ...why, serials: serialSetOf(serials) }] : []
    }),
    watermarks: products.map(({ id, facility }, at) => {
      const serial = 823 + (at % 50) + (raised?.has(facility) ? 640 : 0)
      return { key: keys.get(facility)!, facility, product: id, serial }
    }),
    revokedKeys: [],
  }
}

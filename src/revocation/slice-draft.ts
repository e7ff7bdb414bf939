import { encodeCbor } from '../codec/cbor.ts'
import { writeShape } from '../codec/shape-writer.ts'
import { cutSlices, groupIssuers, type SlicedDocument, slicesOfCuts } from '../document/cut.ts'
import { decodeEnvelope } from '../document/envelope.ts'
import { orRefused } from '../document/refusal.ts'
import { draftDocument } from '../document/sign.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { checkTable, kindOf } from '../lib/arguments.ts'
import { toHex } from '../lib/bytes.ts'
import { argumentRange } from '../lib/errors.ts'
import { groupBy } from '../lib/group-by.ts'
import { checkContent } from './arguments.ts'
import {
  type RevocationBody,
  type RevocationEntries,
  readRevocationBody,
  revocationBody,
  revocationSlice,
} from './body.ts'
import { bodyOf } from './content.ts'
import type { RevocationDraft } from './draft.ts'
import { growRevocationList } from './grow.ts'
import { checkPermanence } from './permanence.ts'
import { indexRevocationList } from './revocation-list.ts'
import { refusedRevocationDraft } from './sign.ts'

/** Whom a revocation list is cut by. Every loaded trust list fits. */
export interface SliceIssuers {
  readonly issuers: readonly SlicedIssuer[]
  readonly missingSlices: readonly unknown[]
}

/** @inline */
export interface SlicedIssuer {
  readonly keyId: number
  readonly publicKey: Uint8Array
  readonly scope: readonly { readonly facility: number; readonly product?: number | undefined }[]
}

const anIssuersList = kindOf(
  'a loaded trust list',
  (value) => !!Object(value).missingSlices && !!Object(value).issuers,
)

/**
 * The draft as an unsigned document and its slices, for lists that are too large for a phone (docs/spec/slices.md). They are
 * cut by the issuers of the trust list: each slice says what concerns the stamps of some key ids. What concerns no issuer
 * stays in the document.
 * @param options `trustList`: the newest one, loaded with all its slices
 * @returns the same slices for the same draft and trust list; after an edit few of them differ
 * @throws as `encodeRevocationDraft` does; VeristampError `does_not_fit` for a document above 4 MiB
 * @example
 * ```ts
 * import { encodeSlicedRevocationDraft, signDocument } from 'veristamp/authority'
 *
 * const { document, slices } = encodeSlicedRevocationDraft(draft, { trustList })
 * const file = await signDocument(document, revocationSigner)
 * ```
 */
export function encodeSlicedRevocationDraft(
  draft: RevocationDraft,
  options: { readonly trustList: SliceIssuers },
): SlicedDocument {
  checkContent('draft', draft)
  const { trustList } = checkTable('options', options, { trustList: anIssuersList })
  const { issuers, missingSlices } = trustList
  if (missingSlices.length > 0) {
    throw argumentRange('options.trustList', 'a list with all its slices', `${missingSlices.length} missing`)
  }
  if (draft.previous !== undefined) checkPermanence(draft.previous, draft)
  const whole = bodyOf(draft)
  const shares = sharesOf(whole)
  const cuts = cutSlices(groupIssuers(issuers), (groups) => {
    const share = shares.of(groups.flatMap((group) => group.issuers))
    return hasEntries(share) ? encodeCbor(writeShape(revocationSlice, share)) : undefined
  })
  const sliced = new Set(cuts.flatMap(({ groups }) => groups.flatMap((group) => group.issuers)))
  const left = issuers.filter((issuer) => !sliced.has(issuer))
  const body: RevocationBody = { ...whole, ...shares.without([...sliced], left), ...slicesOfCuts(cuts) }
  const document = draftDocument('veristamp:revoc1', writeShape(revocationBody, body))
  const slices = cuts.map(({ bytes }) => bytes)
  checkSliced(document, slices)
  return { document, slices }
}

const hasEntries = ({ revoked, watermarks, revokedKeys }: RevocationEntries): boolean =>
  revoked.length + watermarks.length + revokedKeys.length > 0

/** Loads the list back, with all its slices. @throws VeristampError `bad_document` */
function checkSliced(document: Uint8Array, slices: readonly Uint8Array[]): void {
  const { body } = decodeEnvelope(document)
  const usable = orRefused(() => {
    const loaded = { digest: sha256(body), rollbackProtected: false }
    growRevocationList(indexRevocationList(readRevocationBody(body), loaded), slices)
    return { ok: true as const }
  })
  if (!usable.ok) throw refusedRevocationDraft(usable)
}

const found = <T>(names: readonly string[], entries: ReadonlyMap<string, T>): T[] =>
  names.map((name) => entries.get(name)).filter((entry) => entry !== undefined)

/** What of a list's entries concerns the stamps of some issuers. */
function sharesOf({ revoked, watermarks, revokedKeys }: RevocationEntries) {
  const byFacility = groupBy(
    revoked.map((entry, place) => ({ entry, place })),
    ({ entry: [facility] }) => facility,
  )
  const marks = new Map(watermarks.map((entry) => [toHex(entry[0]), entry]))
  const keys = new Map(revokedKeys.map((entry) => [toHex(entry[0]), entry]))
  const concerns = (issuers: readonly SlicedIssuer[]) => {
    const names = new Set(issuers.map(({ publicKey }) => toHex(sha256(publicKey))))
    const places = new Set<number>()
    for (const { facility, product } of issuers.flatMap(({ scope }) => scope)) {
      for (const { entry, place } of byFacility.get(facility) ?? [])
        if (product === undefined || entry[1] === product) places.add(place)
    }
    return { names, places }
  }
  return {
    of(issuers: readonly SlicedIssuer[]): RevocationEntries {
      const { names, places } = concerns(issuers)
      const own = [...names].sort()
      return {
        revoked: [...places].sort((a, b) => a - b).map((place) => revoked[place]!),
        watermarks: found(own, marks),
        revokedKeys: found(own, keys),
      }
    },
    /** What concerns no issuer of slices, and what concerns those that are left. */
    without(sliced: readonly SlicedIssuer[], left: readonly SlicedIssuer[]): RevocationEntries {
      const [there, here] = [concerns(sliced), concerns(left)]
      const stays = ([key]: readonly [Uint8Array, ...unknown[]]) => !there.names.has(toHex(key))
      return {
        revoked: revoked.filter((_, place) => here.places.has(place) || !there.places.has(place)),
        watermarks: watermarks.filter(stays),
        revokedKeys: revokedKeys.filter(stays),
      }
    },
  }
}

import type { CborValue } from '../../src/codec/cbor-value.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { draftRevocationList, type RevocationDraftHeader } from '../../src/revocation/begin.ts'
import { revocationBody } from '../../src/revocation/body.ts'
import { bodyOf } from '../../src/revocation/content.ts'
import { addSerials, type RevocationDraft, revokeKey, setWatermark } from '../../src/revocation/draft.ts'
import { forgeDocument } from '../support/bodies.ts'
import type { SyncSigner } from '../support/fixtures.ts'
import { EXAMPLE, revoker, SEEDS, seedFrom, signers } from './lists.ts'

/** The keys and revocation lists of the vectors of lists and deltas. */

export { revoker }
/** Signs from epoch 1 on. */
export const nextRevoker = seedSigner(seedFrom(0xd0)) as SyncSigner

/** Where the seed of each key begins. */
export const REVOCATION_SEEDS = { revoker: 0xc0, nextRevoker: 0xd0, ...SEEDS }

/** What the trust list says of revocation. */
export interface VectorTrust {
  readonly authority: string
  readonly revocationKey: SyncSigner | undefined
  readonly revocationEpoch: number
}
export const TRUST: VectorTrust = {
  authority: EXAMPLE.authority,
  revocationKey: revoker,
  revocationEpoch: 0,
}
export const NEXT_TRUST: VectorTrust = { ...TRUST, revocationKey: nextRevoker, revocationEpoch: 1 }

export const trustAsJson = ({ authority, revocationKey, revocationEpoch }: VectorTrust) => ({
  authority,
  ...(revocationKey && { revocationKey: toHex(revocationKey.publicKey) }),
  revocationEpoch,
})

export const HEADER: RevocationDraftHeader = {
  authority: EXAMPLE.authority,
  issued: new Date('2026-01-05T00:00:00Z'),
  next: new Date('2026-01-12T00:00:00Z'),
  expires: new Date('2026-02-05T00:00:00Z'),
}

export const TEA = { facility: 12, product: 104 } as const
export const LOST = { reason: 'lost', date: '2026-01-03' } as const
export const RECALLED = { reason: 'recalled', date: '2026-01-04' } as const
const { example, press, kiln, former } = signers

/** SPEC.md's example: a roll that was lost, a watermark, and a key that was stolen. */
export function exampleDraft(): RevocationDraft {
  let draft = draftRevocationList(HEADER)
  draft = addSerials(draft, { ...TEA, ...LOST, serials: [{ first: 41_000, last: 41_999 }] })
  draft = setWatermark(draft, { publicKey: example.publicKey, ...TEA, serial: 95_000 })
  return revokeKey(draft, { publicKey: former.publicKey, reason: 'key-compromise', date: '2026-01-02' })
}

/** Something of everything. */
export function provinceDraft(): RevocationDraft {
  let draft = draftRevocationList({ ...HEADER, sequence: 2 })
  const POTTERY = { facility: 8_935_000_000_128, product: 18_935_000_000_127 }
  draft = addSerials(draft, { ...TEA, ...LOST, serials: [{ first: 41_000, last: 41_999 }, 90_001] })
  draft = addSerials(draft, { ...TEA, ...RECALLED, serials: [7, 9, { first: 42_000, last: 42_003 }] })
  draft = addSerials(draft, { ...TEA, reason: 'recalled', date: '2026-01-05', serials: [8] })
  draft = addSerials(draft, { facility: 0, product: 0, reason: 'other', date: '1970-01-01', serials: [0] })
  const all = [{ first: 0, last: Number.MAX_SAFE_INTEGER }]
  draft = addSerials(draft, { ...POTTERY, reason: 'withdrawn', date: '9999-12-31', serials: all })
  draft = setWatermark(draft, { publicKey: press.publicKey, ...TEA, serial: 135_000 })
  draft = setWatermark(draft, { publicKey: press.publicKey, facility: 0, product: 0, serial: 0 })
  draft = setWatermark(draft, { publicKey: kiln.publicKey, ...TEA, serial: Number.MAX_SAFE_INTEGER })
  const above = [
    { ...TEA, serial: 400 },
    { facility: 12, product: 105, serial: 0 },
  ]
  draft = revokeKey(draft, {
    publicKey: kiln.publicKey,
    reason: 'key-compromise',
    date: '2026-01-02',
    above,
  })
  return revokeKey(draft, { publicKey: former.publicKey, reason: 'stolen', date: '2026-01-01' })
}

/** The body that says this. */
export const bodyValueOf = (draft: RevocationDraft): CborValue => writeShape(revocationBody, bodyOf(draft))

/** The list, signed by the authority's key unless others are given. */
export const revocationListOf = (
  body: RevocationDraft | CborValue,
  ...signedBy: readonly SyncSigner[]
): Uint8Array =>
  forgeDocument(
    isDraft(body) ? bodyValueOf(body) : body,
    signedBy.length === 0 ? [revoker] : signedBy,
    'veristamp:revoc1',
  )

const isDraft = (body: RevocationDraft | CborValue): body is RevocationDraft =>
  typeof body === 'object' && 'revokedKeys' in body

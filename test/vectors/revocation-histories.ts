import { decodeCbor, encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { encodeEnvelope } from '../../src/document/sign.ts'
import { readDeltaBody } from '../../src/revocation/delta-body.ts'
import { addSerials, type RevocationDraft } from '../../src/revocation/draft.ts'
import { makeDelta } from '../../src/revocation/make-delta.ts'
import { withValue } from '../support/bodies.ts'
import type { SyncSigner } from '../support/fixtures.ts'
import { draftAfter } from '../support/next-draft.ts'
import { exampleDraft, HEADER, LOST, revocationListOf, TEA } from './revocations.ts'

/** Lists that follow one another, for the vectors of deltas. */

/** The list after another, with a change, signed by the authority's key unless others are given. */
export const listAfter = (
  previous: Uint8Array,
  change: (draft: RevocationDraft) => RevocationDraft,
  ...signedBy: readonly SyncSigner[]
): Uint8Array => revocationListOf(change(draftAfter(previous, HEADER)), ...signedBy)

const loseSerial = (previous: Uint8Array, serial: number): Uint8Array =>
  listAfter(previous, (draft) => addSerials(draft, { ...TEA, ...LOST, serials: [serial] }))

const first = revocationListOf(exampleDraft())
const second = loseSerial(first, 1)
const third = loseSerial(second, 3)

/** SPEC.md's example, and three lists that each revoke a serial more. */
export const LISTS = [first, second, third, loseSerial(third, 5)] as const

/** The deltas that lead along LISTS. */
export const CHAIN = [
  makeDelta(LISTS[0], LISTS[1]),
  makeDelta(LISTS[1], LISTS[2]),
  makeDelta(LISTS[2], LISTS[3]),
] as const

/** The delta with what stands at a path of its body replaced, or taken out when undefined; its signatures stay. */
export function altered(delta: Uint8Array, path: string, value: CborValue | undefined): Uint8Array {
  const envelope = decodeEnvelope(delta)
  return encodeEnvelope({ ...envelope, body: encodeCbor(withValue(decodeCbor(envelope.body), path, value)) })
}

/** What a delta withdraws. */
export const withdrawnIn = (delta: Uint8Array): CborValue[] => [
  ...readDeltaBody(decodeEnvelope(delta).body).withdrawn,
]

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { toHex } from '../../src/lib/bytes.ts'
import type { DocumentReason } from '../../src/lib/document-reason.ts'
import { addSerials, revokeKey, setWatermark } from '../../src/revocation/draft.ts'
import { makeDelta } from '../../src/revocation/make-delta.ts'
import { withValue } from '../support/bodies.ts'
import { signers } from './lists.ts'
import { failingDeltas } from './revocation-deltas.failing.ts'
import { altered, CHAIN, LISTS, listAfter, withdrawnIn } from './revocation-histories.ts'
import { partsOf, vectorText } from './revocation-lists.generate.ts'
import {
  bodyValueOf,
  exampleDraft,
  LOST,
  NEXT_TRUST,
  nextRevoker,
  provinceDraft,
  RECALLED,
  revocationListOf,
  revoker,
  TEA,
  TRUST,
  trustAsJson,
  type VectorTrust,
} from './revocations.ts'

/** Makes revocation-deltas.json: `npx tsx test/vectors/revocation-deltas.generate.ts`. */

export interface DeltaVector {
  readonly name: string
  /** What the trust list says; that of SPEC.md's example by default. */
  readonly trust?: VectorTrust
  /** What the verifier has seen before. */
  readonly seen?: { readonly epoch: number; readonly sequence: number; readonly digest: string }
  readonly base: Uint8Array
  readonly deltas: readonly Uint8Array[]
}
export interface FailingDeltaVector extends DeltaVector {
  readonly reason: DocumentReason
  readonly detail?: string
}
interface ValidDeltaVector extends DeltaVector {
  /** The lists that the deltas lead to, as they were signed. */
  readonly documents: readonly Uint8Array[]
}

const { example, press, kiln, garden } = signers

/** One delta, between two lists. */
const between = (name: string, base: Uint8Array, to: Uint8Array): ValidDeltaVector => ({
  name,
  base,
  deltas: [makeDelta(base, to)],
  documents: [to],
})

const [first] = LISTS
const province = revocationListOf(provinceDraft())
const OTHER_TEA = { facility: 12, product: 105 }

const apart = listAfter(first, (draft) => addSerials(draft, { ...TEA, ...RECALLED, serials: [5, 7, 20] }))
const joined = listAfter(apart, (draft) => addSerials(draft, { ...TEA, ...RECALLED, serials: [6, 8, 21] }))

const newSets = listAfter(first, (draft) => {
  const two = addSerials(draft, { ...OTHER_TEA, ...LOST, serials: [1, 2, 3, 9] })
  return addSerials(two, { ...TEA, ...RECALLED, serials: [{ first: 0, last: 40_999 }] })
})

const marks = listAfter(province, (draft) => {
  const kept = draft.watermarks.filter(({ facility, serial }) => facility !== 0 && serial !== 135_000)
  const raised = setWatermark(
    { ...draft, watermarks: kept },
    { publicKey: press.publicKey, ...TEA, serial: 140_000 },
  )
  return setWatermark(raised, { publicKey: garden.publicKey, ...OTHER_TEA, serial: 9 })
})
const withdrawn = listAfter(province, (draft) => ({ ...draft, watermarks: draft.watermarks.slice(0, 1) }))
const withdrawing = makeDelta(province, withdrawn)

const keys = listAfter(province, (draft) => {
  const above = [{ ...TEA, serial: 300 }]
  const compromise = { reason: 'key-compromise', date: '2026-01-02' } as const
  const lowered = revokeKey(draft, { publicKey: kiln.publicKey, ...compromise, above })
  return revokeKey(lowered, { publicKey: example.publicKey, reason: 'stolen', date: '2026-01-05' })
})

const rotated = listAfter(LISTS[3], (draft) => ({ ...draft, epoch: 1, sequence: 1 }), nextRevoker)
const afterRotated = listAfter(
  rotated,
  (draft) => addSerials(draft, { ...TEA, ...LOST, serials: [11] }),
  nextRevoker,
)

const later = revocationListOf(withValue(bodyValueOf(exampleDraft()), 'later', [1]))

const valid = (): ValidDeltaVector[] => [
  between('a serial more', first, LISTS[1]),
  between('serials that join the runs of a set', apart, joined),
  between('new sets, before and behind the one there is', first, newSets),
  between('watermarks: raised, new and gone', province, marks),
  {
    ...between('watermarks withdrawn in any order, one of them not there', province, withdrawn),
    deltas: [
      altered(withdrawing, 'withdrawn', [...withdrawnIn(withdrawing).reverse(), [new Uint8Array(32), 1, 2]]),
    ],
  },
  between('a key that is revoked, and marks of another that go down and away', province, keys),
  between(
    'nothing but a new sequence',
    first,
    listAfter(first, (draft) => draft),
  ),
  between(
    'a list that two keys signed',
    first,
    listAfter(first, (draft) => draft, revoker, press),
  ),
  between('a leap over two lists', first, LISTS[3]),
  between(
    'from a list with fields of later versions',
    later,
    listAfter(later, (draft) => draft),
  ),
  {
    ...between('fields of later versions in the delta', first, LISTS[1]),
    deltas: [altered(CHAIN[0], 'later', [1])],
  },
  { name: 'no delta: the list is loaded', base: first, deltas: [], documents: [] },
  { name: 'a chain of three', base: first, deltas: CHAIN, documents: LISTS.slice(1) },
  {
    name: 'a chain that begins with a new epoch',
    trust: NEXT_TRUST,
    seen: { epoch: 0, sequence: Number.MAX_SAFE_INTEGER, digest: '11'.repeat(32) },
    base: LISTS[3],
    deltas: [makeDelta(LISTS[3], rotated), makeDelta(rotated, afterRotated)],
    documents: [rotated, afterRotated],
  },
]

const asJson = ({ base, deltas, trust = TRUST, ...rest }: DeltaVector) => ({
  ...rest,
  trust: trustAsJson(trust),
  base: toHex(base),
  deltas: deltas.map((delta) => ({ ...partsOf(delta), envelope: toHex(delta) })),
})

/** What revocation-deltas.json holds, a vector a line. */
export const revocationDeltaVectors = (): string =>
  vectorText(
    valid().map(({ documents, ...vector }) => ({ ...asJson(vector), documents: documents.map(toHex) })),
    failingDeltas({ rotated }).map(asJson),
  )

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('revocation-deltas.json', import.meta.url), revocationDeltaVectors())
}

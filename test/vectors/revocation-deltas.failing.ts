import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { decodeEnvelope, type Envelope } from '../../src/document/envelope.ts'
import { encodeEnvelope } from '../../src/document/sign.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { addSerials } from '../../src/revocation/draft.ts'
import { makeDelta } from '../../src/revocation/make-delta.ts'
import { MAX_RUNS } from '../../src/revocation/serial-set.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { draftAfter } from '../support/next-draft.ts'
import { signers } from './lists.ts'
import type { FailingDeltaVector } from './revocation-deltas.generate.ts'
import { altered, CHAIN, LISTS, listAfter } from './revocation-histories.ts'
import { HEADER, LOST, NEXT_TRUST, RECALLED, revocationListOf, TEA } from './revocations.ts'

/** Deltas that are refused, each for one reason. */

const [first, second, third, fourth] = LISTS
const [toSecond, toThird, toFourth] = CHAIN

type Options = Omit<Partial<FailingDeltaVector>, 'base' | 'deltas'>
const failing =
  (reason: FailingDeltaVector['reason']) =>
  (
    name: string,
    base: Uint8Array,
    deltas: readonly Uint8Array[],
    more: Options = {},
  ): FailingDeltaVector => ({
    ...{ name, reason, ...more },
    ...{ base, deltas },
  })

/** Another list of the second's number. */
const rival = listAfter(first, (draft) => addSerials(draft, { ...TEA, ...LOST, serials: [2] }))
const leap = makeDelta(first, fourth)
const digestAt = 'base.2'

const order = (): FailingDeltaVector[] => [
  failing('delta_base')('a delta for another list of the same number', rival, [toThird]),
  failing('delta_base')('a delta for an earlier list than the one at hand', second, [leap]),
  failing('delta_base')('another digest', first, [altered(toSecond, digestAt, new Uint8Array(32))]),
  failing('delta_gap')('a delta for a later list', first, [toThird]),
  failing('delta_gap')('a delta that is missing in a chain', first, [toSecond, toFourth]),
  failing('delta_gap')('a delta for a list of a later epoch', first, [
    altered(altered(toSecond, 'base.0', 1), 'epoch', 1),
  ]),
  failing('rollback')('a delta to an earlier list', third, [toSecond]),
  failing('rollback')('a delta to the list at hand', second, [toSecond]),
  failing('rollback')('a delta twice', first, [toSecond, toSecond]),
  failing('rollback')('a chain in the wrong order', second, [toSecond, toThird]),
  failing('rollback')('an earlier list than was seen', first, [toSecond], {
    seen: { epoch: 0, sequence: 3, digest: '11'.repeat(32) },
  }),
  failing('equivocation')('another list of the number that was seen', first, [toSecond], {
    seen: { epoch: 0, sequence: 2, digest: '11'.repeat(32) },
  }),
]

const withEnvelope = (delta: Uint8Array, changes: Partial<Envelope>): Uint8Array =>
  encodeEnvelope({ ...decodeEnvelope(delta), ...changes })
const set = (...serials: number[]): Uint8Array => encodeSerialSet(serialSetOf(serials))
const strange = listAfter(fourth, (draft) => draft, signers.press)
const afterStrange = listAfter(strange, (draft) => draft)

const signatures = (rotation: Rotation): FailingDeltaVector[] => [
  failing('wrong_key')('no signatures', first, [withEnvelope(toSecond, { signatures: [] })]),
  failing('wrong_key')('a list that another key signed', fourth, [makeDelta(fourth, strange)]),
  failing('wrong_key')('a chain over a list that another key signed', fourth, [
    makeDelta(fourth, strange),
    makeDelta(strange, afterStrange),
  ]),
  failing('wrong_key')('a serial more than was signed', first, [altered(toSecond, 'revoked.0.4', set(1, 2))]),
  failing('wrong_key')('a serial less than was signed', first, [altered(toSecond, 'revoked', [])]),
  failing('wrong_key')('another sequence than was signed', first, [altered(toSecond, 'sequence', 5)]),
  failing('wrong_key')('another expiry than was signed', first, [
    altered(toSecond, 'expires', HEADER.expires.getTime() / 1000 + 1),
  ]),
  failing('wrong_key')('a watermark withdrawn that was signed', first, [
    altered(toSecond, 'withdrawn', watermarkNames()),
  ]),
  failing('wrong_key')('a chain over a new revocation key, under the old trust list', third, [
    toFourth,
    makeDelta(fourth, rotation.rotated),
  ]),
  failing('wrong_key')(
    'a chain over a new revocation key, under the new trust list',
    third,
    [toFourth, makeDelta(fourth, rotation.rotated)],
    { trust: NEXT_TRUST },
  ),
  failing('duplicate_signature')('one key twice', first, [twice(toSecond)]),
]

/** The example's one watermark, to be withdrawn. */
function watermarkNames(): CborValue {
  return draftAfter(first, HEADER).watermarks.map(({ key, facility, product }) => [key, facility, product])
}

function twice(delta: Uint8Array): Uint8Array {
  const { context, body, signatures } = decodeEnvelope(delta)
  const pairs = signatures.map(({ publicKey, signature }) => [publicKey, signature])
  return encodeCbor([context, body, [...pairs, ...pairs]])
}

const foreignHeader = { ...HEADER, authority: 'vn-haiphong' }
const foreign = revocationListOf(draftRevocationList(foreignHeader))
const foreignNext = revocationListOf(draftAfter(foreign, foreignHeader))
const laterEpoch = listAfter(first, (draft) => ({ ...draft, epoch: 1 }))
const overlapping = listAfter(first, (draft) => ({
  ...draft,
  revoked: [...draft.revoked, { ...TEA, ...RECALLED, serials: serialSetOf([41_500]) }],
}))

const lists = (): FailingDeltaVector[] => [
  failing('wrong_authority')('a list of another authority', foreign, [makeDelta(foreign, foreignNext)]),
  failing('wrong_epoch')('a list of a later epoch by the same key', first, [makeDelta(first, laterEpoch)]),
  failing('serials_overlap')('a serial in two sets', first, [makeDelta(first, overlapping)]),
  failing('wrong_type')('a list in place of a delta', first, [second]),
  failing('wrong_type')('a delta in place of a list', toSecond, [toSecond]),
  failing('wrong_type')("a delta under a trust list's context", first, [
    withEnvelope(toSecond, { context: 'veristamp:trust1' }),
  ]),
]

const BODIES: [name: string, path: string, value: CborValue | undefined, detail?: string][] = [
  ['no base', 'base', undefined],
  ['a base without a digest', 'base', [0, 1]],
  ['a digest of 31 bytes', digestAt, new Uint8Array(31), 'field:base[2]'],
  ['no sequence', 'sequence', undefined],
  ['no watermarks that are gone', 'withdrawn', undefined],
  [
    'a watermark that is gone, with its serial',
    'withdrawn',
    [[new Uint8Array(32), 12, 104, 5]],
    'field:withdrawn[0]',
  ],
  ['a next list that is due after expiry', 'next', HEADER.expires.getTime() / 1000 + 1],
  [
    'sets out of order',
    'revoked',
    [
      [12, 104, 1, 2, set(1)],
      [12, 104, 1, 1, set(2)],
    ],
  ],
  ['a set that is none', 'revoked.0.4', Uint8Array.of(0), 'serial_set_spelling'],
]

/** A list with as many runs as one may have, and its next, to make a delta of. */
function full(): { base: Uint8Array; delta: Uint8Array } {
  const firsts = Float64Array.from({ length: MAX_RUNS }, (_, i) => 2 * i)
  const serials = { firsts, lasts: firsts }
  const base = revocationListOf({
    ...draftRevocationList(HEADER),
    revoked: [{ ...TEA, ...LOST, serials }],
  })
  const delta = altered(
    makeDelta(
      base,
      listAfter(base, (draft) => draft),
    ),
    'revoked',
    [[12, 104, 1, 20_456, set(2 * MAX_RUNS)]],
  )
  return { base, delta }
}

function malformed(): FailingDeltaVector[] {
  const { base, delta } = full()
  const refused = (name: string, base: Uint8Array, delta: Uint8Array, detail: string) =>
    failing('malformed')(name, base, [delta], { detail })
  return [
    refused('no bytes', first, new Uint8Array(), 'cbor_truncated'),
    refused('a cut delta', first, toSecond.slice(0, -1), 'cbor_truncated'),
    refused('a list of no bytes', new Uint8Array(), toSecond, 'cbor_truncated'),
    refused(
      'a list with a set that is none',
      altered(first, 'revoked.0.4', Uint8Array.of(0)),
      toSecond,
      'serial_set_spelling',
    ),
    ...BODIES.map(([name, path, value, detail = `field:${path}`]) =>
      refused(name, first, altered(toSecond, path, value), detail),
    ),
    refused('one run more than a list may have', base, delta, 'delta_result'),
  ]
}

/** Bases and deltas with a fault each: all that is asked of the base is asked before anything of the delta. */
const faults = (): FailingDeltaVector[] => [
  failing('duplicate_signature')('a list that one key signed twice, and no bytes for a delta', twice(first), [
    new Uint8Array(),
  ]),
  failing('wrong_type')('a delta in place of a list, and no bytes for a delta', toSecond, [new Uint8Array()]),
  failing('malformed')(
    'a list with a set that is none, and a list in place of a delta',
    altered(first, 'revoked.0.4', Uint8Array.of(0)),
    [second],
    { detail: 'serial_set_spelling' },
  ),
  failing('rollback')('a delta to an earlier list, with a set that is none: sets are asked after', third, [
    altered(toSecond, 'revoked.0.4', Uint8Array.of(0)),
  ]),
]

export interface Rotation {
  /** The list after the fourth, of the next epoch. */
  readonly rotated: Uint8Array
}

export const failingDeltas = (rotation: Rotation): FailingDeltaVector[] => [
  ...order(),
  ...signatures(rotation),
  ...lists(),
  ...malformed(),
  ...faults(),
]

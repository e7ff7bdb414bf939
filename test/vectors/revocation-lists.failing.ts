import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { asciiBytes, compareBytes } from '../../src/lib/bytes.ts'
import { MAX_RUNS, type SerialSet } from '../../src/revocation/serial-set.ts'
import type { Serials } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { forgeDocument, withValue } from '../support/bodies.ts'
import { hex } from '../support/bytes.ts'
import type { SyncSigner } from '../support/fixtures.ts'
import { signers } from './lists.ts'
import { MALFORMED_BODIES, setOf } from './revocation-lists.bodies.ts'
import type { FailingListVector } from './revocation-lists.generate.ts'
import {
  bodyValueOf,
  exampleDraft,
  NEXT_TRUST,
  nextRevoker,
  provinceDraft,
  revocationListOf,
  revoker,
  TRUST,
} from './revocations.ts'

/** Revocation lists that are refused, each for one reason. */

const BODY = bodyValueOf(exampleDraft())
const BODY_BYTES = encodeCbor(BODY)
const GOOD = revocationListOf(exampleDraft())

const malformed = (name: string, envelope: Uint8Array, detail: string): FailingListVector => ({
  name,
  envelope,
  reason: 'malformed',
  detail,
})
const envelopeOf = (signatures: CborValue): Uint8Array =>
  encodeCbor(['veristamp:revoc1', BODY_BYTES, signatures])
const pair = ({ publicKey }: SyncSigner): CborValue => [publicKey, new Uint8Array(64)]
const descending = [revoker, signers.press].sort((a, b) => compareBytes(b.publicKey, a.publicKey))

const envelopes: FailingListVector[] = [
  malformed('no bytes', new Uint8Array(), 'cbor_truncated'),
  malformed('a cut envelope', GOOD.slice(0, -1), 'cbor_truncated'),
  malformed('a byte behind', Uint8Array.of(...GOOD, 0), 'cbor_trailing_bytes'),
  malformed('a map', encodeCbor(new Map()), 'field:document'),
  malformed('no signatures', encodeCbor(['veristamp:revoc1', BODY_BYTES]), 'field:document'),
  malformed(
    'a signature of 63 bytes',
    envelopeOf([[revoker.publicKey, new Uint8Array(63)]]),
    'field:document[2][0][1]',
  ),
  malformed('signers out of order', envelopeOf(descending.map(pair)), 'signature_order'),
  malformed('a 33rd signature', envelopeOf(Array(33).fill(pair(revoker))), 'cbor_too_many'),
  malformed(
    'a context of 17 letters',
    encodeCbor(['veristamp:revoc1x', BODY_BYTES, []]),
    'field:document[0]',
  ),
]

/** `count` serials, two apart: the cheapest runs there are. */
function everyOther(count: number): SerialSet {
  const firsts = Float64Array.from({ length: count }, (_, i) => 2 * i)
  return { firsts, lasts: firsts }
}

const withSet = (bytes: Uint8Array): Uint8Array => revocationListOf(withValue(BODY, 'revoked.0.4', bytes))
const sets = (): FailingListVector[] => [
  malformed('a set of no bytes', withSet(hex('')), 'serial_set_truncated'),
  malformed('a set of one zero byte', withSet(hex('00')), 'serial_set_spelling'),
  malformed('a set with a byte behind', withSet(hex('6f8c2adbfa6901')), 'serial_set_spelling'),
  malformed('a set with another last byte', withSet(hex('6f8c2adbfa6b')), 'serial_set_spelling'),
  malformed('a cut set', withSet(hex('6f8c2adb')), 'serial_set_truncated'),
  malformed('a few bytes that claim 2^53 - 1 runs', withSet(hex('fffffffeffffffffffff')), 'serial_set_runs'),
  malformed(
    'one run more than a list may have, in two sets',
    revocationListOf(
      withValue(BODY, 'revoked', [
        [12, 104, 1, 20_456, encodeSerialSet(everyOther(MAX_RUNS))],
        [12, 105, 1, 20_456, setOf([5])],
      ]),
    ),
    'serial_set_runs',
  ),
]

const flipped = GOOD.map((byte, at, { length }) => (at === length - 64 ? byte ^ 1 : byte))
const signatures: FailingListVector[] = [
  { name: 'a draft', reason: 'wrong_key', envelope: forgeDocument(BODY, [], 'veristamp:revoc1') },
  { name: 'a signature altered', reason: 'wrong_key', envelope: flipped },
  {
    name: "an issuer's signature alone",
    reason: 'wrong_key',
    envelope: revocationListOf(BODY, signers.press),
  },
  {
    name: 'a trust list that names no revocation key',
    reason: 'wrong_key',
    trust: { ...TRUST, revocationKey: undefined },
    envelope: GOOD,
  },
  {
    name: 'a body that is none, signed by another key: it is not read',
    reason: 'wrong_key',
    envelope: revocationListOf(Uint8Array.of(255), signers.press),
  },
  {
    name: "a trust list's signature under a revocation list's context",
    reason: 'wrong_key',
    envelope: relabelled(forgeDocument(BODY, [revoker], 'veristamp:trust1')),
  },
  {
    name: 'a new list under an old trust list',
    reason: 'wrong_key',
    envelope: revocationListOf(withValue(BODY, 'epoch', 1), nextRevoker),
  },
  { name: 'an old list under a new trust list', reason: 'wrong_key', trust: NEXT_TRUST, envelope: GOOD },
  {
    name: "the old key in the new epoch's name",
    reason: 'wrong_key',
    trust: NEXT_TRUST,
    envelope: revocationListOf(withValue(BODY, 'epoch', 1)),
  },
  {
    name: 'one key twice',
    reason: 'duplicate_signature',
    envelope: revocationListOf(BODY, revoker, revoker),
  },
]

function relabelled(document: Uint8Array): Uint8Array {
  const copy = document.slice()
  copy.set(asciiBytes('veristamp:revoc1'), 2) // after the heads of the array and the text
  return copy
}

const wrong =
  (reason: 'wrong_type' | 'wrong_authority' | 'wrong_epoch' | 'serials_overlap') =>
  (name: string, envelope: Uint8Array, more: Partial<FailingListVector> = {}): FailingListVector => ({
    name,
    envelope,
    reason,
    ...more,
  })
const overlapping = (name: string, ...two: [Serials, Serials]) =>
  wrong('serials_overlap')(
    name,
    revocationListOf(
      withValue(
        BODY,
        'revoked',
        two.map((serials, day) => [12, 104, 1, day, setOf(serials)]),
      ),
    ),
  )

const rules: FailingListVector[] = [
  wrong('wrong_type')("a trust list's context", forgeDocument(BODY, [revoker], 'veristamp:trust1')),
  wrong('wrong_type')("a delta's context", forgeDocument(BODY, [revoker], 'veristamp:delta1')),
  wrong('wrong_authority')(
    'another authority',
    revocationListOf(withValue(BODY, 'authority', 'vn-haiphong')),
  ),
  wrong('wrong_epoch')('a later epoch', revocationListOf(withValue(BODY, 'epoch', 1))),
  wrong('wrong_epoch')('an earlier epoch', revocationListOf(BODY, nextRevoker), { trust: NEXT_TRUST }),
  overlapping('a serial in two sets', [1, 2, 9], [4, 9]),
  overlapping('a serial inside a run of another set', [{ first: 3, last: 20 }], [1, 7]),
]

/** Documents with two faults: the reason is that of the rule which is asked first. */
const order: FailingListVector[] = [
  {
    name: 'one key twice, under another context: signers are asked first',
    reason: 'duplicate_signature',
    envelope: forgeDocument(BODY, [revoker, revoker], 'veristamp:trust1'),
  },
  {
    name: 'another authority, of a later epoch: the authority is asked first',
    reason: 'wrong_authority',
    envelope: revocationListOf(withValue(withValue(BODY, 'authority', 'vn-haiphong'), 'epoch', 1)),
  },
  {
    name: 'a set that is none, in a list of a later epoch: sets are asked after',
    reason: 'wrong_epoch',
    envelope: revocationListOf(withValue(withValue(BODY, 'epoch', 1), 'revoked.0.4', Uint8Array.of(0))),
  },
]

const memory: FailingListVector[] = [
  {
    name: 'a lower sequence than was seen',
    reason: 'rollback',
    envelope: GOOD,
    seen: { epoch: 0, sequence: 2, digest: '11'.repeat(32) },
  },
  {
    name: 'an earlier epoch than was seen, though a higher sequence',
    reason: 'rollback',
    envelope: revocationListOf(provinceDraft()),
    seen: { epoch: 1, sequence: 1, digest: '11'.repeat(32) },
  },
  {
    name: 'another list of the number that was seen',
    reason: 'equivocation',
    envelope: GOOD,
    seen: { epoch: 0, sequence: 1, digest: '11'.repeat(32) },
  },
]

export const failingLists = (): FailingListVector[] => [
  ...envelopes,
  malformed('a body of two values', revocationListOf(Uint8Array.of(...BODY_BYTES, 0)), 'cbor_trailing_bytes'),
  malformed('a body that is an array', revocationListOf([]), 'field:'),
  ...MALFORMED_BODIES.map(([name, path, value, detail = `field:${path}`]) =>
    malformed(name, revocationListOf(withValue(BODY, path, value)), detail),
  ),
  ...sets(),
  ...signatures,
  ...rules,
  ...order,
  ...memory,
]

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { toHex } from '../../src/lib/bytes.ts'
import type { DocumentReason } from '../../src/lib/document-reason.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { readRevocationList } from '../../src/revocation/content.ts'
import type { Revocation } from '../../src/revocation/revocation-list.ts'
import { runsOf } from '../../src/revocation/serial-set-algebra.ts'
import { withValue } from '../support/bodies.ts'
import { signers } from './lists.ts'
import { failingLists } from './revocation-lists.failing.ts'
import {
  bodyValueOf,
  exampleDraft,
  HEADER,
  LOST,
  NEXT_TRUST,
  nextRevoker,
  provinceDraft,
  RECALLED,
  REVOCATION_SEEDS,
  revocationListOf,
  revoker,
  TEA,
  TRUST,
  trustAsJson,
  type VectorTrust,
} from './revocations.ts'

/** Makes revocation-lists.json: `npx tsx test/vectors/revocation-lists.generate.ts`. */

export interface ListVector {
  readonly name: string
  readonly envelope: Uint8Array
  /** What the trust list says; SPEC.md's example by default. */
  readonly trust?: VectorTrust
  /** What the verifier has seen before. */
  readonly seen?: { readonly epoch: number; readonly sequence: number; readonly digest: string }
}
export interface FailingListVector extends ListVector {
  readonly reason: DocumentReason
  readonly detail?: string
}
interface ValidListVector extends ListVector {
  /** The answers, written by hand. */
  readonly serials?: readonly SerialAnswer[]
  readonly watermarks?: readonly WatermarkAnswer[]
  readonly keys?: readonly (SerialAnswer & { readonly publicKey: string })[]
}
interface Product {
  readonly facility: number
  readonly product: number
}
export interface SerialAnswer extends Product {
  readonly serial: number
  /** Null where it is not revoked. */
  readonly revocation: Revocation | null
}
export interface WatermarkAnswer extends Product {
  readonly publicKey: string
  /** Null where there is none. */
  readonly watermark: number | null
}

const MAX = Number.MAX_SAFE_INTEGER
const POTTERY = { facility: 8_935_000_000_128, product: 18_935_000_000_127 }
const OTHER_TEA = { facility: 12, product: 105 }

const answers = (product: Product, revocation: Revocation | null, ...serials: number[]): SerialAnswer[] =>
  serials.map((serial) => ({ ...product, serial, revocation }))
const ofKey = (name: keyof typeof signers, all: SerialAnswer[]) =>
  all.map((answer) => ({ publicKey: publicKeyOf(name), ...answer }))
const publicKeyOf = (name: keyof typeof signers): string => toHex(signers[name].publicKey)
const mark = (name: keyof typeof signers, product: Product, watermark: number | null): WatermarkAnswer => ({
  publicKey: publicKeyOf(name),
  ...product,
  watermark,
})

const example: ValidListVector = {
  name: "SPEC.md's example",
  envelope: revocationListOf(exampleDraft()),
  serials: [
    ...answers(TEA, LOST, 41_000, 41_500, 41_999),
    ...answers(TEA, null, 0, 40_999, 42_000, 90_001),
    ...answers(OTHER_TEA, null, 41_000),
    ...answers({ facility: 104, product: 12 }, null, 41_000),
  ],
  watermarks: [mark('example', TEA, 95_000), mark('example', OTHER_TEA, null), mark('former', TEA, null)],
  keys: [
    ...ofKey('former', answers(TEA, { reason: 'key-compromise', date: '2026-01-02' }, 0, MAX)),
    ...ofKey('example', answers(TEA, null, 0, MAX)),
  ],
}

const compromise = { reason: 'key-compromise', date: '2026-01-02' } as const
const province: ValidListVector = {
  name: 'something of everything',
  envelope: revocationListOf(provinceDraft()),
  serials: [
    ...answers(TEA, LOST, 41_000, 41_999, 90_001),
    ...answers(TEA, RECALLED, 7, 9, 42_000, 42_003),
    ...answers(TEA, { reason: 'recalled', date: '2026-01-05' }, 8),
    ...answers(TEA, null, 6, 10, 40_999, 42_004, 90_000, 90_002, MAX),
    ...answers({ facility: 0, product: 0 }, { reason: 'other', date: '1970-01-01' }, 0),
    ...answers({ facility: 0, product: 0 }, null, 1),
    ...answers(POTTERY, { reason: 'withdrawn', date: '9999-12-31' }, 0, 2 ** 32, MAX),
  ],
  watermarks: [
    mark('press', TEA, 135_000),
    mark('press', { facility: 0, product: 0 }, 0),
    mark('press', OTHER_TEA, null),
    mark('kiln', TEA, MAX),
    mark('garden', TEA, null),
  ],
  keys: [
    ...ofKey('kiln', answers(TEA, null, 0, 400)),
    ...ofKey('kiln', answers(TEA, compromise, 401, MAX)),
    ...ofKey('kiln', answers(OTHER_TEA, null, 0)),
    ...ofKey('kiln', answers(OTHER_TEA, compromise, 1)),
    ...ofKey('kiln', answers(POTTERY, compromise, 0)),
    ...ofKey('former', answers(TEA, { reason: 'stolen', date: '2026-01-01' }, 0)),
    ...ofKey('press', answers(TEA, null, 0, MAX)),
  ],
}

const body = bodyValueOf(exampleDraft())
const digestOf = (byte: string): string => byte.repeat(32)
const nothing = draftRevocationList(HEADER)
const emptySets = withValue(withValue(body, 'revoked.0.4', Uint8Array.of(1)), 'watermarks.0.1', [])

const valid: ValidListVector[] = [
  example,
  province,
  { name: 'nothing to say', envelope: revocationListOf(nothing), serials: answers(TEA, null, 0) },
  {
    name: 'an empty set, and a key without watermarks',
    envelope: revocationListOf(emptySets),
    serials: answers(TEA, null, 41_000),
    watermarks: [mark('example', TEA, null)],
  },
  {
    name: 'a next list that is due when this one expires',
    envelope: revocationListOf({ ...nothing, next: HEADER.expires }),
  },
  {
    name: 'a signature beside by a key that is not trusted',
    envelope: revocationListOf(exampleDraft(), revoker, signers.press),
    serials: answers(TEA, LOST, 41_000),
  },
  {
    name: 'fields of later versions',
    envelope: revocationListOf(withValue(body, 'later', [1])),
    serials: answers(TEA, LOST, 41_000),
  },
  {
    name: 'a later list than was seen',
    envelope: revocationListOf(provinceDraft()),
    seen: { epoch: 0, sequence: 1, digest: digestOf('11') },
  },
  {
    name: 'the list that was seen',
    envelope: example.envelope,
    seen: {
      epoch: 0,
      sequence: 1,
      digest: 'd1411051da88fe13248fd42bfb3b9f94b38be1e37727b22e85e15c08523dcf9d',
    },
  },
  {
    name: 'a new epoch, after a list that ran ahead',
    trust: NEXT_TRUST,
    envelope: revocationListOf({ ...exampleDraft(), epoch: 1, sequence: 2 }, nextRevoker),
    seen: { epoch: 0, sequence: MAX, digest: digestOf('11') },
    serials: answers(TEA, LOST, 41_000),
  },
]

const asJson = ({ envelope, trust = TRUST, ...rest }: ListVector) => ({
  ...rest,
  trust: trustAsJson(trust),
  ...partsOf(envelope),
  envelope: toHex(envelope),
})

/** The body and the signatures, where the envelope has them. */
export function partsOf(envelope: Uint8Array) {
  try {
    const { body, signatures } = decodeEnvelope(envelope)
    return {
      body: toHex(body),
      signatures: signatures.map((each) => ({
        publicKey: toHex(each.publicKey),
        signature: toHex(each.signature),
      })),
    }
  } catch {
    return {}
  }
}

/** The runs of each set, in the order of the sets. */
const setsOf = ({ envelope }: ListVector) =>
  readRevocationList(envelope).revoked.map(({ serials }) =>
    [...runsOf(serials)].map(({ first, last }) => [first, last]),
  )

/** What revocation-lists.json holds, a vector a line. */
export function revocationListVectors(): string {
  const good = valid.map((vector) => ({ ...asJson(vector), sets: setsOf(vector) }))
  return vectorText(good, failingLists().map(asJson))
}

export function vectorText(valid: readonly object[], failing: readonly object[]): string {
  const lines = (vectors: readonly object[]) =>
    vectors.map((each) => `    ${JSON.stringify(each)}`).join(',\n')
  const seeds = JSON.stringify(REVOCATION_SEEDS)
  return `{\n  "seedsBeginAt": ${seeds},\n  "valid": [\n${lines(valid)}\n  ],\n  "failing": [\n${lines(failing)}\n  ]\n}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('revocation-lists.json', import.meta.url), revocationListVectors())
}

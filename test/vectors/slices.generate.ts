import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { toHex } from '../../src/lib/bytes.ts'
import type { Verdict } from '../../src/verify/verdict.ts'
import { forge, type SyncSigner } from '../support/fixtures.ts'
import { EXAMPLE, NOW, pinned, SEEDS, signers } from './lists.ts'
import { FAILING } from './slices.failing.ts'
import {
  EXAMPLE_SLICE,
  KILN_SLICE,
  POTS_REVOKED,
  REVOCATION_BODY,
  REVOCATION_SLICES,
  revocationWith,
  revoked,
  SLICED_BODY,
  SLICES,
  signed,
  TEA_REVOKED,
  trustWith,
} from './slices.lists.ts'

/** Makes slices.json: `npx tsx test/vectors/slices.generate.ts`. */

const trustLists = {
  sliced: signed(SLICED_BODY),
  unsliced: signed(trustWith([])),
  expired: signed(trustWith(SLICES, { expires: NOW })),
}
const revocationLists = {
  revoking: revoked(REVOCATION_BODY),
  later: revoked(revocationWith(REVOCATION_SLICES, { issued: new Date('2026-01-11T00:00:00Z') })),
}
const slices = { tea: EXAMPLE_SLICE, pots: KILN_SLICE, teaRevoked: TEA_REVOKED, potsRevoked: POTS_REVOKED }

type SliceName = keyof typeof slices
type TrustName = keyof typeof trustLists
type RevocationName = keyof typeof revocationLists

interface Accepted {
  readonly name: string
  readonly trustList?: TrustName
  readonly revocationList?: RevocationName
  readonly slices: readonly SliceName[]
  /** The ranges that are not loaded. */
  readonly missing: readonly (readonly [number, number])[]
}

const valid: Accepted[] = [
  {
    name: "SPEC.md's example, without its slices",
    trustList: 'sliced',
    slices: [],
    missing: [
      [7, 7],
      [8, 399],
    ],
  },
  { name: 'one slice of two', trustList: 'sliced', slices: ['pots'], missing: [[7, 7]] },
  { name: 'both slices', trustList: 'sliced', slices: ['tea', 'pots'], missing: [] },
  { name: 'both, in another order', trustList: 'sliced', slices: ['pots', 'tea'], missing: [] },
  {
    name: 'a slice that is loaded already',
    trustList: 'sliced',
    slices: ['tea', 'tea'],
    missing: [[8, 399]],
  },
  { name: 'an empty array of slices', trustList: 'unsliced', slices: [], missing: [] },
  {
    name: 'a revocation list with a slice of two',
    revocationList: 'revoking',
    slices: ['teaRevoked'],
    missing: [[300, 300]],
  },
  {
    name: 'a revocation list with both',
    revocationList: 'revoking',
    slices: ['teaRevoked', 'potsRevoked'],
    missing: [],
  },
]

interface Checked {
  readonly name: string
  readonly text: string
  readonly trustList: TrustName
  readonly revocationList: RevocationName
  readonly slices: readonly SliceName[]
  readonly status: Verdict['status']
  readonly reason?: string
  readonly keyId?: number
  readonly finding?: string
}

const BOTH = { trustList: 'sliced', revocationList: 'revoking' } as const
const ALL = Object.keys(slices) as SliceName[]
const code = (
  signer: SyncSigner,
  keyId: number,
  facility: number,
  product: number,
  serial: number,
  ...claims: [number, number][]
) => forge([keyId, facility, product, serial, ...(claims.length > 0 ? [new Map(claims)] : [])], signer).base45
const { example, kiln, mill, garden } = signers
const tea = code(example, 7, 12, 104, 90_001)
const missing = (keyId: number) => ({ status: 'indeterminate', reason: 'slice_missing', keyId }) as const
const invalid = (reason: string) => ({ status: 'invalid', reason }) as const

const stamps: Checked[] = [
  { name: 'all slices', ...BOTH, text: tea, slices: ALL, status: 'valid' },
  {
    name: 'the slices of its key id alone',
    ...BOTH,
    text: tea,
    slices: ['tea', 'teaRevoked'],
    status: 'valid',
  },
  {
    name: "the trust list's slice is missing",
    ...BOTH,
    text: tea,
    slices: ['pots', 'teaRevoked'],
    ...missing(7),
  },
  {
    name: "the revocation list's slice is missing",
    ...BOTH,
    text: tea,
    slices: ['tea', 'potsRevoked'],
    ...missing(7),
  },
  { name: 'no slice at all', ...BOTH, text: tea, slices: [], ...missing(7) },
  {
    name: 'a forged signature, and the slice is missing',
    ...BOTH,
    text: code(garden, 7, 12, 104, 1),
    slices: [],
    ...missing(7),
  },
  {
    name: 'a forged signature, and the slice is there',
    ...BOTH,
    text: code(garden, 7, 12, 104, 1),
    slices: ALL,
    ...invalid('bad_signature'),
  },
  {
    name: 'a stamp past its day, and the slice is missing',
    ...BOTH,
    text: code(example, 7, 12, 104, 1, [3, 20_000]),
    slices: [],
    ...missing(7),
  },
  {
    name: 'a critical claim, and the slice is missing',
    ...BOTH,
    text: code(example, 7, 12, 104, 1, [5, 0]),
    slices: [],
    ...missing(7),
  },
  {
    name: 'an expired trust list, and the slice is missing',
    ...BOTH,
    trustList: 'expired',
    text: tea,
    slices: [],
    ...missing(7),
  },
  {
    name: 'a clock that is behind, and the slice is missing',
    ...BOTH,
    revocationList: 'later',
    text: tea,
    slices: ['tea'],
    ...missing(7),
  },
  {
    name: 'an expired trust list with its slices',
    ...BOTH,
    trustList: 'expired',
    text: tea,
    slices: ALL,
    status: 'indeterminate',
    reason: 'trust_list_stale',
  },
  {
    name: 'a key id in the gap of a range, and the slice is missing',
    ...BOTH,
    text: code(kiln, 9, 13, 201, 1),
    slices: [],
    ...missing(9),
  },
  {
    name: 'a key id in the gap of a range, and the slice is there',
    ...BOTH,
    text: code(kiln, 9, 13, 201, 1),
    slices: ALL,
    ...invalid('unknown_key'),
  },
  {
    name: 'a key id that no slice covers',
    ...BOTH,
    text: code(example, 6, 12, 104, 1),
    slices: [],
    ...invalid('unknown_key'),
  },
  {
    name: "an issuer of the body's, whose key id no slice covers",
    ...BOTH,
    text: code(mill, 5, 40, 1, 1),
    slices: [],
    ...invalid('out_of_scope'),
  },
  {
    name: 'a serial that the slice revokes',
    ...BOTH,
    text: code(example, 7, 12, 104, 41_001),
    slices: ['tea', 'teaRevoked'],
    ...invalid('revoked'),
  },
  {
    name: 'a serial that the body revokes',
    ...BOTH,
    text: code(example, 7, 12, 104, 77),
    slices: ['tea', 'teaRevoked'],
    ...invalid('revoked'),
  },
  {
    name: "a serial above the slice's watermark",
    ...BOTH,
    text: code(example, 7, 12, 104, 95_001),
    slices: ['tea', 'teaRevoked'],
    ...invalid('not_issued'),
  },
  {
    name: 'a key that the slice revokes',
    ...BOTH,
    text: code(kiln, 300, 13, 201, 1),
    slices: ['pots', 'potsRevoked'],
    ...invalid('key_revoked'),
  },
  {
    name: "another facility's product, whose slice is not there",
    ...BOTH,
    text: code(example, 7, 13, 201, 1),
    slices: ['tea', 'teaRevoked'],
    ...invalid('out_of_scope'),
  },
]

const hexOf = (lists: Record<string, Uint8Array>) =>
  Object.fromEntries(Object.entries(lists).map(([name, bytes]) => [name, { bytes: toHex(bytes) }]))

/** What slices.json holds. */
export function sliceVectors(): string {
  const failing = FAILING.map(({ name, kind, envelope, slices, reason }) => ({
    ...{ name, reason, kind, envelope: toHex(envelope), slices: slices.map(toHex) },
  }))
  const vectors = {
    seedsBeginAt: { root: 0x20, revoker: 0xc0, gate: 0xd0, market: 0xe0, ...SEEDS },
    ...pinned(EXAMPLE),
    now: NOW.toISOString(),
    trustLists: hexOf(trustLists),
    revocationLists: hexOf(revocationLists),
    sliceFiles: hexOf(slices),
    ...{ valid, failing, stamps },
  }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('slices.json', import.meta.url), sliceVectors())
}

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { encodePayload } from '../../src/issue/sign-stamp.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { signedMessage } from '../../src/lib/contexts.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import { REASONS } from '../../src/verify/reason-table.ts'
import { FAILING_STAMPS, WAITING_STAMPS } from './failing-stamps.ts'
import {
  type ListName,
  listsAsJson,
  NOW,
  PREFIX,
  revocationListsAsJson,
  SEEDS,
  seedFrom,
  signers,
} from './lists.ts'

/** Makes stamps.json: `npx tsx test/vectors/stamps.generate.ts`. */

interface Source {
  readonly name: string
  readonly signer: keyof typeof SEEDS
  readonly keyId: number
  readonly stamp: Stamp
  /** It is checked with that of this name, under the trust list of the same name. */
  readonly revocationList?: 'revoking'
  /** The file's by default. */
  readonly now?: string
  /** Seconds after which lists count as stale; without it as many as they say themselves. */
  readonly maxListAge?: number
  readonly clockTolerance?: number
}

const example: Source = {
  name: "SPEC.md's example",
  signer: 'example',
  keyId: 7,
  stamp: { facility: 12, product: 104, serial: 90_001 },
}

const TEA = { facility: 12, product: 104, serial: 1 }
const tea = (name: string, claims: Partial<Stamp>): Source => ({
  name,
  signer: 'press',
  keyId: 0,
  stamp: { ...TEA, ...claims },
})
/** A product with a GTIN, which can be a link of GS1. */
const cider = (name: string, stamp: Partial<Stamp>): Source => ({
  name,
  signer: 'press',
  keyId: 0,
  stamp: { facility: 8_935_000_000_128, product: 18_935_000_000_127, serial: 90_001, ...stamp },
})
const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => index + 1)
const extensions = (...entries: [number, CborValue][]) => new Map(entries)
const MAX = Number.MAX_SAFE_INTEGER

const SOURCES: readonly Source[] = [
  example,
  {
    name: 'all zero: the shortest payload',
    signer: 'press',
    keyId: 0,
    stamp: { facility: 0, product: 0, serial: 0 },
  },
  {
    name: 'a key id of two bytes and a serial of two',
    signer: 'garden',
    keyId: 24,
    stamp: { facility: 12, product: 105, serial: 255 },
  },
  tea('a serial of three bytes', { serial: 256 }),
  tea('a serial of five bytes', { serial: 65_536 }),
  {
    name: 'a whole GLN and GTIN',
    signer: 'press',
    keyId: 0,
    stamp: { facility: 8_935_000_000_128, product: 18_935_000_000_127, serial: 2 ** 32 },
  },
  {
    name: 'the greatest numbers',
    signer: 'mill',
    keyId: 65_535,
    stamp: { facility: MAX, product: MAX, serial: MAX },
  },
  {
    name: 'the second of two keys under one id, for all products of a facility',
    signer: 'kiln',
    keyId: 0,
    stamp: { facility: 13, product: 201, serial: 5 },
  },
  tea('a lot of one letter', { lot: 'A' }),
  tea('a lot of twenty letters', { lot: '!"%&\'()*+,-./:;<=>?_' }),
  tea('the first day and the last', { made: '1970-01-01', expires: '9999-12-31' }),
  tea('expires today', { expires: '2026-01-10' }),
  tea('a seal of 8 bytes', { seal: bytes(8) }),
  tea('a seal of 16 bytes', { seal: bytes(16) }),
  tea('all claims', { lot: 'L-01', made: '2026-01-02', expires: '2026-12-31', seal: bytes(10) }),
  tea('optional claims that are unknown', {
    extensions: extensions([16, 1], [20, 'chè'], [23, bytes(3)]),
  }),
  {
    ...tea('the last thousandth of its last day', { expires: '2026-01-10', serial: 2 }),
    now: '2026-01-10T23:59:59.999Z',
  },
  { ...tea('a list of just the age that the verifier allows', { serial: 3 }), maxListAge: 460_800 },
  { ...tea('a clock behind the list by all that is tolerated', { serial: 5 }), now: '2026-01-04T23:55:00Z' },
  {
    ...tea('a clock behind the list by all that the verifier tolerates', { serial: 6 }),
    now: '2026-01-04T00:00:00Z',
    clockTolerance: 86_400,
  },
  { ...tea('the last thousandth before the list expires', { serial: 4 }), now: '2026-02-04T23:59:59.999Z' },
  {
    name: "the last second of an issuer's validity",
    signer: 'former',
    keyId: 301,
    stamp: { facility: 12, product: 107, serial: 1 },
    now: '2026-01-09T23:59:59Z',
  },
  cider('a link of GS1', {}),
  cider('a link of GS1 with lot and expiry', { lot: 'L-01', expires: '2026-12-31' }),
  cider('a link of GS1 with lot, day made and expiry', {
    lot: 'A/%.b',
    made: '2026-01-02',
    expires: '2099-12-31',
  }),
  cider('a link of GS1 with a seal', { seal: bytes(10) }),
  cider('a link of GS1 with all claims, and optional ones that are unknown', {
    lot: '!"%&\'()*+,-./:;<=>?_',
    made: '2000-01-01',
    expires: '2026-02-28',
    seal: bytes(16),
    extensions: extensions([16, 1], [23, bytes(3)]),
  }),
  cider('a link of GS1 with the greatest serial', { serial: MAX }),
  cider('a link of GS1 with serial 0', { serial: 0 }),
  tea('a payload of 128 bytes', { extensions: extensions([16, bytes(118)]) }),
]

/** Stamps beside those that the revocation list revokes. */
const UNREVOKED: readonly Source[] = [
  { ...tea('before a lost roll', { serial: 40_999 }), revocationList: 'revoking' },
  { ...tea('after a lost roll', { serial: 42_000 }), revocationList: 'revoking' },
  { ...tea('at the watermark', { serial: 95_000 }), revocationList: 'revoking' },
  {
    name: 'a serial that the revocation of its key spares',
    signer: 'garden',
    keyId: 24,
    stamp: { facility: 12, product: 105, serial: 500 },
    revocationList: 'revoking',
  },
]

async function stages({
  name,
  signer,
  keyId,
  stamp,
  revocationList,
  now,
  maxListAge,
  clockTolerance,
}: Source) {
  const code = await createIssuer({ keyId, signer: signers[signer] }).issue(stamp)
  const payload = encodePayload(keyId, stamp)
  return {
    name,
    trustList: (revocationList ?? (signer === 'example' ? 'example' : 'province')) satisfies ListName,
    ...(revocationList && { revocationList }),
    ...(now && { now }),
    ...(maxListAge && { maxListAge }),
    ...(clockTolerance && { clockTolerance }),
    seed: toHex(seedFrom(SEEDS[signer])),
    publicKey: toHex(signers[signer].publicKey),
    stamp: asJson(keyId, stamp),
    payload: toHex(payload),
    message: toHex(signedMessage('veristamp:stamp1', payload)),
    signature: toHex(code.bytes.subarray(-64)),
    code: toHex(code.bytes),
    base45: code.toText('base45'),
    digits: code.toText('digits'),
    url: code.toUrl(PREFIX),
    ...(stamp.product >= 65_536 && stamp.product < 10 ** 14 && { gs1: code.toGs1Link(PREFIX) }),
  }
}

const asJson = (keyId: number, { seal, extensions, ...rest }: Stamp) => ({
  keyId,
  ...rest,
  ...(seal && { seal: toHex(seal) }),
  ...(extensions && {
    extensions: [...extensions].map(([key, value]) => [
      key,
      value instanceof Uint8Array ? { bytes: toHex(value) } : value,
    ]),
  }),
})

/** Lists that no verifier can be set up with, and what it is called where SPEC.md has a name for it. */
const REFUSED_SETUPS: readonly { name: string; trustLists: readonly ListName[]; error?: string }[] = [
  { name: 'no trust list', trustLists: [] },
  { name: 'two lists of one authority', trustLists: ['province', 'example'] },
  { name: 'two authorities that trust one key', trustLists: ['province', 'neighbour'], error: 'key_shared' },
]

/** What stamps.json holds. */
export async function stampVectors(): Promise<string> {
  const vectors = {
    now: NOW.toISOString(),
    trustLists: await listsAsJson(),
    revocationLists: await revocationListsAsJson(),
    refusedSetups: REFUSED_SETUPS,
    valid: await Promise.all([...SOURCES, ...UNREVOKED].map(stages)),
    waiting: WAITING_STAMPS,
    failing: FAILING_STAMPS.map(({ name, ...rest }) => ({
      name,
      trustList: 'province',
      status: REASONS[rest.reason].status,
      ...rest,
    })),
  }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('stamps.json', import.meta.url), await stampVectors())
}

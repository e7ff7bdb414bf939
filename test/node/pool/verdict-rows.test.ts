import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyJobs } from '../../../src/ed25519/verify-jobs.ts'
import { loadEngine } from '../../../src/ed25519/wasm/wasm-engine.ts'
import { ArgumentTypeError } from '../../../src/lib/errors.ts'
import { packLists, unpackLists } from '../../../src/node/pool/shared-lists.ts'
import { TaskMemories } from '../../../src/node/pool/task-memory.ts'
import { RowReader, RowWriter } from '../../../src/node/pool/verdict-rows.ts'
import { addSerials, revokeKey, setWatermark } from '../../../src/revocation/draft.ts'
import type { Stamp } from '../../../src/stamp/stamp.ts'
import { prepare } from '../../../src/verify/check.ts'
import type { Verdict } from '../../../src/verify/verdict.ts'
import { createSetting, createVerifier } from '../../../src/verify/verifier.ts'
import { tryKeys } from '../../../src/verify/verify-texts.ts'
import {
  content,
  EXPIRES,
  forge,
  garden,
  ISSUED,
  issue,
  kiln,
  NOW,
  PREFIX,
  plus,
  press,
  pressEntry,
  signerFrom,
  stamp,
  stranger,
  trustListWith,
} from '../../support/fixtures.ts'
import { revocationListWith, revokingTrustList } from '../../support/revoking.ts'

const GTIN = 8935000000014
const scope = [...pressEntry.scope, { facility: 12, product: GTIN }]
const trustList = await revokingTrustList({
  issuers: [{ ...pressEntry, scope }, ...content.issuers.slice(1)],
})
const why = { reason: 'lost', date: '2026-01-07' } as const
const revocationList = await revocationListWith(trustList, (draft) =>
  revokeKey(
    setWatermark(
      addSerials(draft, { facility: 12, product: 104, serials: [{ first: 5, last: 9 }], ...why }),
      {
        ...{ publicKey: press.publicKey, facility: 12, product: 104, serial: 95_000 },
      },
    ),
    { publicKey: garden.publicKey, ...why, above: [{ facility: 12, product: 105, serial: 10 }] },
  ),
)
const harbour = signerFrom(0xc0)
const neighbour = await trustListWith({
  authority: 'vn-haiphong',
  issuers: [{ ...pressEntry, publicKey: harbour.publicKey, name: 'Nhà in Cảng' }],
})
const lists = { trustLists: [trustList, neighbour], revocationLists: [revocationList] }

const seal = (byte: number, length: number) => new Uint8Array(length).fill(byte)
const stamps: Stamp[] = [
  stamp,
  { ...stamp, lot: 'L1', made: '2026-01-02', expires: '2026-06-30' },
  { ...stamp, serial: 2, lot: 'L1', made: '2026-01-02', expires: '2026-06-30' },
  { ...stamp, serial: 3, expires: '2026-01-09' },
  { ...stamp, serial: 4, seal: seal(1, 8) },
  { ...stamp, serial: 6, seal: seal(2, 16), lot: 'L2' },
  { ...stamp, serial: 95_001 },
  { ...stamp, serial: 10, extensions: new Map([[16, new Uint8Array([1, 2])]]) },
  { ...stamp, serial: 11, extensions: new Map([[16, new Map([[1, 'x']])]]), seal: seal(3, 10) },
  { facility: 12, product: GTIN, serial: 7, lot: 'a/b', expires: '2026-06-30' },
]
const codes = await Promise.all(stamps.map((each) => issue(each)))
const TEXTS = [
  ...codes.flatMap((code) => [code.toText(), code.toText('digits'), code.toUrl(PREFIX)]),
  codes.at(-1)!.toGs1Link(PREFIX),
  codes[0]!.toUrl('HTTPS://ELSEWHERE.VN/'),
  ...[
    await issue({ facility: 13, product: 201, serial: 1 }, kiln),
    await issue({ facility: 12, product: 999, serial: 1 }, kiln),
    await issue({ facility: 12, product: 105, serial: 10 }, garden, 300),
    await issue({ facility: 12, product: 105, serial: 11 }, garden, 300),
    await issue(stamp, harbour),
    await issue(stamp, stranger),
    await issue(stamp, press, 9),
  ].map((code) => code.toText()),
  forge([7, 12, 104, 8, new Map([[5, 1]])]).base45,
  forge([7, 12, 104, 70, new Map([[5, 1]])]).base45,
  'no stamp',
  '',
]
const MOMENTS = [NOW, plus(ISSUED, -1000), plus(EXPIRES, 1), plus(ISSUED, 86_401)]

const engine = await loadEngine()
const setting = createSetting(lists)
/** What a worker has: lists that came to it as bytes. */
const workers = createSetting(unpackLists(packLists({ ...lists, engine }), engine))

const memories = new TaskMemories(1)

/** As it goes from thread to thread, through memory that was used before. */
function overThreads(texts: readonly string[], now: Date, wanted?: (status: Verdict['status']) => boolean) {
  const there = workers(now)
  const memory = memories.takeForTexts(texts.length, 0)
  const writer = new RowWriter(memory.rows, there, wanted)
  const all = texts.map((text) => prepare(text, there))
  tryKeys(all, engine).forEach((one, text) => void writer.write(text, one))
  const tables = structuredClone(writer.tables)
  const reader = new RowReader(structuredClone(memory.rows), tables, setting(now))
  const verdicts = texts.map((_, text) => reader.read(text))
  memories.keep(memory)
  return { verdicts, tables }
}

describe('verdicts that come from other threads', () => {
  const verifier = createVerifier(lists)
  const expected = new Map(
    MOMENTS.map((now) => [now, new Map(TEXTS.map((text) => [text, verifier.verify(text, { now })]))]),
  )

  it('are of every status, of both authorities and all carriers', () => {
    const all = [...expected.values()].flatMap((some) => [...some.values()])
    expect(new Set(all.map(({ status }) => status)).size).toBe(3)
    expect(new Set(all.map(({ carrier }) => carrier))).toEqual(
      new Set(['base45', 'digits', 'url', 'gs1', undefined]),
    )
    const reasons = all.flatMap((verdict) => ('reason' in verdict ? [verdict.reason] : []))
    expect(new Set(reasons).size).toBeGreaterThan(10)
    expect(new Set(all.flatMap(({ authority = [] }) => authority)).size).toBe(2)
  })

  it('are those of one thread, at every moment', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TEXTS)), fc.constantFrom(...MOMENTS), (texts, now) => {
        const { verdicts } = overThreads(texts, now)
        expect(verdicts).toEqual(texts.map((text) => expected.get(now)!.get(text)))
      }),
    )
  })

  it('share nothing that a caller may change', () => {
    const { verdicts } = overThreads(['no stamp', 'no stamp'], NOW)
    expect(verdicts[0]!.warnings).not.toBe(verdicts[1]!.warnings)
  })

  it('leave out those that are only counted', () => {
    const { verdicts } = overThreads(TEXTS, NOW, (status) => status !== 'valid')
    expect(verdicts).toEqual(
      TEXTS.map((text) => expected.get(NOW)!.get(text)!).map((verdict) =>
        verdict.status === 'valid' ? undefined : verdict,
      ),
    )
  })

  it('have in common what they can: a row takes its own numbers and no more', () => {
    const { tables } = overThreads(Array(100).fill(codes[1]!.toText()), NOW)
    expect([tables.traits.length, tables.outcomes.length]).toEqual([1, 1])
  })
})

describe('lists that go to other threads', () => {
  it('have the keys, dates, digests and entries that were loaded', () => {
    const [loaded] = unpackLists(packLists(lists), engine).trustLists
    const { issuers, engine: _, roots, revocationKey, ...plain } = loaded!
    for (const field of ['authority', 'sequence', 'issued', 'digest', 'catalogue', 'prefixes'] as const)
      expect(plain[field]).toEqual(trustList[field])
    const message = new Uint8Array(3)
    const signature = press.sign(message)
    expect(verifyJobs([{ key: issuers[0]!.key, message, signature }], engine)).toEqual([true])
    expect(roots.keys[0]!.publicKey).toEqual(trustList.roots.keys[0]!.publicKey)
  })

  it('must have been loaded', () => {
    const { findSerial, ofKey, ...header } = revocationList
    const made = { ...Object.fromEntries(Object.entries(header)), findSerial, ofKey } as never
    expect(() => packLists({ ...lists, revocationLists: [made] })).toThrow(ArgumentTypeError)
  })
})

import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { compareBytes, concatBytes } from '../../src/lib/bytes.ts'
import type { ScanLog } from '../../src/scanlog/api.ts'
import { documentBody } from '../../src/scanlog/body.ts'
import { hashScan } from '../../src/scanlog/record.ts'
import { checkRules } from '../../src/scanlog/rules.ts'
import { ScanMemory } from '../../src/scanlog/scan-memory.ts'
import { SlotIndex } from '../../src/scanlog/slot-index.ts'
import { memoryScanStore } from '../../src/scanlog/store.ts'
import { runs } from '../support/laws.ts'
import { AUTHORITY, documentOf, keysOf } from '../support/trust-lists.ts'
import {
  at,
  codeOf,
  DAY,
  HANOI,
  HERE,
  look,
  openLog,
  type Scanned,
  START,
  scan,
  scannerOf,
  seen,
} from './logs.ts'

/** A scanner that the trust list names and that means to make others forget. */

const LIAR = 'liar'
const lists = [{ authority: AUTHORITY, scanners: [scannerOf(HANOI, LIAR), scannerOf(HERE, LIAR)] }]
const open = (options = {}) => openLog({ trustLists: lists, rules: { maxScans: 1e9 }, ...options })

interface Told {
  readonly second: number
  readonly code: Scanned
}

/** The liar's document of scans and undo marks at a place, which may be the log's own. */
function flood(place: string, records: readonly Told[], undone: readonly Told[] = []): Uint8Array {
  const rows = sorted(records).map(([time, code]) => [time, code, 12, 104, 1, 0] as const)
  const body = { authority: AUTHORITY, place, issued: at(0), records: rows, undone: sorted(undone) }
  return documentOf(encodeCbor(writeShape(documentBody, body)), keysOf(LIAR), { context: 'veristamp:scans1' })
}

const sorted = (told: readonly Told[]): (readonly [number, Uint8Array])[] =>
  [...new Map(told.map((each) => [`${each.second} ${each.code.text}`, each])).values()]
    .map(({ second, code }) => [START + second, hashScan(code.text).code] as const)
    .sort((a, b) => a[0] - b[0] || compareBytes(a[1], b[1]))

const merge = (log: ScanLog, file: Uint8Array) => {
  const merged = log.merge(file, { now: at(0) })
  expect(merged).toMatchObject({ ok: true })
  return merged
}

const CODES = Array.from({ length: 12 }, (_, serial) => codeOf(serial))
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

afterEach(() => vi.restoreAllMocks())

describe('a flood of records', () => {
  const told = fc.record({ second: fc.integer({ min: -DAY, max: DAY }), code: fc.constantFrom(...CODES) })
  const document = fc.tuple(fc.constantFrom(HANOI, HERE), fc.array(told, { maxLength: 80 }))

  it('of whatever kind leaves all that the log saw itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(told, { maxLength: 8 }), fc.array(document), async (own, documents) => {
        const store = memoryScanStore()
        const log = await open({ limit: 8, store })
        for (const { second, code } of own) scan(log, code, second)
        const before = log.recent(99)
        for (const [place, records] of documents) merge(log, flood(place, records))
        await log.flush()
        for (const each of [log, await open({ limit: 8, store })]) {
          const kept = new Set(each.recent(99).map(({ id }) => id))
          for (const { id } of before) expect(kept).toContain(id)
          expect(each.size).toBeLessThanOrEqual(2 * (8 + 1))
        }
      }),
      { numRuns: runs(40) },
    )
  })

  it('of one code at one place keeps the newest 64, in whatever order it comes', async () => {
    const records = upTo(200).map((index) => ({ second: -60 * index, code: CODES[0]! }))
    const files = [records.slice(0, 90), records.slice(80, 150), records.slice(140)].map((part) =>
      flood(HANOI, part),
    )
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0, 1],
    ]) {
      const log = await open()
      for (const index of order) merge(log, files[index]!)
      expect(log.size).toBe(64)
      expect(look(log, CODES[0]!, DAY).elsewhere).toEqual([{ place: HANOI, ...seen(64, -60 * 63, 0) }])
    }
  })

  it('counts apart what others say of the log’s own place', async () => {
    const log = await open()
    scan(log, CODES[0]!, -DAY)
    merge(
      log,
      flood(
        HERE,
        upTo(100).map((second) => ({ second, code: CODES[0]! })),
      ),
    )
    expect(log.size).toBe(65)
    expect(look(log, CODES[0]!, DAY).here).toEqual(seen(65, -DAY, 99))
  })

  it('still breaks the rule of the rate, at one place alone', async () => {
    const log = await open({ rules: { maxScans: 100 } })
    merge(
      log,
      flood(
        HANOI,
        upTo(500).map((second) => ({ second, code: CODES[0]! })),
      ),
    )
    expect(look(log, CODES[0]!, 499).findings.map(({ kind }) => kind)).toContain('rate')
    expect(log.size).toBe(101)
  })

  it('takes as many steps a record however long it is, above the limit too', () => {
    const steps = (count: number): number => {
      const counter = vi.spyOn(SlotIndex.prototype, 'after')
      const options = { place: HERE, limit: 50, rules: checkRules('rules'), points: () => new Map() }
      const memory = new ScanMemory(options)
      const { code } = hashScan(CODES[0]!.text)
      for (const index of upTo(count)) {
        const source = { authority: AUTHORITY, place: `${HANOI} ${index % 3}` }
        memory.add({
          ...source,
          facility: 1,
          product: 2,
          serial: 3,
          code,
          time: START + index,
          status: 'valid',
        })
        memory.trim()
      }
      const { length } = counter.mock.calls
      counter.mockRestore()
      return length
    }
    const [one, two] = [steps(1500), steps(3000)]
    expect(one).toBeGreaterThan(1500)
    expect(two / one).toBeLessThan(2.1)
  })

  it('is kept in the store only as far as it is remembered', async () => {
    const store = memoryScanStore()
    const log = await open({ store })
    merge(
      log,
      flood(
        HANOI,
        upTo(5000).map((second) => ({ second, code: CODES[0]! })),
      ),
    )
    await log.flush()
    const bytes = concatBytes(...(await store.read())).length
    expect(bytes).toBeLessThan(64 * 60)
    expect(bytes).toBeGreaterThan(64 * 20)
  })

  it('of undo marks leaves the log’s own', async () => {
    const store = memoryScanStore()
    const log = await open({ limit: 4, store })
    log.undo(scan(log, CODES[0]!, -DAY).id!)
    const marks = upTo(50).map((second) => ({ second, code: CODES[1]! }))
    expect(merge(log, flood(HANOI, [], marks))).toMatchObject({ undone: 50 })
    await log.flush()
    expect(look(await open({ limit: 4, store }), CODES[0]!, DAY).answer).toBe('first_seen')
  })
})

describe('a scan that another device had told of before', () => {
  it('is the log’s own once the log has seen it, and no flood takes it', async () => {
    const log = await open({ limit: 4 })
    merge(log, flood(HERE, [{ second: 0, code: CODES[0]! }]))
    expect(scan(log, CODES[0]!, 0).answer).toBe('first_seen')
    merge(log, flood(HERE, [{ second: -5, code: CODES[11]! }]))
    scan(log, CODES[11]!, 0)
    merge(
      log,
      flood(
        HERE,
        upTo(100).map((second) => ({ second: second + 1, code: CODES[(second % 11) + 1]! })),
      ),
    )
    expect(log.recent(99).filter(({ time }) => time === START)).toHaveLength(2)
    expect(log.size).toBe(6)
  })
})

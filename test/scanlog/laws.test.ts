import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/lib/bytes.ts'
import type { ScanLog, ScanLogOptions } from '../../src/scanlog/api.ts'
import type { Evidence } from '../../src/scanlog/evidence.ts'
import { runs } from '../support/laws.ts'
import { AUTHORITY } from '../support/trust-lists.ts'
import { at, codeOf, DAY, exported, look, openLog, scan, scannerOf } from './logs.ts'

/** Laws of merging: whatever the order in which logs meet. */

const PLACES = Array.from({ length: 10 }, (_, index) => `kiosk ${index}`)
const lists = [
  {
    authority: AUTHORITY,
    // Half of them along a meridian, a degree (111 km) apart; of the others nobody knows where they are.
    scanners: PLACES.map((place, index) => ({
      ...scannerOf(place),
      ...(index < 5 && { position: `+1${index}.0+107.0` }),
    })),
  },
]
const CODES = Array.from({ length: 4 }, (_, serial) => codeOf(serial))
const open = (place: string, options: Partial<ScanLogOptions> = {}): Promise<ScanLog> =>
  openLog({ place, trustLists: lists, rules: { maxScans: 4, ratePeriod: 900, sameScan: 0 }, ...options })

interface Event {
  readonly kiosk: number
  readonly code: number
  readonly time: number
  readonly isMistake: boolean
}

const event: fc.Arbitrary<Event> = fc.record({
  kiosk: fc.nat(PLACES.length - 1),
  code: fc.nat(CODES.length - 1),
  time: fc.nat(3000),
  isMistake: fc.integer({ min: 0, max: 5 }).map((value) => value === 0),
})

/** What a log says of every code long after, with its own place among the others. */
function answers(log: ScanLog, place: string): unknown[] {
  return CODES.map((code) => {
    const { here, elsewhere, findings, since } = look(log, code, 99 * DAY)
    const places = [...elsewhere, ...(here ? [{ place, ...here }] : [])]
    places.sort((a, b) => (a.place < b.place ? -1 : 1))
    return { places, findings, since }
  })
}

/** The ten kiosks' logs after the events, and the files that they give away. */
async function live(events: readonly Event[], options?: Partial<ScanLogOptions>) {
  const logs = await Promise.all(PLACES.map((place) => open(place, options)))
  for (const { kiosk, code, time, isMistake } of events) {
    const { id } = scan(logs[kiosk]!, CODES[code]!, time)
    if (isMistake) logs[kiosk]!.undo(id!)
  }
  const files = await Promise.all(logs.map((log, index) => exported(log, PLACES[index]!)))
  return { logs, files }
}

const merge = (log: ScanLog, file: Uint8Array): void => {
  expect(log.merge(file, { now: at(0) })).toMatchObject({ ok: true })
}

const findingsOf = (said: readonly unknown[]) =>
  said.flatMap((each) => (each as Pick<Evidence, 'findings'>).findings.map(({ kind }) => kind))

describe('ten kiosks that exchange their logs', () => {
  it('in whatever order, and more than once, all answer the same', async () => {
    const kinds = new Set<string>()
    const seen = { undone: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 20, maxLength: 60 }),
        fc.array(
          fc.shuffledSubarray(
            PLACES.map((_, index) => index),
            { minLength: 10 },
          ),
          {
            minLength: 10,
            maxLength: 10,
          },
        ),
        fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 10 }),
        async (events, orders, early) => {
          const { logs, files } = await live(events)
          for (const [to, from] of early) merge(logs[to]!, files[from]!)
          for (const [index, order] of orders.entries())
            for (const from of order) merge(logs[index]!, files[from]!)
          const said = logs.map((log, index) => answers(log, PLACES[index]!))
          for (const each of said) expect(each).toEqual(said[0])
          for (const kind of findingsOf(said[0]!)) kinds.add(kind)
          if (events.some(({ isMistake }) => isMistake)) seen.undone++
        },
      ),
      { numRuns: 15 },
    )
    expect([...kinds].sort()).toEqual(['impossible_travel', 'rate'])
    expect(seen.undone).toBeGreaterThan(0)
  })

  it('come to what one log of all scans would say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 40 }), async (events) => {
        const { logs, files } = await live(events)
        for (const file of files) merge(logs[3]!, file)
        const undone = new Set(
          events
            .filter(({ isMistake }) => isMistake)
            .map(({ kiosk, code, time }) => `${kiosk} ${code} ${time}`),
        )
        const expected = CODES.map((_, code) => {
          const keys = new Set(
            events.filter((each) => each.code === code).map(({ kiosk, time }) => `${kiosk} ${code} ${time}`),
          )
          return [...keys].filter((key) => !undone.has(key)).length
        })
        const counts = answers(logs[3]!, PLACES[3]!).map((each) =>
          (each as { places: { count: number }[] }).places.reduce((sum, { count }) => sum + count, 0),
        )
        expect(counts).toEqual(expected)
      }),
      { numRuns: runs(30) },
    )
  })
})

describe('merging', () => {
  const three = fc.tuple(...[0, 1, 2].map(() => fc.array(event, { minLength: 1, maxLength: 30 })))

  /** What a fresh device says after it has merged the files, in this order. */
  async function merged(files: readonly Uint8Array[], limit: number) {
    const log = await open('auditor', { limit })
    for (const file of files) merge(log, file)
    return { size: log.size, since: log.since, said: answers(log, 'auditor') }
  }

  const allFiles = async (groups: readonly (readonly Event[])[]) =>
    Promise.all(groups.map(async (events) => concatBytes(...(await live(events)).files)))

  it('is commutative, associative and idempotent', async () => {
    await fc.assert(
      fc.asyncProperty(three, async (groups) => {
        const [a, b, c] = (await allFiles(groups)) as [Uint8Array, Uint8Array, Uint8Array]
        const abc = await merged([a, b, c], 1000)
        const orders = [
          [c, b, a],
          [b, a, c],
          [a, a, b, c, a],
          [concatBytes(a, b), c],
          [a, concatBytes(b, c)],
        ]
        for (const order of orders) expect(await merged(order, 1000)).toEqual(abc)
      }),
      { numRuns: 10 },
    )
  })

  it('above the limit keeps the newest of all by time, whatever the order', async () => {
    const far = { maxScans: 1e9, maxSpeed: Number.POSITIVE_INFINITY }
    await fc.assert(
      fc.asyncProperty(three, async (groups) => {
        const files = await allFiles(groups)
        const orders = [files, [...files].reverse(), [...files, files[0]!]]
        const logs = await Promise.all(orders.map(() => open('auditor', { limit: 12, rules: far })))
        for (const [index, order] of orders.entries()) for (const file of order) merge(logs[index]!, file)
        for (const log of logs) {
          expect(log.size).toBeLessThanOrEqual(12)
          expect([log.size, log.since, answers(log, 'auditor')]).toEqual([
            logs[0]!.size,
            logs[0]!.since,
            answers(logs[0]!, 'auditor'),
          ])
        }
      }),
      { numRuns: runs(15) },
    )
  })
})

describe('a full log', () => {
  it('forgets the oldest scan, and says since when it knows', async () => {
    const log = await open('auditor', { limit: 3 })
    for (const [time, code] of CODES.entries()) scan(log, code, 100 * time)
    expect([log.size, log.since]).toEqual([3, at(100)])
    expect(look(log, CODES[0]!, DAY)).toMatchObject({ answer: 'first_seen', since: at(100) })
    expect(look(log, CODES[1]!, DAY)).toMatchObject({ answer: 'seen_here', since: at(100) })
    scan(log, codeOf(99), 50)
    expect(look(log, codeOf(99), DAY).answer).toBe('first_seen')
  })

  it('keeps what proves a copy, beside the newest', async () => {
    const [log, other] = [await open(PLACES[0]!, { limit: 16 }), await open(PLACES[4]!)]
    scan(log, CODES[0]!, 0)
    scan(other, CODES[0]!, 10)
    merge(log, await exported(other, PLACES[4]!))
    const before = look(log, CODES[0]!, 99 * DAY)
    expect(before.answer).toBe('impossible_travel')
    for (let serial = 100; serial < 200; serial++) scan(log, codeOf(serial), serial)
    expect([log.size, log.since]).toEqual([18, at(184)])
    expect(look(log, CODES[0]!, 99 * DAY)).toEqual({ ...before, since: at(184) })
  })

  it('keeps undo marks: what was undone stays so when another log brings it back', async () => {
    const [log, other] = [await open(PLACES[0]!, { limit: 3 }), await open(PLACES[1]!)]
    const { id } = scan(log, CODES[0]!, 0)
    merge(other, await exported(log, PLACES[0]!))
    log.undo(id!)
    for (const serial of [100, 101, 102]) scan(log, codeOf(serial), serial)
    expect(look(other, CODES[0]!, DAY).answer).toBe('seen_elsewhere')
    merge(other, await exported(log, PLACES[0]!))
    expect(look(other, CODES[0]!, DAY).answer).toBe('first_seen')
  })
})

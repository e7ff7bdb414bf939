import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryKeeperStore } from '../../src/keeper/store.ts'
import { waitAfter } from '../../src/keeper/timing.ts'
import {
  at,
  createServer,
  DAY,
  filesOf,
  keeperOf,
  pinsOf,
  revocationOf,
  type Server,
  stampOf,
  trustOf,
} from './world.ts'

/** A keeper that was started, through hours and days of simulated time. */

const [A, B] = ['a.example', 'b.example']
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let server: Server
const rejections: unknown[] = []
const onRejection = (reason: unknown) => rejections.push(reason)

beforeEach(() => {
  server = createServer()
  rejections.length = 0
  process.on('unhandledRejection', onRejection)
  vi.useFakeTimers({ now: at(0), toFake: ['Date', 'setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  process.off('unhandledRejection', onRejection)
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function publish(
  authority: string,
  sequence: number,
  issued = new Date(),
  due = 7 * DAY,
): Promise<void> {
  const trust = trustOf(authority, { sequence: 1 })
  const revocation = await revocationOf(authority, sequence, { issued, due })
  server.sites.set(
    authority,
    filesOf({ authority, trust, trustSequence: 1, revocation, revocationSequence: sequence }),
  )
}

/** The times at which the keeper asked, in minutes. */
const watched = () => {
  const times: number[] = []
  const { fetch } = server
  return {
    times,
    fetch: (...args: Parameters<typeof fetch>) => {
      times.push((Date.now() - at(0).getTime()) / MINUTE)
      return fetch(...args)
    },
  }
}

/** Marsaglia's xorshift: the same numbers from the same seed. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** Runs through some time in steps, so that what is awaited between timers gets its turn. */
async function pass(time: number, step = 10_000, eachStep = () => {}): Promise<void> {
  for (let left = time; left > 0; left -= step) {
    await vi.advanceTimersByTimeAsync(Math.min(step, left))
    eachStep()
  }
}

describe('a keeper that was started', () => {
  it('resolves with its first lists, and asks when the next are due, a day later at the most', async () => {
    await publish(A, 1)
    const { times, fetch } = watched()
    const keeper = keeperOf(server, { store: memoryKeeperStore(), fetch })
    const { authorities } = await keeper.start()
    expect(authorities[0]).toMatchObject({ trustList: { sequence: 1 }, revocationList: { sequence: 1 } })
    expect(times).toEqual([0, 0, 0])
    await pass(3 * DAY, MINUTE)
    const later = times.slice(3)
    expect(later.length).toBeGreaterThanOrEqual(2)
    for (const [index, time] of later.entries())
      expect(time - (later[index - 1] ?? 0)).toBeGreaterThanOrEqual(24 * 60)
    keeper.stop()
    await pass(3 * DAY, HOUR)
    expect(times.length).toBe(3 + later.length)
  })

  it('answers at once with what its store has, and asks behind it', async () => {
    await publish(A, 1)
    const store = memoryKeeperStore()
    await keeperOf(server, { store }).refresh()
    let let_go = () => {}
    server.answer = () =>
      new Promise((answer) => {
        let_go = () => answer(new Response('', { status: 500 }))
      })
    const keeper = keeperOf(server, { store })
    const starting = keeper.start()
    await starting
    expect(keeper.verify(await stampOf(A, 2))).toMatchObject({ status: 'valid' })
    expect(await keeper.start()).toMatchObject({ authorities: [{ authority: A }] })
    let_go()
    keeper.stop()
  })

  it('is asked for nothing by scans', async () => {
    await publish(A, 1)
    const keeper = keeperOf(server)
    await keeper.refresh()
    const asked = server.asked.length
    const text = await stampOf(A, 2)
    for (const day of [1, 10, 400]) for (let i = 0; i < 50; i++) keeper.verify(text, { now: at(day * DAY) })
    for await (const _ of keeper.verifier.verifyMany([text, 'x'])) void _
    await pass(HOUR)
    expect(server.asked.length).toBe(asked)
  })

  it('ends its requests when it is stopped, and can be started again', async () => {
    await publish(A, 1)
    server.answer = () => new Promise(() => {})
    const keeper = keeperOf(server)
    const starting = keeper.start()
    await vi.advanceTimersByTimeAsync(10)
    keeper.stop()
    await starting
    expect(server.asked[0]!.request.signal.aborted).toBe(true)
    await vi.advanceTimersByTimeAsync(10)
    server.answer = () => undefined
    expect((await keeper.start()).authorities[0]).toMatchObject({ trustList: { sequence: 1 } })
    keeper.stop()
    expect(rejections).toEqual([])
  })

  it('asks more and more seldom a server that fails, at most once a minute and at least once an hour', async () => {
    const { times, fetch } = watched()
    server.answer = () => Promise.reject(new TypeError('fetch failed'))
    const keeper = keeperOf(server, { fetch })
    await keeper.start()
    await pass(DAY, MINUTE / 2)
    keeper.stop()
    const gaps = times.slice(1).map((time, index) => time - times[index]!)
    expect(gaps.every((gap) => gap >= 1 && gap < 67)).toBe(true)
    expect(gaps[0]).toBeLessThan(2)
    expect(times.length).toBeLessThan(40)
  })

  it('through 24 hours with a hostile server: no older list, no rejection that nobody hears, a request a minute at most', async () => {
    const { times, fetch } = watched()
    // A list an hour, each due again after twenty minutes, so that the keeper has much to ask for.
    const sites: Map<string, Uint8Array>[] = []
    for (let hour = 0; hour <= 24; hour++) {
      await publish(A, hour + 1, at(hour * HOUR), 20 * MINUTE)
      sites.push(server.sites.get(A)!)
    }
    const tricks: (() => ReturnType<Server['answer']>)[] = [
      () => Promise.reject(new TypeError('reset')),
      () => new Promise(() => {}),
      () => new Response('<html>log in', { status: 200 }),
      () => new Response(null, { status: 304 }),
      () => new Response(null, { status: 500 }),
      () => new Response(null, { status: 301, headers: { location: 'https://evil.example/' } }),
      () => new Response(new Uint8Array(5_000_000)),
      () => new Response(new ReadableStream({ pull: (to) => to.error(new Error('cut')) })),
      () => ({ status: 200 }) as Response,
    ]
    const random = randomOf(17)
    vi.spyOn(Math, 'random').mockImplementation(randomOf(18))
    const oneOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!
    server.answer = () => {
      const newest = Math.floor((Date.now() - at(0).getTime()) / HOUR)
      const dice = random()
      if (dice < 0.15) return oneOf(tricks)()
      // Yesterday's file, or another site's in the midst of it.
      if (dice < 0.2) return new Response(Uint8Array.from(oneOf([...oneOf(sites).values()])))
      if (dice < 0.4) server.sites.set(A, sites[Math.floor(random() * (newest + 1))]!)
      if (dice > 0.7) server.sites.set(A, sites[newest]!)
      return undefined
    }
    const keeper = keeperOf(server, { store: memoryKeeperStore(), fetch, pins: [pinsOf(A), pinsOf(B)] })
    void keeper.start()
    let highest = 0
    await pass(DAY, 15_000, () => {
      const sequence = keeper.state.authorities[0]!.revocationList?.sequence ?? 0
      expect(sequence).toBeGreaterThanOrEqual(highest)
      highest = sequence
    })
    expect(highest).toBeGreaterThan(1)
    server.sites.set(A, sites[24]!)
    server.answer = () => undefined
    // The list of hours ago, sent again, looks like a late authority's: the keeper waits half as long as it is late, a day at most.
    await pass(1.1 * DAY, MINUTE)
    keeper.stop()
    expect(keeper.state.authorities[0]!.revocationList!.sequence).toBe(25)
    expect(rejections).toEqual([])
    expect(times.length).toBeLessThan(24 * 60)
    // In every quarter of an hour too, for each of two authorities.
    for (const start of times)
      expect(times.filter((time) => time >= start && time < start + 15).length).toBeLessThanOrEqual(30)
  })
})

describe('the time to wait', () => {
  const base = { now: 0, next: undefined, failures: 0, requests: 1 }
  it.each([
    ['a day, where there is no revocation list', {}, DAY, DAY],
    ['until the next list is due', { next: 5 * HOUR }, 5 * HOUR, 5.5 * HOUR],
    ['a day at the most', { next: 9 * DAY }, DAY, DAY],
    ['a minute at the least', { next: 1 }, MINUTE, 1.1 * MINUTE],
    ['half as long as the authority is late', { next: -2 * HOUR }, HOUR, 1.1 * HOUR],
    ['a minute where it is hardly late', { next: -1 }, MINUTE, 1.1 * MINUTE],
    ['a day where it is late for ever', { next: -900 * DAY }, DAY, DAY],
    ['a minute after a failure', { failures: 1 }, MINUTE, 1.1 * MINUTE],
    ['twice as long after two', { failures: 2 }, 2 * MINUTE, 2.2 * MINUTE],
    ['a minute for every request', { failures: 1, requests: 4 }, 4 * MINUTE, 4.4 * MINUTE],
    ['an hour after many', { failures: 90 }, HOUR, 1.1 * HOUR],
  ])('is %s', (_, more, min, max) => {
    expect(waitAfter({ ...base, ...more }, 0)).toBe(min)
    expect(waitAfter({ ...base, ...more }, 1)).toBeCloseTo(max)
  })
})

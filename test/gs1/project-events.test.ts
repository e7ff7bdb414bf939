import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/ed25519/sha2.ts'
import {
  declareMistake,
  type EpcisEvent,
  type PrintedRun,
  type ProjectFacts,
  projectEvents,
} from '../../src/gs1.ts'
import type { RevocationContent } from '../../src/revocation/content.ts'
import { cutSet, runsOf, type SerialRange, serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import * as facts from '../support/gs1-facts.ts'
import { runs } from '../support/laws.ts'

const { maker, collect, SQUID, SQUID_GTIN, TEA, BUYER, TIME } = facts
const publicKey = new Uint8Array(32).fill(7)
const run: PrintedRun = { facility: 12, product: SQUID, first: 1, last: 10, time: TIME, publicKey }

type Revoked = Partial<Pick<RevocationContent, 'revoked' | 'revokedKeys'>>
const listOf = (revoked: Revoked): RevocationContent => ({
  ...{ authority: 'a', epoch: 0, sequence: 1, issued: TIME, next: TIME, expires: TIME },
  ...{ revoked: [], revokedKeys: [], watermarks: [] },
  ...revoked,
})
const serials = (date: string, ...ranges: (number | SerialRange)[]) => ({
  ...({ facility: 12, product: SQUID, reason: 'lost' } as const),
  ...{ date, serials: serialSetOf(ranges) },
})

const eventsOf = (given: Partial<ProjectFacts>): Promise<EpcisEvent[]> =>
  collect(projectEvents(maker, { runs: [run], ...given }))
const serialsIn = ({ epcList }: EpcisEvent): number[] =>
  epcList!.map((epc) => Number(epc.slice(epc.lastIndexOf('/') + 1)))
const ended = async (given: Partial<ProjectFacts>) =>
  (await eventsOf(given))
    .filter(({ action }) => action === 'DELETE')
    .map((event) => [event.eventTime.slice(0, 19), serialsIn(event)])

describe('the events of a project', () => {
  it('are of runs first, then of what was shipped, then of what ended', async () => {
    const shipped = [{ product: SQUID, first: 1, last: 2, to: BUYER, time: TIME }]
    const events = await eventsOf({
      shipped,
      runs: [
        { ...run, void: '2026-12-01' },
        { ...run, product: TEA, facility: 13 },
      ],
    })
    expect(events.map(({ bizStep }) => bizStep)).toEqual([
      'commissioning',
      'commissioning',
      'shipping',
      'decommissioning',
    ])
    expect(events[0]!.epcList![0]).toBe(`https://id.gs1.org/01/${SQUID_GTIN}/21/1`)
  })

  it('end each stamp once, by what came first', async () => {
    const key = { key: sha256(publicKey), reason: 'stolen', date: '2026-12-03' } as const
    const above = [{ facility: 12, product: SQUID, serial: 4 }]
    const revocation = listOf({
      revoked: [serials('2026-12-02', 2, 3, { first: 9, last: 50 }), serials('2026-12-04', 4, 5)],
      revokedKeys: [{ ...key, above }],
    })
    expect(await ended({ revocation })).toEqual([
      ['2026-12-02T00:00:00', [2, 3, 9, 10]],
      ['2026-12-03T00:00:00', [5, 6, 7, 8]],
      ['2026-12-04T00:00:00', [4]],
    ])
    expect(await ended({ revocation, runs: [{ ...run, void: '2026-12-01' }] })).toEqual([
      ['2026-12-01T00:00:00', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ])
    // Without its key nobody knows that it is this one.
    expect(await ended({ revocation, runs: [{ ...run, publicKey: undefined }] })).toHaveLength(2)
  })

  it('pass over serials of others, however many there are', async () => {
    const revocation = listOf({
      revoked: [
        { ...serials('2026-12-02', 5), product: TEA },
        { ...serials('2026-12-02', 5), facility: 13 },
        serials('2026-12-02', { first: 11, last: Number.MAX_SAFE_INTEGER }),
      ],
      revokedKeys: [{ key: sha256(new Uint8Array(32)), reason: 'lost', date: '2026-12-02', above: [] }],
    })
    expect(await ended({ revocation })).toEqual([])
  })

  it('end nothing before it began', async () => {
    expect(await ended({ revocation: listOf({ revoked: [serials('2026-11-29', 1)] }) })).toEqual([
      ['2026-11-29T08:00:01', [1]],
    ])
    expect(await ended({ runs: [{ ...run, void: '2020-01-01' }] })).toMatchObject([
      ['2026-11-29T08:00:01', { length: 10 }],
    ])
  })

  it('take a mistake back right after its event', async () => {
    const [event] = await eventsOf({})
    const mistake = { declared: TIME, reason: 'did_not_occur' } as const
    const events = await eventsOf({
      mistakes: [{ event: event!.eventID, ...mistake }],
      runs: [run, { ...run, first: 11, last: 12 }],
    })
    expect(events).toMatchObject([{}, { errorDeclaration: {} }, { action: 'ADD' }])
    expect(events[1]).toEqual(declareMistake(event!, mistake))
    await expect(eventsOf({ mistakes: [{ event: 'ni:///x', ...mistake }] })).rejects.toThrow(
      /facts.mistakes: expected ids of events/,
    )
  })

  it('stay what they were, whatever comes later', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(9), fc.nat(20), fc.boolean()), { maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(120), fc.nat(9), fc.integer({ min: 1, max: 28 })), { maxLength: 6 }),
        async (lengths, ranges) => {
          let next = 1
          const all = lengths.map(([length, gap, isVoid]): PrintedRun => {
            const first = next + gap
            next = first + length + 1
            return { ...run, first, last: first + length, void: isVoid ? '2026-12-15' : undefined }
          })
          let taken = serialSetOf([])
          const days = ranges
            .sort((a, b) => a[2] - b[2])
            .map(([first, length, day]) => {
              const set = serialSetOf([{ first, last: first + length }])
              const own = serialSetOf(
                [...serialsOf(set)].filter((each) => ![...serialsOf(taken)].includes(each)),
              )
              taken = serialSetOf([...serialsOf(taken), ...serialsOf(own)])
              return { ...serials(`2026-12-${String(day).padStart(2, '0')}`), serials: own }
            })
          const whole = await eventsOf({ runs: all, revocation: listOf({ revoked: days }) })
          // Each stamp is made once, and ends once at most.
          for (const action of ['ADD', 'DELETE']) {
            const told = whole.filter((event) => event.action === action).flatMap(serialsIn)
            expect(new Set(told).size).toBe(told.length)
          }
          const ids = new Set(whole.map(({ eventID }) => eventID))
          const before = { runs: all.slice(0, -1), revocation: listOf({ revoked: days.slice(0, -1) }) }
          const isSameDay =
            days.at(-1)?.date === days.at(-2)?.date || (days.at(-1)?.date ?? '9') <= '2026-12-15'
          for (const { eventID, action } of await eventsOf(before))
            if (action === 'ADD' || !isSameDay) expect(ids).toContain(eventID)
        },
      ),
      { numRuns: runs(200) },
    ))

  it.each([
    [{ runs: [{ ...run, last: 0 }] }, /facts.runs\[0\].last/],
    [{ runs: [{ ...run, lot: 'a b' }] }, /facts.runs\[0\].lot/],
    [{ runs: [{ ...run, void: 'today' }] }, /facts.runs\[0\].void/],
    [{ readPoint: '8935000000022' }, /facts.readPoint/],
    [{ ended: 'eaten' as never }, /facts.ended/],
    [{ shiped: [] } as never, /shiped/],
  ])('are refused at the call for %j', (given, message) => {
    expect(() => projectEvents(maker, { runs: [run], ...given })).toThrow(message)
  })
})

function* serialsOf(set: ReturnType<typeof serialSetOf>): Generator<number> {
  for (const { first, last } of runsOf(set)) for (let serial = first; serial <= last; serial++) yield serial
}

describe('a cut of a set', () => {
  it('has the serials between two, and no others', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 20 }), fc.nat(60), fc.nat(60), (members, first, last) => {
        const cut = cutSet(serialSetOf(members), { first, last })
        const expected = [...new Set(members)].filter((each) => each >= first && each <= last)
        expect([...serialsOf(cut)]).toEqual(expected.sort((a, b) => a - b))
      }),
      { numRuns: runs(1000) },
    ))
})

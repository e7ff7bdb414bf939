import { describe, expect, it } from 'vitest'
import type { ScanLog } from '../../src/scanlog/api.ts'
import { AUTHORITY } from '../support/trust-lists.ts'
import {
  at,
  codeOf,
  DAY,
  exported,
  HANOI,
  HERE,
  HOUR,
  look,
  MINUTE,
  NOWHERE,
  openLog,
  scan,
  scannerOf,
  seen,
  verdictOf,
} from './logs.ts'

const CODE = codeOf(90_001)

/** The log of a place where the code was scanned at these seconds, merged into another log. */
async function mergeScans(log: ScanLog, place: string, ...seconds: number[]): Promise<void> {
  const other = await openLog({ place, rules: { sameScan: 0 } })
  for (const second of seconds) scan(other, CODE, second)
  expect(log.merge(await exported(other, place), { now: at(0) })).toMatchObject({ ok: true })
}

describe('a scan of a code', () => {
  it('that was never seen is the first', async () => {
    const evidence = scan(await openLog(), CODE, 0)
    expect(evidence).toEqual({
      answer: 'first_seen',
      id: expect.stringMatching(/^1772352000-[0-9a-f]{32}$/),
      elsewhere: [],
      findings: [],
    })
  })

  it('that was seen here is told how often, first and last', async () => {
    const log = await openLog()
    for (const second of [0, HOUR, DAY]) scan(log, CODE, second)
    const evidence = scan(log, CODE, 2 * DAY)
    expect(evidence).toMatchObject({
      answer: 'seen_here',
      here: seen(3, 0, DAY),
      elsewhere: [],
      findings: [],
    })
    expect(log.size).toBe(4)
  })

  it('says nothing of other codes', async () => {
    const log = await openLog()
    scan(log, codeOf(1), 0)
    expect(scan(log, codeOf(2), HOUR).answer).toBe('first_seen')
  })

  it('knows the code in whatever carrier and between the line ends of a scanner', async () => {
    const log = await openLog()
    scan(log, CODE, 0)
    expect(log.look(`\t${CODE.text}\r\n`, verdictOf(CODE, HOUR)).answer).toBe('seen_here')
  })

  it('that stays before the camera is one, until the rules say otherwise', async () => {
    const log = await openLog()
    const first = scan(log, CODE, 0)
    const still = [1, 5, 9].map((second) => scan(log, CODE, second))
    expect(still).toEqual([first, first, first])
    expect(log.size).toBe(1)
    expect(scan(log, CODE, 10)).toMatchObject({ answer: 'seen_here', here: seen(1, 0, 0) })
    const every = await openLog({ rules: { sameScan: 0 } })
    for (const second of [0, 1, 1, 2]) scan(every, CODE, second)
    expect(every.size).toBe(3)
  })

  it('is remembered whatever the verdict, if a signature held', async () => {
    const log = await openLog()
    scan(log, CODE, 0, { status: 'invalid' })
    scan(log, CODE, HOUR, { status: 'indeterminate' })
    expect(scan(log, CODE, 2 * HOUR)).toMatchObject({ answer: 'seen_here', here: { count: 2 } })
    expect(log.recent(9).map(({ status }) => status)).toEqual(['valid', 'indeterminate', 'invalid'])
  })

  it('whose signature did not hold is not remembered, whatever its text', async () => {
    const log = await openLog()
    for (const text of [CODE.text, 'hello', '']) {
      const evidence = log.scan(text, { status: 'invalid', checkedAt: at(0) })
      expect(evidence).toEqual({ answer: 'not_recorded', elsewhere: [], findings: [] })
    }
    expect(log.size).toBe(0)
  })

  it('is only looked at with look', async () => {
    const log = await openLog()
    expect(look(log, CODE, 0)).toEqual({ answer: 'first_seen', elsewhere: [], findings: [] })
    expect(log.size).toBe(0)
    scan(log, CODE, 0)
    expect(look(log, CODE, 3)).toEqual({ answer: 'first_seen', elsewhere: [], findings: [] })
    expect(look(log, CODE, HOUR)).toMatchObject({ answer: 'seen_here', here: { count: 1 } })
  })
})

describe('a code that was seen elsewhere', () => {
  it('is told where, the latest place first', async () => {
    const log = await openLog()
    await mergeScans(log, HANOI, -9 * DAY, -5 * DAY)
    await mergeScans(log, NOWHERE, -2 * DAY)
    expect(scan(log, CODE, 0)).toMatchObject({
      answer: 'seen_elsewhere',
      elsewhere: [
        { place: NOWHERE, ...seen(1, -2 * DAY, -2 * DAY) },
        { place: HANOI, ...seen(2, -9 * DAY, -5 * DAY) },
      ],
      findings: [],
    })
    expect(scan(log, CODE, DAY)).toMatchObject({ answer: 'seen_elsewhere', here: { count: 1 } })
  })

  it('travelled impossibly if it came faster than the rules and the clocks allow', async () => {
    const log = await openLog()
    await mergeScans(log, HANOI, 0)
    const [finding] = look(log, CODE, 3 * MINUTE).findings
    expect(finding).toEqual({
      kind: 'impossible_travel',
      from: { place: HANOI, time: at(0) },
      to: { place: HERE, time: at(3 * MINUTE) },
      kilometres: expect.closeTo(124.4, 1), // 1.1951° × cos 21° and 0.0779° of 111.195 km each
      seconds: 3 * MINUTE,
    })
    // 124.4 km take 497 s at 900 km/h: 197 beside the 300 for the clocks.
    expect(look(log, CODE, 196).answer).toBe('impossible_travel')
    expect(look(log, CODE, 199).answer).toBe('seen_elsewhere')
  })

  it('travels by the rules that are given', async () => {
    const byRoad = await openLog({ rules: { maxSpeed: 100, clockError: 0 } })
    await mergeScans(byRoad, HANOI, 0)
    expect(look(byRoad, CODE, HOUR).answer).toBe('impossible_travel')
    expect(look(byRoad, CODE, 1.3 * HOUR).answer).toBe('seen_elsewhere')
  })

  it('travels nowhere where no position is known', async () => {
    const log = await openLog()
    await mergeScans(log, NOWHERE, 0)
    expect(look(log, CODE, 1).answer).toBe('seen_elsewhere')
    const lost = await openLog({ place: 'somewhere else' })
    await mergeScans(lost, HANOI, 0)
    expect(look(lost, CODE, 1).answer).toBe('seen_elsewhere')
  })

  it('stays found out, though the next scan by itself is possible', async () => {
    const log = await openLog()
    scan(log, CODE, 0)
    await mergeScans(log, HANOI, 60)
    const evidence = scan(log, CODE, 30 * DAY)
    expect(evidence.answer).toBe('impossible_travel')
    expect(evidence.findings).toMatchObject([{ from: { place: HERE }, to: { place: HANOI }, seconds: 60 }])
  })
})

describe('a code that is scanned again and again', () => {
  it('is at a rate above the rules, in all places together', async () => {
    const log = await openLog({ rules: { maxScans: 3, ratePeriod: HOUR } })
    await mergeScans(log, NOWHERE, 0, 20 * MINUTE)
    expect(scan(log, CODE, 30 * MINUTE).answer).toBe('seen_elsewhere')
    expect(scan(log, CODE, 50 * MINUTE)).toMatchObject({
      answer: 'rate',
      findings: [{ kind: 'rate', count: 4, first: at(0), last: at(50 * MINUTE) }],
    })
  })

  it('is at none if the period is over in between', async () => {
    const log = await openLog({ rules: { maxScans: 3, ratePeriod: HOUR } })
    for (const second of [0, 20, 40]) scan(log, CODE, second * MINUTE)
    expect(look(log, CODE, 60 * MINUTE).findings).toEqual([])
    expect(look(log, CODE, 60 * MINUTE - 1).findings).toMatchObject([{ kind: 'rate', count: 4 }])
  })

  it('is at none by the usual rules below 21 a day', async () => {
    const log = await openLog()
    const answers = Array.from({ length: 21 }, (_, index) => scan(log, CODE, index * HOUR).answer)
    expect(answers.slice(1, 20)).toEqual(Array(19).fill('seen_here'))
    expect(answers[20]).toBe('rate')
  })
})

describe('a serial that was issued twice', () => {
  const [ONE, OTHER] = [codeOf(7), codeOf(7, 1)]

  it('is found when both stamps are verified here', async () => {
    const log = await openLog()
    scan(log, ONE, 0)
    expect(scan(log, OTHER, HOUR)).toMatchObject({
      answer: 'double_issued',
      findings: [{ kind: 'double_issued', last: at(0) }],
    })
    expect(look(log, ONE, 2 * HOUR)).toMatchObject({
      answer: 'double_issued',
      here: seen(1, 0, 0),
      findings: [{ kind: 'double_issued', last: at(HOUR) }],
    })
  })

  it.each([
    ['another serial', codeOf(8, 1), {}],
    ['another signature for the same payload', codeOf(7, 0, 5), {}],
    ['another authority', OTHER, { authority: 'ha-noi.example' }],
    ['a stamp that is not valid', OTHER, { status: 'invalid' as const }],
    ['a stamp of which nothing is certain', OTHER, { status: 'indeterminate' as const }],
  ])('is not %s', async (_, other, changes) => {
    const log = await openLog()
    scan(log, ONE, 0)
    expect(scan(log, other, HOUR, changes).findings).toEqual([])
    expect(look(log, ONE, 2 * HOUR).findings).toEqual([])
  })

  it('is not what another device says', async () => {
    const [log, other] = [await openLog(), await openLog({ place: HANOI })]
    scan(other, OTHER, 0)
    log.merge(await exported(other, HANOI), { now: at(0) })
    expect(scan(log, ONE, 30 * DAY)).toMatchObject({ answer: 'first_seen', findings: [] })
    expect(log.size).toBe(2)
  })

  it('is not a scan that was undone', async () => {
    const log = await openLog()
    log.undo(scan(log, ONE, 0).id!)
    expect(scan(log, OTHER, HOUR).findings).toEqual([])
  })
})

describe('misuse', () => {
  it('throws an argument error', async () => {
    const log = await openLog()
    const wrong = [
      () => log.scan('hello', verdictOf(CODE, 0)),
      () => log.scan(CODE.text, null as never),
      () => log.scan(CODE.text, { ...verdictOf(CODE, 0), checkedAt: 5 as never }),
      () => log.scan(CODE.text, { ...verdictOf(CODE, 0), checkedAt: new Date(Number.NaN) }),
      () => log.recent(-1),
      () => log.merge('file' as never, { now: at(0) }),
      () => log.merge(new Uint8Array(), {} as never),
    ]
    for (const call of wrong)
      expect(call).toThrow(expect.objectContaining({ code: expect.stringMatching(/^argument_/) }))
    const options = [
      { place: '' },
      { place: 5 },
      { limit: 0 },
      { rules: { maxSpeed: -1 } },
      { rules: { maxScans: 1.5 } },
      { rules: { clockError: '5' } },
      { trustLists: {} },
      { trustLists: [{ authority: AUTHORITY }] },
      { trustLists: [{ authority: AUTHORITY, scanners: [{ place: HERE, publicKey: new Uint8Array(3) }] }] },
      { trustLists: [{ authority: AUTHORITY, scanners: [{ ...scannerOf(HERE), position: '+91+107' }] }] },
      { trustLists: [{ authority: AUTHORITY, scanners: [{ ...scannerOf(HERE), place: 'x'.repeat(201) }] }] },
    ]
    for (const each of options) {
      await expect(openLog(each as never)).rejects.toMatchObject({
        code: expect.stringMatching(/^argument_/),
      })
    }
  })
})

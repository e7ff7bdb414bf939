import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, type Desk, foundProject, NOW, openDesk } from './desk.ts'

/** Lists that are signed with a clock that is wrong. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
const SIGNING: readonly (readonly [string[]])[] = [
  [['trust', 'build']],
  [['trust', 'rotate', '--keys', 'second']],
  [['list']],
  [['revoke', '--product', '104', '--serials', '5', '--reason', 'lost']],
]

describe.each(SIGNING)('%j asks first', (words) => {
  const lists = () => readdirSync(desk.path('lists')).length
  beforeEach(async () => {
    await foundProject(desk)
    await desk.done('keygen', 'second', '--no-encrypt')
    // The revocation list is the newest.
    desk.now = inDays(1)
    await desk.done('list')
  })

  it.each([
    [
      'behind the newest list',
      1 - 1 / 86_400,
      /clock says 2026-03-02 14:59:59 \+07:00, but the newest list.* 2026-03-02 15:00:00 \+07:00/,
    ],
    ['a year behind', -365, /clock says 2025-03-01/],
    [
      'more than a year ahead',
      366 + 1 / 86_400,
      /more than a year after the newest list here, of 2026-03-02 15:00:00 \+07:00/,
    ],
  ])('where the clock is %s', async (_case, days, doubt) => {
    desk.now = inDays(days)
    const before = lists()
    const { exit, err } = await desk.say(...words)
    expect([exit, err]).toEqual([2, expect.stringMatching(doubt)])
    expect(err).toContain('Next: add --yes')
    expect(lists()).toBe(before)
    expect((await desk.say('--yes', ...words)).exit).toBe(0)
  })

  it.each([0, 364])('but not where the clock is %i days on', async (days) => {
    desk.now = inDays(1 + days)
    const { err } = await desk.say(...words)
    expect(err).not.toContain('clock')
  })
})

describe('a key whose first day is wrong', () => {
  it('is put right by notBefore in veristamp.json', async () => {
    desk.now = inDays(365)
    await foundProject(desk)
    desk.now = NOW
    const wrong = await desk.say('--yes', 'trust', 'build')
    expect(wrong.err).toContain('accepted only from 2027-03-01 on; correct a wrong date with "notBefore"')
    const issue = ['issue', '--product', '104', '--count', '1', '--no-sheets']
    expect((await desk.say(...issue)).err).toContain('"notBefore" in veristamp.json')
    const file = desk.path('veristamp.json')
    const config = JSON.parse(readFileSync(file, 'utf8'))
    const write = (notBefore: unknown) =>
      writeFileSync(file, JSON.stringify({ ...config, issuers: [{ ...config.issuers[0], notBefore }] }))
    for (const bad of ['2026-02-31', 'today', 5]) {
      write(bad)
      expect((await desk.say('trust', 'build')).err).toContain('issuers[0].notBefore: expected a date')
    }
    write('2026-02-01')
    const { exit, err } = await desk.say('--yes', 'trust', 'build')
    expect([exit, err]).toEqual([0, expect.stringContaining('accepted from 2026-02-01 to 2031-01-31')])
    await desk.done(...issue)
    await desk.done('list')
    expect((await desk.say('verify', '--', codesOf(desk, '12-104-1-1')[0]!)).exit).toBe(0)
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** A day is a day of the desk's own calendar: in Hạ Long it begins while London still has the day before. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  await desk.done('issue', '--product', '104', '--count', '4', '--no-sheets', '--lot', 'L1')
  await desk.done('list')
  // 06:30 on the 6th in Hạ Long, 23:30 on the 5th in UTC.
  desk.now = new Date('2026-03-05T23:30:00Z')
})
afterEach(() => desk[Symbol.dispose]())

const release = (...words: string[]) => desk.say('release', '12-104-1-1', '--to', 'Chợ', ...words)
const atOffset = (offset: string) => {
  const file = desk.path('veristamp.json')
  const config = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...config, epcis: { offset } }))
}

describe('the day of a release', () => {
  it('is today’s, and the one that was typed', async () => {
    expect((await release('--serials', '1')).err).toContain('on 2026-03-06')
    expect((await release('--serials', '1', '--on', '2026-03-06')).err).toContain('on 2026-03-06')
    await desk.done('--yes', 'release', '12-104-1-1', '--to', 'Chợ', '--on', '2026-03-04')
    expect(await desk.done('audit')).toContain(',released,2026-03-04,')
    expect((await release('--serials', '1')).err).toContain('on 2026-03-04')
    expect((await desk.say('release', '12-104-1-1', '--undo')).err).toContain('on 2026-03-04')
  })

  it('goes by the clock that the project names, wherever the command runs', async () => {
    atOffset('-03:30')
    expect((await release('--serials', '1')).err).toContain('on 2026-03-05')
    expect((await release('--on', '2026-03-04')).err).toContain('on 2026-03-04')
    atOffset('+00:00')
    expect((await release('--on', '2026-03-04')).err).toContain('on 2026-03-04')
  })
})

describe('days on screens and on paper', () => {
  it('are of the same calendar: of runs, lists, keys, revocations and audits', async () => {
    await desk.done('issue', '--product', '105', '--count', '2', '--no-sheets')
    expect(await desk.done('runs')).toMatch(/12-105-1-1 .*2026-03-06/)
    await desk.done('--yes', 'runs', 'void', '12-105-1-1')
    expect(readFileSync(desk.path('runs/12-105-1-1.void'), 'utf8')).toContain('2026-03-06')
    const listed = await desk.done(
      '--yes',
      'revoke',
      '--product',
      '104',
      '--serials',
      '2',
      '--reason',
      'lost',
    )
    expect(listed).toContain('good until 2026-03-20')
    expect(await desk.done('audit')).toMatch(/,2,2,1,revoked,2026-03-06,/)
    await desk.done('--yes', 'issuer', 'rotate', 'issuer', '--no-encrypt')
    expect(JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8')).issuers[1].retired).toBe(
      '2026-03-06',
    )
    const shown = await desk.done('trust', 'show')
    expect(shown).toContain('issued on 2026-03-06')
    expect((await desk.say('status')).out).toMatch(/Revocation list \d, good until 2026-03-20/)
  })

  it('a key is accepted from the first moment of the day that its project names', async () => {
    const file = desk.path('veristamp.json')
    const config = JSON.parse(readFileSync(file, 'utf8'))
    for (const [offset, from] of [
      ['+07:00', '2026-01-31T17:00:00'],
      ['-05:00', '2026-02-01T05:00:00'],
    ] as const) {
      const issuers = [{ ...config.issuers[0], notBefore: '2026-02-01' }]
      writeFileSync(file, JSON.stringify({ ...config, issuers, epcis: { offset } }))
      await desk.done('--yes', 'trust', 'build')
      expect(await desk.done('trust', 'show')).toContain('from 2026-02-01 to')
      expect(await desk.done('--json', 'trust', 'show')).toContain(from)
    }
  })

  it('a time of day says its clock', async () => {
    desk.now = new Date('2026-02-28T21:00:00Z')
    expect((await desk.say('list')).err).toContain('The clock says 2026-03-01 04:00:00 +07:00')
  })
})

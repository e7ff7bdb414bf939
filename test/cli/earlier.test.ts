import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, type Desk, openDesk } from './desk.ts'

/** A project that version 0.1.0 made, at commit b353a19: `test/fixtures/README.md`. */

const PROJECT = fileURLToPath(new URL('../fixtures/project-b353a19/', import.meta.url))

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
  cpSync(PROJECT, desk.folder, { recursive: true })
  writeFileSync(desk.path('pass.txt'), 'correct horse battery 7', { mode: 0o600 })
  desk.now = new Date('2026-12-01T08:00:00Z')
})
afterEach(() => desk[Symbol.dispose]())

const done = (...argv: string[]) => desk.done('--yes', '--passphrase-file', 'pass.txt', ...argv)

describe('a project of version 0.1.0', () => {
  it('names its runs, and finds them whole', async () => {
    const listed = await done('runs')
    expect(listed).toContain('12-104-1  serials 1 to 30  partly revoked')
    expect(listed).toContain('13-105-1  serials 1 to 5  finished')
    expect(await done('verify-run', '12-104-1')).toContain('30 codes, all signatures good')
    expect(await done('verify-run', '13-105-1')).toContain('5 codes, all signatures good')
  })

  it('verifies its stamps as before', async () => {
    const codes = codesOf(desk, '12-104-1')
    const { out, exit } = await desk.say('--json', 'verify', codes[0]!, codes[2]!)
    const answers = out
      .trim()
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line) as { status: string; reason?: string })
    expect([exit, answers.map(({ status, reason }) => reason ?? status)]).toEqual([1, ['valid', 'revoked']])
  })

  it('draws the hidden codes again that were printed', async () => {
    const before = readFileSync(desk.path('runs/13-105-1/codes.csv'), 'utf8')
    await done('sheet', '13-105-1', '--layer', 'hidden', '--format', 'csv', '-o', 'hidden.csv')
    expect(readFileSync(desk.path('hidden.csv'), 'utf8').trim().split('\n')).toHaveLength(6)
    expect(readFileSync(desk.path('runs/13-105-1/codes.csv'), 'utf8')).toBe(before)
  })

  it('lays its sheets out again', async () => {
    await done('sheet', '12-104-1', '-o', 'again.pdf')
    expect(readFileSync(desk.path('again.pdf'), 'latin1')).toMatch(/^%PDF-/)
  })

  it('makes sheets that were lost again, letter by letter', async () => {
    const file = desk.path('runs/12-104-1/sheets.pdf')
    const before = readFileSync(file)
    rmSync(file)
    await done('issue', '--resume', '12-104-1')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('goes on: lists, then a run that gives no serial twice', async () => {
    await done('list', '--raise', '12:104:40')
    await done('trust', 'build')
    const printed = await done('issue', '--product', '104', '--count', '10')
    expect(printed).toContain('serials 31 to 40')
    await done('revoke', '--product', '105', '--serials', '2', '--reason', 'stolen')
    expect(await done('runs')).toContain('serials 31 to 40  finished')
  })
})

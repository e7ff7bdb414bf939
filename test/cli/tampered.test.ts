import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowsOf } from '../../src/cli/runs/rows.ts'
import { contextOf } from '../../src/cli/shell/context.ts'
import type { Io } from '../../src/cli/shell/io.ts'
import { digestFile } from '../../src/run/codes/codes-file.ts'
import { filesOf } from '../../src/run/folder.ts'
import { readReservation } from '../../src/run/ledger/record.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** Codes that are not those that were signed for are never printed and never handed on. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  for (const count of ['5', '5'])
    await desk.done('issue', '--product', '104', '--count', count, '--carrier', 'digits', '--no-sheets')
})
afterEach(() => desk[Symbol.dispose]())

const RUN = '12-104-1-1'
const CODES = `runs/${RUN}/codes.csv`
const change = (how: (text: string) => string) => {
  const text = readFileSync(desk.path(CODES), 'latin1')
  expect(how(text)).not.toBe(text)
  writeFileSync(desk.path(CODES), how(text), 'latin1')
}
const lineOf = (text: string, serial: number) => text.split('\r\n')[serial]!

const TAMPERED: Readonly<Record<string, () => void>> = {
  'an address in place of a code': () =>
    change((text) => text.replace(/"2","\d+"/, '"2","HTTPS://EVIL.EXAMPLE"')),
  'a code that is there twice': () =>
    change((text) => text.replace(lineOf(text, 3), lineOf(text, 2).replace('"2"', '"3"'))),
  'a missing line': () => change((text) => text.replace(`${lineOf(text, 3)}\r\n`, '')),
  'one line more': () => change((text) => `${text}${lineOf(text, 5).replace('"5"', '"6"')}\r\n`),
  'other line ends': () => change((text) => text.replaceAll('\r\n', '\n')),
  'a manifest that is none': () => writeFileSync(desk.path(`runs/${RUN}/manifest.cbor`), 'x'),
  'the manifest of another run': () =>
    copyFileSync(desk.path('runs/12-104-1-2/manifest.cbor'), desk.path(`runs/${RUN}/manifest.cbor`)),
  'manifest and codes of another run': () => {
    for (const name of ['manifest.cbor', 'codes.csv'])
      copyFileSync(desk.path('runs/12-104-1-2', name), desk.path('runs', RUN, name))
  },
}

describe.each(Object.entries(TAMPERED))('%s', (_what, tamper) => {
  it.each([
    ['sheet', RUN, '-o', 'out'],
    ['sheet', RUN, '--format', 'zpl', '-o', 'out'],
    ['sheet', RUN, '--format', 'csv', '-o', '-'],
    ['export', '-o', 'out'],
    ['export', '12-104-1-2', RUN],
  ])('ends %s %s %s %s with exit 1 and nothing written', async (...argv) => {
    tamper()
    const { exit, out, err } = await desk.say(...argv)
    expect([exit, out, err]).toEqual([
      1,
      '',
      expect.stringMatching(/^Error: Run 12-104-1-1 does not match.*\nNext: nothing was/),
    ])
    expect(existsSync(desk.path('out'))).toBe(false)
  })
})

describe('a run that is whole', () => {
  it('is laid out and exported, whatever became of its sheets', async () => {
    await desk.done('sheet', RUN, '--format', 'csv', '-o', 'out')
    expect(readFileSync(desk.path('out'))).toEqual(readFileSync(desk.path(CODES)))
    expect((await desk.done('export')).trim().split('\n')).toHaveLength(10)
  })

  it('is not laid out once its key is no longer in the trust list', async () => {
    await desk.done('keygen', 'other', '--no-encrypt')
    await desk.done('--yes', 'revoke', '--key', 'issuer', '--wholly', '--reason', 'key-compromise')
    const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
    config.issuers[0].key = 'other'
    writeFileSync(desk.path('veristamp.json'), JSON.stringify(config))
    await desk.done('--yes', 'trust', 'build')
    expect(await desk.say('sheet', RUN, '--format', 'csv', '-o', '-')).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining('the trust list names no issuer with the key'),
    })
  })

  it('shows how far the check is where that takes longer', async () => {
    const told: string[] = []
    desk.onErr = (text) => void told.push(text)
    await desk.done('sheet', RUN, '--format', 'csv', '-o', '-')
    expect(told.join('')).not.toContain('"check"')
    let seconds = 0
    Object.defineProperty(desk, 'now', { get: () => new Date(Date.UTC(2026, 2, 1, 8, 0, seconds++)) })
    await desk.done('sheet', RUN, '--format', 'csv', '-o', '-')
    expect(told.join('')).toContain('{"progress":"check","done":5,"count":5')
  })

  it('is read again only as it was checked', async () => {
    const run = filesOf(desk.path('runs'), readReservation(desk.path('runs'), RUN))
    const files = { ...run, digest: digestFile(run.codes) }
    change((text) => text.replace(lineOf(text, 3), lineOf(text, 2).replace('"2"', '"3"')))
    const io = {
      isTerminal: false,
      now: () => new Date(),
      err: () => {},
      signal: new AbortController().signal,
    }
    const rows = rowsOf(contextOf({ cwd: '.', ...io } as unknown as Io, 'en', {}), 'sheet', files)
    const read = async () => {
      for await (const _ of rows);
    }
    await expect(read()).rejects.toMatchObject({ code: 'run_fault', exit: 1 })
  })
})

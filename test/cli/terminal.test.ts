import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { confirm, warn } from '../../src/cli/shell/confirm.ts'
import { contextOf } from '../../src/cli/shell/context.ts'
import { failureOf } from '../../src/cli/shell/failure.ts'
import type { Io } from '../../src/cli/shell/io.ts'
import { jsonLine } from '../../src/cli/words/printable.ts'
import { wordsOf } from '../../src/cli/words/words.ts'
import type { Language } from '../../src/lib/language.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** What reaches a terminal: words, and nothing that it obeys. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

/** Escape sequences of 7 and 8 bits, a bell, a carriage return, a backspace, a text that runs the other way. */
const EVIL = 'a\u001b[2Jb\u009b31mc\u0007d\re\u0008f\u202eg\u2066'
const OBEYED = /[^\P{C}\n]/u

describe('a name that would move the cursor', () => {
  const FILES: readonly (readonly string[])[] = [
    ['trust', 'show', EVIL],
    ['trust', 'show', `${EVIL}.cbor`],
    ['sheet', EVIL],
    ['sheet', '12-104-1', '-o', `${EVIL}.cbor`],
    ['export', EVIL],
    ['issue', '--resume', EVIL],
    ['revoke', '--run', EVIL, '--reason', 'lost'],
    ['revoke', '--key', EVIL, '--wholly', '--reason', 'lost'],
    ['issue', '--product', EVIL],
    ['issue', '--product', '104', '--count', '1', '--lot', EVIL],
    ['issue', '--product', '104', '--count', '1', '--font', EVIL],
    ['list', '--raise', EVIL],
    ['verify', '--file', `${EVIL}.cbor`],
    ['verify', '--file', EVIL],
    ['inspect', EVIL],
    ['keygen', EVIL],
    ['registry', 'check', '--facilities', `${EVIL}.cbor`],
    ['--passphrase-file', EVIL, 'keygen', 'other'],
    ['--dir', EVIL, 'runs'],
    [EVIL],
    ['issue', `--${EVIL}`],
  ]
  it.each(FILES)('reaches nobody by %j %j', async (...argv) => {
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '1', '--no-sheets')
    writeFileSync(desk.path(`${EVIL}.cbor`), 'x')
    for (const options of [[], ['--json'], ['--lang', 'vi']]) {
      const { exit, out, err } = await desk.say(...options, ...argv)
      expect(exit).not.toBe(0)
      expect(`${out}${err}`).not.toMatch(OBEYED)
      expect(`${out}${err}`.length).toBeGreaterThan(10)
    }
  })

  it('adds no line of its own', async () => {
    await foundProject(desk)
    const { err } = await desk.say('trust', 'show', 'x\nSigned trust list 9')
    expect(err).toBe('Error: x�Signed trust list 9 can\u0027t be found\n')
  })

  it('is told as it is to programs', async () => {
    const value = { file: EVIL, deep: ['\u{e0001}', '\ud800', 'chè 🍵'] }
    expect(jsonLine(value)).not.toMatch(OBEYED)
    expect(JSON.parse(jsonLine(value))).toEqual(value)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(jsonLine({ [text]: text }))).toEqual({ [text]: text })
      }),
    )
  })

  it('is harmless in warnings and questions too', async () => {
    const told: string[] = []
    const io = { canAsk: true, err: (text: string) => told.push(text), ask: async () => 'y' }
    for (const json of [false, true]) {
      const context = contextOf({ cwd: '.', ...io } as unknown as Io, 'en', { json, yes: json })
      warn(context, EVIL)
      await confirm(context, EVIL)
    }
    expect(told).toHaveLength(3)
    expect(told.join('')).not.toMatch(OBEYED)
  })
})

describe.each<Language>(['en', 'vi'])('what the system refuses is told in %s', (language) => {
  const words = wordsOf(language)
  const FILE = '/x/out.pdf'
  it.each([
    ...['EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL', 'ELOOP', 'EBUSY'],
    ...['EMFILE', 'EIO', 'ENXIO', 'ENOSPC', 'EDQUOT', 'ENOENT', 'EEXIST', 'ENOTSUP', 'ESTALE'],
  ])('%s', (code) => {
    const message = `${code}: some words, rename '/x/out.pdf'`
    const path = `${FILE}.0b9a4b9e-6b1c-4a6e-9c58-6d1f0c7f2f11.tmp`
    const error = Object.assign(new Error(message), { code, syscall: 'open', path })
    const failure = failureOf(error, words)
    expect([failure.exit, failure.code]).toEqual([2, code])
    expect(failure.message).not.toContain('some words')
    if (!['ENOSPC', 'EDQUOT'].includes(code)) expect(failure.message).toContain(FILE)
    expect(failure.message).not.toContain('.tmp')
    if (code !== 'ENOENT') expect(failure.next).toMatch(/.{8}/)
  })
})

describe('a file that can’t be', () => {
  beforeEach(() => foundProject(desk))
  it.each([
    [['trust', 'pins', '-o', `${'x'.repeat(300)}`], /x: the name is too long\nNext: /],
    [['trust', 'pins', '-o', 'veristamp.json/out'], /belongs to the project/],
    [['trust', 'pins', '-o', 'facilities.csv/out'], /part of this path is a file/],
    [['trust', 'pins', '-o', 'circle/out'], /links lead in a circle/],
    [['trust', 'show', 'circle'], /links lead in a circle/],
    [['trust', 'show', 'facilities.csv/out'], /can.t be found/],
    [['--passphrase-file', 'folder', 'keygen', 'new'], /Error: .*\nNext: /],
  ])('by %j is told in words', async (argv, message) => {
    symlinkSync('circle', desk.path('circle'))
    mkdirSync(desk.path('folder'))
    const before = readdirSync(desk.folder)
    const { exit, out, err } = await desk.say(...argv)
    expect([exit, out, err]).toEqual([2, '', expect.stringMatching(message)])
    expect(err).not.toMatch(/\bE[A-Z]{4,}\b/)
    expect(readdirSync(desk.folder)).toEqual(before)
  })
})

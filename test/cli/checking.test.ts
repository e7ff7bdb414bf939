import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/** What people give to `verify` and `inspect`. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

describe('a text on the command line', () => {
  it('is tidied before it is checked or explained', async () => {
    await desk.done('issue', '--product', '104', '--count', '2', '--no-sheets')
    await desk.done('list')
    const [code] = codesOf(desk, '12-104-1-1')
    for (const text of [`]Q1${code}`, `\ufeff${code} `, `"${code}"`]) {
      expect((await desk.say('verify', text)).out).toMatch(/^#1: valid 12-104-1 /)
      expect((await desk.say('inspect', text)).out).toMatch(/^base45: \d+ bytes\n.*array of 4\n/)
    }
    expect((await desk.say('inspect', `${code}\r\n`)).exit).toBe(0)
    expect(await desk.say('inspect', `]Q1${code!.slice(3)}`)).toMatchObject({ exit: 1 })
  })

  it('is taken for what it is where it begins with a sign', async () => {
    const file = desk.path('veristamp.json')
    const config = JSON.parse(readFileSync(file, 'utf8'))
    const begins: [number, string][] = [
      [8, '  G'],
      [9, '$ G'],
      [10, '% G'],
      [11, '* G'],
      [12, '+ G'],
      [13, '- G'],
    ]
    for (const [keyId, first] of begins) {
      // A key that signed keeps its key id, so each begins anew.
      for (const name of ['runs', 'lists', 'state']) rmSync(desk.path(name), { recursive: true, force: true })
      config.issuers[0].keyId = keyId
      writeFileSync(file, JSON.stringify(config))
      expect((await desk.say('--yes', 'trust', 'build')).err).toContain(
        `key id ${keyId} of issuer: its codes may begin`,
      )
      await desk.done('issue', '--product', '104', '--count', '1', '--lot', 'L1', '--no-sheets')
      await desk.done('list', '--raise', '12:104:9')
      const [code] = codesOf(desk, `12-104-${keyId}-1`)
      expect(code!.slice(0, 3)).toBe(first)
      writeFileSync(desk.path('codes.txt'), `${code}\n`)
      for (const argv of [[code!], [code!, '--file', 'codes.txt'], ['GARBAGE', code!], [code!.trim()]])
        expect((await desk.say('verify', ...argv)).out).toMatch(/^#\d: valid 12-104-/m)
      expect((await desk.say('inspect', code!)).out).toMatch(/^base45: /)
      const altered = code!.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
      expect((await desk.say('verify', altered)).out).toMatch(/^#1: invalid\/bad_signature/)
      // What is no code is an option, as ever.
      expect((await desk.say('verify', code!, '--fil', 'x')).err).toContain("'--fil'")
    }
    expect((await desk.say('verify', `-${'a'.repeat(104)}`)).out).toContain('invalid/malformed')
    expect((await desk.say('verify', '-x')).err).toContain("'-x'")
  })
})

describe('the key ids that trust build chooses', () => {
  it('are free ones, and stay with their keys', async () => {
    const file = desk.path('veristamp.json')
    const config = JSON.parse(readFileSync(file, 'utf8'))
    const idsOf = (out: string) =>
      JSON.parse(out)
        .lists.at(-1)
        .issuers.map(({ keyId }: { keyId: number }) => keyId)
    expect(idsOf(await desk.done('--json', 'trust', 'show'))).toEqual([1])
    const scope = (product: number) => [{ facility: 12, product }]
    const other = { key: 'other', name: 'Other', scope: scope(105) }
    config.issuers = [
      other,
      { key: 'third', keyId: 4, name: 'Third', scope: scope(106) },
      { ...config.issuers[0], scope: scope(104) },
    ]
    writeFileSync(file, JSON.stringify(config))
    await desk.done('keygen', '--no-encrypt')
    await desk.done('--yes', 'trust', 'build')
    expect(idsOf(await desk.done('--json', 'trust', 'show'))).toEqual([2, 4, 1])
  })
})

describe('--version', () => {
  it('says the version of package.json, whatever else is asked', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    for (const argv of [['--version'], ['-V'], ['--lang', 'vi', '--version'], ['--version', 'verify']])
      expect(await desk.say(...argv)).toEqual({ exit: 0, out: `${version}\n`, err: '' })
  })
})

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/** Checking with what authorities publish, in a folder that is no project. */

const [TEA, BAY] = ['quang-ninh.example', 'ha-long.example']
let folder: string
let desks: (Desk & Disposable)[]
let codes: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-checks-'))
  desks = [openDesk(), openDesk()]
  await foundProject(desks[0]!)
  await desks[1]!.done('init', BAY, '--facilities', 'facilities.csv', '--products', 'products.csv')
  await desks[1]!.done('keygen', '--no-encrypt')
  await desks[1]!.done('trust', 'build')
  for (const [i, desk] of desks.entries()) {
    await desk.done('issue', '--product', '104', '--count', '2', '--no-sheets')
    await desk.done('revoke', '--product', '104', '--serials', '2', '--reason', 'recalled', '--yes')
    await desk.done('trust', 'pins', '-o', 'pins.json')
    for (const [name, given] of FILES) copyFileSync(desk.path(given), join(folder, `${i}-${name}`))
    desk.cwd = folder
  }
  codes = desks.flatMap((desk) => codesOf(desk, '12-104-1-1'))
})
afterAll(() => {
  for (const desk of desks) desk[Symbol.dispose]()
  rmSync(folder, { recursive: true })
})

const FILES = [
  ['pins', 'pins.json'],
  ['trust', 'lists/trust-1.cbor'],
  ['revocation', 'lists/revocation-1.cbor'],
] as const

const say = (...argv: string[]) => desks[0]!.say('--json', 'verify', ...argv)
const given = (i: number, ...kinds: string[]) => kinds.flatMap((kind) => [`--${kind}`, `${i}-${kind}`])
const ALL = ['pins', 'trust', 'revocation']

describe('verify with pins', () => {
  it('checks the stamps of several authorities, though their keys have the same number', async () => {
    const { exit, out } = await say(...codes, ...given(1, ...ALL), ...given(0, 'revocation', 'trust', 'pins'))
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.slice(0, 4).map(({ status, reason, authority }) => [status, reason, authority])).toEqual([
      ['valid', undefined, TEA],
      ['invalid', 'revoked', TEA],
      ['valid', undefined, BAY],
      ['invalid', 'revoked', BAY],
    ])
    expect(lines[4]).toMatchObject({
      valid: 2,
      lists: [
        { authority: BAY, trustList: { sequence: 1 }, revocationList: { sequence: 1 } },
        { authority: TEA, trustList: { sequence: 1 }, revocationList: { sequence: 1 } },
      ],
    })
    expect(exit).toBe(1)
  })

  it('warns that nothing remembers older lists, and leaves open what no revocation list was given for', async () => {
    const { exit, out, err } = await say(codes[0]!, ...given(0, 'pins', 'trust'))
    expect(JSON.parse(out)).toMatchObject({ status: 'indeterminate', reason: 'revocation_list_missing' })
    expect(exit).toBe(3)
    expect(err).toContain('older')
  })

  it.each([
    [
      'another authority’s list',
      ['--pins', '0-pins', '--trust', '1-trust'],
      /1-trust is not accepted: threshold.*pins of that authority/s,
    ],
    [
      'a list of a third one',
      ['--pins', '0-pins', '--trust', '0-trust', '--revocation', '1-revocation'],
      /1-revocation.*\n.*inspect/s,
    ],
    ['pins without a list', [...given(0, ...ALL), '--pins', '1-pins'], /no trust list of ha-long\.example/],
    ['a list twice', [...given(0, ...ALL), '--trust', '0-trust'], /two lists of one kind/],
    ['no pins for several lists', ['--trust', '0-trust', '--trust', '1-trust'], /go with --pins/],
    ['a list in the place of pins', ['--pins', '0-trust'], /holds no pins/],
    ['no project and no pins', [], /no project/],
  ])('refuses %s, and says what to do', async (_what, argv, why) => {
    const said = await desks[0]!.say('--dir', folder, 'verify', codes[0]!, ...argv)
    expect([said.exit, said.out]).toEqual([2, ''])
    expect(said.err).toMatch(why)
  })
})

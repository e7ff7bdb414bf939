import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { REVOCATION_REASONS } from '../../src/revocation/body.ts'
import { codesOf, type Desk, foundProject, NOW, openDesk } from './desk.ts'

/** What `verify` tells: all that a verdict says, in the reader's language and as JSON. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  await desk.done(
    ...['issue', '--product', '104', '--count', '3', '--no-sheets'],
    ...['--lot', 'T3', '--made', '2026-02-01', '--expires', '2027-01-01'],
  )
})
afterEach(() => desk[Symbol.dispose]())

const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
const verify = (...words: string[]) => desk.say(...words, 'verify', '--', codesOf(desk, '12-104-1-1')[0]!)
const json = async () => JSON.parse((await verify('--json')).out.trim())

describe('verify', () => {
  it('tells lot, dates, issuer and the age of the lists', async () => {
    await desk.done('list')
    desk.now = inDays(3)
    const { out } = await verify()
    expect(out).toMatch(/^#1: valid 12-104-1 /)
    expect(out).toMatch(
      /\n {2}Lot T3\. Made on 2026-02-01\. Good until 2027-01-01\. From .*\. Issued by quang-ninh.example \(key id 1\)\.\n/,
    )
    expect(out).toContain(
      'Trust list 1 of 2026-03-01, 3 days old. Revocation list 1 of 2026-03-01, 3 days old.\n',
    )
    expect(await json()).toMatchObject({
      ...{ place: '#1', status: 'valid', facility: 12, product: 104, serial: 1 },
      ...{ lot: 'T3', made: '2026-02-01', expires: '2027-01-01', carrier: 'base45' },
      issuer: { keyId: 1, name: 'quang-ninh.example', publicKey: 'KEY' },
      trustList: { sequence: 1, issued: NOW.toISOString(), ageSeconds: 3 * 86_400 },
      revocationList: { sequence: 1, ageSeconds: 3 * 86_400 },
      productName: expect.any(String),
      facilityName: expect.any(String),
    })
  })

  it.each([
    ['serial', ['--product', '104', '--serials', '1']],
    ['key', ['--key', 'issuer', '--wholly']],
  ])('tells why and when a %s was revoked', async (_what, words) => {
    desk.now = inDays(1)
    await desk.done('--yes', 'revoke', ...words, '--reason', 'stolen')
    desk.now = inDays(2)
    const { exit, out } = await verify()
    expect([exit, out]).toEqual([1, expect.stringContaining('\n  Revoked on 2026-03-02: stolen.\n')])
    expect((await verify('--lang', 'vi')).out).toContain('\n  Thu hồi ngày 2026-03-02: tem bị trộm.\n')
    expect(await json()).toMatchObject({ revocation: { reason: 'stolen', date: '2026-03-02' } })
  })

  it('tells what is suspected under stale lists', async () => {
    const file = desk.path('registry/products.csv')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^104,.*\r?\n/m, ''))
    await desk.done('--yes', 'trust', 'build')
    await desk.done('list')
    desk.now = inDays(100)
    const { exit, out } = await verify()
    expect([exit, out]).toEqual([3, expect.stringMatching(/^#1: indeterminate\/trust_list_stale/)])
    expect(out).toContain('\n  Suspected; fresh lists would settle it: The issuer may not stamp this')
    expect((await verify('--lang', 'vi')).out).toContain('\n  Nghi vấn, cần danh sách mới để khẳng định: ')
    expect(await json()).toMatchObject({ status: 'indeterminate', finding: 'out_of_scope' })
  })

  it('tells as JSON that a stamp is sealed', async () => {
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    await desk.done('issue', '--product', '105', '--count', '1', '--sealed', '--no-sheets')
    const { out } = await desk.say('--json', 'verify', '--', codesOf(desk, '12-105-1-1')[0]!)
    expect(JSON.parse(out).seal).toMatch(/^[0-9a-f]+$/)
  })

  it('speaks Vietnamese throughout where that is asked for', async () => {
    const said = [(await verify('--lang', 'vi')).out]
    await desk.done('list')
    said.push((await verify('--lang', 'vi')).out)
    said.push((await desk.say('--lang', 'vi', 'verify', 'X', 'Y')).out)
    expect(
      said
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('#')),
    ).toEqual([
      expect.stringMatching(/^#1: chưa xác định 12-104-1 /),
      expect.stringMatching(/^#1: hợp lệ 12-104-1 /),
      '#1: không hợp lệ',
      '#2: không hợp lệ',
    ])
    expect(said.join('')).toContain('Số lô T3. Sản xuất ngày 2026-02-01. Hạn dùng đến 2027-01-01. Của ')
    expect(said.join('')).toContain('Danh sách tin cậy 1, lập ngày 2026-03-01, chưa đầy một ngày.')
    expect(said.join('')).not.toMatch(/\b(valid|invalid|indeterminate|malformed|missing|old)\b/)
  })

  it('has words for every reason of a revocation', async () => {
    for (const language of ['en', 'vi']) {
      const { wordsOf } = await import('../../src/cli/words/words.ts')
      const { reasons } = wordsOf(language as 'en' | 'vi').verdicts
      expect(Object.keys(reasons).sort()).toEqual([...REVOCATION_REASONS].sort())
    }
  })

  it('ends a long list with the ages of the lists and the counts', async () => {
    await desk.done('list')
    const { out } = await desk.say('verify', '--file', 'runs/12-104-1-1/codes.csv')
    expect(out.trim().split('\n').slice(-2)).toEqual([
      expect.stringMatching(/^Trust list 1 of .*less than a day old\. Revocation list 1 of /),
      '3 valid, 0 invalid, 0 indeterminate',
    ])
    const lines = (await desk.say('--json', 'verify', '--file', 'runs/12-104-1-1/codes.csv')).out
      .trim()
      .split('\n')
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ count: 3, trustList: { sequence: 1 } })
  })
})

import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, foundProject, openDesk } from './desk.ts'

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

const issue = (count: number, product = 104) =>
  desk.done('issue', '--product', String(product), '--count', String(count), '--no-sheets')
const verdictsOf = async (run: string) =>
  (await desk.say('verify', '--file', `runs/${run}/codes.csv`)).out.trim().split('\n').at(-1)

describe('revoke --key', () => {
  const key = ['--yes', 'revoke', '--reason', 'key-compromise', '--key']

  it('revokes every stamp of an issuer, for good, and says so', async () => {
    await issue(3)
    await desk.done('list')
    expect(await desk.done(...key, 'issuer', '--wholly')).toBe(
      `Signed revocation list 2, good until 2026-03-15: lists/revocation-2.cbor
Next: veristamp publish FOLDER, or site -o FOLDER, for a web server; or bring lists/trust-1.cbor lists/revocation-2.cbor lists/delta-1-2.cbor to every kiosk
Revoked key KEY of quang-ninh.example, key id 1, for good: no list can take it back. Its stamps are invalid.
Next: put a new key in its place: veristamp issuer rotate KEY
`,
    )
    expect(await verdictsOf('12-104-1-1')).toBe('0 valid, 3 invalid, 0 indeterminate')
    const { err } = await desk.say(...key, 'issuer', '--above', '12:104:2')
    expect(err).toMatch(/revoked by a signed list.*\nNext: what a signed list revoked stays revoked/)
  })

  it('spares what it is told to, and may take more later', async () => {
    await issue(5)
    await issue(5, 105)
    const out = await desk.done(...key, '1', '--above', '12:104:3')
    expect(out).toContain('Still good: product 104 of facility 12 up to serial 3')
    expect(await verdictsOf('12-104-1-1')).toBe('3 valid, 2 invalid, 0 indeterminate')
    expect(await verdictsOf('12-105-1-1')).toBe('0 valid, 5 invalid, 0 indeterminate')
    const again = await desk.done(
      '--json',
      '--yes',
      'revoke',
      '--reason',
      'other',
      '--key',
      'issuer',
      '--wholly',
    )
    expect(JSON.parse(again.trim().split('\n')[1]!)).toEqual({
      revokedKey: {
        ...{ name: 'quang-ninh.example', keyId: 1, publicKey: 'KEY', wholly: true, above: [] },
        ...{ reason: 'key-compromise', date: '2026-03-01' },
      },
    })
    expect(await verdictsOf('12-104-1-1')).toBe('0 valid, 5 invalid, 0 indeterminate')
  })

  it.each([
    [['issuer'], 'how much of key issuer do you want to revoke'],
    [['issuer', '--wholly', '--above', '12:104:3'], 'how much of key issuer'],
    [['issuer', '--wholly', '--run', '12-104-1-1'], 'name one thing'],
    [['issuer', '--wholly', '--product', '104'], 'name one thing'],
    [['root', '--wholly'], 'names no issuer with the key root'],
    [['2', '--wholly'], 'names no issuer with the key 2'],
    [['issuer', '--above', '13:104:3'], 'product 104 is of facility 12, not of facility 13'],
    [['issuer', '--above', '12:104'], 'is not FACILITY:PRODUCT:SERIAL'],
  ])('of %j revokes nothing', async (words, why) => {
    const { exit, err } = await desk.say(...key, ...words)
    expect([exit, err]).toEqual([2, expect.stringMatching(`${why}.*\nNext: .`)])
    expect(await desk.done('list')).toContain('revocation list 1')
  })
})

describe('revoke', () => {
  it.each([
    [['--serials', '5'], 'name one thing'],
    [['--product', '104'], 'name one thing'],
    [['--product', '104', '--serials', '5', '--wholly'], 'name one thing'],
    [['--product', '104', '--serials', '5;6'], '"5;6" is neither a serial nor a range'],
    [['--product', '104', '--facility', '13', '--serials', '5'], 'of facility 12, not of facility 13'],
    [['--product', '9999', '--serials', '5'], 'not in the trust list’s catalogue'],
  ])('of %j revokes nothing', async (words, why) => {
    const { exit, err } = await desk.say('revoke', '--reason', 'lost', ...words)
    expect([exit, err]).toEqual([2, expect.stringMatching(`${why}.*\nNext: .`)])
  })
})

describe('a revocation', () => {
  const revoke = (...words: string[]) => desk.say('revoke', '--reason', 'lost', ...words)
  const dry = async (...words: string[]) =>
    JSON.parse((await desk.done('--json', 'revoke', '--dry-run', '--reason', 'lost', ...words)).trim())
  const lists = () => readdirSync(desk.path('lists')).length

  it('of serials says how many were issued and how many were not, however many these are', async () => {
    await issue(169)
    await issue(5, 105)
    expect(await dry('--product', '104', '--serials', '1-999999999')).toEqual({
      ...{ dryRun: true, facility: 12, product: 104 },
      ...{ issued: 169, unissued: 999_999_999 - 169, known: 0 },
    })
    const max = Number.MAX_SAFE_INTEGER
    expect(await dry('--product', '104', '--serials', `0-${max},5,7-20`)).toMatchObject({
      ...{ issued: 169, unissued: max + 1 - 169 },
    })
    await desk.done('--yes', 'revoke', '--reason', 'lost', '--product', '104', '--serials', '10-19,500')
    expect(await dry('--product', '104', '--serials', '1-20,499-501')).toMatchObject({
      ...{ issued: 10, unissued: 2, known: 11 },
    })
    expect(await dry('--product', '105', '--serials', '5-6')).toMatchObject({ issued: 1, unissued: 1 })
  })

  it('of a run or a key says how many were issued', async () => {
    await issue(20)
    await issue(5, 105)
    await desk.done('--yes', 'revoke', '--reason', 'lost', '--product', '104', '--serials', '3,4')
    expect(await dry('--run', '12-104-1-1')).toMatchObject({ issued: 18, unissued: 0, known: 2 })
    expect(await dry('--key', 'issuer', '--wholly')).toMatchObject({ issued: 23 })
    expect(await dry('--key', 'issuer', '--above', '12:104:15')).toMatchObject({ issued: 10 })
    await desk.done('--yes', 'revoke', '--reason', 'lost', '--key', 'issuer', '--above', '12:104:15')
    expect(await dry('--key', 'issuer', '--wholly')).toMatchObject({ issued: 13 })
  })

  it.each([
    [['--product', '104', '--serials', '1-9'], '5 issued and 4 unissued serials'],
    [['--run', '12-104-1-1'], '5 issued and 0 unissued serials'],
    [['--key', 'issuer', '--wholly'], '5 issued serials'],
  ])('%j asks before it signs, and a dry run signs nothing', async (words, fact) => {
    await issue(5)
    const before = lists()
    expect(await revoke(...words)).toMatchObject({
      exit: 2,
      err: expect.stringMatching(new RegExp(`${fact}(.|\n)*Next: add --yes`)),
    })
    desk.isTerminal = true
    desk.typed = ['n']
    expect(await revoke(...words)).toMatchObject({ exit: 3, err: expect.stringContaining(`${fact}`) })
    const { exit, out, err } = await revoke(...words, '--dry-run')
    expect([exit, out, err]).toEqual([0, expect.stringMatching(`${fact}(.|\n)*nothing was signed`), ''])
    expect(lists()).toBe(before)
    expect(await desk.done('runs')).not.toContain('void')
    desk.typed = ['y']
    expect((await revoke(...words)).exit).toBe(0)
    expect(lists()).toBe(before + 1)
  })

  it('that a signed list does not allow is refused before anyone is asked', async () => {
    await desk.done('--yes', 'revoke', '--reason', 'lost', '--key', 'issuer', '--wholly')
    for (const more of [[], ['--dry-run']]) {
      const { exit, err } = await revoke('--key', 'issuer', '--above', '12:104:2', ...more)
      expect([exit, err]).toEqual([2, expect.stringContaining('revoked by a signed list')])
    }
  })
})

describe('list', () => {
  it('says which watermarks it raised', async () => {
    await issue(20)
    const first = await desk.done('list')
    expect(first.split('\n')[0]).toBe('Watermark of product 104 of facility 12, key id 1: 20')
    const told = await desk.done('list', '--raise', '12:104:30', '12:105:7')
    expect(told.split('\n').slice(0, 2).sort()).toEqual([
      'Watermark of product 104 of facility 12, key id 1: 20 → 30',
      'Watermark of product 105 of facility 12, key id 1: 7',
    ])
    expect(await desk.done('list', '--raise', '12:104:25')).toMatch(/key id 1: 30 already\nSigned/)
    expect(await desk.done('list')).toMatch(/^Signed revocation list 4/)
    expect(JSON.parse((await desk.done('--json', 'list', '--raise', '12:104:31')).trim())).toMatchObject({
      sequence: 5,
      watermarks: [{ keyId: 1, facility: 12, product: 104, from: 30, to: 31 }],
    })
  })

  it.each([
    ['99:104:5', 'product 104 is of facility 12, not of facility 99'],
    ['13:104:5', 'product 104 is of facility 12, not of facility 13'],
    ['12:9999:5', 'no issuer may stamp serial 5 of product 9999'],
    ['12:104', 'is not FACILITY:PRODUCT:SERIAL'],
  ])('--raise %s is refused: %s', async (mark, why) => {
    const { exit, err } = await desk.say('list', '--raise', mark)
    expect([exit, err]).toEqual([2, expect.stringMatching(`${why}.*\nNext: .`)])
  })

  it('catches up with a run that was declared void but is in no list', async () => {
    await issue(5)
    await issue(5)
    await desk.done('list')
    await desk.done('--yes', 'revoke', '--run', '12-104-1-2', '--reason', 'stolen')
    // As if the power had failed between the two.
    for (const name of ['revocation-2', 'delta-1-2']) rmSync(desk.path(`lists/${name}.cbor`))
    rmSync(desk.path('state'), { recursive: true })
    expect(await desk.done('list')).toContain(
      'Run 12-104-1-2 is void, and no list has revoked it yet: this one revokes its serials 6 to 10.\n',
    )
    const { says } = JSON.parse(await desk.done('inspect', 'lists/revocation-2.cbor'))
    expect(says.revoked).toEqual([
      { facility: 12, product: 104, reason: 'stolen', date: '2026-03-01', runs: 1, serials: 5 },
    ])
    expect(await desk.done('list')).not.toContain('is void')
    writeFileSync(desk.path('runs/12-104-1-2.void'), '{"reason":"whim"}')
    expect((await desk.say('list')).err).toContain('12-104-1-2.void is damaged')
  })
})

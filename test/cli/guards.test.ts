import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, foundProject, NOW, openDesk } from './desk.ts'

/** What is refused before it does harm. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const FILES = ['--facilities', 'facilities.csv', '--products', 'products.csv']
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
const configure = (change: object) => {
  const file = desk.path('veristamp.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }))
}
const refused = async (why: string, ...argv: string[]) => {
  const { exit, out, err } = await desk.say(...argv)
  expect([exit, out, err]).toEqual([2, '', expect.stringMatching(`${why}.*\nNext: .`)])
}

describe('init', () => {
  it('says where it copied the registry to', async () => {
    expect(await desk.done('init', 'a.example', ...FILES)).toContain(
      'Copied the registry to registry/: edit it there\n',
    )
    const copies = ['--facilities', 'registry/facilities.csv', '--products', 'registry/products.csv']
    expect(await desk.done('--yes', 'init', 'a.example', ...copies)).not.toContain('Copied')
  })

  it.each([
    ['My Province', 'veristamp init my-province …'],
    ['Quảng Ninh', 'veristamp init quang-ninh …'],
    ['Đồng Nai!', 'veristamp init dong-nai …'],
    ['---', 'veristamp init my-province.example …'],
    ['', 'veristamp init my-province.example …'],
  ])('of %j says what an id may be, and one like it', async (name, like) => {
    const { exit, err } = await desk.say('init', ...FILES, '--', name)
    expect([exit, err]).toEqual([2, expect.stringContaining('can’t be the id of an authority')])
    expect(err).toContain(like)
    expect(existsSync(desk.path('veristamp.json'))).toBe(false)
  })

  it('replaces no project that has signed lists, whatever it is told', async () => {
    await desk.done('init', 'a.example', ...FILES)
    await refused('veristamp.json is there already', 'init', 'b.example', ...FILES)
    await refused('veristamp.json is there already', '--force', 'init', 'b.example', ...FILES)
    await desk.done('--yes', 'init', 'b.example', ...FILES)
    await desk.done('keygen', '--no-encrypt')
    await desk.done('trust', 'build')
    const before = readFileSync(desk.path('veristamp.json'))
    await refused('is in use: lists/trust-1.cbor', '--yes', 'init', 'c.example', ...FILES)
    expect(readFileSync(desk.path('veristamp.json'))).toEqual(before)
  })
})

describe('issue prints nothing that would verify as invalid', () => {
  const issue = ['issue', '--product', '104', '--count', '5', '--no-sheets']
  beforeEach(() => foundProject(desk))
  afterEach(() => {
    expect(existsSync(desk.path('runs/12-104-1-1.json'))).toBe(false)
  })

  it('under a trust list that has expired, or is of the future', async () => {
    desk.now = later(90)
    await refused('trust list expired on 2026-05-30', ...issue)
    desk.now = later(-1)
    await refused('clock says 2026-02-28, but the trust list was issued on 2026-03-01', ...issue)
  })

  it('by a key that is no longer accepted', async () => {
    configure({ days: { trust: 90, revocation: 14, issuer: 10 } })
    await desk.done('--yes', 'trust', 'build')
    desk.now = later(11)
    await refused('key of quang-ninh.example was accepted until 2026-03-11', ...issue)
  })

  it('by a key that was revoked', async () => {
    await desk.done('--yes', 'revoke', '--key', 'issuer', '--above', '12:104:4', '--reason', 'stolen')
    await refused('was revoked on 2026-03-01 \\(stolen\\)', ...issue)
  })

  it('with serials that were revoked', async () => {
    await desk.done('--yes', 'revoke', '--product', '104', '--serials', '5-7', '--reason', 'recalled')
    await refused('serial 5 was revoked on 2026-03-01 \\(recalled\\)', ...issue)
    await refused('serial 6 was revoked', ...issue, '--first', '6')
    await desk.done('issue', '--product', '105', '--count', '5', '--no-sheets')
  })

  it('of a day that is past, a facility that is another’s, an address that is not allowed', async () => {
    await refused('would have expired on 2026-02-28', ...issue, '--expires', '2026-02-28')
    await refused('product 104 is of facility 12', ...issue, '--facility', '13')
    await refused(
      'no issuer may stamp serial 1 of product 9999',
      'issue',
      '--product',
      '9999',
      '--count',
      '5',
      '--facility',
      '12',
    )
    await refused('the trust list has no address for --carrier url', ...issue, '--carrier', 'url')
    await refused('no addresses that begin', ...issue, '--carrier', 'url', '--prefix', 'HTTPS://X.EXAMPLE/')
  })
})

describe('a run', () => {
  it('that was stopped is not gone on with once its key is revoked', async () => {
    await foundProject(desk)
    desk.onErr = (text) =>
      text.includes('"done":2048') && desk.stop.abort(new DOMException('interrupted', 'AbortError'))
    const { exit } = await desk.say('issue', '--product', '104', '--count', '5000', '--no-sheets')
    expect(exit).toBe(3)
    desk.stop = new AbortController()
    await desk.done('--yes', 'revoke', '--key', 'issuer', '--wholly', '--reason', 'stolen')
    await refused('was revoked on 2026-03-01', 'issue', '--resume', '12-104-1-1')
  })

  it('that is void is neither laid out again nor exported', async () => {
    await foundProject(desk)
    const issue = ['issue', '--product', '104', '--count', '2', '--no-sheets']
    await desk.done(...issue)
    await desk.done(...issue)
    await desk.done('--yes', 'revoke', '--run', '12-104-1-1', '--reason', 'lost')
    for (const force of [[], ['--force']]) {
      await refused('12-104-1-1 was declared void', ...force, 'sheet', '12-104-1-1', '--format', 'csv')
      await refused('12-104-1-1 was declared void', ...force, 'export', '12-104-1-1')
    }
    const runs = (await desk.done('export'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).run)
    expect(runs).toEqual(['12-104-1-2', '12-104-1-2'])
  })

  it('that is laid out again leaves no half a file at Ctrl-C', async () => {
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '4000', '--no-sheets')
    desk.stop.abort(new DOMException('interrupted', 'AbortError'))
    for (const words of [
      ['sheet', '12-104-1-1', '--format', 'csv', '-o', 'some.csv'],
      ['export', '-o', 'some.csv'],
    ]) {
      expect(await desk.say(...words)).toMatchObject({
        exit: 3,
        err: expect.stringContaining('Next: no file was left half written'),
      })
      expect(existsSync(desk.path('some.csv'))).toBe(false)
    }
  })
})

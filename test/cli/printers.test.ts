import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** An authority and printers in folders of their own: lists go out, runs come back. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  for (const name of ['tea', 'rice']) await openBench(name)
  await desk.done(
    ...['--yes', 'issuer', 'add', 'tea', '--name', 'Nhà in Trà', '--scope', '12:104', '--from', 'issuer'],
  )
  await desk.done(
    ...['--yes', 'issuer', 'add', 'rice', '--name', 'Nhà in Gạo', '--scope', '12:105', '--from', 'issuer'],
  )
  for (const name of ['tea', 'rice']) await bring(name, 'lists/trust-3.cbor')
})
afterEach(() => desk[Symbol.dispose]())

/** A printer's folder: the project's file and public keys, and a key that was made there. */
async function openBench(name: string): Promise<void> {
  mkdirSync(desk.path(name, 'keys'), { recursive: true })
  cpSync(desk.path('veristamp.json'), desk.path(name, 'veristamp.json'))
  for (const key of ['root', 'issuer', 'revocation'])
    cpSync(desk.path('keys', `${key}.pub`), desk.path(name, 'keys', `${key}.pub`))
  await at(name)('keygen', name, '--no-encrypt')
  cpSync(desk.path(name, 'keys', `${name}.pub`), desk.path('keys', `${name}.pub`))
}

const at =
  (name: string) =>
  (...words: string[]) =>
    desk.done('--dir', name, ...words)
const bring = (name: string, ...files: string[]) => at(name)('lists', 'import', ...files)
const print = (name: string, product: number, count: number) =>
  at(name)(...['issue', '--product', `${product}`, '--count', `${count}`, '--no-sheets', '--key', name])

describe('runs of several printers', () => {
  it('have names of their own, are gathered, and are all valid', async () => {
    expect(await print('tea', 104, 5)).toContain('Run 12-104-2-1: serials 1 to 5')
    expect(await print('rice', 105, 4)).toContain('Run 12-105-3-1: serials 1 to 4')
    expect(await desk.done('runs', 'import', 'tea')).toBe('12-104-2-1  serials 1 to 5  is here now\n')
    expect(await desk.done('runs', 'import', 'rice/runs')).toContain(
      '12-105-3-1  serials 1 to 4  is here now',
    )
    expect(await desk.done('runs', 'import', 'tea')).toContain('was here')
    await desk.done('list')
    expect(await desk.done('verify', '--file', 'runs/12-104-2-1/codes.csv')).toContain('5 valid, 0 invalid')
    expect(await desk.done('verify', '--file', 'runs/12-105-3-1/codes.csv')).toContain('4 valid, 0 invalid')
    expect(await desk.done('verify-run', '12-104-2-1')).toContain('is whole: 5 codes')
  })

  it('grow: one that was unfinished or good may be finished or void the next time', async () => {
    desk.onErr = (text) =>
      text.includes('"done":2048') && desk.stop.abort(new DOMException('interrupted', 'AbortError'))
    const words = [
      '--dir',
      'tea',
      'issue',
      '--product',
      '104',
      '--count',
      '5000',
      '--no-sheets',
      '--key',
      'tea',
    ]
    expect((await desk.say(...words)).exit).toBe(3)
    desk.onErr = () => {}
    desk.stop = new AbortController()
    expect(await desk.done('runs', 'import', 'tea')).toContain('is here now')
    expect(await desk.done('runs')).toContain('unfinished')
    await at('tea')('issue', '--resume', '12-104-2-1')
    expect(await desk.done('runs', 'import', 'tea')).toContain('is up to date now')
    await at('tea')('--yes', 'runs', 'void', '12-104-2-1')
    expect(await desk.done('runs', 'import', 'tea')).toContain('is up to date now')
    expect(await desk.done('list')).toContain('this one revokes its serials 1 to 5000')
  })

  it('are not taken where something is wrong with them', async () => {
    await print('tea', 104, 5)
    const codes = desk.path('tea/runs/12-104-2-1/codes.csv')
    const good = readFileSync(codes)
    writeFileSync(codes, good.toString('latin1').replace('"3"', '"4"'), 'latin1')
    const { exit, out, err } = await desk.say('runs', 'import', 'tea')
    expect([exit, out]).toEqual([
      1,
      expect.stringContaining('not what its manifest signs for (codes_digest)'),
    ])
    expect(err).toMatch(/1 thing could not be taken in\nNext: ./)
    expect(await desk.done('runs')).toBe('No runs yet.\n')
    writeFileSync(codes, good)
    rmSync(desk.path('lists/trust-2.cbor'))
    rmSync(desk.path('lists/trust-3.cbor'))
    rmSync(desk.path('state'), { recursive: true })
    expect((await desk.say('runs', 'import', 'tea')).out).toContain('the trust list names no key KEY')
    expect((await desk.say('runs', 'import', 'lists')).err).toMatch(/.\nNext: give the folder of a printer/)
    expect((await desk.say('runs', 'import', 'nowhere')).err).toContain('there is no folder nowhere')
  })

  it('are kept from printing what the authority does not let out', async () => {
    await desk.done('--yes', 'list', '--raise', '0')
    await bring('tea', 'lists/revocation-1.cbor')
    const words = ['--dir', 'tea', 'issue', '--product', '104', '--count', '5', '--no-sheets', '--key', 'tea']
    expect((await desk.say(...words)).err).toContain('veristamp list --raise 12:104:5')
    await desk.done('list', '--raise', '12:104:5')
    expect(await bring('tea', 'lists/delta-1-2.cbor')).toContain('Revocation list 2 is here now')
    expect(readFileSync(desk.path('tea/lists/revocation-2.cbor'))).toEqual(
      readFileSync(desk.path('lists/revocation-2.cbor')),
    )
    expect((await desk.say(...words)).err).toContain('lets serials up to 5 be printed')
    await at('tea')('--yes', ...words.slice(2), '--first', '1')
  })
})

describe('lists import', () => {
  it('takes lists in any order, and refuses what is no list, old, or another’s', async () => {
    await desk.done('list')
    await desk.done('trust', 'build')
    expect(await bring('tea', 'lists/revocation-1.cbor', 'lists/trust-4.cbor')).toMatch(
      /^Trust list 4 is here now: .*\nRevocation list 1 is here now: /,
    )
    const refused = async (why: RegExp, file: string) => {
      const { exit, err } = await desk.say('--dir', 'tea', 'lists', 'import', file)
      expect([exit, err]).toEqual([2, expect.stringMatching(why)])
      expect(err).toMatch(/\nNext: ./)
    }
    await refused(/is not accepted: rollback/, 'lists/trust-2.cbor')
    await refused(/is no signed list/, 'facilities.csv')
    expect(await bring('tea', 'lists/trust-4.cbor')).toContain('which was there')
  })
})

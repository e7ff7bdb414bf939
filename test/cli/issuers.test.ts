import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, foundProject, NOW, openDesk } from './desk.ts'

/** Keys of issuers over the years: no honest stamp ever becomes invalid by a change of keys. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

const config = () => JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
const configure = (change: object) =>
  writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...config(), ...change }))
const issue = (product: number, count: number, ...more: string[]) =>
  desk.done('issue', '--product', String(product), '--count', String(count), '--no-sheets', ...more)
const rotate = (...words: string[]) => desk.done('--yes', 'issuer', 'rotate', ...words, '--no-encrypt')
const verdictsOf = async (run: string) =>
  (await desk.say('verify', '--file', `runs/${run}/codes.csv`)).out.trim().split('\n').at(-1)
const scopeOf = (key: string) => config().issuers.find((each: { key: string }) => each.key === key).scope

describe('a new issuer key', () => {
  it('that is named beside the old one is an overlap, told in words with what to do', async () => {
    await issue(104, 5)
    await desk.done('keygen', 'issuer-2', '--no-encrypt')
    const [first] = config().issuers
    configure({ issuers: [first, { key: 'issuer-2', name: 'quang-ninh.example' }] })
    const { exit, err } = await desk.say('trust', 'build')
    expect(exit).toBe(2)
    expect(err).toContain('issuer and issuer-2 may both stamp all products of facility 1')
    expect(err).toContain('veristamp issuer rotate issuer --to issuer-2')
    configure({ issuers: [first] })
    await rotate('issuer', '--to', 'issuer-2')
    expect(await verdictsOf('12-104-1-1')).toBe('5 valid, 0 invalid, 0 indeterminate')
  })

  it('takes the place of the old one, which keeps what it signed and signs nothing more', async () => {
    await issue(104, 30)
    await issue(105, 5)
    await desk.done('list')
    const out = await rotate('issuer')
    expect(out).toContain('Made keys/issuer-2.pem')
    expect(out).toContain('Signed trust list 2')
    expect(out).toContain('Signed revocation list 2')
    expect(scopeOf('issuer')).toEqual([
      { facility: 12, product: 104, last: 30 },
      { facility: 12, product: 105, last: 5 },
    ])
    expect(scopeOf('issuer-2')).toContainEqual({ facility: 12, first: 31 })
    expect(await issue(104, 10)).toContain('Run 12-104-2-1: serials 31 to 40')
    expect(await issue(105, 2)).toContain('Run 12-105-2-1: serials 31 to 32')
    await desk.done('list')
    for (const [run, count] of [
      ['12-104-1-1', 30],
      ['12-105-1-1', 5],
      ['12-104-2-1', 10],
      ['12-105-2-1', 2],
    ] as const)
      expect(await verdictsOf(run), run).toBe(`${count} valid, 0 invalid, 0 indeterminate`)
    const { exit, err } = await desk.say('issue', '--product', '104', '--count', '1', '--key', 'issuer')
    expect([exit, err]).toEqual([2, expect.stringContaining('the key issuer was retired on 2026-03-01')])
  })

  it('is rotated again and again, and a run that was stopped goes on with its own key', async () => {
    await issue(104, 3)
    desk.onErr = (text) =>
      text.includes('"done":2048') && desk.stop.abort(new DOMException('interrupted', 'AbortError'))
    expect((await desk.say('issue', '--product', '104', '--count', '5000', '--no-sheets')).exit).toBe(3)
    desk.onErr = () => {}
    desk.stop = new AbortController()
    await rotate('issuer')
    await desk.done('issue', '--resume', '12-104-1-2')
    await issue(104, 4)
    await rotate('issuer-2')
    expect(await issue(104, 2)).toContain('Run 12-104-3-1: serials 5008 to 5009')
    await desk.done('list')
    for (const run of ['12-104-1-1', '12-104-1-2', '12-104-2-1', '12-104-3-1'])
      expect(await verdictsOf(run), run).toMatch(/^[1-9]\d* valid, 0 invalid, 0 indeterminate$/)
    expect(await desk.done('issuer', 'list')).toMatch(
      /^issuer-3: .*, key id 3, signs\n.*\n.*\nissuer-2: .*retired(.|\n)*\nissuer: .*retired/,
    )
  })

  it('of a key that was stolen comes the same way', async () => {
    await issue(104, 5)
    await desk.done('--yes', 'revoke', '--key', 'issuer', '--above', '12:104:5', '--reason', 'key-compromise')
    const { err } = await desk.say('issue', '--product', '104', '--count', '1', '--no-sheets')
    expect(err).toContain('veristamp issuer rotate KEY')
    await rotate('issuer')
    await issue(104, 2)
    await desk.done('list')
    expect(await verdictsOf('12-104-1-1')).toContain('5 valid')
    expect(await verdictsOf('12-104-2-1')).toContain('2 valid')
  })

  it('waits for the signatures of roots that are elsewhere, and the old one prints nothing meanwhile', async () => {
    await issue(104, 5)
    mkdirSync(desk.path('safe'))
    cpSync(desk.path('keys/root.pem'), desk.path('safe/root.pem'))
    rmSync(desk.path('keys/root.pem'))
    const { exit, out } = await desk.say('--yes', 'issuer', 'rotate', 'issuer', '--no-encrypt')
    expect([exit, out]).toEqual([3, expect.stringContaining('0 of 1 root signatures')])
    expect(out).toContain('issuer signs nothing more, and issuer-2 signs as soon as')
    expect((await desk.say('issue', '--product', '104', '--count', '1', '--no-sheets')).exit).toBe(2)
    cpSync(desk.path('safe/root.pem'), desk.path('keys/root.pem'))
    await desk.done('--yes', 'trust', 'sign', 'lists/trust-2.draft.cbor', '--key', 'root')
    await issue(104, 2)
    await desk.done('list')
    expect(await verdictsOf('12-104-1-1')).toContain('5 valid')
    expect(await verdictsOf('12-104-2-1')).toContain('2 valid')
  })

  it('that signs elsewhere is not guessed at: watermarks or people say what the old one signed', async () => {
    await issue(104, 5)
    rmSync(desk.path('keys/issuer.pem'))
    const refused = async (why: RegExp, ...words: string[]) => {
      const { exit, err } = await desk.say('--yes', 'issuer', 'rotate', 'issuer', ...words)
      expect([exit, err]).toEqual([2, expect.stringMatching(why)])
    }
    await refused(/is on another machine, and nothing here says what it signed of 164 products/)
    await refused(/too low: the key signed serials up to 5/, '--at', '4')
    await refused(/so the new one belongs there too(.|\n)*keygen issuer-2/, '--at', '900')
    await desk.done('keygen', 'next', '--no-encrypt')
    const out = await rotate('issuer', '--to', 'next', '--at', '900')
    expect(out).toMatch(/Watermark of product 104 of facility 12, key id 1: 900/)
    expect(scopeOf('next')[0]).toMatchObject({ first: 901 })
  })
})

describe('trust build', () => {
  it('refuses to drop a key that signed, and names the stamps that would die', async () => {
    await issue(104, 5)
    configure({ issuers: [] })
    const { exit, err } = await desk.say('--yes', 'trust', 'build')
    expect(exit).toBe(2)
    expect(err).toContain('without the key issuer, these stamps would become invalid:')
    expect(err).toContain('- product 104 of facility 12: 5 stamps, serials 1 to 5')
    expect(err).toContain('veristamp issuer rotate issuer')
  })

  it('refuses it also where only a watermark tells that it signed', async () => {
    await desk.done('list', '--raise', '12:104:70')
    rmSync(desk.path('keys/issuer.pem'))
    configure({ issuers: [] })
    expect((await desk.say('--yes', 'trust', 'build')).err).toContain('serials up to 70, by its watermark')
  })

  it('drops one that signed nothing, was wholly revoked, or whose stamps have ended', async () => {
    const [first] = config().issuers
    await issue(104, 5)
    await desk.done('--yes', 'revoke', '--key', 'issuer', '--wholly', '--reason', 'key-compromise')
    configure({ issuers: [] })
    await desk.done('--yes', 'trust', 'build')
    await desk.done('keygen', 'other', '--no-encrypt')
    configure({ issuers: [{ ...first, key: 'other', keyId: 2 }] })
    await desk.done('trust', 'build')
    configure({ issuers: [] })
    await desk.done('--yes', 'trust', 'build')
  })

  it('drops one whose stamps are no longer accepted by their date', async () => {
    await issue(104, 5)
    desk.now = new Date(NOW.getTime() + 1900 * 86_400_000)
    configure({ issuers: [] })
    await desk.done('--yes', 'trust', 'build')
  })

  it('refuses two keys with one key id: their runs would have the same names', async () => {
    await desk.done('keygen', 'second', '--no-encrypt')
    const [first] = config().issuers
    const scope = [{ facility: 12 }]
    configure({
      issuers: [
        { ...first, scope: [{ facility: 13 }] },
        { key: 'second', name: 'B', keyId: 1, scope },
      ],
    })
    expect((await desk.say('--yes', 'trust', 'build')).err).toContain('issuer and second both have key id 1')
  })
})

describe('several printers', () => {
  it('get a part of what another key stamps, by facility or by product', async () => {
    await issue(104, 5)
    await desk.done('keygen', 'tea', 'rice', '--no-encrypt')
    const add = (...words: string[]) => desk.say('--yes', 'issuer', 'add', ...words)
    expect((await add('tea', '--name', 'Nhà in Trà', '--scope', '12')).err).toContain(
      'issuer and tea may both stamp all products of facility 12',
    )
    expect((await add('tea', '--name', 'Nhà in Trà', '--scope', '12', '--from', 'issuer')).exit).toBe(0)
    expect(scopeOf('tea')).toEqual([{ facility: 12, first: 6 }])
    expect(await issue(104, 2, '--key', 'tea')).toContain('Run 12-104-2-1: serials 6 to 7')
    expect((await add('rice', '--name', 'Rice', '--scope', '12:105', '--from', 'tea')).exit).toBe(0)
    expect(scopeOf('rice')).toEqual([{ facility: 12, product: 105, first: 6 }])
    expect(await issue(104, 2, '--key', 'tea')).toContain('serials 8 to 9')
    await issue(105, 3, '--key', 'rice')
    await desk.done('list')
    for (const run of ['12-104-1-1', '12-104-2-1', '12-104-2-2', '12-105-3-1'])
      expect(await verdictsOf(run), run).toMatch(/ valid, 0 invalid, 0 indeterminate$/)
  })

  it('are told what is wrong with a change of scope', async () => {
    await issue(104, 5)
    const { exit, err } = await desk.say('--yes', 'issuer', 'scope', 'issuer', '12:104:3-900')
    expect([exit, err]).toEqual([2, expect.stringContaining('2 stamps, serials 1 to 2')])
    expect((await desk.say('issuer', 'scope', 'issuer', '12;104')).err).toContain('is no part of a scope')
    expect((await desk.say('issuer', 'scope', 'nobody', '12')).err).toContain(
      'its issuers have the keys: issuer',
    )
    await desk.done('--yes', 'issuer', 'scope', 'issuer', '12:104')
    expect((await desk.say('issue', '--product', '105', '--count', '1')).exit).toBe(2)
  })

  it('retire: what a key signed stays good, and one that signed nothing goes', async () => {
    await issue(104, 5)
    await desk.done('--yes', 'issuer', 'retire', 'issuer')
    await desk.done('list')
    expect(await verdictsOf('12-104-1-1')).toContain('5 valid')
    expect((await desk.say('issue', '--product', '104', '--count', '1')).err).toContain('was retired on')
  })
})

describe('list --raise 0', () => {
  it('lets nothing leave before it is raised, and asks where a printer is elsewhere', async () => {
    const out = await desk.done('list', '--raise', '0')
    expect(out).toContain('164 watermarks begin at 0')
    expect((await desk.say('issue', '--product', '104', '--count', '1', '--no-sheets')).err).toContain(
      'veristamp list --raise 12:104:1',
    )
    await desk.done('list', '--raise', '12:104:10')
    await issue(104, 10)
    expect(await verdictsOf('12-104-1-1')).toContain('10 valid')
    expect(await desk.done('list', '--raise', '0')).not.toContain('begin at 0')
  })

  it('never takes back what was printed by a key that is elsewhere without asking', async () => {
    rmSync(desk.path('keys/issuer.pem'))
    const { exit, err } = await desk.say('list', '--raise', '0', '--key', 'issuer')
    expect([exit, err]).toEqual([2, expect.stringContaining('164 products of 1 key begin at 0')])
  })
})

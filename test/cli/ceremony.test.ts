import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/**
 * docs/ceremony.md, rehearsed: an authority and the keepers of root keys in folders that share nothing but what is carried
 * on a stick.
 */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  const files = ['--facilities', '../facilities.csv', '--products', '../products.csv']
  mkdirSync(desk.path('office'))
  mkdirSync(desk.path('stick'))
  await desk.done(
    '--dir',
    'office',
    'init',
    'quang-ninh.example',
    ...files.map((each) => each.replace('../', '')),
  )
  for (const name of ['an', 'binh', 'chi']) await makeKey(name)
  configure({ roots: { version: 1, threshold: 2, keys: ['an', 'binh', 'chi'] } })
  await office('keygen', 'issuer', 'revocation', '--no-encrypt')
})
afterEach(() => desk[Symbol.dispose]())

const configure = (change: object) => {
  const file = desk.path('office/veristamp.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }))
}
const rootsOf = () => JSON.parse(readFileSync(desk.path('office/veristamp.json'), 'utf8')).roots
const office = (...words: string[]) => desk.done('--dir', 'office', ...words)
const sayOffice = (...words: string[]) => desk.say('--yes', '--dir', 'office', ...words)

/** A keeper makes a key, and its public half is carried to the office. */
async function makeKey(name: string): Promise<void> {
  mkdirSync(desk.path(name))
  await desk.done('--dir', name, 'keygen', name, '--no-encrypt')
  carry(`${name}/keys/${name}.pub`, 'stick')
  carry(`stick/${name}.pub`, 'office/keys')
}
function carry(from: string, to: string): void {
  mkdirSync(desk.path(to), { recursive: true })
  cpSync(desk.path(from), desk.path(to, basename(from)))
}

/** What the office writes goes to the stick: pins, the draft, and the list before. */
async function fillStick(sequence: number): Promise<void> {
  if (!existsSync(desk.path('stick/pins.json'))) await office('trust', 'pins', '-o', 'stick/pins.json')
  carry(`office/lists/trust-${sequence}.draft.cbor`, 'stick')
  if (sequence > 1) carry(`office/lists/trust-${sequence - 1}.cbor`, 'stick')
}

/** A keeper carries the stick home, signs there, and carries it back. */
async function sign(name: string, sequence: number) {
  const draft = `trust-${sequence}.draft.cbor`
  for (const file of ['pins.json', draft]) carry(`stick/${file}`, `${name}`)
  const before = sequence > 1 ? ['--before', `${name}/trust-${sequence - 1}.cbor`] : []
  if (sequence > 1) carry(`stick/trust-${sequence - 1}.cbor`, name)
  const words = ['--dir', name, 'trust', 'sign', `${name}/${draft}`, '--pins', `${name}/pins.json`]
  const said = await desk.say('--yes', ...words, ...before)
  mkdirSync(desk.path('stick', name), { recursive: true })
  cpSync(desk.path(name, draft), desk.path('stick', name, draft))
  return said
}
const merge = (sequence: number, ...names: string[]) =>
  sayOffice('trust', 'merge', ...names.map((name) => `stick/${name}/trust-${sequence}.draft.cbor`))

async function buildFirst(): Promise<void> {
  expect((await sayOffice('trust', 'build')).exit).toBe(3)
  await fillStick(1)
  await sign('an', 1)
  await sign('chi', 1)
  expect((await merge(1, 'an', 'chi')).exit).toBe(0)
}

describe('root keys in several hands', () => {
  it('sign the first list, each at home, and the office puts the copies together', async () => {
    expect(await sayOffice('trust', 'build')).toMatchObject({
      exit: 3,
      out: expect.stringContaining('0 of 2 root signatures'),
    })
    await fillStick(1)
    const { exit, out, err } = await sign('an', 1)
    expect([exit, out]).toEqual([3, expect.stringContaining('1 of 2 root signatures')])
    expect(out).toContain('carry an/trust-1.draft.cbor to the next root key, or back')
    expect(err).toContain('Trust list 1, the first one:')
    // One alone is not enough; a copy without a signature adds nothing.
    expect((await merge(1, 'an')).exit).toBe(3)
    await sign('chi', 1)
    const merged = await merge(1, 'chi')
    expect([merged.exit, merged.out]).toEqual([0, expect.stringContaining('Signed trust list 1')])
    const shown = await office('trust', 'show')
    expect(shown).toContain('root keys, version 1: 2 of them signed, and 2 must')
    expect(shown).toMatch(/ {2}an signed\n {2}binh has not signed\n {2}chi signed/)
    expect(shown).toMatch(/digest, read it to each other: ([0-9a-f]{8} ){7}[0-9a-f]{8}/)
    expect(shown).toContain('Verifiers accept it.')
  })

  it('replace one that is lost: any two of those left, and enough of the new', async () => {
    await buildFirst()
    rmSync(desk.path('chi'), { recursive: true })
    await makeKey('dung')
    const words = ['trust', 'rotate', '--keys', 'an', 'binh', 'dung', '--threshold', '2']
    expect((await sayOffice(...words)).exit).toBe(3)
    await fillStick(2)
    expect((await sign('an', 2)).err).toMatch(/root version 2: 2 of its keys must sign/)
    // Of the old set two have signed then, and of the new one too.
    expect((await sign('binh', 2)).exit).toBe(3)
    expect(await office('trust', 'diff', 'stick/an/trust-2.draft.cbor')).toContain('new root keys: KEY')
    expect((await merge(2, 'an', 'binh')).exit).toBe(0)
    expect(rootsOf()).toEqual({ version: 2, threshold: 2, keys: ['an', 'binh', 'dung'] })
    // The new key signs the next list, without the one that is lost.
    expect((await sayOffice('trust', 'build')).exit).toBe(3)
    await fillStick(3)
    await sign('binh', 3)
    await sign('dung', 3)
    expect((await merge(3, 'binh', 'dung')).exit).toBe(0)
  })

  it('go over to other hands: the old and the new set on machines of their own', async () => {
    await buildFirst()
    for (const name of ['em', 'giang']) await makeKey(name)
    expect((await sayOffice('trust', 'rotate', '--keys', 'em', 'giang', '--threshold', '2')).exit).toBe(3)
    await fillStick(2)
    for (const name of ['an', 'binh', 'em']) await sign(name, 2)
    const open = await merge(2, 'an', 'binh', 'em')
    expect([open.exit, open.out]).toEqual([3, expect.stringContaining('1 of 2 root signatures')])
    await sign('giang', 2)
    expect((await merge(2, 'giang')).exit).toBe(0)
    expect(rootsOf()).toMatchObject({ version: 2, keys: ['em', 'giang'] })
    // Who pins the first keys follows to the newest list, and stamps stay good.
    await office('list')
    await office('issue', '--product', '104', '--count', '2', '--no-sheets')
    await office('list')
    cpSync(desk.path('office/runs'), desk.path('runs'), { recursive: true })
    expect((await desk.say('--dir', 'office', 'verify', codesOf(desk, '12-104-1-1')[0]!)).out).toContain(
      'valid',
    )
    expect(await office('trust', 'show', 'office/lists/trust-2.cbor')).toContain('Verifiers accept it.')
  })

  it('refuse what is not theirs to sign', async () => {
    await buildFirst()
    const refused = async (why: RegExp, ...words: string[]) => {
      const { exit, err } = await desk.say('--yes', ...words)
      expect([exit, err]).toEqual([2, expect.stringMatching(why)])
      expect(err).toMatch(/\nNext: ./)
    }
    await sayOffice('trust', 'build')
    await fillStick(2)
    const draft = 'stick/trust-2.draft.cbor'
    const at = ['trust', 'sign', draft, '--pins', 'stick/pins.json']
    await refused(/no root key that .* waits for is here/, '--dir', 'stick', ...at)
    await refused(/holds no pins: too_long/, '--dir', 'an', ...at.slice(0, 4), draft)
    await refused(/--before goes with --pins/, '--dir', 'office', ...at.slice(0, 3), '--before', draft)
    await refused(/is not accepted: threshold/, '--dir', 'an', ...at, '--before', draft)
    const other = readFileSync(desk.path('stick/pins.json'), 'utf8').replace('quang-ninh', 'other')
    writeFileSync(desk.path('stick/other.json'), other)
    await refused(/is a list of quang-ninh.example/, '--dir', 'an', ...at.slice(0, 4), 'stick/other.json')
    carry('office/lists/trust-1.cbor', 'stick')
    await refused(
      /is trust list 1, and list 1 is here/,
      '--dir',
      'office',
      'trust',
      'merge',
      'stick/trust-1.cbor',
    )
    await refused(/is not accepted/, '--dir', 'office', 'trust', 'merge', 'stick/pins.json')
  })
})

describe('how many must sign', () => {
  it('stays as it was, and gets lower only when people say so', async () => {
    await buildFirst()
    await makeKey('dung')
    const rotate = ['--dir', 'office', 'trust', 'rotate', '--keys', 'an', 'binh', 'dung']
    const stays = await desk.say(...rotate)
    expect([stays.exit, stays.out]).toEqual([
      3,
      expect.stringMatching(/root version 2: 2 of its keys must sign$/m),
    ])
    rmSync(desk.path('office/lists/trust-2.draft.cbor'))
    const lowers = await desk.say(...rotate, '--threshold', '1')
    expect([lowers.exit, lowers.err]).toEqual([
      2,
      expect.stringMatching(
        /Until now 2 root keys had to sign.*1 is enough.*anyone with one of them.*\nNext: add --yes/,
      ),
    ])
    expect(existsSync(desk.path('office/lists/trust-2.draft.cbor'))).toBe(false)
    // Who signs it reads it too.
    expect((await desk.say('--yes', ...rotate, '--threshold', '1')).exit).toBe(3)
    await fillStick(2)
    expect((await sign('an', 2)).err).toContain('1 of its keys must sign (2 before)')
    const few = await desk.say('--yes', '--dir', 'office', 'trust', 'rotate', '--keys', 'an')
    expect([few.exit, few.err]).toEqual([
      2,
      expect.stringMatching(/2 of the new keys must sign, but there is only 1\nNext: .*--threshold 1/),
    ])
  })
})

describe('a draft that waits', () => {
  it('says who signed and who is to sign; nothing asks to build another', async () => {
    await sayOffice('trust', 'build')
    const status = async () => (await desk.say('--dir', 'office', 'status')).out
    expect(await status()).toMatch(
      /- now: lists\/trust-1.draft.cbor waits for signatures \(nobody signed yet, 2 of an, binh, chi must\): carry it/,
    )
    expect(await status()).not.toContain('trust build')
    await fillStick(1)
    await sign('an', 1)
    await merge(1, 'an')
    expect(await status()).toContain('(an signed, 1 more of binh, chi must)')
    expect(await status()).not.toContain('trust build')
    await sign('chi', 1)
    await merge(1, 'chi')
    await makeKey('dung')
    await sayOffice('trust', 'rotate', '--keys', 'an', 'dung')
    await fillStick(2)
    await sign('an', 2)
    await sign('dung', 2)
    expect((await merge(2, 'an', 'dung')).out).toContain(
      'of the old keys: an signed, 1 more of binh, chi must; of the new keys: an, dung signed, enough',
    )
  })

  it('is read by keepers at home, with its digest and the fingerprint of the pins', async () => {
    await sayOffice('trust', 'build')
    await fillStick(1)
    const { err } = await sign('an', 1)
    const digest = /digest, read it to each other: (([0-9a-f]{8} ){7}[0-9a-f]{8})/.exec(err)![1]!
    const pins = await office('trust', 'pins', '-o', 'stick/again.json')
    expect(err).toContain(/Fingerprint.*: (.*)/.exec(pins)![1]!)
    expect(await desk.done('--dir', 'chi', 'trust', 'show', 'stick/trust-1.draft.cbor')).toContain(digest)
    const words = [
      '--dir',
      'chi',
      'trust',
      'show',
      'stick/an/trust-1.draft.cbor',
      '--pins',
      'stick/pins.json',
    ]
    expect((await desk.say(...words)).out).toContain(digest)
  })

  it('takes in another issuer, so that several printers need one ceremony', async () => {
    await buildFirst()
    for (const name of ['tea', 'rice']) await office('keygen', name, '--no-encrypt')
    const add = (name: string, scope: string) =>
      desk.say(
        ...['--yes', '--dir', 'office', 'issuer', 'add', name, '--name', name],
        '--scope',
        scope,
        '--from',
        'issuer',
      )
    expect((await add('tea', '12')).exit).toBe(3)
    const second = await add('rice', '13')
    expect([second.exit, second.err]).toEqual([3, expect.stringContaining('rice')])
    expect(second.err).not.toContain('its signatures go with it')
    const { out: show } = await sayOffice('trust', 'show', 'office/lists/trust-2.draft.cbor')
    expect(show).toMatch(/issuer tea (.|\n)*issuer rice /)
    // What is not in force yet can't be changed yet.
    const { err } = await desk.say('--yes', '--dir', 'office', 'issuer', 'retire', 'tea')
    expect(err).toMatch(/names no issuer with the key tea\nNext: lists\/trust-2.draft.cbor waits/)
  })
})

it('refuses a threshold that no root can have before it asks anything', async () => {
  using desk = openDesk()
  await foundProject(desk)
  for (const threshold of ['0', '2']) {
    const said = await desk.say('trust', 'rotate', '--keys', 'root', '--threshold', threshold)
    expect(said.err).toMatch(new RegExp(`--threshold: expected a whole number .*got ${threshold}`))
    expect(said.exit).toBe(2)
  }
})

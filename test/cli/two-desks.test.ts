import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRevocationList } from '../../src/revocation/content.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** An office and a printer in folders of their own: what one of them did, the other one learns, and is told to do. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  mkdirSync(desk.path('tea'))
  await tea('keygen', 'tea', '--no-encrypt')
  cpSync(desk.path('tea/keys/tea.pub'), desk.path('keys/tea.pub'))
  await desk.done(
    '--yes',
    'issuer',
    'add',
    'tea',
    '--name',
    'Nhà in Trà',
    '--scope',
    '12',
    '--from',
    'issuer',
  )
  await desk.done('list')
  handOver()
  await bring('trust-2', 'revocation-1')
})
afterEach(() => desk[Symbol.dispose]())

const tea = (...words: string[]) => desk.done('--yes', '--dir', 'tea', ...words)
const bring = (...lists: string[]) => tea('lists', 'import', ...lists.map((name) => `lists/${name}.cbor`))
/** What the office hands to a printer: its file, and all public keys. */
function handOver(): void {
  cpSync(desk.path('veristamp.json'), desk.path('tea/veristamp.json'))
  cpSync(desk.path('keys'), desk.path('tea/keys'), {
    recursive: true,
    filter: (file) => !file.endsWith('.pem'),
  })
}
const print = (count: number, ...more: string[]) =>
  tea('issue', '--product', '104', '--count', `${count}`, '--no-sheets', ...more)
const status = async (...where: string[]) => {
  const { exit, out } = await desk.say(...where, 'status')
  return [exit, out.split('To do:\n')[1] ?? ''] as const
}

describe('a run that the printer declared void', () => {
  it('is a duty at both desks until a list revokes it', async () => {
    await print(5)
    await desk.done('runs', 'import', 'tea')
    await desk.done('list')
    await bring('revocation-2')
    await tea('runs', 'void', '12-104-2-1')
    const [printersExit, printers] = await status('--dir', 'tea')
    expect([printersExit, printers]).toEqual([
      1,
      expect.stringMatching(/^- now: run 12-104-2-1 is void, .*\(there: veristamp runs import FOLDER/),
    ])
    // The office can't know, and hears it with the run.
    expect((await status())[0]).toBe(0)
    const imported = await desk.say('runs', 'import', 'tea')
    expect(imported.err).toMatch(/12-104-2-1 is void, and no list has revoked it yet.*: veristamp list/)
    expect(await status()).toEqual([
      1,
      expect.stringMatching(/^- now: run 12-104-2-1 is void, .*: veristamp list\n$/),
    ])
    const verify = () => desk.say('--json', 'verify', '--summary', '--file', 'runs/12-104-2-1/codes.csv')
    expect((await verify()).exit).toBe(0)
    await desk.done('list')
    expect((await verify()).exit).toBe(1)
    expect(await status()).toEqual([0, ''])
    await bring('revocation-3')
    expect((await status('--dir', 'tea'))[1]).not.toContain('void')
  })
})

describe('nothing leaves a printer before it is let out', () => {
  const marks = (name: string) =>
    readRevocationList(new Uint8Array(readFileSync(desk.path(`lists/${name}.cbor`)))).watermarks.length
  const projectFile = () => JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))

  it('of keys and products that come later, too', async () => {
    await desk.done('--yes', 'list', '--raise', '0')
    expect(projectFile()).toMatchObject({ startAtZero: true })
    const before = marks('revocation-2')
    await tea('keygen', 'tea-2', '--no-encrypt')
    cpSync(desk.path('tea/keys/tea-2.pub'), desk.path('keys/tea-2.pub'))
    await desk.done('--yes', 'issuer', 'rotate', 'tea', '--to', 'tea-2')
    expect(marks('revocation-3')).toBeGreaterThan(before)
    handOver()
    await bring('trust-3', 'revocation-3')
    const refused = async (product: string) => {
      const words = ['issue', '--product', product, '--count', '5', '--no-sheets', '--key', 'tea-2']
      const { exit, err } = await desk.say('--yes', '--dir', 'tea', ...words)
      expect([exit, err]).toEqual([2, expect.stringContaining('is above the published watermark, 0')])
    }
    await refused('104')
    appendFileSync(desk.path('registry/products.csv'), '901,12,Chè mới,,,,\n')
    const built = await desk.done('trust', 'build')
    expect(built).toContain('1 watermark begin at 0')
    await bring('trust-4', 'revocation-4')
    await refused('901')
    expect(await status()).toEqual([0, ''])
  })

  it('of one key, and of the keys that take its place or a part of its work', async () => {
    await desk.done('--yes', 'list', '--raise', '0', '--key', 'tea')
    const isHeld = () =>
      Object.fromEntries(
        projectFile().issuers.map((each: { key: string; startAtZero?: true }) => [
          each.key,
          each.startAtZero,
        ]),
      )
    expect(projectFile().startAtZero).toBeUndefined()
    expect(isHeld()).toEqual({ issuer: undefined, tea: true })
    await desk.done('keygen', 'rice', '--no-encrypt')
    await desk.done('--yes', 'issuer', 'add', 'rice', '--name', 'R', '--scope', '12:104', '--from', 'tea')
    expect(isHeld()).toEqual({ issuer: undefined, tea: true, rice: true })
    const { exit, err } = await desk.say(
      ...['issue', '--product', '104', '--count', '1', '--no-sheets', '--key', 'rice'],
    )
    expect([exit, err]).toEqual([2, expect.stringContaining('is above the published watermark, 0')])
  })

  it('and status says where a list does not hold it back yet, while issue does', async () => {
    writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...projectFile(), startAtZero: true }))
    expect(await status()).toEqual([
      1,
      expect.stringMatching(/^- now: nothing holds back .*: veristamp list\n/),
    ])
    handOver()
    expect((await status('--dir', 'tea'))[1]).toMatch(
      /^- now: nothing holds back .*veristamp lists import FILES/,
    )
    const words = ['--dir', 'tea', 'issue', '--product', '104', '--count', '5', '--no-sheets', '--key', 'tea']
    expect((await desk.say(...words)).err).toContain('is above the published watermark, 0')
    expect(await desk.done('list')).toContain('begin at 0')
    expect(await status()).toEqual([0, ''])
  })
})

describe('who got what', () => {
  it('is known at the office once the printer’s runs are there, mistakes too, and twice is once', async () => {
    await print(5)
    await tea('release', '12-104-2-1', '--to', 'Chợ Hạ Long', '--serials', '1-3')
    await tea('release', '12-104-2-1', '--to', 'Ai đó', '--serials', '4')
    await tea('release', '12-104-2-1', '--undo')
    const recall = ['revoke', '--released-to', 'chợ hạ long', '--reason', 'recalled', '--dry-run']
    expect((await desk.say(...recall)).err).toContain('no run or release of this project fits')
    expect(await desk.done('runs', 'import', 'tea')).toContain('2 new notes of who got which stamps')
    expect((await desk.say(...recall)).out).toContain('3 issued')
    expect(await desk.done('runs')).toContain('3 released')
    expect(await desk.done('runs', 'import', 'tea/runs')).not.toContain('who got')
    // What is taken back later comes later.
    await tea('release', '12-104-2-1', '--undo')
    expect(await desk.done('runs', 'import', 'tea')).toContain('1 new note of who got')
    expect((await desk.say(...recall)).err).toContain('no run or release of this project fits')
  })

  it('is noted of serials of the run alone', async () => {
    await print(5)
    await tea('release', '12-104-2-1', '--to', 'Chợ')
    const log = readFileSync(desk.path('tea/state/releases.log'), 'utf8')
    const json = log.slice(17).trim().replace('"last":5', '"last":9')
    const sum = createHash('sha256').update(json).digest('hex').slice(0, 16)
    writeFileSync(desk.path('tea/state/releases.log'), `${sum} ${json}\n`)
    expect(await desk.done('runs', 'import', 'tea')).not.toContain('who got')
  })
})

describe('runs of other printers', () => {
  it('stay out of a printer’s folder, which takes its own back', async () => {
    await print(5)
    await desk.done('runs', 'import', 'tea')
    await desk.done('issue', '--product', '1', '--count', '2', '--no-sheets')
    rmSync(desk.path('tea/runs'), { recursive: true })
    const out = await tea('runs', 'import', '.')
    expect(out).toContain('12-104-2-1  serials 1 to 5  is here now')
    expect(out).toContain('1 run of other printers stays out')
    expect(await tea('runs')).not.toContain('1-1-1-1')
  })
})

describe('damaged stamps of a printer elsewhere', () => {
  it('are replaced by the office, which says what to print there', async () => {
    await print(9, '--lot', 'L-7')
    const there = await desk.say('--yes', '--dir', 'tea', 'replace', '12-104-2-1', '--serials', '5,7')
    expect([there.exit, there.err]).toEqual([
      2,
      expect.stringMatching(/runs import FOLDER, then veristamp replace 12-104-2-1 --serials 5,7\)/),
    ])
    await desk.done('runs', 'import', 'tea')
    const out = await desk.done('--yes', 'replace', '12-104-2-1', '--serials', '5,7')
    const [, command] = /then: veristamp (issue .*)/.exec(out)!
    expect(command).toBe('issue --product 104 --count 2 --lot L-7 --key tea --first 10 --yes')
    await bring('revocation-2')
    expect(await tea(...command!.split(' '), '--no-sheets')).toContain('serials 10 to 11')
    const verified = async (run: string) =>
      (await desk.say('verify', '--summary', '--file', `tea/runs/${run}/codes.csv`)).out
    expect(await verified('12-104-2-1')).toContain('7 valid, 2 invalid')
    expect(await verified('12-104-2-2')).toContain('valid')
  })
})

describe('which key stamps a product', () => {
  const issue = (...words: string[]) => desk.say('issue', '--count', '2', '--no-sheets', ...words)

  it('is the one that may, and the others are told who may', async () => {
    const named = await issue('--product', '104', '--key', 'issuer')
    expect([named.exit, named.err]).toEqual([
      2,
      expect.stringMatching(
        /the key issuer may not stamp product 104 of facility 12: tea may\nNext: .*--key tea/,
      ),
    ])
    expect((await issue('--product', '104')).err).toContain('keys/tea.pem is missing')
  })

  it('is said where none is, also when the list is built', async () => {
    appendFileSync(desk.path('registry/facilities.csv'), '99,Hợp tác xã mới,,,\n')
    appendFileSync(desk.path('registry/products.csv'), '901,99,Chè mới,,,,\n')
    const { err } = await desk.say('--yes', 'trust', 'build')
    expect(err).toContain('no key may stamp product 901 of facility 99')
    expect((await issue('--product', '901')).err).toMatch(
      /no key may stamp product 901 of facility 99\nNext: .*veristamp issuer scope KEY … 99:901/,
    )
    expect((await desk.say('status')).out).toContain('no key may stamp product 901 of facility 99')
    expect((await desk.say('registry', 'check')).err).toContain('no key may stamp product 901 of facility 99')
  })

  it('and from which serial on', async () => {
    await desk.done('--yes', 'issuer', 'rotate', 'tea', '--to', await newKey(), '--at', '100')
    handOver()
    await bring('trust-3', 'revocation-2')
    const words = [
      '--dir',
      'tea',
      'issue',
      '--product',
      '104',
      '--count',
      '2',
      '--no-sheets',
      '--key',
      'tea-2',
    ]
    expect((await desk.say(...words, '--first', '1')).err).toContain('begin at 101')
    expect((await desk.say(...words)).out).toContain('serials 101 to 102')
  })
})

async function newKey(): Promise<string> {
  await tea('keygen', 'tea-2', '--no-encrypt')
  cpSync(desk.path('tea/keys/tea-2.pub'), desk.path('keys/tea-2.pub'))
  return 'tea-2'
}

describe('a watermark that the office raised', () => {
  const words = ['--dir', 'tea', 'issue', '--product', '104', '--count', '5', '--no-sheets']

  it('is asked about on a terminal; without one the number and the flag are named', async () => {
    await desk.done('list', '--raise', '12:104:5')
    await bring('revocation-2')
    expect((await desk.say(...words)).err).toContain('--first 1 --yes')
    desk.isTerminal = true
    desk.typed = ['n']
    expect((await desk.say(...words)).exit).toBe(3)
    desk.typed = ['y']
    const { exit, out, err } = await desk.say(...words)
    expect([exit, err]).toEqual([0, expect.stringContaining('the run begins at serial 1.')])
    expect(out).toContain('serials 1 to 5')
  })

  it('and after a restore the first serial is asked for, with the lowest that can be', async () => {
    await print(5)
    await tea('backup', 'saved')
    cpSync(desk.path('tea/keys/tea.pem'), desk.path('tea.pem'))
    await print(5)
    rmSync(desk.path('tea'), { recursive: true })
    mkdirSync(desk.path('tea'))
    await tea('restore', 'saved')
    cpSync(desk.path('tea.pem'), desk.path('tea/keys/tea.pem'))
    expect((await desk.say(...words)).err).toMatch(/--first SERIAL --yes, with 6 or higher/)
    desk.isTerminal = true
    desk.typed = ['5']
    expect((await desk.say(...words)).exit).toBe(3)
    desk.typed = ['11']
    const { exit, out, err } = await desk.say(...words)
    expect([exit, err]).toEqual([0, expect.stringContaining('6 or higher')])
    expect(out).toContain('serials 11 to 15')
  })
})

describe('a printer whose key was replaced', () => {
  it('is told to fetch the project’s file', async () => {
    await desk.done('--yes', 'issuer', 'rotate', 'tea', '--to', await newKey(), '--at', '100')
    await bring('trust-3', 'revocation-2')
    const [exit, todo] = await status('--dir', 'tea')
    expect([exit, todo]).toEqual([
      1,
      expect.stringMatching(
        /^- now: veristamp.json here is older than the trust list, which names tea-2: fetch it/m,
      ),
    ])
    const said = await desk.say(
      ...['--dir', 'tea', 'issue', '--product', '104', '--count', '500', '--no-sheets'],
    )
    expect([said.exit, said.err]).toEqual([2, expect.stringContaining('belong to the key tea-2')])
    expect(said.err).toContain('veristamp.json here is older than the trust list')
    handOver()
    expect((await status('--dir', 'tea'))[0]).toBe(0)
  })
})

describe('what status tells a printer', () => {
  it('is done there: newer lists come from the authority', async () => {
    desk.now = new Date(desk.now.getTime() + 15 * 86_400_000)
    const [exit, todo] = await status('--dir', 'tea')
    expect([exit, todo]).toEqual([
      1,
      expect.stringMatching(/^- now: revocation list 1 ended .*lists import FILES\)$/m),
    ])
    expect((await status())[1]).toMatch(/^- now: revocation list 1 ended .*\(veristamp list\)$/m)
    desk.now = new Date(desk.now.getTime() + 90 * 86_400_000)
    expect((await status('--dir', 'tea'))[1]).toMatch(
      /^- now: the trust list expired .*lists import FILES\)$/m,
    )
    expect((await status())[1]).toMatch(/^- now: the trust list expired .*\(veristamp trust build\)$/m)
  })

  it('makes no stranger’s key: a public half that is missing comes from the authority', async () => {
    rmSync(desk.path('tea/keys/issuer.pub'))
    expect((await desk.say('--dir', 'tea', 'status')).err).toMatch(
      /Next: get keys\/issuer.pub from the authority/,
    )
    expect(await tea('keygen', 'tea-2', '--no-encrypt')).toContain('bring keys/tea-2.pub to the authority')
    mkdirSync(desk.path('new'))
    await desk.done(
      '--dir',
      'new',
      'init',
      'x.example',
      ...['facilities', 'products'].flatMap((each) => [`--${each}`, `${each}.csv`]),
    )
    expect((await desk.say('--dir', 'new', 'status')).err).toMatch(
      /Next: make the keys .*: veristamp keygen\n/,
    )
  })
})

describe('an overlap with a key that is retired', () => {
  it('is never mended by going back to it', async () => {
    await desk.done('issue', '--product', '1', '--count', '2', '--no-sheets')
    await desk.done('--yes', 'issuer', 'rotate', 'issuer', '--no-encrypt')
    const { exit, err } = await desk.say('--yes', 'issuer', 'scope', 'issuer-2', '1', '2')
    expect([exit, err]).toEqual([
      2,
      expect.stringMatching(/issuer is retired and keeps what it signed.*issuer scope issuer-2/),
    ])
    expect(err).not.toContain('rotate')
  })
})

import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf } from '../../src/cli/shell/failure.ts'
import { wordsOf } from '../../src/cli/words/words.ts'
import { VeristampError } from '../../src/lib/errors.ts'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/** What the journal has lost is seen, and no serial is printed twice. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

const ISSUE = ['issue', '--product', '104', '--count', '5', '--no-sheets']
const issue = (...more: string[]) => desk.done(...ISSUE, ...more)
const stops = async (why: string | RegExp, ...more: string[]) => {
  const { exit, out, err } = await desk.say(...ISSUE, ...more)
  expect([exit, out, err]).toEqual([2, '', expect.stringMatching(why)])
  return err
}
const remove = (...paths: string[]) => {
  for (const path of paths) rmSync(desk.path(path), { recursive: true })
}
/** Puts runs/ back as it was when `work` began. */
const restored = async (work: () => Promise<unknown>) => {
  cpSync(desk.path('runs'), desk.path('../backup-of-runs'), { recursive: true })
  await work()
  remove('runs')
  renameSync(desk.path('../backup-of-runs'), desk.path('runs'))
}

describe('an old backup of runs/', () => {
  it('that was restored gives no serial away again: the log of serials knows the run that is gone', async () => {
    await issue()
    await restored(() => issue())
    const err = await stops(/state\/serials\.log knows of run 12-104-1-2 with serials 6 to 10/)
    expect(err).toContain('end at serial 5')
    expect(err).toMatch(/Next: .*--first SERIAL --yes/)
    await stops(/knows of run/, '--first', '11') // nobody can be asked here
    await stops(/run 12-104-1-2 has serials 6 to 10/, '--first', '10', '--yes')
    expect(await issue('--first', '11', '--yes')).toContain('Run 12-104-1-3: serials 11 to 15')
    // Settled: it is asked once.
    expect(await issue()).toContain('serials 16 to 20')
  })

  it('is noticed by the watermark that a list raised for a run that is gone', async () => {
    await issue()
    await restored(async () => {
      await issue()
      await desk.done('list')
    })
    remove('state/serials.log')
    const err = await stops(/revocation-1\.cbor lets serials up to 10 be printed/)
    expect(err).toContain('end at serial 5')
    // Raising it further explains nothing.
    await desk.done('list', '--raise', '12:104:15')
    await stops(/lets serials up to 15 be printed/)
    expect(await issue('--first', '11', '--yes')).toContain('serials 11 to 15')
  })

  it('is noticed by an export that knows more', async () => {
    await issue()
    await restored(async () => {
      await issue()
      await desk.done('export', '-o', 'for-the-ministry.txt')
    })
    remove('state/serials.log')
    await stops(/for-the-ministry\.txt knows of run 12-104-1-2 with serials 6 to 10/)
    await stops(/has serials 6 to 10/, '--first', '8', '--yes')
  })

  it('of everything but the log is noticed too, the first run included', async () => {
    await issue()
    remove('runs')
    await stops(/has no run of product 104[\s\S]*serials 1 to 5/)
  })
})

describe('a watermark', () => {
  it('that was raised here before anything is printed stops nothing', async () => {
    await desk.done('list', '--raise', '12:104:100')
    expect(await issue()).toContain('serials 1 to 5')
    await desk.done('list', '--raise', '12:104:200')
    expect(await issue()).toContain('serials 6 to 10')
    await desk.done('list')
    expect(await issue()).toContain('serials 11 to 15')
  })

  it('that was raised elsewhere is asked about once', async () => {
    await desk.done('list', '--raise', '12:104:100')
    remove('state/serials.log')
    await stops(/lets serials up to 100 be printed, and nothing here says who raised that/)
    expect(await issue('--first', '1', '--yes')).toContain('serials 1 to 5')
    expect(await issue()).toContain('serials 6 to 10')
  })

  it('of another issuer says nothing of this one', async () => {
    const file = desk.path('veristamp.json')
    const config = JSON.parse(readFileSync(file, 'utf8'))
    const scope = (first: number, last: number) => [{ facility: 12, product: 104, first, last }]
    config.issuers = [
      { key: 'issuer', keyId: 1, name: 'one', scope: scope(1, 999) },
      { key: 'second', keyId: 2, name: 'two', scope: scope(1000, 1999) },
    ]
    writeFileSync(file, JSON.stringify(config))
    await desk.done('keygen', 'second', '--no-encrypt')
    await desk.done('--yes', 'trust', 'build')
    await desk.done('list', '--raise', '12:104:1500')
    remove('state/serials.log')
    expect(await issue()).toContain('Run 12-104-1-1: serials 1 to 5')
  })
})

describe('a journal in which something is lost or strange', () => {
  it('as a cloud folder renames a record stops the next run, which names it', async () => {
    await issue()
    renameSync(desk.path('runs/12-104-1-1.json'), desk.path('runs/12-104-1-1-DESKTOP-AB12.json'))
    const err = await stops(/runs\/12-104-1-1-DESKTOP-AB12\.json does not belong in the journal/)
    expect(err).toContain('runs/12-104-1-1 is there without its record; its manifest says serials 1 to 5')
    renameSync(desk.path('runs/12-104-1-1-DESKTOP-AB12.json'), desk.path('runs/12-104-1-1.json'))
    expect(await issue()).toContain('serials 6 to 10')
  })

  it('without a record goes on from its folder’s manifest once people have looked', async () => {
    for (let i = 0; i < 3; i++) await issue()
    remove('runs/12-104-1-3.json', 'state/serials.log')
    await stops(/12-104-1-3 is there without its record; its manifest says serials 11 to 15/)
    await stops(/has serials 11 to 15/, '--first', '14', '--yes')
    expect(await issue('--first', '16', '--yes')).toContain('Run 12-104-1-4: serials 16 to 20')
    expect(await issue()).toContain('serials 21 to 25')
  })

  it('refuses a folder that stands where the next run wants to write', async () => {
    mkdirSync(desk.path('runs/12-104-1-1'), { recursive: true })
    for (const name of ['codes.csv', 'sheets.pdf', 'manifest.cbor'])
      writeFileSync(desk.path('runs/12-104-1-1', name), 'x')
    await stops(/runs\/12-104-1-1 is there without its record/)
    expect(existsSync(desk.path('runs/12-104-1-1.json'))).toBe(false)
  })

  it('is listed as far as it is sound, and the rest is named', async () => {
    for (let i = 0; i < 3; i++) await issue()
    writeFileSync(desk.path('runs/12-104-1-2.json'), 'junk')
    spawnSync('mkfifo', [desk.path('runs/12-104-1-9.json')])
    const { exit, out, err } = await desk.say('runs')
    expect([exit, out]).toEqual([
      1,
      `12-104-1-1  serials 1 to 5  finished  2026-03-01  5 stamps of 104 Chè xanh Đường Hoa thượng hạng  key id 1
12-104-1-3  serials 11 to 15  finished  2026-03-01  5 stamps of 104 Chè xanh Đường Hoa thượng hạng  key id 1
runs/12-104-1-2.json is damaged, or another’s record
runs/12-104-1-4.json … 12-104-1-8.json is missing
runs/12-104-1-9.json is not what its name says: a file, or a folder, in the place of the other, or a pipe
`,
    ])
    expect(err).toContain('3 things in the journal need a look')
    expect((await desk.say('--lang', 'vi', 'runs')).out).toContain(
      'runs/12-104-1-4.json … 12-104-1-8.json bị mất',
    )
    expect((await desk.done('export')).trim().split('\n')).toHaveLength(10)
  })

  it('is asked about before a list is signed by it, and keeps no list from being signed', async () => {
    await issue()
    writeFileSync(desk.path('runs/notes.txt'), '')
    for (const argv of [['list'], ['revoke', '--key', 'issuer', '--wholly', '--reason', 'stolen']]) {
      const { exit, err } = await desk.say(...argv)
      expect([exit, err]).toEqual([2, expect.stringMatching(/notes\.txt does not belong.*\nNext: add --yes/)])
      await desk.done('--yes', ...argv)
    }
  })

  it('is whole in git’s line ends', async () => {
    await issue()
    const file = desk.path('runs/12-104-1-1.json')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    expect(await desk.done('runs')).toContain('serials 1 to 5  finished')
    expect(await desk.done('verify-run', '12-104-1-1')).toContain('is whole')
  })
})

describe('init', () => {
  const init = ['init', 'a.example', '--facilities', '../facilities.csv', '--products', '../products.csv']

  it('tells git to leave what is signed alone, and to leave secrets out', async () => {
    mkdirSync(desk.path('new'))
    writeFileSync(desk.path('new/.gitignore'), 'mine\r\nkeys/*.pem')
    const files = init.map((word) => word.replace('../', ''))
    await desk.done('--dir', 'new', ...files)
    const read = (name: string) => readFileSync(desk.path('new', name), 'utf8')
    expect(read('.gitattributes')).toMatch(/^runs\/\*\* -text$/m)
    expect(read('.gitattributes')).toMatch(/^\*\.cbor binary$/m)
    expect(read('.gitignore').split(/\r?\n/)).toEqual([
      ...['mine', 'keys/*.pem', 'runs/*/secret.json', 'runs/*/hidden.*', 'lock.*', '*.tmp', ''],
    ])
    const before = read('.gitignore')
    await desk.done('--dir', 'new', '--yes', ...files)
    expect(read('.gitignore')).toBe(before)
  })
})

describe('runs void', () => {
  const stopped = async () => {
    desk.onErr = (text) =>
      text.includes('"done":2048') && desk.stop.abort(new DOMException('interrupted', 'AbortError'))
    await desk.say('issue', '--product', '104', '--count', '3000', '--no-sheets')
    desk.stop = new AbortController()
  }

  it('gives a run up after a question, without the revocation key, and the next list revokes it', async () => {
    await stopped()
    const revocationKey = readFileSync(desk.path('keys/revocation.pem'))
    remove('keys/revocation.pem')
    const { exit, err } = await desk.say('runs', 'void', '12-104-1-1')
    expect([exit, err]).toEqual([
      2,
      expect.stringMatching(/will be void for good.*serials 1 to 3000\.\nNext: add --yes/),
    ])
    expect(await desk.done('runs')).toContain('unfinished')
    expect(await desk.done('--yes', 'runs', 'void', '12-104-1-1')).toMatch(
      /Run 12-104-1-1 is void\. Serials 1 to 3000 stay taken.*\nNext: ask the authority .*--serials 1-3000/,
    )
    expect(await desk.done('runs')).toContain('void')
    expect((await desk.say('issue', '--resume', '12-104-1-1')).err).toContain('was declared void')
    expect(await issue()).toContain('serials 3001 to 3005')
    writeFileSync(desk.path('keys/revocation.pem'), revocationKey)
    expect(await desk.done('list')).toContain('this one revokes its serials 1 to 3000')
    expect((await desk.say('--yes', 'runs', 'void', '12-104-1-1')).err).toContain('was declared void')
  })

  it('knows no run of another name', async () => {
    for (const id of ['12-104-1-9', '../x'])
      expect((await desk.say('--yes', 'runs', 'void', id)).err).toContain('there is no run')
  })
})

describe('issue --resume', () => {
  it('takes no option that would change the run', async () => {
    await issue()
    const { exit, err } = await desk.say('issue', '--resume', '12-104-1-1', '--stock', 'a4-65', '--no-sheets')
    expect([exit, err]).toEqual([2, expect.stringMatching(/can’t change --no-sheets, --stock/)])
  })

  it('makes the codes of a finished run again, where they are lost', async () => {
    await issue()
    const before = codesOf(desk, '12-104-1-1')
    remove('runs/12-104-1-1/codes.csv')
    await desk.done('issue', '--resume', '12-104-1-1')
    expect(codesOf(desk, '12-104-1-1')).toEqual(before)
  })

  it('of a run with a manifest that nobody signed prints nothing', async () => {
    await issue()
    writeFileSync(desk.path('runs/12-104-1-1/manifest.cbor'), 'x')
    const { exit, err } = await desk.say('issue', '--resume', '12-104-1-1')
    expect([exit, err]).toEqual([
      2,
      expect.stringMatching(/manifest\.cbor is not signed by the key of this run/),
    ])
  })
})

describe('issue takes no serials', () => {
  const taken = () =>
    existsSync(desk.path('runs'))
      ? readdirSync(desk.path('runs')).filter((name) => name.endsWith('.json'))
      : []

  it('with a private key that is another’s than the trust list names', async () => {
    await desk.done('keygen', 'other', '--no-encrypt')
    renameSync(desk.path('keys/other.pem'), desk.path('keys/issuer.pem'))
    const { exit } = await desk.say(...ISSUE)
    expect([exit, taken()]).toEqual([2, []])
  })
})

describe('a letter that no font has, and a disk without hard links', () => {
  it.each<['en' | 'vi', RegExp, RegExp]>([
    ['en', /^the labels’ fonts have no "茶" \(U\+8336\)$/, /^the disk of runs has no hard links/],
    ['vi', /^phông chữ của nhãn không có "茶" \(U\+8336\)$/, /^ổ đĩa chứa runs không có liên kết cứng/],
  ])('are told in %s, with what to do', (language, letter, disk) => {
    const details = { field: 'product', font: 'bold', letter: '茶', numbers: ['U+8336'] }
    const missing = failureOf(new VeristampError('letter_missing', 'x', details), wordsOf(language))
    expect(missing.message).toMatch(letter)
    const folder = { folder: 'runs' }
    const none = failureOf(new VeristampError('no_hard_links', 'x', folder), wordsOf(language))
    expect(none.message).toMatch(disk)
    expect([missing.next, none.next]).toEqual([expect.any(String), expect.any(String)])
  })
})

describe('a sealed run', () => {
  beforeEach(() => {
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
  })

  it('names the hidden codes’ pass as what comes next', async () => {
    expect(await issue('--sealed')).toMatch(
      /Next: .*veristamp sheet 12-104-1-1 --layer hidden\nNext: veristamp list/,
    )
  })

  it('is not whole without its secret, nor with another’s', async () => {
    await issue('--sealed')
    await issue('--sealed')
    const secret = (run: string) => desk.path('runs', run, 'secret.json')
    expect(await desk.done('verify-run', '12-104-1-1')).toContain('is whole')
    const own = readFileSync(secret('12-104-1-1'))
    for (const spoil of [
      () => rmSync(secret('12-104-1-1')),
      () => cpSync(secret('12-104-1-2'), secret('12-104-1-1')),
      () => writeFileSync(secret('12-104-1-1'), 'junk'),
    ]) {
      spoil()
      const { exit, out } = await desk.say('verify-run', '12-104-1-1')
      expect([exit, out]).toEqual([1, expect.stringContaining('secret')])
    }
    writeFileSync(secret('12-104-1-1'), own)
    expect(await desk.done('verify-run', '12-104-1-1')).toContain('is whole')
  })
})

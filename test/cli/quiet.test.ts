import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publicText } from '../../src/cli/project/keys.ts'
import { createKeyFile, readKeyFile } from '../../src/node/keys/key-file.ts'
import { type Desk, foundProject, NOW, openDesk } from './desk.ts'

/** What goes well today but not for long, or not in print, is told. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
const issue = ['issue', '--product', '104', '--count', '3']
/** The warnings of a command that does its work, in text and in JSON. */
async function warningsOf(...argv: string[]): Promise<string[]> {
  const { exit, err } = await desk.say(...argv)
  expect(exit, err).toBe(0)
  return err.split('\n').filter((line) => line.startsWith('Warning: '))
}

describe('a sheet of too few dots a module', () => {
  const COARSE = ['--dpi', '203', '--symbol', '9', '--stock', 'a4-40']

  it('is told of by issue, before serials are taken, and again by sheet', async () => {
    const few = /^Warning: the symbols have [123] dots a module: fewer than 4 read badly/
    expect(await warningsOf(...issue, ...COARSE)).toEqual([expect.stringMatching(few)])
    expect(await warningsOf('sheet', '12-104-1-1', '-o', 'again.pdf')).toEqual([expect.stringMatching(few)])
    expect(await warningsOf('sheet', '12-104-1-1', '-o', '-')).toHaveLength(1)
    expect(await warningsOf('sheet', '12-104-1-1', '--dpi', '600', '--symbol', '5', '-o', 'b.pdf')).toEqual(
      [],
    )
    expect((await desk.say('--lang', 'vi', ...issue, ...COARSE)).err).toMatch(/Cảnh báo: .* chấm mỗi ô/)
  })

  it('is in the answer in JSON too', async () => {
    const { out, err } = await desk.say('--json', ...issue, ...COARSE)
    const [warning] = JSON.parse(out).warnings
    expect(warning).toMatch(/dots a module/)
    expect(err.split('\n')).toContain(JSON.stringify({ warning }))
    const again = await desk.done('--json', 'sheet', '12-104-1-1', '-o', 'again.pdf')
    expect(JSON.parse(again).warnings).toEqual([warning])
  })

  it('is told of hidden codes and of ZPL', async () => {
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    const sealed = ['--sealed', '--hidden', 'symbol', '--dots', '3', '--dpi', '300', '--stock', 'a4-21']
    expect((await warningsOf(...issue, ...sealed)).join()).toMatch(/hidden codes have [123] dots/)
    expect(await warningsOf('sheet', '12-104-1-1', '--format', 'zpl', '--dots', '3', '-o', 'a')).toHaveLength(
      1,
    )
    expect(await warningsOf('sheet', '12-104-1-1', '--format', 'zpl', '--dots', '4', '-o', 'b')).toEqual([])
  })
})

describe('issue', () => {
  const quick = [...issue, '--no-sheets']

  it('says nothing where all is well', async () => {
    expect(await warningsOf(...quick, '--expires', '2027-03-01')).toEqual([])
    await desk.done('list', '--raise', '12:104:99')
    expect(await warningsOf(...quick)).toEqual([])
  })

  it('tells of a revocation list that kiosks call stale', async () => {
    await desk.done('list', '--raise', '12:104:99')
    desk.now = later(6.9)
    expect(await warningsOf(...quick)).toEqual([])
    desk.now = later(13.9)
    expect(await warningsOf(...quick)).toEqual([
      expect.stringContaining('revocation list 1 ends within a day, on 2026-03-15'),
    ])
    desk.now = later(14)
    expect(await warningsOf(...quick)).toEqual([
      expect.stringMatching(/revocation list 1 ended on 2026-03-15: .*veristamp list/),
    ])
  })

  it.each(['=1+1', '+1', '-1'])('tells that spreadsheets take the lot %s for a formula', async (lot) => {
    expect(await warningsOf(...quick, `--lot=${lot}`)).toEqual([
      expect.stringContaining(`the lot ${lot} for a formula`),
    ])
    expect(await warningsOf(...quick, '--lot', `A${lot}`)).toEqual([])
  })

  it('tells of a trust list or a key that ends within a month', async () => {
    desk.now = later(59)
    expect(await warningsOf(...quick)).toEqual([])
    desk.now = later(89)
    expect(await warningsOf(...quick)).toEqual([
      expect.stringMatching(/trust list ends within a day, on 2026-05-30: .*veristamp trust build/),
    ])
  })

  it('tells of stamps that are to be good for longer than their key', async () => {
    expect(await warningsOf(...quick, '--expires', '2031-02-27')).toEqual([])
    expect(await warningsOf(...quick, '--expires', '2031-03-01')).toEqual([
      expect.stringMatching(/key of quang-ninh.example is accepted until 2031-02-28/),
    ])
  })
})
describe('a new key', () => {
  const keygen = async (passphrase: string, name: string) => {
    desk.env.VERISTAMP_PASSPHRASE = passphrase
    return desk.say('keygen', name)
  }

  it.each([
    ...['x', '1234567', 'aaaaaaaaaaaa', 'abababababab', '12345678', '987654321', 'abcdefghij'],
    ...['Password', 'password123!', 'matkhau2026', 'Mật khẩu 1', '        x', 'qwertyui'],
  ])('takes no passphrase such as %j', async (passphrase) => {
    const { exit, err } = await keygen(passphrase, 'other')
    expect([exit, err]).toEqual([2, expect.stringMatching(/a new passphrase has at least 8 .*\nNext: take/)])
    expect(existsSync(desk.path('keys/other.pem'))).toBe(false)
  })

  it.each(['chè xanh', 'trà hoa vàng', 'correct horse', '茶花黄园山水清香'])(
    'takes %j',
    async (passphrase) => {
      expect((await keygen(passphrase, 'other')).exit).toBe(0)
    },
  )

  it('is asked for another passphrase on a terminal, and an old key opens with what it has', async () => {
    desk.isTerminal = true
    desk.typed = ['x', 'x']
    expect((await desk.say('keygen', 'other')).err).toContain('at least 8 characters')
    desk.isTerminal = false
    createKeyFile(desk.path('keys/old.pem'), { passphrase: 'x' })
    renameSync(desk.path('keys/old.pem'), desk.path('keys/issuer.new'))
    rmSync(desk.path('keys/issuer.pem'))
    rmSync(desk.path('keys/issuer.pub'))
    renameSync(desk.path('keys/issuer.new'), desk.path('keys/issuer.pem'))
    const key = readKeyFile(desk.path('keys/issuer.pem'), { passphrase: 'x' })
    writeFileSync(desk.path('keys/issuer.pub'), publicText(key))
    desk.env.VERISTAMP_PASSPHRASE = 'x'
    await desk.done('--yes', 'trust', 'build')
    expect(await warningsOf(...issue, '--no-sheets')).toEqual([])
    expect(await warningsOf(...issue, '--no-sheets', '--sealed')).toEqual([
      expect.stringMatching(/passphrase is easy to guess/),
    ])
  })
})

describe.skipIf(process.platform === 'win32')('a secret’s file that others can open', () => {
  it.each([0o644, 0o640, 0o604, 0o660])('of mode %o is told of, once', async (mode) => {
    chmodSync(desk.path('keys/revocation.pem'), mode)
    expect(await warningsOf('list')).toEqual([
      'Warning: other users can open keys/revocation.pem; keep it to yourself: chmod 600 keys/revocation.pem',
    ])
    chmodSync(desk.path('keys/revocation.pem'), 0o400)
    expect(await warningsOf('list')).toEqual([])
  })

  it('is told of for passphrases too', async () => {
    writeFileSync(desk.path('pass.txt'), 'trà hoa vàng\n')
    chmodSync(desk.path('pass.txt'), 0o644)
    const keygen = ['--passphrase-file', 'pass.txt', 'keygen']
    expect(await warningsOf(...keygen, 'one')).toEqual([expect.stringMatching(/can open pass\.txt/)])
    chmodSync(desk.path('pass.txt'), 0o600)
    expect(await warningsOf(...keygen, 'two')).toEqual([])
  })
})

describe('a program that signs in place of a key file', () => {
  const signBy = (...command: string[]) => {
    const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
    const commands = { issuer: command, revocation: command }
    writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...config, commands }))
  }
  const FAILING = 'console.error("opening slot 0\\n\\u001b[31mPIN locked\\n"); process.exit(3)'

  it.each([issue.concat('--no-sheets'), ['list']])(
    'and fails is told of by %s: exit code and last line',
    async (...argv) => {
      signBy(process.execPath, '-e', FAILING)
      const { exit, err } = await desk.say(...argv)
      expect([exit, err]).toEqual([
        2,
        expect.stringMatching(/signed nothing: it ended with 3, and said: .*PIN locked\n/),
      ])
      expect(err).toMatch(/Next: see commands in veristamp\.json/)
      expect(err).not.toContain('opening slot')
      expect(err).not.toContain('\u001b')
      expect((await desk.say('--lang', 'vi', ...argv)).err).toMatch(/kết thúc với mã 3, và báo: .*PIN locked/)
    },
  )

  it('and is not there is told of as that', async () => {
    signBy('/nowhere/hsm')
    expect((await desk.say('list')).err).toMatch(/^Error: \/nowhere\/hsm can’t be started/)
  })
})

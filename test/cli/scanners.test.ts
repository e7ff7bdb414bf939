import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { png } from '../../src/print/png.ts'
import { textSymbol } from '../../src/print/symbol.ts'
import { signCheckReport } from '../../src/scanlog/check-report.ts'
import { decodePins } from '../../src/trust/pins.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')

async function textsIn(path: string): Promise<string[]> {
  prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } })
  return (await readBarcodes(readFileSync(path))).map(({ text }) => text)
}

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

const hexOf = (fill: number) =>
  Buffer.from(seedSigner(new Uint8Array(32).fill(fill)).publicKey).toString('hex')
const shown = async () =>
  (await desk.done('trust', 'show')).replace(/.*\n/g, (line) => (line.includes('scanners') ? line : ''))

describe('scanners', () => {
  it('are named by the text that a kiosk shows, or by a file, and taken out again', async () => {
    await desk.done('--yes', 'scanner', 'add', `Chợ Hạ Long 1 · ${hexOf(1)}`)
    writeFileSync(desk.path('kiosk.pub'), `${hexOf(2)}\n`)
    await desk.done(
      ...[
        '--yes',
        'scanner',
        'add',
        'kiosk.pub',
        '--place',
        'Cầu Bãi Cháy',
        '--position',
        '+20.9517+107.0748',
      ],
    )
    expect(await desk.done('scanner', 'list')).toBe(
      'Chợ Hạ Long 1  KEY\nCầu Bãi Cháy  KEY  +20.9517+107.0748\n',
    )
    expect(await shown()).toContain('2 scanners')
    await desk.done('trust', 'build')
    expect(await shown()).toContain('2 scanners')
    await desk.done('--yes', 'scanner', 'remove', 'Chợ Hạ Long 1')
    expect(await desk.done('scanner', 'list')).toMatch(/^Cầu Bãi Cháy {2}KEY/)
    expect((await desk.say('status')).out).toContain('Scanners: 1')
  })

  it('are named many at once, by files and by pictures of the code that a kiosk shows', async () => {
    const place = 'Chợ Hạ Long 1'
    writeFileSync(desk.path('code.png'), png(textSymbol(`${place} · ${hexOf(1)}`), { dots: 4 }))
    writeFileSync(desk.path('two.txt'), `Cầu Bãi Cháy · ${hexOf(2)}\n`)
    await desk.done('--yes', 'scanner', 'add', 'code.png', 'two.txt')
    expect(await desk.done('scanner', 'list')).toBe(`${place}  KEY\nCầu Bãi Cháy  KEY\n`)
    const { err } = await desk.say('--yes', 'scanner', 'add', 'code.png', 'two.txt', '--place', 'x')
    expect(err).toContain('go with one device')
    writeFileSync(desk.path('other.png'), png(textSymbol('a poster'), { dots: 4 }))
    expect((await desk.say('--yes', 'scanner', 'add', 'other.png')).err).toContain('names no device')
    // One bad picture among many keeps the others from nothing, and what is known already is no news.
    const told = await desk.say(
      'scanner',
      'add',
      'other.png',
      'two.txt',
      `Chợ Cái Rồng · ${hexOf(3)}`,
      '--yes',
    )
    const out = told.out + told.err
    for (const each of [
      'other.png names no device',
      'Cầu Bãi Cháy: named already',
      'Next: veristamp publish',
    ])
      expect(out).toContain(each)
    expect(out).not.toContain('Cầu Bãi Cháy: its scans count')
    const before = await shown()
    expect((await desk.say('--yes', 'scanner', 'add', 'two.txt')).out).toContain('named already')
    expect(await shown()).toBe(before)
    // A kiosk that was wiped has another key.
    expect((await desk.say('--yes', 'scanner', 'add', `${place} · ${hexOf(4)}`)).err).toContain(
      `another key is named for it too, ${hexOf(1).slice(0, 8)}`,
    )
  })

  it('are not named in the project’s file where the list could not be signed', async () => {
    const { roots } = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
    desk.env.VERISTAMP_NEW_PASSPHRASE = 'chè xanh đồi sương'
    await desk.done('passphrase', 'change', roots.keys[0])
    const file = readFileSync(desk.path('veristamp.json'))
    desk.env.VERISTAMP_PASSPHRASE = 'another one'
    const { exit, err } = await desk.say('--yes', 'scanner', 'add', `Chợ · ${hexOf(1)}`)
    expect([exit, err]).toEqual([2, expect.stringContaining('passphrase')])
    expect(readFileSync(desk.path('veristamp.json'))).toEqual(file)
    expect(await desk.done('scanner', 'list')).toBe('No scanners yet.\n')
  })

  it.each([
    [['add', 'Chợ'], 'names no device'],
    [['add', '0'.repeat(64)], 'names no device'],
    [['add', `Chợ · ${'00'.repeat(32)}`], 'no verifier would take this list'],
    [['add', `Chợ · ${hexOf(1)}`, '--position', 'here'], 'position'],
    [['remove', 'Chợ'], 'there is no scanner Chợ'],
  ])('are refused for %j', async (words, why) => {
    const { exit, err } = await desk.say('--yes', 'scanner', ...words)
    expect([exit, err]).toEqual([2, expect.stringContaining(why)])
    expect(await desk.done('scanner', 'list')).toBe('No scanners yet.\n')
  })
})

describe('scanner report', () => {
  const TABLE = Buffer.from('time,answer\r\n')
  const device = seedSigner(new Uint8Array(32).fill(1))

  beforeEach(async () => {
    await desk.done('--yes', 'scanner', 'add', `Chợ · ${hexOf(1)}`)
    mkdirSync(desk.path('day'))
    const files = ['checks.csv', 'photo-7.jpg'].map((name) => ({
      name,
      size: TABLE.length,
      digest: sha256(TABLE),
    }))
    for (const { name } of files) writeFileSync(desk.path(`day/${name}`), TABLE)
    const [authority, place] = [
      JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8')).authority,
      'Chợ',
    ]
    const issued = new Date('2026-03-01T00:00:00Z')
    writeFileSync(
      desk.path('day/report.cbor'),
      await signCheckReport({ authority, place, issued, files }, device),
    )
  })

  it('says that a day’s files are as the device signed them', async () => {
    expect(await desk.done('scanner', 'report', 'day/report.cbor')).toBe(
      [
        'signed at Chợ on 2026-03-01 07:00 +07:00; it names 2 files',
        '  checks.csv  unchanged',
        '  photo-7.jpg  unchanged',
        'All files are as they were signed.\n',
      ].join('\n'),
    )
  })

  it('takes the folder, says what lies there unsigned, and how to open a ZIP file', async () => {
    writeFileSync(desk.path('day/extra.jpg'), TABLE)
    const { exit, out } = await desk.say('scanner', 'report', 'day')
    expect([exit, out]).toEqual([
      0,
      expect.stringContaining('  extra.jpg  not in the report: nobody signed it'),
    ])
    writeFileSync(desk.path('day.zip'), 'PK')
    const { err } = await desk.say('scanner', 'report', 'day.zip')
    expect(err).toContain('unpack it')
  })

  it.each([
    ['changed', () => Buffer.from('time,answex\r\n'), 'checks.csv  changed since'],
    ['longer', () => Buffer.concat([TABLE, TABLE]), 'checks.csv  changed since'],
    ['missing', () => undefined, 'checks.csv  missing'],
  ])('says which file is %s', async (_, content, said) => {
    rmSync(desk.path('day/checks.csv'))
    const bytes = content()
    if (bytes) writeFileSync(desk.path('day/checks.csv'), bytes)
    const { exit, out } = await desk.say('scanner', 'report', 'day/report.cbor')
    expect([exit, out]).toEqual([1, expect.stringContaining(said)])
    expect(out).toContain('photo-7.jpg  unchanged')
  })

  it('believes no device that the trust list does not name', async () => {
    await desk.done('--yes', 'scanner', 'remove', 'Chợ')
    const { exit, err } = await desk.say('scanner', 'report', 'day/report.cbor')
    expect([exit, err]).toEqual([2, expect.stringContaining('unknown_scanner')])
    expect(err).toContain('veristamp scanner add')
  })
})

describe('trust pins --qr', () => {
  it('draws the pins as a code, with what people compare below it', async () => {
    const { out } = await desk.say(
      'trust',
      'pins',
      '--place',
      'Chợ & Bến',
      '--qr',
      'kiosk.svg',
      '-o',
      'kiosk.json',
    )
    const [, fingerprint] = /([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})/.exec(out)!
    const drawn = readFileSync(desk.path('kiosk.svg'), 'utf8')
    expect(drawn).toContain(`>${fingerprint}<`)
    expect(drawn).toContain('>Chợ &amp; Bến<')
    await desk.done('trust', 'pins', '--place', 'Chợ & Bến', '--qr', 'kiosk.png')
    const [text] = await textsIn(desk.path('kiosk.png'))
    expect(decodePins(text!)).toEqual(decodePins(readFileSync(desk.path('kiosk.json'), 'utf8')))
    expect((await desk.say('trust', 'pins', '--qr', '-')).out).toContain('█')
    expect(out.split(fingerprint!)).toHaveLength(2)
    const long = 'Cửa khẩu Móng Cái — cổng số 2, khu kiểm tra hàng nông sản'
    await desk.done(
      'trust',
      'pins',
      '--place',
      long,
      '--lists',
      'https://k.example/lists/',
      '--qr',
      'long.svg',
    )
    const lines = [...readFileSync(desk.path('long.svg'), 'utf8').matchAll(/middle">([^<]*)</g)].map(
      ([, line]) => line!,
    )
    expect(lines.slice(2, -1).join(' ')).toBe(long)
    expect(lines.every((line) => line.length <= 30)).toBe(true)
    expect(lines.at(-1)).toBe('https://k.example/lists/')
    expect((await desk.say('trust', 'pins', '--qr', 'x.jpg')).err).toContain('.svg')
  })
})

describe('passphrase change', () => {
  it('gives keys another passphrase, and they sign as before', async () => {
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    await desk.done('keygen', 'second')
    writeFileSync(desk.path('new.txt'), 'chè xanh đồi sương\n')
    const change = ['passphrase', 'change', 'second', '--new-passphrase-file', 'new.txt']
    const publicKey = readFileSync(desk.path('keys/second.pub'))
    const before = readFileSync(desk.path('keys/second.pem'))
    desk.env.VERISTAMP_PASSPHRASE = 'wrong one'
    expect((await desk.say(...change)).err).toContain('the passphrase is wrong')
    expect(readFileSync(desk.path('keys/second.pem'))).toEqual(before)
    desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
    expect(await desk.done(...change)).toBe('keys/second.pem has the new passphrase\n')
    desk.env.VERISTAMP_PASSPHRASE = 'chè xanh đồi sương'
    desk.env.VERISTAMP_NEW_PASSPHRASE = 'soon'
    expect((await desk.say('passphrase', 'change', 'second')).err).toContain(
      'a new passphrase has at least 8',
    )
    await desk.done('trust', 'rotate', '--keys', 'second')
    expect(readFileSync(desk.path('keys/second.pub'))).toEqual(publicKey)
    rmSync(desk.path('keys/second.pem'))
    expect((await desk.say(...change)).err).toContain('second.pem is missing')
  })
})

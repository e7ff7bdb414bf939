import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { png } from '../../src/print/png.ts'
import { symbol } from '../../src/print/symbol.ts'
import { bmpOf } from '../support/bmp.ts'
import { gifOf } from '../support/gif.ts'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

let desk: Desk & Disposable
let codes: string[]
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  await desk.done('issue', '--product', '104', '--count', '5', '--no-sheets')
  await desk.done('list')
  codes = codesOf(desk, '12-104-1-1')
})
afterEach(() => desk[Symbol.dispose]())

const picture = (text: string) => png(symbol(text), { dots: 4 })
const verify = (name: string, bytes: Uint8Array) => {
  writeFileSync(desk.path(name), bytes)
  return desk.say('verify', '--file', name)
}

describe('verify', () => {
  it('reads a code in a picture, from a file and from standard input', async () => {
    expect(await verify('one.png', picture(codes[1]!))).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^one\.png#1: valid 12-104-2 /),
    })
    const bytes = picture(codes[2]!)
    // However the bytes come in.
    desk.input = [bytes.subarray(0, 1), bytes.subarray(1, 7), bytes.subarray(7)]
    expect((await desk.say('verify', '-')).out).toMatch(/^stdin#1: valid 12-104-3 /)
    expect((await verify('one.gif', gifOf(codes[3]!))).out).toMatch(/^one\.gif#1: valid 12-104-4 /)
    const altered = codes[1]!.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect((await verify('two.png', picture(altered))).exit).toBe(1)
  })

  it('reads texts behind a byte order mark', async () => {
    const bytes = Buffer.from(`\ufeff${codes[0]}\r\n${codes[1]}\r\n`)
    const { exit, out } = await verify('texts.txt', bytes)
    expect(out).toMatch(/^texts\.txt:1: valid 12-104-1 /)
    expect(exit).toBe(0)
    const saved = readFileSync(desk.path('runs/12-104-1-1/codes.csv'))
    expect((await verify('saved.csv', Buffer.concat([Buffer.from('\ufeff'), saved]))).exit).toBe(0)
  })

  it('reads all codes of a picture, row by row', async () => {
    const { exit, out } = await verify('sheet.bmp', bmpOf([...codes, 'HELLO'], 3))
    expect(exit).toBe(1)
    expect(out.match(/^sheet.*$/gm)!.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      ...[1, 2, 3, 4, 5].map((i) => `sheet.bmp#${i}: valid 12-104-${i}`),
      'sheet.bmp#6: invalid/malformed',
    ])
    expect(out).toMatch(/^5 valid, 1 invalid, 0 indeterminate$/m)
  })

  const isThere = spawnSync('pdftoppm', ['-v']).error === undefined
  it.skipIf(!isThere)('reads a printed page (skipped where poppler-utils is not installed)', async () => {
    await desk.done('list', '--raise', '12:104:35')
    await desk.done('issue', '--product', '104', '--count', '30')
    for (const [flag, name] of [
      ['-png', 'page.png'],
      ['-jpeg', 'page.jpg'],
    ] as const) {
      const pdf = desk.path('runs/12-104-1-2/sheets.pdf')
      spawnSync('pdftoppm', ['-r', '200', '-gray', flag, '-singlefile', pdf, desk.path('page')])
      expect((await desk.say('verify', '--file', name)).out).toMatch(/^30 valid, 0 invalid/m)
    }
  })

  it.skipIf(!isThere)(
    'finds hidden codes that were printed as symbols, and knows them for no stamps',
    async () => {
      desk.env.VERISTAMP_PASSPHRASE = 'trà hoa vàng'
      const words = ['--sealed', '--hidden', 'symbol', '--stock', 'a4-21']
      await desk.done('issue', '--product', '105', '--count', '4', ...words)
      await desk.done('sheet', '12-105-1-1', '--layer', 'hidden', '-o', 'hidden.pdf')
      for (const [pdf, answer] of [
        ['hidden.pdf', '0 valid, 4 invalid'],
        ['runs/12-105-1-1/sheets.pdf', '4 valid, 0 invalid'],
      ] as const) {
        spawnSync('pdftoppm', [
          '-r',
          '300',
          '-gray',
          '-png',
          '-singlefile',
          desk.path(pdf),
          desk.path('page'),
        ])
        await desk.done('list')
        expect((await desk.say('verify', '--file', 'page.png')).out).toContain(answer)
      }
    },
  )

  it('says what to do with a picture that shows no code, and leaves the answer open', async () => {
    const blank = bmpOf(['0'], 1).fill(0xff, 54)
    expect(await verify('blank.bmp', blank)).toMatchObject({
      exit: 3,
      err: expect.stringMatching(/no QR code was found in blank\.bmp\nNext: take it again/),
    })
  })

  it.each<[string, (good: Uint8Array) => Uint8Array, string]>([
    ['cut off', (good) => good.subarray(0, -40), 'is damaged'],
    ['of a header alone', (good) => good.subarray(0, 8), 'is damaged'],
    ['overwritten', (good) => Buffer.from(good).fill(7, 60, 90), 'is damaged'],
    [
      'of no size',
      (good) => Uint8Array.from(good, (byte, i) => (i >= 16 && i < 20 ? 0 : byte)),
      'is damaged',
    ],
    [
      'said to be immense',
      (good) => Uint8Array.from(good, (byte, i) => (i >= 17 && i < 24 ? 9 : byte)),
      'too large',
    ],
    [
      'of more bytes than any',
      (good) => Buffer.concat([good, Buffer.alloc(2 ** 25)]),
      'too large: a picture may have at most 32 MB',
    ],
    ['JPEG, cut off', () => Buffer.from('ffd8ffe000104a464946', 'hex'), 'is damaged'],
    ['JPEG, of no frame', () => Buffer.from('ffd8ffda0002', 'hex'), 'is damaged'],
    ['GIF, of no pixels', () => Buffer.from('GIF89a\0\x10\0\x10', 'latin1'), 'is damaged'],
    ['WebP', () => Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'), 'WEBP, which veristamp can’t read'],
    ['PDF', () => Buffer.from('%PDF-1.7\n%%EOF'), 'PDF, which veristamp can’t read'],
  ])('says of a picture that is %s what to do', async (_, change, words) => {
    const { exit, out, err } = await verify('bad.png', change(picture(codes[0]!)))
    expect([exit, out, err]).toEqual([2, '', expect.stringMatching(`bad.png.*${words}.*\nNext: .`)])
    // And the next one is read as ever.
    expect((await verify('good.png', picture(codes[0]!))).exit).toBe(0)
  })

  it('takes the name of a file for no code', async () => {
    writeFileSync(desk.path('one.png'), picture(codes[0]!))
    expect(await desk.say('verify', 'one.png')).toMatchObject({
      exit: 2,
      out: '',
      err: 'Error: one.png is a file, not a code\nNext: veristamp verify --file one.png\n',
    })
    expect((await desk.say('verify', '--file', '.')).err).toContain('. is a folder')
    expect((await desk.say('verify', '')).exit).toBe(1)
    expect(existsSync(desk.path('state'))).toBe(true)
    expect(readFileSync(desk.path('one.png')).length).toBeGreaterThan(0)
  })
})

describe('verify of many texts', () => {
  const placesOf = (out: string) =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ place }) => place !== undefined)
      .map(({ place, status }) => `${place} ${status}`)

  it('keeps their order over the pieces of a file', async () => {
    await desk.done('list', '--raise', '12:104:2005')
    await desk.done('issue', '--product', '104', '--count', '2000', '--no-sheets')
    const file = 'runs/12-104-1-2/codes.csv'
    const lines = readFileSync(desk.path(file), 'latin1').split('\r\n')
    lines[1500] = 'JUNK'
    writeFileSync(desk.path('some.csv'), lines.join('\r\n'), 'latin1')
    const places = placesOf((await desk.say('--json', 'verify', '--file', 'some.csv')).out)
    expect(places).toEqual(
      Array.from({ length: 2000 }, (_, i) => `some.csv:${i + 2} ${i === 1499 ? 'invalid' : 'valid'}`),
    )
  })

  it('counts a line that is too long for one bad text', async () => {
    const long = 'A'.repeat(200_000)
    writeFileSync(desk.path('some.txt'), `${codes[0]}\n${long}\n${codes[1]}\n${codes[0]}${long}`, 'latin1')
    expect(placesOf((await desk.say('--json', 'verify', '--file', 'some.txt')).out)).toEqual([
      'some.txt:1 valid',
      'some.txt:2 invalid',
      'some.txt:3 valid',
      'some.txt:4 invalid',
    ])
  })

  it('answers what it has before more comes in, and ends at Ctrl-C while it waits', async () => {
    let heard = ''
    desk.onOut = (text) => {
      heard += text
      desk.stop.abort(new DOMException('interrupted', 'AbortError'))
    }
    desk.input = (async function* () {
      yield Buffer.from(`${codes[0]}\n`, 'latin1')
      await new Promise(() => {})
    })()
    expect((await desk.say('verify', '-')).exit).toBe(3)
    expect(heard).toContain('stdin:1: valid')
  })
})

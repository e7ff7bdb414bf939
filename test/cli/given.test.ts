import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { symbol } from '../../src/print/symbol.ts'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/** Files as the tools of Windows, macOS and Linux write them, given to `verify`. */

let desk: Desk & Disposable
let codes: readonly string[]
beforeAll(async () => {
  desk = openDesk()
  await foundProject(desk)
  await desk.done('issue', '--product', '104', '--count', '3', '--no-sheets')
  await desk.done('list')
  codes = codesOf(desk, '12-104-1-1')
})
afterAll(() => desk[Symbol.dispose]())

const give = (bytes: string | Uint8Array, name = 'given', ...options: string[]) => {
  writeFileSync(desk.path(name), bytes)
  return desk.say('verify', '--file', name, ...options)
}

const allValid = expect.objectContaining({
  exit: 0,
  out: expect.stringContaining('3 valid, 0 invalid, 0 ind'),
})

const utf16 = (text: string, isBig = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return isBig ? bytes.swap16() : bytes
}

describe('a list of codes', () => {
  it.each<[string, (lines: readonly string[]) => string | Uint8Array]>([
    ['with the line ends of Windows', (lines) => lines.join('\r\n')],
    ['with the line ends of old Macs', (lines) => lines.join('\r')],
    ['with the line ends of Unicode', (lines) => lines.join('\u2028')],
    ['with empty lines', (lines) => `\n\n${lines.join('\n\n')}\n\n`],
    ['behind a byte order mark', (lines) => `\ufeff${lines.join('\n')}\n`],
    ['in UTF-16, as PowerShell redirects', (lines) => utf16(`${lines.join('\r\n')}\r\n`)],
    ['in UTF-16 of the other order', (lines) => utf16(`${lines.join('\r\n')}\r\n`, true)],
    ['in UTF-16 without a mark', (lines) => utf16(lines.join('\n')).subarray(2)],
    ['unquoted, with semicolons', (lines) => ['serial;code', ...lines.map((l, i) => `${i};${l}`)].join('\n')],
    ['behind sep=', (lines) => ['sep=;', 'serial;code', ...lines.map((l, i) => `${i};${l}`)].join('\r\n')],
    ['with tabs', (lines) => ['serial\tcode\tnote', ...lines.map((l, i) => `${i}\t${l}\tA`)].join('\n')],
    [
      'with more columns',
      (lines) => ['Tên,Mã tem,STT', ...lines.map((l, i) => `"Chè, ""xanh""",${l},${i}`)].join('\n'),
    ],
    [
      'with the heading in capitals',
      (lines) => ['"SERIAL","CODE"', ...lines.map((l, i) => `"${i}","${l}"`)].join('\n'),
    ],
    ['without a heading', (lines) => lines.map((l, i) => `${i},${l},x`).join('\n')],
    ['under a heading that says nothing', (lines) => ['a,b', ...lines.map((l, i) => `${i},${l}`)].join('\n')],
    [
      'with rows of blanks',
      (lines) => ['serial,code', ...lines.flatMap((l, i) => [`${i},${l}`, ','])].join('\n'),
    ],
    ['whose first cells are empty', (lines) => [';code', ...lines.map((l) => `;${l}`)].join('\n')],
    ['behind two empty cells', (lines) => lines.map((l) => `,,${l}`).join('\n')],
    [
      'among lines that say null',
      (lines) => lines.flatMap((code) => [JSON.stringify({ code }), 'null']).join('\n'),
    ],
    ['as lines for variable data', (lines) => lines.map((text) => JSON.stringify({ text })).join('\n')],
  ])('%s is read', async (_how, write) => {
    expect(await give(write(codes))).toEqual(allValid)
  })

  it('in pieces of any size gives the same answers', async () => {
    for (const size of [1, 2, 3, 7]) {
      const bytes = utf16(['serial;code', ...codes.map((code, i) => `${i};${code}`)].join('\r\n'))
      desk.input = Array.from(
        { length: Math.ceil(bytes.length / size) },
        (_, i) => new Uint8Array(bytes.subarray(i * size, (i + 1) * size)),
      )
      expect(await desk.say('verify', '-')).toEqual(allValid)
    }
  })

  it('that veristamp export wrote is read', async () => {
    await desk.done('export', '-o', 'stamps.ndjson')
    expect(await desk.say('verify', '--file', 'stamps.ndjson')).toEqual(allValid)
  })

  it('that grows is answered line by line', async () => {
    let told = 0
    desk.onOut = () => told++
    desk.input = (async function* () {
      for (const [i, code] of codes.entries()) {
        yield Buffer.from(`${code}\n`)
        await new Promise((resume) => setTimeout(resume, 20))
        expect(told).toBe(i + 1)
      }
    })()
    expect(await desk.say('verify', '-')).toEqual(allValid)
    desk.onOut = () => {}
  })

  it.each([
    ['a table', 'name;gtin\nA;8936000000017\nB;8936000000024\n'],
    ['NDJSON', '{"serial":1}\n{"serial":2}\n'],
  ])('that is none, but %s, is told once', async (_what, text) => {
    const { exit, out, err } = await give(text)
    expect([exit, out]).toEqual([2, ''])
    expect(err).toMatch(/^Error: no column of given holds codes\nNext: .*“code”\n$/)
  })

  it('with forged codes under a heading answers each', async () => {
    const { exit, out } = await give(`code;note\nNO CODE;1\n${codes[0]};2\n`)
    expect([exit, out]).toEqual([1, expect.stringContaining('1 valid, 1 invalid')])
  })
})

describe('a compressed file', () => {
  it('is read as what is in it', async () => {
    const { exit, out } = await give(gzipSync(`code;note\n${codes.join(';1\n')};2\n`), 'codes.csv.gz')
    expect([exit, out]).toEqual([0, expect.stringContaining(`${codes.length} valid`)])
    expect(out).toContain('codes.csv.gz:2: valid')
  })

  it.each([
    ['cut off', (bytes: Uint8Array) => bytes.subarray(0, -9)],
    ['damaged', (bytes: Uint8Array) => bytes.map((byte, i) => (i === 20 ? byte ^ 255 : byte))],
  ])('that is %s is told as such', async (_, spoil) => {
    const whole = gzipSync(Array.from({ length: 2000 }, (_, i) => `${codes[0]}${i}`).join('\n'))
    const { exit, err } = await give(spoil(whole))
    expect(exit).toBe(2)
    expect(err).toMatch(/given is damaged or incomplete: it can’t be unpacked\nNext: copy it again/)
  })
})

describe('a summary', () => {
  it('tells only what is not valid, and counts all', async () => {
    const { exit, out } = await give(`${codes.join('\n')}\nNO CODE\n`, 'given', '--summary')
    expect(exit).toBe(1)
    expect(out).toContain(`given:${codes.length + 1}: invalid/malformed`)
    expect(out).not.toContain(': valid')
    expect(out).toContain(`${codes.length} valid, 1 invalid`)
  })
})

describe('a file that is no list', () => {
  const box = (brand: string) =>
    Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0mif1heic`)])
  it.each<[string, string | Uint8Array]>([
    ['HEIC', box('heic')],
    ['HEIC', box('mif1')],
    ['AVIF', box('avif')],
    ['TIFF', Buffer.from('II*\0\x08\0\0\0rest of the picture, which is longer', 'latin1')],
    ['TIFF', Buffer.from('MM\0*\0\0\0\x08rest of the picture, which is longer', 'latin1')],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
    ['SVG', '\ufeff<?xml version="1.0"?>\n<!-- a < b -->\n<svg></svg>'],
    ['JXL', Buffer.from([0xff, 0x0a, ...new Array(40).fill(1)])],
    ['WEBP', Buffer.from('RIFF\x10\0\0\0WEBPVP8 and what follows it', 'latin1')],
  ])('but %s is told once, whatever its name', async (kind, bytes) => {
    const { exit, out, err } = await give(bytes, 'codes.txt')
    expect([exit, out]).toEqual([2, ''])
    expect(err).toBe(
      `Error: codes.txt is ${kind}, which veristamp can’t read\nNext: save it as PNG or JPEG\n`,
    )
  })

  it.each<[string, () => string | Uint8Array, string]>([
    [
      'a zip file',
      () => Buffer.from('PK\x03\x04 and more than thirty-two bytes of it', 'latin1'),
      'plain text',
    ],
    ['compressed twice', () => gzipSync(gzipSync(codes.join('\n'))), 'gunzip'],
    ['a web page', () => '<!doctype html><html><svg></svg></html>', 'plain text'],
    ['a signed document', () => readFileSync(desk.path('lists/trust-1.cbor')), 'veristamp inspect'],
  ])('but %s is told once', async (what, bytes, how) => {
    const { exit, out, err } = await give(bytes())
    expect([exit, out]).toEqual([2, ''])
    expect(err).toMatch(new RegExp(`^Error: given is ${what}.*\\nNext: .*${how}.*\\n$`))
  })
})

describe('a PNG', () => {
  /** The symbol of a code, its light modules in a colour with alpha. */
  function picture(options: {
    light: number[]
    dark: number[]
    bitDepth?: 8 | 16
    colorType?: 0 | 2 | 4 | 6
  }): Buffer {
    const { size, modules } = symbol(codes[0]!)
    const [dots, margin] = [6, 4]
    const side = (size + 2 * margin) * dots
    const png = new PNG({ width: side, height: side })
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const [column, row] = [Math.floor(x / dots) - margin, Math.floor(y / dots) - margin]
        const isDark =
          column >= 0 && row >= 0 && column < size && row < size && modules[row * size + column] === 1
        png.data.set(isDark ? options.dark : options.light, 4 * (y * side + x))
      }
    const { bitDepth = 8, colorType = 6 } = options
    return PNG.sync.write(png, { bitDepth, colorType, inputColorType: 6 })
  }

  it.each([
    ['opaque', { light: [255, 255, 255, 255], dark: [0, 0, 0, 255] }],
    ['black on a transparent ground', { light: [0, 0, 0, 0], dark: [0, 0, 0, 255] }],
    [
      'of 16 bits with a transparent ground',
      { light: [0, 0, 0, 0], dark: [0, 0, 0, 255], bitDepth: 16 as const },
    ],
    ['grey with alpha', { light: [0, 0, 0, 0], dark: [0, 0, 0, 255], colorType: 4 as const }],
    ['half transparent', { light: [0, 0, 0, 20], dark: [0, 0, 0, 200] }],
  ])('%s is read as a browser shows it', async (_how, options) => {
    expect((await give(picture(options), 'code.png')).out).toMatch(/^code.png#1: valid 12-104-1 /)
  })
})

describe('a picture of a Micro QR symbol', () => {
  it('shows no code: decoders see Micro QR in print where none is, which would accuse a good page', async () => {
    const file = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm')
    await prepareZXingModule({
      overrides: { wasmBinary: readFileSync(file).buffer as ArrayBuffer },
      fireImmediately: true,
    })
    const { image } = await writeBarcode('12345', { format: 'MicroQRCode', scale: 8, addQuietZones: true })
    const { exit, err } = await give(new Uint8Array(await image!.arrayBuffer()), 'micro.png')
    expect([exit, err]).toEqual([3, expect.stringContaining('no QR code was found in micro.png')])
  })
})

describe('a passphrase file', () => {
  const passphrase = 'trà hoa vàng Ba Chẽ'
  const make = async (bytes: string | Uint8Array, name: string) => {
    writeFileSync(desk.path('pass.txt'), bytes, { mode: 0o600 })
    return desk.say('--passphrase-file', 'pass.txt', 'keygen', name)
  }

  it.each<[string, string | Uint8Array]>([
    ['in UTF-16, as Windows saves it', utf16(`${passphrase}\r\n`)],
    ['in UTF-16 of the other order', utf16(`${passphrase}\r\n`, true)],
    ['behind a byte order mark', `\ufeff${passphrase}\n`],
    ['with the line end of an old Mac', `${passphrase}\rsecond line`],
  ])('%s makes keys that the typed passphrase opens', async (how, bytes) => {
    const name = `key-${how.length}`
    expect(await make(bytes, name)).toMatchObject({ exit: 0 })
    const { createPrivateKey } = await import('node:crypto')
    const key = readFileSync(desk.path(`keys/${name}.pem`))
    expect(createPrivateKey({ key, passphrase: passphrase.normalize('NFC') }).type).toBe('private')
  })

  it('with a trailing blank is used as it is, with a warning', async () => {
    const { exit, err } = await make(`${passphrase} \n`, 'blank')
    expect([exit, err]).toEqual([0, expect.stringContaining('ends with a space')])
  })

  it.each<[string, string | Uint8Array]>([
    ['a zip file, as word processors save', Buffer.from('PK\x03\x04\x14\0\x06\0 and what follows', 'latin1')],
    ['RTF', '{\\rtf1\\ansi passphrase}'],
    ['bytes of no text', Buffer.from([0x41, 0xff, 0xfe, 0x80, 0x0a])],
    ['a text with zero bytes', 'pass\0phrase for a key'],
    ['longer than a passphrase can be', 'x'.repeat(9000)],
  ])('that is %s is refused', async (_what, bytes) => {
    const { exit, err } = await make(bytes, 'never')
    expect([exit, err]).toEqual([2, expect.stringMatching(/^Error: pass.txt is not plain text\nNext: save/)])
  })
})

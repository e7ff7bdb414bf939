import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError, VeristampError } from '../../src/lib/errors.ts'
import type { Level } from '../../src/print/level.ts'
import { type QrSymbol, symbol } from '../../src/print/symbol.ts'
import { encodeText, encodeUrl, MAX_TEXT_LENGTH } from '../../src/stamp/carrier.ts'
import { signedCode } from '../support/codes.ts'

const prefix = 'HTTPS://TEM.EXAMPLE/QNI/'
const small = signedCode(7, { facility: 12, product: 104, serial: 90_001 })
const middle = signedCode(200, { facility: 201, product: 202, serial: 90_001 })

/** A code of a given length whose number is as long as it can be. */
const codeOf = (length: number) => new Uint8Array(length).fill(0xff)

describe('the version of a symbol', () => {
  it.each<[string, Level, number, string]>([
    ['76 bytes in base45', 'L', 4, encodeText(middle, 'base45')],
    ['76 bytes in base45', 'M', 5, encodeText(middle, 'base45')],
    ['76 bytes in digits', 'L', 4, encodeText(middle, 'digits')],
    ['74 bytes behind a prefix of 24', 'M', 6, encodeUrl(small, prefix)],
  ])('for %s at level %s is %i', (_what, level, version, text) => {
    expect(symbol(text, { level }).version).toBe(version)
  })

  // Every version step is 4 modules: these are the last bytes that fit, and the first that do not.
  it.each<[number, string, number, (code: Uint8Array) => string]>([
    [81, 'base45', 5, (code) => encodeText(code, 'base45')],
    [102, 'base45', 6, (code) => encodeText(code, 'base45')],
    [83, 'digits', 5, (code) => encodeText(code, 'digits')],
    [105, 'digits', 6, (code) => encodeText(code, 'digits')],
    [65, 'a prefix of 24 and digits', 5, (code) => encodeUrl(code, prefix)],
    [87, 'a prefix of 24 and digits', 6, (code) => encodeUrl(code, prefix)],
  ])('holds %i bytes at most as %s at level M, if it is %i', (length, _carrier, version, write) => {
    expect(symbol(write(codeOf(length))).version).toBe(version)
    expect(symbol(write(codeOf(length + 1))).version).toBe(version + 1)
  })

  it('packs digits without a prefix, and a prefix without digits, as tightly', () => {
    // ISO/IEC 18004, table 7: version 1-M holds 34 digits or 20 letters.
    expect(symbol('1'.repeat(34)).version).toBe(1)
    expect(symbol('1'.repeat(35)).version).toBe(2)
    expect(symbol(`HTTPS://${'A'.repeat(11)}/`).version).toBe(1)
    expect(symbol(`HTTPS://${'A'.repeat(12)}/`).version).toBe(2)
  })

  it('is the one that is asked for, if it is large enough', () => {
    expect(symbol(encodeUrl(small, prefix), { version: 9 })).toMatchObject({ version: 9, size: 53 })
    expect(symbol(encodeUrl(small, prefix), { version: 6 })).toMatchObject({ version: 6, size: 41 })
    const tooSmall = () => symbol(encodeUrl(small, prefix), { version: 5 })
    expect(tooSmall).toThrow(VeristampError)
    expect(tooSmall).toThrow(expect.objectContaining({ code: 'does_not_fit' }))
    expect(tooSmall).toThrow(/^symbol: .*\b6\b/)
  })

  it('has room for the longest text at every level', () => {
    const longest = `HTTPS://${'A'.repeat(55)}/${'9'.repeat(463)}`
    expect(longest.length).toBeLessThanOrEqual(MAX_TEXT_LENGTH)
    for (const level of ['L', 'M', 'Q', 'H'] as const) expect(symbol(longest, { level }).text).toBe(longest)
  })
})

const FINDER = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']

const module = ({ modules, size }: QrSymbol, row: number, column: number) => modules[row * size + column]!

const square = (qr: QrSymbol, top: number, left: number) =>
  FINDER.map((_, row) => FINDER.map((_, column) => module(qr, top + row, left + column)).join(''))

/** The 15 bits of format information beside the upper left finder (ISO/IEC 18004 §7.9), unmasked. */
function formatOf(qr: QrSymbol): number {
  const along = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => module(qr, 8, column))
  const up = [7, 5, 4, 3, 2, 1, 0].map((row) => module(qr, row, 8))
  return Number.parseInt([...along, ...up].join(''), 2) ^ 0b101010000010010
}

describe('a symbol', () => {
  it.each<Level>(['L', 'M', 'Q', 'H'])(
    'at level %s says its level and mask in its own format information',
    (level) => {
      const qr = symbol(encodeText(middle, 'base45'), { level })
      expect(qr.level).toBe(level)
      const format = formatOf(qr)
      expect(['M', 'L', 'H', 'Q'][format >> 13]).toBe(level)
      expect((format >> 10) & 7).toBe(qr.mask)
    },
  )

  it('is a square of modules with a finder in three corners', () => {
    const qr = symbol(encodeText(middle, 'digits'))
    expect(qr.size).toBe(17 + 4 * qr.version)
    expect(qr.modules).toBeInstanceOf(Uint8Array)
    expect(qr.modules).toHaveLength(qr.size * qr.size)
    expect(new Set(qr.modules)).toEqual(new Set([0, 1]))
    const far = qr.size - 7
    for (const [top, left] of [
      [0, 0],
      [0, far],
      [far, 0],
    ] as const)
      expect(square(qr, top, left)).toEqual(FINDER)
    expect(square(qr, far, far)).not.toEqual(FINDER)
  })

  it('keeps its text, is of level M unless asked otherwise, and comes out the same each time', () => {
    const text = encodeText(middle, 'base45')
    expect(symbol(text)).toMatchObject({ text, level: 'M' })
    expect(symbol(text)).toEqual(symbol(text, { level: 'M' }))
  })
})

describe('symbol', () => {
  it.each<[string, string]>([
    ['an empty text', ''],
    ['a lower-case letter', 'HTTPS://TEM.EXAMPLE/qni/1'],
    ['a letter outside the 45', 'AB_'],
    ['a line end', 'AB8\n'],
    ['a letter that folds to ASCII', '\u212a'],
    ['one character more than any carrier has', '1'.repeat(MAX_TEXT_LENGTH + 1)],
  ])('refuses %s', (_what, text) => {
    expect(() => symbol(text)).toThrow(ArgumentRangeError)
    expect(() => symbol(text)).toThrow(/^text: expected a carrier's text/)
  })

  it.each([[undefined], [null], [12345], [['A']]])('refuses %s, which is no text', (text) => {
    expect(() => symbol(text as unknown as string)).toThrow(ArgumentTypeError)
  })

  it.each([['m'], ['X'], ['low'], [0]])('refuses the level %j', (level) => {
    expect(() => symbol('1', { level: level as Level })).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^argument_/) }),
    )
    expect(() => symbol('1', { level: level as Level })).toThrow(/^options\.level: /)
  })

  it.each([[0], [41], [2.5], [-1], [Number.NaN], ['5']])('refuses the version %j', (version) => {
    expect(() => symbol('1', { version: version as number })).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^argument_/) }),
    )
    expect(() => symbol('1', { version: version as number })).toThrow(/^options\.version: /)
  })

  it('draws every one of the 45 letters, in the smallest and the largest version', () => {
    expect(symbol('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:').version).toBe(3)
    expect([1, 40].map((version) => symbol('1', { version }).size)).toEqual([21, 177])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asciiBytes,
  compareBytes,
  concatBytes,
  equalBytes,
  fromHex,
  newBytes,
  toHex,
} from '../../src/lib/bytes.ts'
import { flipBit, hex } from '../support/bytes.ts'
import { runs } from '../support/laws.ts'

const bytes = fc.uint8Array({ maxLength: 12 })
// Few different bytes, so that many pairs begin alike.
const similar = fc.uint8Array({ max: 2, maxLength: 4 })

describe('newBytes', () => {
  it("gives bytes that are 0 and nobody else's, however many and however long", () => {
    const lengths = [0, 1, 92, 192, 8191, 8192, 8193, 20_000, ...Array<number>(300).fill(92)]
    const given = lengths.map((length) => newBytes(length))
    expect(given.map(({ length }) => length)).toEqual(lengths)
    for (const bytes of given) expect(bytes.every((byte) => byte === 0)).toBe(true)
    for (const [i, bytes] of given.entries()) bytes.fill(1 + (i % 255))
    expect(given.every((bytes, i) => bytes.every((byte) => byte === 1 + (i % 255)))).toBe(true)
  })
})

describe('concatBytes', () => {
  it('joins any number of parts into a new array, and leaves them alone', () => {
    expect(concatBytes()).toEqual(new Uint8Array())
    const part = hex('01 02')
    const joined = concatBytes(part, new Uint8Array(), hex('03'))
    expect(joined).toEqual(hex('01 02 03'))
    joined[0] = 9
    expect(part).toEqual(hex('01 02'))
  })

  it('takes views for what they show', () => {
    expect(concatBytes(hex('00 01 02 03').subarray(1, 3), hex('04'))).toEqual(hex('01 02 04'))
  })
})

describe('compareBytes', () => {
  it('orders as Buffer.compare does', () => {
    fc.assert(
      fc.property(fc.oneof(bytes, similar), similar, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b))
      }),
      { numRuns: runs(500) },
    )
  })

  it('compares bytes as numbers without a sign, a prefix first', () => {
    expect(compareBytes(hex('7f'), hex('80'))).toBeLessThan(0)
    expect(compareBytes(hex('01'), hex('01 00'))).toBeLessThan(0)
    expect(compareBytes(hex('02'), hex('01 ff'))).toBeGreaterThan(0)
    expect(compareBytes(new Uint8Array(), new Uint8Array())).toBe(0)
  })
})

describe('equalBytes', () => {
  it('tells a copy from anything that differs in one bit or in length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), fc.nat(), (a, at) => {
        expect(equalBytes(a, a.slice())).toBe(true)
        expect(equalBytes(a, flipBit(a, at % (8 * a.length)))).toBe(false)
        expect(equalBytes(a, a.subarray(1))).toBe(false)
        expect(equalBytes(a, concatBytes(a, hex('00')))).toBe(false)
      }),
    )
  })
})

describe('toHex', () => {
  it('writes two lower-case digits a byte, as Buffer does', () => {
    expect(toHex(hex('00 0a ff'))).toBe('000aff')
    fc.assert(
      fc.property(bytes, (a) => {
        expect(toHex(a)).toBe(Buffer.from(a).toString('hex'))
      }),
    )
  })
  it('is read back by fromHex', () => {
    fc.assert(
      fc.property(bytes, (a) => {
        expect(fromHex(toHex(a))).toEqual(new Uint8Array(a))
      }),
    )
  })
})

describe('asciiBytes', () => {
  it('gives the bytes of an ASCII text', () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join('')
    expect(asciiBytes(ascii)).toEqual(Uint8Array.from({ length: 128 }, (_, code) => code))
  })
})

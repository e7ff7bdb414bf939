import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDigits, encodeDigits } from '../../src/codec/digits.ts'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import { hex, malformedDetail } from '../support/bytes.ts'
import { runs, tally } from '../support/laws.ts'

/** Bytes as an array of decimal digits, by long division in plain numbers: a second opinion without BigInt. */
function longDivision(bytes: Uint8Array): string {
  let number = [...bytes]
  let text = ''
  while (number.length > 0) {
    let rest = 0
    const quotient: number[] = []
    for (const byte of number) {
      const value = rest * 256 + byte
      rest = value % 10
      const digit = Math.floor(value / 10)
      if (quotient.length > 0 || digit > 0) quotient.push(digit)
    }
    text = String(rest) + text
    number = quotient
  }
  return text
}

const code = fc.uint8Array({ minLength: 1, maxLength: 192 }).filter(([first]) => first !== 0)

describe('digits', () => {
  it.each([
    ['01', '1'],
    ['ff', '255'],
    ['0100', '256'],
    ['84 00', '33792'],
    ['ff ff ff ff ff ff ff ff', '18446744073709551615'],
  ])('writes %s as %s and reads it back', (bytes, text) => {
    expect(encodeDigits(hex(bytes))).toBe(text)
    expect(decodeDigits(text)).toEqual(hex(bytes))
  })

  it('reads back whatever it writes, which long division writes alike', () => {
    fc.assert(
      fc.property(code, (bytes) => {
        const text = encodeDigits(bytes)
        expect(decodeDigits(text)).toEqual(bytes)
        expect(text).toBe(longDivision(bytes))
      }),
      { numRuns: runs(300) },
    )
  })

  it('writes any text that it accepts again just so', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 463 }),
      fc.string({ maxLength: 4 }),
    )
    let accepted = 0
    fc.assert(
      fc.property(text, (text) => {
        if (malformedDetail(() => decodeDigits(text)) !== undefined) return
        accepted++
        expect(encodeDigits(decodeDigits(text))).toBe(text)
      }),
      { numRuns: runs(1000, 100) },
    )
    expect(accepted).toBeGreaterThan(tally(100))
  })

  it.each([
    ['', 'digits_letter'],
    ['12a', 'digits_letter'],
    ['-1', 'digits_letter'],
    ['1e5', 'digits_letter'],
    ['0x10', 'digits_letter'],
    [' 1', 'digits_letter'],
    ['1\n', 'digits_letter'],
    ['1_0', 'digits_letter'],
    ['\u0661', 'digits_letter'],
    ['\uff11', 'digits_letter'],
    ['0', 'digits_leading_zero'],
    ['012', 'digits_leading_zero'],
  ])('refuses %j: %s', (text, detail) => {
    expect(malformedDetail(() => decodeDigits(text))).toBe(detail)
  })

  it('does not write bytes that it could not tell from shorter ones', () => {
    expect(() => encodeDigits(new Uint8Array())).toThrow(ArgumentRangeError)
    expect(() => encodeDigits(hex('00 84'))).toThrow(ArgumentRangeError)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigit, hasValidCheckDigit } from '../../src/codec/check-digit.ts'
import { briefly, faultsOf } from '../registry/files.ts'

/** Keys printed in public documents: GTIN-13 (GS1's own example), ISBN, UPC-A, GTIN-8, SSCC. */
const PUBLISHED = ['6291041500213', '9780306406157', '036000291452', '96385074', '106141412345678908']

const digitsOf = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''))

const gtin = fc
  .constantFrom(7, 11, 12, 13)
  .chain(digitsOf)
  .map((digits) => digits + checkDigit(digits))

const changed = fc
  .record({ gtin, at: fc.nat(), by: fc.integer({ min: 1, max: 9 }) })
  .map(({ gtin, at, by }) => {
    const place = at % gtin.length
    const digit = (Number(gtin[place]) + by) % 10
    return gtin.slice(0, place) + digit + gtin.slice(place + 1)
  })

describe('the GS1 check digit', () => {
  test.each(PUBLISHED)('is the one that %s ends in', (key) => {
    expect(checkDigit(key.slice(0, -1))).toBe(Number(key.at(-1)))
    expect(hasValidCheckDigit(key)).toBe(true)
  })

  test('does not change with zeros in front', () => {
    expect(hasValidCheckDigit('00036000291452')).toBe(true)
  })

  test('is fitted by one digit only', () => {
    fc.assert(
      fc.property(digitsOf(12), (digits) => {
        const fitting = [...'0123456789'].filter((digit) => hasValidCheckDigit(digits + digit))
        expect(fitting).toEqual([String(checkDigit(digits))])
      }),
    )
  })

  test('finds every changed digit', () => {
    fc.assert(
      fc.property(changed, (wrong) => {
        expect(hasValidCheckDigit(wrong)).toBe(false)
      }),
    )
  })

  test('finds every changed digit of a GTIN in a registry', () => {
    fc.assert(
      fc.property(changed, (wrong) => {
        const faults = faultsOf(undefined, `id,facility,name,gtin,stars,image\n1,1,Na dai,${wrong},4,\n`)
        expect(faults.map(briefly)).toEqual([`products 2:4 gtin bad_check_digit "${wrong}"`])
      }),
    )
  })

  test.each(['', '12a', '１２', ' 1', '-1'])('of %j cannot be asked for', (digits) => {
    expect(() => checkDigit(digits)).toThrow(RangeError)
    expect(hasValidCheckDigit(digits)).toBe(false)
  })

  test('of a single digit is not valid, as nothing stands before it', () => {
    expect(hasValidCheckDigit('0')).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readShape } from '../../src/codec/shape-reader.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { MAX_PLACE_LENGTH, place, position } from '../../src/document/place.ts'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import { malformedDetail } from '../support/bytes.ts'

const isPosition = (text: string): boolean => malformedDetail(() => readShape(position, text)) === undefined

/** As ISO 6709 writes degrees: a sign, so many digits, and decimals where there are any. */
function degrees(thousandths: number, digits: number): string {
  const [whole, decimals] = (Math.abs(thousandths) / 1000).toString().split('.')
  const sign = thousandths < 0 ? '-' : '+'
  return `${sign}${whole!.padStart(digits, '0')}${decimals === undefined ? '' : `.${decimals}`}`
}

describe('A position', () => {
  it('is a latitude within 90 degrees and a longitude within 180, and nothing beyond', () => {
    const thousandths = (max: number) => fc.integer({ min: -max * 1000, max: max * 1000 })
    fc.assert(
      fc.property(thousandths(99), thousandths(399), (latitude, longitude) => {
        const isOnEarth = Math.abs(latitude) <= 90_000 && Math.abs(longitude) <= 180_000
        expect(isPosition(degrees(latitude, 2) + degrees(longitude, 3))).toBe(isOnEarth)
      }),
    )
  })

  it.each(['+90+180', '-90-180', '+90.000+180.00', '+00+000', '-00.0-000', '+89.999999+179.9999999'])(
    'can be %s',
    (text) => {
      expect(isPosition(text)).toBe(true)
    },
  )

  it.each([
    '+90.1+000',
    '+91+000',
    '+00+180.01',
    '-00-181',
    '+00+199.9',
    '+20.+107',
    '+20+107.',
    '20+107',
    '+20107',
    '+020+107',
    '+20+07',
    '+20.9517+107.0748/',
    ' +20+107',
    '+20+107\n',
    '+20.00000000+107.00000000', // 25 units
  ])('can not be %j', (text) => {
    expect(isPosition(text)).toBe(false)
  })
})

describe('The name of a place', () => {
  it('has 1 to 200 units, in both directions', () => {
    for (const name of ['x', 'x'.repeat(MAX_PLACE_LENGTH)]) {
      expect(readShape(place, name)).toBe(name)
      expect(writeShape(place, name)).toBe(name)
    }
    for (const name of ['', 'x'.repeat(201)]) {
      expect(malformedDetail(() => readShape(place, name))).toBe('field:')
      expect(() => writeShape(place, name, 'place')).toThrow(ArgumentRangeError)
    }
  })
})

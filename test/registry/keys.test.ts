import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigit } from '../../src/codec/check-digit.ts'
import { readId, writeId } from '../../src/registry/keys.ts'
import { catalogueOf } from './files.ts'

const whole = (lengths: readonly number[]) =>
  fc.constantFrom(...lengths).chain((length) =>
    fc.bigInt({ min: 0n, max: 10n ** BigInt(length - 1) - 1n }).map((digits) => {
      const text = String(digits).padStart(length - 1, '0')
      return text + checkDigit(text)
    }),
  )
const KINDS = [
  ['GTIN', whole([8, 12, 13, 14])],
  ['GLN', whole([13])],
] as const

describe('an id', () => {
  test.each(KINDS)(
    'is the number that a whole %s makes, and is written so that it is read again',
    (key, all) => {
      fc.assert(
        fc.property(all, (text) => {
          const id = readId(key, text)
          if (Number(text) < 65536) expect(id).toMatchObject({ reason: 'key_too_small' })
          else {
            expect(id).toBe(Number(text))
            expect(readId(key, writeId(key, Number(text)))).toBe(id)
          }
        }),
      )
    },
  )

  test.each([
    ['036000291452', 36000291452],
    ['36000291452', 36000291452],
    ['00036000291452', 36000291452],
    ['01234565', 1234565],
    ['0', 0],
    ['65535', 65535],
  ])('of a product that is spelled %s is read', (text, id) => {
    expect(readId('GTIN', text)).toBe(id)
    const header = 'id,facility,name,gtin,stars,image\n'
    expect(catalogueOf(undefined, `${header} ${text} ,1,Na dai,,,\n`).products[0]?.id).toBe(id)
  })

  test.each([
    ['GTIN', '00012348', 'key_too_small'],
    ['GTIN', '00000000', 'key_too_small'],
    ['GTIN', '036000291453', 'leading_zero'],
    ['GTIN', '007', 'leading_zero'],
    ['GTIN', '1234565', 'out_of_range'],
    ['GTIN', '123456784', 'bad_length'],
    ['GLN', '96385074', 'bad_length'],
    ['GLN', '8.93E+12', 'rounded_number'],
  ] as const)('%s %s is refused as %s', (key, text, reason) => {
    expect(readId(key, text)).toMatchObject({ reason })
  })
})

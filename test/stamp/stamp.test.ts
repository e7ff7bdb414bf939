import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { checkStamp, isLot, type Stamp } from '../../src/stamp/stamp.ts'
import { stamp } from '../support/arbitraries.ts'

const head = { facility: 12, product: 104, serial: 90_001 }
const MAX = Number.MAX_SAFE_INTEGER

// GS1 General Specifications, figure 7.11-1, row by row.
const SET_82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

/** The error that a stamp is refused with: its class, and its message up to "expected". */
function refusal(claims: unknown): [string, string] | undefined {
  try {
    checkStamp({ ...head, ...(claims as Stamp) })
    return undefined
  } catch (error) {
    if (error instanceof ArgumentTypeError) return ['type', error.message.split(': expected')[0]!]
    if (error instanceof ArgumentRangeError) return ['range', error.message.split(': expected')[0]!]
    throw error
  }
}

describe('checkStamp', () => {
  it('returns any stamp that can be', () => {
    fc.assert(
      fc.property(stamp, (any) => {
        expect(checkStamp(any)).toBe(any)
      }),
    )
  })

  it.each<[string, object]>([
    ['the greatest numbers', { facility: MAX, product: MAX, serial: MAX }],
    ['all zeros', { facility: 0, product: 0, serial: 0 }],
    ['the shortest lot', { lot: 'A' }],
    ['the longest lot', { lot: 'A'.repeat(20) }],
    ['the shortest seal', { seal: new Uint8Array(8) }],
    ['the longest seal', { seal: new Uint8Array(16) }],
    ['a product that is good on one day only', { made: '2026-05-01', expires: '2026-05-01' }],
    ['the first and the last day', { made: '1970-01-01', expires: '9999-12-31' }],
    ['the outermost extensions', { extensions: new Map([16, 23].map((key) => [key, 0])) }],
    ['no extensions', { extensions: new Map() }],
  ])('takes %s', (_what, claims) => {
    expect(refusal(claims)).toBeUndefined()
  })

  it.each<[string, object, [string, string]]>([
    ['a negative facility', { facility: -1 }, ['range', 'facility']],
    ['a facility of 2^53', { facility: 2 ** 53 }, ['range', 'facility']],
    ['a GTIN as a text', { product: '08934563138165' }, ['type', 'product']],
    ['a broken product', { product: 0.5 }, ['range', 'product']],
    ['no serial', { serial: undefined }, ['type', 'serial']],
    ['a serial of 2^53', { serial: 2 ** 53 }, ['range', 'serial']],
    ['a bigint', { serial: 5n }, ['type', 'serial']],
    ['a misspelt field', { expirs: '2026-05-01' }, ['type', 'stamp']],
    ['an empty lot', { lot: '' }, ['range', 'lot']],
    ['a lot of 21 characters', { lot: 'A'.repeat(21) }, ['range', 'lot']],
    ['a lot with a space', { lot: 'A 1' }, ['range', 'lot']],
    ['a lot with a line end', { lot: 'A1\n' }, ['range', 'lot']],
    ['a lot in Vietnamese', { lot: 'LÔ1' }, ['range', 'lot']],
    ['a lot that is a number', { lot: 7 }, ['type', 'lot']],
    ['a seal of 7 bytes', { seal: new Uint8Array(7) }, ['range', 'seal']],
    ['a seal of 17 bytes', { seal: new Uint8Array(17) }, ['range', 'seal']],
    ['a seal as hex', { seal: '00'.repeat(8) }, ['type', 'seal']],
    ['a day that is not', { made: '2026-02-30' }, ['range', 'made']],
    ['a day as a Date', { expires: new Date(0) }, ['type', 'expires']],
    [
      'a product that expired before it was made',
      { made: '2026-05-02', expires: '2026-05-01' },
      ['range', 'expires'],
    ],
    ['extension 15', { extensions: new Map([[15, 0]]) }, ['range', 'extensions key']],
    ['extension 24', { extensions: new Map([[24, 0]]) }, ['range', 'extensions key']],
    ['an extension with a name', { extensions: new Map([['16', 0]]) }, ['type', 'extensions key']],
    ['extensions in an object', { extensions: { 16: 0 } }, ['type', 'extensions']],
  ])('refuses %s', (_what, claims, expected) => {
    expect(refusal(claims)).toEqual(expected)
  })

  it.each([[undefined], [null], ['stamp'], [7]])('refuses %s, which is no object', (value) => {
    expect(() => checkStamp(value as unknown as Stamp)).toThrow(ArgumentTypeError)
  })
})

describe('a lot', () => {
  it("is made of GS1's set 82, out of all that UTF-16 has", () => {
    const accepted = Array.from({ length: 65536 }, (_, code) => String.fromCharCode(code)).filter(isLot)
    expect(SET_82).toHaveLength(82)
    expect(accepted.join('')).toBe(SET_82)
  })
})

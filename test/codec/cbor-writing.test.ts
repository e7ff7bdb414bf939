import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { hex } from '../support/bytes.ts'

describe('the writer', () => {
  it.each([[-1], [1.5], [2 ** 53], [Number.NaN], ['\ud800'], ['a\udc00b'], [[-1]], [new Map([[-1, 0]])]] as [
    CborValue,
  ][])('refuses %j, which the subset can not say', (value) => {
    expect(() => encodeCbor(value)).toThrow(ArgumentRangeError)
  })

  it.each([[null], [undefined], [true], [1n], [{}], [new Date(0)], [() => 1], [[undefined]], [new Array(1)]])(
    'refuses %s, which is none of its types',
    (value) => {
      expect(() => encodeCbor(value as unknown as CborValue)).toThrow(ArgumentTypeError)
    },
  )

  it('refuses a key that is neither a number nor a text', () => {
    expect(() => encodeCbor(new Map([[Uint8Array.of(1), 1]]) as unknown as CborValue)).toThrow(
      ArgumentTypeError,
    )
    expect(() => encodeCbor(new Map([[[], 1]]) as unknown as CborValue)).toThrow(ArgumentTypeError)
  })

  it.each<[string, CborValue]>([
    ['array', []],
    ['map', new Map()],
  ])('refuses a ninth container in one another: an empty %s', (_kind, innermost) => {
    const around = (levels: number): CborValue => (levels === 0 ? innermost : [around(levels - 1)])
    expect(encodeCbor(around(7))).toHaveLength(8)
    expect(() => encodeCbor(around(8))).toThrow(ArgumentRangeError)
  })

  it('writes a Buffer and a view of a larger array as their bytes', () => {
    expect(encodeCbor(Buffer.from([1, 2]))).toEqual(hex('420102'))
    expect(encodeCbor(Uint8Array.of(0, 1, 2, 3).subarray(1, 3))).toEqual(hex('420102'))
  })
})

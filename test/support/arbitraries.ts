import fc from 'fast-check'
import type { CborMap, CborValue } from '../../src/codec/cbor-value.ts'
import { dateOf, MAX_DAY } from '../../src/lib/dates.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'

/** Whole numbers that crowd around the widths of a CBOR head. */
export const uint = (max = Number.MAX_SAFE_INTEGER): fc.Arbitrary<number> => {
  const edges = [0, 23, 24, 255, 256, 65535, 65536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]
  return fc.oneof(
    fc.constantFrom(...edges.filter((edge) => edge <= max)),
    fc.nat(Math.min(max, 1000)),
    fc.maxSafeNat().map((value) => value % (max + 1)),
  )
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'binary', minLength: 250, maxLength: 260 }),
)
const bytes = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 250, maxLength: 260 }))

/** Anything that the canonical CBOR subset can say, at most `maxDepth` levels deep. */
export const cborValue = (maxDepth = 4): fc.Arbitrary<CborValue> =>
  fc.letrec<{ value: CborValue; list: CborValue; map: CborMap }>((tie) => ({
    value: fc.oneof({ maxDepth, depthSize: 'medium' }, uint(), text, bytes, tie('list'), tie('map')),
    list: fc.array(tie('value'), { maxLength: 30 }) as fc.Arbitrary<CborValue>,
    map: fc
      .uniqueArray(fc.tuple(fc.oneof(uint(), text), tie('value')), {
        selector: ([key]) => key,
        maxLength: 30,
      })
      .map((entries) => new Map(entries)),
  })).value

const LOT_LETTERS = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

const lot = fc.string({ unit: fc.constantFrom(...LOT_LETTERS), minLength: 1, maxLength: 20 })
const dates = fc.tuple(fc.nat(MAX_DAY), fc.nat(MAX_DAY)).map((days) => {
  const [made, expires] = days.sort((a, b) => a - b).map(dateOf)
  return { made: made!, expires: expires! }
})
const smallValue = fc.oneof(uint(), fc.string({ maxLength: 5 }), fc.uint8Array({ maxLength: 5 }))

/** Stamps with any mixture of claims, whose payload fits into 128 bytes. */
export const stamp: fc.Arbitrary<Stamp> = fc
  .record(
    {
      head: fc.record({ facility: uint(), product: uint(), serial: uint() }),
      lot,
      dates,
      seal: fc.uint8Array({ minLength: 8, maxLength: 16 }),
      extensions: fc
        .uniqueArray(fc.tuple(fc.integer({ min: 16, max: 23 }), smallValue), {
          selector: ([key]) => key,
          minLength: 1,
          maxLength: 2,
        })
        .map((entries): ReadonlyMap<number, CborValue> => new Map(entries)),
    },
    { requiredKeys: ['head'] },
  )
  .map(({ head, dates, ...claims }) => ({ ...head, ...dates, ...claims }))

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import {
  type AnyShape,
  bytes,
  list,
  optional,
  record,
  text,
  time,
  tuple,
  uint,
  withDefault,
} from '../../src/codec/shape.ts'
import { readShape } from '../../src/codec/shape-reader.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { MAX_SECOND } from '../../src/lib/dates.ts'
import { uint as anyUint, cborValue } from '../support/arbitraries.ts'
import { malformedDetail } from '../support/bytes.ts'
import { runs, tally } from '../support/laws.ts'

const faultOf = (shape: AnyShape, value: CborValue | undefined, place = 'place') =>
  malformedDetail(() => readShape(shape, value, place))

/** A shape that uses every kind, and what it holds. */
interface Everything {
  readonly count: number
  readonly name: string
  readonly key: Uint8Array
  readonly at: Date
  readonly pairs: readonly (readonly [number, string])[]
  readonly note?: string
  readonly epoch?: number
  readonly [field: string]: unknown
}

const everything = record<Everything>(
  {
    count: uint(),
    name: text(40),
    key: bytes(),
    at: time,
    pairs: list(tuple(uint(), text(40)), 30),
    note: optional(text(40)),
    epoch: withDefault(uint(), 0),
  } as never,
  { open: true },
)

const ownFields = ['count', 'name', 'key', 'at', 'pairs', 'note', 'epoch']
const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })
const others = fc
  .dictionary(fc.oneof(name, fc.constantFrom('__proto__', 'constructor', 'toString')), cborValue(2), {
    maxKeys: 4,
  })
  .map((fields) => Object.entries(fields).filter(([key]) => !ownFields.includes(key)))
const anything: fc.Arbitrary<Everything> = fc
  .tuple(
    fc.record(
      {
        count: anyUint(),
        name,
        key: fc.uint8Array({ maxLength: 40 }),
        at: anyUint(MAX_SECOND).map((second) => new Date(second * 1000)),
        pairs: fc.array(fc.tuple(anyUint(), name), { maxLength: 30 }),
        note: name,
        epoch: anyUint(),
      },
      { requiredKeys: ['count', 'name', 'key', 'at', 'pairs', 'epoch'] },
    ),
    others,
  )
  .map(([own, more]) => Object.fromEntries([...Object.entries(own), ...more]) as Everything)

describe('the laws of shapes', () => {
  it('read back whatever is written, through the bytes', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const encoded = encodeCbor(writeShape(everything, value))
        expect(readShape(everything, decodeCbor(encoded))).toEqual(value)
      }),
      { numRuns: runs(300) },
    )
  })

  it('write whatever was read again just so', () => {
    // Valid fields, each now and then replaced or lost.
    const field = fc.option(
      fc.tuple(fc.constantFrom(...ownFields), fc.option(cborValue(1), { nil: undefined })),
    )
    let [accepted, refused] = [0, 0]
    fc.assert(
      fc.property(anything, field, (value, change) => {
        const fields = new Map(writeShape(everything, value) as ReadonlyMap<string, CborValue>)
        if (change?.[1] === undefined) fields.delete(change?.[0] ?? '')
        else fields.set(change[0], change[1])
        const fault = faultOf(everything, fields, '')
        if (fault === undefined) {
          accepted++
          expect(writeShape(everything, readShape(everything, fields))).toEqual(fields)
        } else {
          refused++
          expect(fault.startsWith(`field:${change?.[0]}`)).toBe(true)
        }
      }),
      { numRuns: runs(500, 100) },
    )
    expect(Math.min(accepted, refused)).toBeGreaterThan(tally(50))
  })

  it('make the reader take a value or name a place, whatever it is', () => {
    fc.assert(
      fc.property(cborValue(3), (value) => {
        expect(faultOf(everything, value) ?? 'field:place').toMatch(/^field:place/)
      }),
      { numRuns: runs(300) },
    )
  })
})

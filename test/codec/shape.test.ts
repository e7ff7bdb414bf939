import { describe, expect, it } from 'vitest'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import {
  type AnyShape,
  bytes,
  list,
  optional,
  record,
  type Shape,
  text,
  time,
  tuple,
  uint,
  withDefault,
} from '../../src/codec/shape.ts'
import { readShape } from '../../src/codec/shape-reader.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { MAX_SECOND } from '../../src/lib/dates.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { malformedDetail } from '../support/bytes.ts'

const faultOf = (shape: AnyShape, value: CborValue | undefined, place = 'place') =>
  malformedDetail(() => readShape(shape, value, place))

/** The values among these that the reader takes. */
const taken = (shape: AnyShape, values: readonly CborValue[]) =>
  values.filter((value) => faultOf(shape, value) === undefined)

/** The values among these that the writer takes. */
const written = (shape: AnyShape, values: readonly unknown[]) =>
  values.filter((value) => argumentFault(shape, value) === undefined)

function argumentFault(shape: AnyShape, value: unknown, place = 'place'): string | undefined {
  try {
    writeShape(shape, value, place)
    return undefined
  } catch (error) {
    if (error instanceof ArgumentTypeError || error instanceof ArgumentRangeError) return error.message
    throw error
  }
}

const map = (entries: Record<string, CborValue>): CborValue => new Map(Object.entries(entries))

const everyKind: Record<string, CborValue> = {
  number: 5,
  text: 'five5',
  bytes: Uint8Array.of(1, 2, 3, 4, 5),
  array: [1, 2],
  map: map({ a: 5 }),
}

describe('each kind of shape', () => {
  it.each<[string, AnyShape, string, unknown]>([
    ['uint', uint(0, 9), 'number', 5],
    ['text', text(9), 'text', 'five5'],
    ['bytes', bytes(), 'bytes', Uint8Array.of(1, 2, 3, 4, 5)],
    ['time', time, 'number', new Date(5000)],
    ['list', list(uint(0, 9), 9), 'array', [1, 2]],
    ['tuple', tuple(uint(), uint()), 'array', [1, 2]],
    ['record', record({ a: uint() }), 'map', { a: 5 }],
    ['open record', record({ a: uint() }, { open: true }), 'map', { a: 5 }],
    ['optional', optional(uint(0, 9)), 'number', 5],
    ['withDefault', withDefault(uint(0, 9), 7), 'number', 5],
  ])('%s: reads and writes its own, and names the place of anything else', (_name, shape, own, meaning) => {
    for (const [kind, value] of Object.entries(everyKind)) {
      if (kind === own) expect(readShape(shape, value, 'place')).toEqual(meaning)
      else expect(faultOf(shape, value)).toBe('field:place')
    }
    expect(writeShape(shape, meaning, 'place')).toEqual(everyKind[own])
    for (const wrong of [null, true, 1n, Symbol.iterator, () => 1]) {
      expect(argumentFault(shape, wrong)).toMatch(/^place: expected /)
      expect(() => writeShape(shape, wrong)).toThrow(ArgumentTypeError)
    }
  })

  it('takes a missing value only where the field is optional', () => {
    const mandatory = [uint(), text(9), bytes(), time, list(uint(), 9), tuple(uint()), record({ a: uint() })]
    for (const shape of mandatory as AnyShape[]) {
      expect(faultOf(shape, undefined)).toBe('field:place')
      expect(argumentFault(shape, undefined)).toMatch(/^place: expected .*, got undefined$/)
    }
    expect(readShape(optional(uint()), undefined)).toBeUndefined()
    expect(writeShape(optional(uint()), undefined)).toBeUndefined()
  })
})

describe('the bounds of a shape', () => {
  it('hold numbers, both ends included', () => {
    expect(taken(uint(3, 7), [2, 3, 7, 8])).toEqual([3, 7])
    expect(written(uint(3, 7), [2, 3, 4.5, 7, 8, Number.NaN, '5'])).toEqual([3, 7])
    expect(taken(uint(), [0, Number.MAX_SAFE_INTEGER])).toEqual([0, Number.MAX_SAFE_INTEGER])
    expect(written(uint(), [-1, 0, 2 ** 53 - 1, 2 ** 53])).toEqual([0, 2 ** 53 - 1])
  })

  it('hold texts, which are never empty and have the form that is asked for', () => {
    const anyForm = ['', 'a', 'ab', 'abc']
    expect(taken(text(2), anyForm)).toEqual(['a', 'ab'])
    expect(written(text(2), anyForm)).toEqual(['a', 'ab'])
    const digits = text(3, /^[0-9]+$/)
    const texts = ['12', '1a', '1\n', '1234']
    expect(taken(digits, texts)).toEqual(['12'])
    expect(written(digits, texts)).toEqual(['12'])
    expect(argumentFault(digits, '1a')).toContain('^[0-9]+$')
  })

  it('hold byte strings to their length where one is given', () => {
    const lengths = [0, 1, 2, 3].map((length) => new Uint8Array(length))
    expect(taken(bytes(2), lengths)).toEqual([new Uint8Array(2)])
    expect(written(bytes(2), lengths)).toEqual([new Uint8Array(2)])
    expect(taken(bytes(), lengths)).toEqual(lengths)
  })

  it('hold times to the years 1970 to 9999, and drop parts of a second', () => {
    expect(taken(time, [0, MAX_SECOND, MAX_SECOND + 1])).toEqual([0, MAX_SECOND])
    const moments = [-1, 0, MAX_SECOND * 1000 + 999, (MAX_SECOND + 1) * 1000, Number.NaN]
    expect(
      written(
        time,
        moments.map((at) => new Date(at)),
      ),
    ).toEqual([moments[1]!, moments[2]!].map((at) => new Date(at)))
    expect(writeShape(time, new Date(1999))).toBe(1)
    expect(argumentFault(time, new Date(Number.NaN))).toBe(
      'place: expected a Date from 1970 to 9999, got "Invalid Date"',
    )
  })

  it('hold lists to their greatest length, the writer saying which list is too long', () => {
    const lists = [[], [1], [1, 2], [1, 2, 3]]
    expect(taken(list(uint(), 2), lists)).toEqual([[], [1], [1, 2]])
    expect(written(list(uint(), 2), lists)).toEqual([[], [1], [1, 2]])
    expect(argumentFault(list(uint(), 2), [1, 2, 3])).toMatch(/^place\.length: .* 0 to 2, got 3$/)
  })

  it('hold tuples to exactly their items', () => {
    const pairs = [[], [1], [1, 2], [1, 2, 3]]
    expect(taken(tuple(uint(), uint()), pairs)).toEqual([[1, 2]])
    expect(written(tuple(uint(), uint()), pairs)).toEqual([[1, 2]])
  })

  it('are checked before the items of a list are looked at', () => {
    const forbidden: Shape<number> = uint(1, 0)
    expect(faultOf(list(forbidden, 2), [1, 1, 1])).toBe('field:place')
    expect(faultOf(list(forbidden, 3), [1, 1, 1])).toBe('field:place[0]')
  })
})

describe('the place of a fault', () => {
  const shape = record<{ issuers: readonly { keys: readonly (readonly [number, Uint8Array])[] }[] }>({
    issuers: list(record({ keys: list(tuple(uint(0, 9), bytes(2)), 4) }), 4),
  })
  const key = (number: number, length: number) => [number, new Uint8Array(length)]

  it.each<[string, unknown[]]>([
    ['issuers[0].keys', [{ keys: 5 }]],
    ['issuers[1]', [{ keys: [] }, 5]],
    ['issuers[0]', new Array(1)],
    ['issuers[1].keys[2]', [{ keys: [] }, { keys: [key(1, 2), key(2, 2), 5] }]],
    ['issuers[0].keys[1][0]', [{ keys: [key(1, 2), key(10, 2)] }]],
    ['issuers[2].keys[0][1]', [{ keys: [] }, { keys: [] }, { keys: [key(1, 3)] }]],
  ])('is %s, in both directions', (place, issuers) => {
    const asMaps = Array.from(issuers, (issuer) =>
      typeof issuer === 'object' ? map(issuer as never) : issuer,
    )
    expect(faultOf(shape, map({ issuers: asMaps as CborValue[] }), '')).toBe(`field:${place}`)
    expect(argumentFault(shape, { issuers }, '')?.split(':')[0]).toBe(place)
  })

  it('begins with the place of the whole, where it has one', () => {
    expect(faultOf(shape, map({}), 'list')).toBe('field:list.issuers')
    expect(argumentFault(shape, {}, 'list')).toMatch(/^list\.issuers: /)
  })

  it('is that of the field which the fault of a record names', () => {
    const range = record<{ first: number; last: number }>(
      { first: uint(), last: uint() },
      { fault: ({ first, last }) => (first <= last ? undefined : 'last') },
    )
    expect(readShape(range, map({ first: 1, last: 1 }))).toEqual({ first: 1, last: 1 })
    expect(faultOf(list(range, 2), [map({ first: 2, last: 1 })], 'scope')).toBe('field:scope[0].last')
    expect(argumentFault(list(range, 2), [{ first: 2, last: 1 }], 'scope')).toMatch(/^scope\[0\]\.last: /)
  })
})

describe('a field that may be left out', () => {
  const shape = record<{ a?: number; b?: number }>({ a: optional(uint(0, 9)), b: withDefault(uint(0, 9), 7) })

  it('is not written where it has no default', () => {
    expect(writeShape(shape, {})).toEqual(map({ b: 7 }))
    expect(writeShape(shape, { a: 1, b: 2 })).toEqual(map({ a: 1, b: 2 }))
    expect(readShape(shape, map({ b: 7 }))).toEqual({ b: 7 })
    expect(Object.keys(readShape(shape, map({ b: 7 })))).toEqual(['b'])
  })

  it('is always there for readers where it has one, so that a body has one spelling', () => {
    expect(faultOf(shape, map({ a: 1 }), '')).toBe('field:b')
  })

  it('keeps a value that is given, also a false one', () => {
    expect(writeShape(shape, { a: 0, b: 0 })).toEqual(map({ a: 0, b: 0 }))
    expect(argumentFault(shape, { b: null }, '')).toMatch(/^b: expected .*, got null$/)
    expect(argumentFault(shape, { a: null }, '')).toMatch(/^a: expected .*, got null$/)
  })
})

describe('fields that a record does not know', () => {
  const closed = record<{ id: number }>({ id: uint() })
  const open = record<{ id: number; [field: string]: CborValue | undefined }>(
    { id: uint() },
    { open: true },
  ) as AnyShape
  const value = new Map<string | number, CborValue>([
    ['id', 1],
    ['colour', ['red', new Map([[5, 'five']])]],
  ])

  it('are passed over in a closed record by readers, whatever their keys', () => {
    expect(readShape(closed, new Map([...value, [3, 'three']]))).toEqual({ id: 1 })
  })

  it('are refused in a closed record by writers', () => {
    const coloured = { id: 1, colour: 'red' } as { id: number }
    expect(argumentFault(list(closed, 2), [coloured])).toBe(
      'place[0]: expected an object with no fields but id, got "colour"',
    )
    expect(argumentFault(closed, { ID: 1 })).toMatch(/got "ID": did you mean id\?$/)
  })

  it('are kept as they came in an open record, and written again', () => {
    expect(readShape(open, value)).toEqual(Object.fromEntries(value))
    expect(writeShape(open, Object.fromEntries(value))).toEqual(value)
    expect(writeShape(open, { id: 1, colour: undefined })).toEqual(map({ id: 1 }))
  })

  it('have texts for keys in an open record', () => {
    expect(faultOf(open, new Map([...value, [3, 'three']]))).toBe('field:place')
  })

  it('do not stand in for a known field that is wrong', () => {
    expect(faultOf(open, map({ id: 'one' }), '')).toBe('field:id')
    expect(argumentFault(open, { id: 'one' }, '')).toMatch(/^id: /)
  })

  it('may be called __proto__, which is then a field like others', () => {
    const hostile = map(Object.fromEntries([['id', 1]]))
    ;(hostile as Map<string, CborValue>).set('__proto__', map({ polluted: 1 }))
    const read = readShape(open, hostile) as Record<string, unknown>
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect(Object.keys(read).sort()).toEqual(['__proto__', 'id'])
    expect(read.polluted).toBeUndefined()
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(writeShape(open, read)).toEqual(hostile)
    expect(Object.getPrototypeOf(readShape(closed, hostile))).toBe(Object.prototype)
  })
})

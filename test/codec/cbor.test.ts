import { Decoder, Encoder } from 'cbor-x'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCbor, decodeCborSequence, encodeCbor } from '../../src/codec/cbor.ts'
import type { CborMap, CborValue } from '../../src/codec/cbor-value.ts'
import { compareBytes, concatBytes, toHex } from '../../src/lib/bytes.ts'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import { cborValue } from '../support/arbitraries.ts'
import { hex, malformedDetail } from '../support/bytes.ts'
import { runs, tally } from '../support/laws.ts'

const oracle = new Decoder({ mapsAsObjects: false, useRecords: false, copyBuffers: true })

/** What cbor-x makes of bytes, with its bigints and buffers turned to what our reader returns. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [plain(key), plain(item)]))
  return value
}

const writer = new Encoder({
  mapsAsObjects: false,
  useRecords: false,
  tagUint8Array: false,
  structuredClone: false,
})

/** What cbor-x writes of a value whose maps are in canonical order: numbers from 2^32 up as bigints, or they become floats. */
function written(value: CborValue): Uint8Array {
  const ready = (item: CborValue): unknown => {
    if (typeof item === 'number') return item < 2 ** 32 ? item : BigInt(item)
    if (Array.isArray(item)) return item.map(ready)
    if (!(item instanceof Map)) return item
    const entries = [...(item as CborMap)].map(([key, part]) => [ready(key), ready(part)] as const)
    return new Map(
      entries.sort(([a], [b]) => compareBytes(writer.encode(a).slice(), writer.encode(b).slice())),
    )
  }
  return new Uint8Array(writer.encode(ready(value)))
}

const detailOf = (bytes: Uint8Array): string | undefined => malformedDetail(() => decodeCbor(bytes))

/** The one spelling law, and whether the bytes were accepted. */
function isCanonical(bytes: Uint8Array): boolean {
  if (detailOf(bytes) !== undefined) return false
  const value = decodeCbor(bytes)
  expect(encodeCbor(value)).toEqual(bytes)
  expect(plain(oracle.decode(bytes))).toEqual(value)
  return true
}

const nested = (levels: number): CborValue => (levels === 0 ? 1 : [nested(levels - 1)])

describe('canonical CBOR', () => {
  it('reads back whatever it writes, as cbor-x does', () => {
    fc.assert(
      fc.property(cborValue(), (value) => {
        const bytes = encodeCbor(value)
        expect(decodeCbor(bytes)).toEqual(value)
        expect(plain(oracle.decode(bytes))).toEqual(value)
      }),
      { numRuns: runs(500) },
    )
  })

  it('writes byte for byte what cbor-x writes of the same value in canonical order', () => {
    fc.assert(
      fc.property(cborValue(), (value) => {
        expect(toHex(encodeCbor(value))).toBe(toHex(written(value)))
      }),
      { numRuns: runs(500) },
    )
  })

  it('writes a map the same in whatever order its entries come', () => {
    fc.assert(
      fc.property(
        cborValue(2).filter((value) => value instanceof Map),
        (map) => {
          const turned: CborMap = new Map([...(map as CborMap)].reverse())
          expect(encodeCbor(turned)).toEqual(encodeCbor(map))
        },
      ),
      { numRuns: runs(100) },
    )
  })

  it('has one spelling for each value: bytes that it accepts it writes again just so', () => {
    const heads = fc.constantFrom(0, 23, 24, 25, 0x40, 0x41, 0x60, 0x61, 0x80, 0x81, 0x82, 0xa0, 0xa1, 0xa2)
    const likely = fc.array(fc.oneof(heads, fc.nat(255)), { minLength: 1, maxLength: 12 })
    let accepted = 0
    fc.assert(
      fc.property(likely, (bytes) => {
        if (isCanonical(Uint8Array.from(bytes))) accepted++
      }),
      { numRuns: runs(5000, 1000) },
    )
    expect(accepted).toBeGreaterThan(tally(100))
  })

  it('has one spelling for each value also after a byte of valid bytes was changed, lost or added', () => {
    let accepted = 0
    fc.assert(
      fc.property(cborValue(2), fc.nat(), fc.nat(255), fc.constantFrom(0, 1, 2), (value, at, byte, kind) => {
        const bytes = encodeCbor(value)
        const place = at % bytes.length
        const put = kind === 1 ? [] : [byte]
        const end = kind === 2 ? place : place + 1
        const mutated = concatBytes(bytes.subarray(0, place), Uint8Array.from(put), bytes.subarray(end))
        if (isCanonical(mutated)) accepted++
      }),
      { numRuns: runs(1000, 250) },
    )
    expect(accepted).toBeGreaterThan(tally(50))
  })

  it('accepts 28 of all one-byte strings', () => {
    // 24 numbers, and an empty byte string, text, array and map.
    const all = Array.from({ length: 256 }, (_, first) => Uint8Array.of(first))
    expect(all.filter(isCanonical)).toHaveLength(28)
  })

  it('accepts 644 of all two-byte strings', () => {
    // 232 numbers, 256 byte strings, 128 ASCII texts, and arrays of each one-byte string.
    let accepted = 0
    for (let pair = 0; pair < 65536; pair++) if (isCanonical(Uint8Array.of(pair >> 8, pair & 255))) accepted++
    expect(accepted).toBe(232 + 256 + 128 + 28)
  })

  it.each([
    [0, '00'],
    [23, '17'],
    [24, '18 18'],
    [255, '18 ff'],
    [256, '19 0100'],
    [65535, '19 ffff'],
    [65536, '1a 00010000'],
    [2 ** 32 - 1, '1a ffffffff'],
    [2 ** 32, '1b 0000000100000000'],
    [Number.MAX_SAFE_INTEGER, '1b 001fffffffffffff'],
    ['', '60'],
    ['\ufeff\u{1f600}', '67 efbbbf f09f9880'],
    [Uint8Array.of(1), '41 01'],
    [[], '80'],
    [new Map(), 'a0'],
    // Bytewise: numbers before texts, 24 (18 18) before 256 (19 …), shorter texts before longer.
    [
      new Map<number | string, number>([
        ['aa', 1],
        ['b', 2],
        [256, 3],
        [24, 4],
        [2, 5],
      ]),
      'a5 02 05 1818 04 190100 03 6162 02 626161 01',
    ],
  ] as [CborValue, string][])('spells %j as %s', (value, spelling) => {
    expect(toHex(encodeCbor(value))).toBe(toHex(hex(spelling)))
    expect(decodeCbor(hex(spelling))).toEqual(value)
  })

  it('goes down 8 levels, in reading and in writing', () => {
    expect(decodeCbor(encodeCbor(nested(8)))).toEqual(nested(8))
    expect(() => encodeCbor(nested(9))).toThrow(ArgumentRangeError)
    expect(() => encodeCbor(new Map([[1, nested(8)]]))).toThrow(ArgumentRangeError)
    const circle: CborValue[] = []
    circle.push(circle)
    expect(() => encodeCbor(circle)).toThrow(ArgumentRangeError)
  })

  it('lends nothing: what it returns is independent of later calls and of the input', () => {
    const first = encodeCbor('first')
    encodeCbor('other')
    expect(decodeCbor(first)).toBe('first')
    const input = hex('41 01')
    const value = decodeCbor(input)
    input[1] = 2
    expect(value).toEqual(Uint8Array.of(1))
  })
})

describe('the strict reader', () => {
  it.each([
    ['nothing', '', 'cbor_truncated'],
    ['a 1-byte number for 0', '1800', 'cbor_not_shortest'],
    ['a 1-byte number for 23', '1817', 'cbor_not_shortest'],
    ['a 2-byte number for 255', '1900ff', 'cbor_not_shortest'],
    ['a 4-byte number for 65535', '1a0000ffff', 'cbor_not_shortest'],
    ['an 8-byte number for 2^32 − 1', '1b00000000ffffffff', 'cbor_not_shortest'],
    ['a 1-byte length of a byte string', '580100', 'cbor_not_shortest'],
    ['a 2-byte length of a text', '79000161', 'cbor_not_shortest'],
    ['a 4-byte count of an array', '9a0000000100', 'cbor_not_shortest'],
    ['an 8-byte count of a map', 'bb00000000000000010000', 'cbor_not_shortest'],
    ['2^53', '1b0020000000000000', 'cbor_integer_range'],
    ['2^64 − 1', '1bffffffffffffffff', 'cbor_integer_range'],
    ['a head cut short', '19ff', 'cbor_truncated'],
    ['a head of 8 bytes cut short', '1b00000001000000', 'cbor_truncated'],
    ['additional information 28', '1c', 'cbor_head'],
    ['additional information 29', '5d', 'cbor_head'],
    ['additional information 30', '9e', 'cbor_head'],
    ['indefinite bytes', '5f4101ff', 'cbor_indefinite'],
    ['an indefinite text', '7f6161ff', 'cbor_indefinite'],
    ['an indefinite array', '9f01ff', 'cbor_indefinite'],
    ['an indefinite map', 'bf0101ff', 'cbor_indefinite'],
    ['−1', '20', 'cbor_type'],
    ['−2^53', '3b001fffffffffffff', 'cbor_type'],
    ['−2^64', '3bffffffffffffffff', 'cbor_type'],
    ['a tag', 'c000', 'cbor_type'],
    ['a bignum', 'c24101', 'cbor_type'],
    ['a self-described tag', 'd9d9f700', 'cbor_type'],
    ['false', 'f4', 'cbor_type'],
    ['null', 'f6', 'cbor_type'],
    ['undefined', 'f7', 'cbor_type'],
    ['simple value 0', 'e0', 'cbor_type'],
    ['simple value 32', 'f820', 'cbor_type'],
    ['half 0.0', 'f90000', 'cbor_type'],
    ['half 1.0', 'f93c00', 'cbor_type'],
    ['single 1.0', 'fa3f800000', 'cbor_type'],
    ['double 1.0', 'fb3ff0000000000000', 'cbor_type'],
    ['a break', 'ff', 'cbor_type'],
    ['a key twice', 'a200000001', 'cbor_key_order'],
    ['keys in descending order', 'a201000000', 'cbor_key_order'],
    ['a text before a number', 'a261610000 00', 'cbor_key_order'],
    ['a longer text before a shorter', 'a26261610061 6200', 'cbor_key_order'],
    ['a byte string as key', 'a1410000', 'cbor_key_type'],
    ['an array as key', 'a18000', 'cbor_key_type'],
    ['a map as key', 'a1a000', 'cbor_key_type'],
    ['a key without a value', 'a1 00', 'cbor_truncated'],
    ['bytes cut short', '4200', 'cbor_truncated'],
    ['an array cut short', '8200', 'cbor_truncated'],
    ['a lone continuation byte', '6180', 'cbor_utf8'],
    ['an overlong slash', '62c0af', 'cbor_utf8'],
    ['an overlong NUL', '63e08080', 'cbor_utf8'],
    ['a surrogate', '63eda080', 'cbor_utf8'],
    ['a pair of surrogates (CESU-8)', '66eda0bdedb880', 'cbor_utf8'],
    ['a code point above U+10FFFF', '64f4908080', 'cbor_utf8'],
    ['a character cut short', '62e282', 'cbor_utf8'],
    ['the byte 0xFE', '61fe', 'cbor_utf8'],
    ['a second value', '0000', 'cbor_trailing_bytes'],
    ['nine arrays in one another', '81 81 81 81 81 81 81 81 81 00', 'cbor_depth'],
    ['nine arrays in one another, the last of them empty', '81 81 81 81 81 81 81 81 80', 'cbor_depth'],
    ['a map without entries in eight arrays', '81 81 81 81 81 81 81 81 a0', 'cbor_depth'],
    ['maps in one another', 'a100 a100 a100 a100 a100 a100 a100 a100 a100 00', 'cbor_depth'],
  ])('refuses %s', (_what, spelling, detail) => {
    expect(detailOf(hex(spelling))).toBe(detail)
  })

  // Behind each claim stands a byte that would be refused otherwise, if anything of the claim were read.
  it.each([
    ['an array of 2^53 − 1 items', '9b001fffffffffffff ff'],
    ['an array of 2^32 − 1 items', '9affffffff ff'],
    ['an array of two items', '82 ff'],
    ['a map of 2^53 − 1 entries', 'bb001fffffffffffff ff'],
    ['a map of 2^32 − 1 entries', 'baffffffff ff'],
    ['a map of one entry', 'a1 ff'],
    ['2^53 − 1 bytes', '5b001fffffffffffff ff'],
    ['a text of 2^53 − 1 bytes', '7b001fffffffffffff ff'],
    ['a text of 2^32 − 1 bytes', '7affffffff ff'],
  ])('refuses the claim of %s before it reads any', (_what, spelling) => {
    expect(detailOf(hex(spelling))).toBe('cbor_truncated')
  })

  it('reads a sequence with the bytes of each value', () => {
    const sequence = hex('01 6161 820203')
    expect(decodeCborSequence(sequence, 3)).toEqual([
      { value: 1, bytes: hex('01') },
      { value: 'a', bytes: hex('6161') },
      { value: [2, 3], bytes: hex('820203') },
    ])
    expect(malformedDetail(() => decodeCborSequence(sequence, 2))).toBe('cbor_too_many')
    expect(malformedDetail(() => decodeCborSequence(hex(''), 2))).toBe('cbor_truncated')
    expect(malformedDetail(() => decodeCborSequence(hex('01 18'), 2))).toBe('cbor_truncated')
  })

  it('reads byte strings as copies, from a Buffer and shared memory too', () => {
    for (const memory of [new ArrayBuffer(8), new SharedArrayBuffer(8)]) {
      const buffer = Buffer.from(memory, 2, 4)
      buffer.set(hex('43 010203'))
      const value = decodeCbor(buffer) as Uint8Array
      buffer.fill(0xff)
      expect(value).toEqual(hex('010203'))
      expect(Object.getPrototypeOf(value)).toBe(Uint8Array.prototype)
      expect(value.buffer).toBeInstanceOf(ArrayBuffer)
    }
  })
})

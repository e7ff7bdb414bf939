import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/lib/bytes.ts'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import { NumberModel } from '../../src/revocation/number-model.ts'
import { RangeEncoder } from '../../src/revocation/range-encoder.ts'
import { MAX_RUNS, type SerialSet } from '../../src/revocation/serial-set.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { decodeSerialSet } from '../../src/revocation/serial-set-reader.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { flipBit, hex, malformedDetail } from '../support/bytes.ts'
import { runs, tally } from '../support/laws.ts'
import { serialRuns } from '../support/serial-sets.ts'

const detailOf = (bytes: Uint8Array, mostRuns?: number): string | undefined =>
  malformedDetail(() => decodeSerialSet(bytes, mostRuns))

/** The one spelling law: what is accepted re-encodes to itself. */
function isCanonical(bytes: Uint8Array): boolean {
  if (detailOf(bytes) !== undefined) return false
  expect(encodeSerialSet(decodeSerialSet(bytes))).toEqual(bytes)
  return true
}

/** `count` runs of one serial each, two apart. */
const alternating = (count: number): SerialSet => {
  const firsts = Float64Array.from({ length: count }, (_, i) => 2 * i)
  return { firsts, lasts: firsts }
}

describe('the bytes of a serial set', () => {
  it('read back as the set they were written from', () => {
    fc.assert(
      fc.property(serialRuns, (runs) => {
        const set = serialSetOf(runs)
        expect(decodeSerialSet(encodeSerialSet(set))).toEqual(set)
      }),
      { numRuns: runs(500) },
    )
  })

  it('are the only ones for their set: random bytes that are accepted re-encode to themselves', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        if (isCanonical(bytes)) accepted++
      }),
      { numRuns: runs(20_000, 5000) },
    )
    expect(accepted).toBeGreaterThan(tally(50))
  })

  it('are the only ones for their set: every string of one or two bytes is refused or re-encodes to itself', () => {
    let accepted = 0
    for (let value = 0; value < 2 ** 16; value++) {
      if (isCanonical(Uint8Array.of(value >> 8, value & 255))) accepted++
      if (value < 256 && isCanonical(Uint8Array.of(value))) accepted++
    }
    expect(accepted).toBeGreaterThan(500)
  })

  it('are the only ones for their set: flipped, cut, extended and retold, they are refused or re-encode to themselves', () => {
    fc.assert(
      fc.property(serialRuns, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }), (runs, at, tail) => {
        const bytes = encodeSerialSet(serialSetOf(runs))
        isCanonical(flipBit(bytes, at % (8 * bytes.length)))
        isCanonical(bytes.subarray(0, at % bytes.length))
        isCanonical(concatBytes(bytes, tail))
        expect(isCanonical(concatBytes(bytes, Uint8Array.of(0)))).toBe(false)
        expect(isCanonical(concatBytes(bytes, Uint8Array.of(1)))).toBe(false)
        const last = bytes.length - 1
        isCanonical(concatBytes(bytes.subarray(0, last), Uint8Array.of(bytes[last]! + 1, 1)))
        isCanonical(concatBytes(bytes.subarray(0, last), Uint8Array.of(bytes[last]! - 1, 255)))
      }),
      { numRuns: runs(500) },
    )
  })

  it('end in an odd byte, and are but one for the empty set', () => {
    expect(encodeSerialSet(serialSetOf([]))).toEqual(hex('01'))
    expect(decodeSerialSet(hex('01'))).toEqual(serialSetOf([]))
    fc.assert(
      fc.property(serialRuns, (runs) => {
        expect(encodeSerialSet(serialSetOf(runs)).at(-1)! % 2).toBe(1)
      }),
    )
  })

  it('hold a run of 2^53 serials, the most there can be', () => {
    const all = serialSetOf([{ first: 0, last: Number.MAX_SAFE_INTEGER }])
    const bytes = encodeSerialSet(all)
    expect(bytes.length).toBeLessThan(14)
    expect(decodeSerialSet(bytes)).toEqual(all)
  })
})

/** The coded bytes of these numbers alone, as if they were the number of runs, then gap, length, gap, … */
function coded(...numbers: number[]): Uint8Array {
  const encoder = new RangeEncoder()
  const models = [new NumberModel(), new NumberModel(), new NumberModel()]
  numbers.forEach((number, i) => {
    encoder.number(models[i === 0 ? 0 : 1 + ((i - 1) % 2)]!, number)
  })
  return encoder.finish()
}

describe('a serial set that is refused', () => {
  it('ends before its numbers do', () => {
    expect(detailOf(hex(''))).toBe('serial_set_truncated')
    const bytes = encodeSerialSet(serialSetOf([5, 7, 1e15]))
    expect(detailOf(bytes.subarray(0, bytes.length - 4))).toBe('serial_set_truncated')
  })

  it('begins with a fraction that no encoder comes to', () => {
    expect(detailOf(hex('ffffffff'))).toBe('serial_set_spelling')
    expect(detailOf(hex('ffffffff01'))).toBe('serial_set_spelling')
  })

  it('goes beyond 2^53 − 1', () => {
    const MAX = Number.MAX_SAFE_INTEGER
    expect(detailOf(coded(1, MAX, 0))).toBeUndefined()
    expect(detailOf(coded(1, MAX, 1))).toBe('serial_set_range')
    expect(detailOf(coded(1, MAX - 7, 8))).toBe('serial_set_range')
    expect(detailOf(coded(2, MAX - 2, 0, 0, 0))).toBeUndefined()
    expect(detailOf(coded(2, MAX - 1, 0, 0, 0))).toBe('serial_set_range')
    expect(detailOf(coded(2, 0, 8, MAX, 0))).toBe('serial_set_range')
    expect(detailOf(coded(3, MAX, 0, MAX, MAX, 0, 0))).toBe('serial_set_range')
  })

  it('claims more runs than its bytes can hold, or than a list may have, in a few bytes', () => {
    for (const runCount of [2 ** 53 - 1, 2 ** 40, MAX_RUNS + 1, MAX_RUNS, 100_000]) {
      const bytes = coded(runCount, 3, 4)
      expect(bytes.length).toBeLessThan(12)
      expect(detailOf(bytes)).toBe('serial_set_runs')
    }
    expect(detailOf(coded(1000, 3, 4))).toBe('serial_set_truncated')
    expect(detailOf(encodeSerialSet(alternating(10)), 9)).toBe('serial_set_runs')
    expect(detailOf(encodeSerialSet(alternating(10)), 10)).toBeUndefined()
  })
})

describe('the limits of the codec', () => {
  it('let 2^22 runs through and no more', () => {
    const max = alternating(MAX_RUNS)
    const bytes = encodeSerialSet(max)
    const decoded = decodeSerialSet(bytes)
    expect(decoded.firsts.length).toBe(MAX_RUNS)
    expect(decoded.lasts.at(-1)).toBe(2 * (MAX_RUNS - 1))
    expect(() => encodeSerialSet(alternating(MAX_RUNS + 1))).toThrow(ArgumentRangeError)
  })

  it('leave room for the cheapest runs there are', () => {
    // Alike runs cost the least a byte can hold: fewer than the 1024 runs that the reader lets a byte claim.
    for (const count of [2000, 100_000, 1_000_000]) {
      const bytes = encodeSerialSet(alternating(count))
      expect(count / bytes.length).toBeLessThan(1024)
      expect(decodeSerialSet(bytes).firsts.length).toBe(count)
    }
  })
})

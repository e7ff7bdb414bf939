import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/lib/bytes.ts'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import { MAX_RUNS, type SerialSet } from '../../src/revocation/serial-set.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { decodeSerialSet } from '../../src/revocation/serial-set-reader.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { flipBit, hex, malformedDetail } from '../support/bytes.ts'
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
      { numRuns: 500 },
    )
  })

  it('are the only ones for their set: random bytes that are accepted re-encode to themselves', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.nat(40), fc.uint8Array({ maxLength: 24 }), (count, tail) => {
        if (isCanonical(Uint8Array.of(count, ...tail))) accepted++
      }),
      { numRuns: 20_000 },
    )
    expect(accepted).toBeGreaterThan(50)
  })

  it('are the only ones for their set: every string of one to three bytes is refused or re-encodes to itself', () => {
    let accepted = 0
    for (let value = 0; value < 2 ** 16; value++) {
      for (const count of [1, 2, 130]) {
        if (isCanonical(Uint8Array.of(count, value >> 8, value & 255))) accepted++
      }
      if (isCanonical(Uint8Array.of(value >> 8, value & 255))) accepted++
    }
    expect(accepted).toBeGreaterThan(1000)
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
      { numRuns: 500 },
    )
  })

  it('never end in a zero byte, save for the empty set, which is one zero', () => {
    expect(encodeSerialSet(serialSetOf([]))).toEqual(hex('00'))
    expect(decodeSerialSet(hex('00'))).toEqual(serialSetOf([]))
    fc.assert(
      fc.property(
        serialRuns.filter((runs) => runs.length > 0),
        (runs) => {
          expect(encodeSerialSet(serialSetOf(runs)).at(-1)! % 2).toBe(1)
        },
      ),
    )
  })

  it('hold a run of 2^53 serials, the most there can be', () => {
    const all = serialSetOf([{ first: 0, last: Number.MAX_SAFE_INTEGER }])
    const bytes = encodeSerialSet(all)
    expect(bytes.length).toBeLessThan(14)
    expect(decodeSerialSet(bytes)).toEqual(all)
  })
})

describe('a serial set that is refused', () => {
  it('has a number of runs that is missing, cut short, too long or not in its shortest form', () => {
    expect(detailOf(hex(''))).toBe('serial_set_truncated')
    expect(detailOf(hex('80'))).toBe('serial_set_truncated')
    expect(detailOf(hex('8000'))).toBe('serial_set_runs')
    expect(detailOf(hex('818000'))).toBe('serial_set_runs')
    expect(detailOf(hex('8080808001'))).toBe('serial_set_runs')
  })

  it('is empty, with bytes behind', () => {
    expect(detailOf(hex('0001'))).toBe('serial_set_spelling')
  })

  it('begins with a fraction that no encoder comes to', () => {
    expect(detailOf(hex('01ffffffff'))).toBe('serial_set_spelling')
  })

  it('ends before its runs do', () => {
    expect(detailOf(hex('01'))).toBe('serial_set_truncated')
    const bytes = encodeSerialSet(serialSetOf([5, 7, 1e15]))
    expect(detailOf(bytes.subarray(0, bytes.length - 4))).toBe('serial_set_truncated')
  })

  it('goes beyond 2^53 − 1', () => {
    // The highest gap, then a length of more than nothing: runs that ofRuns would not let through.
    const beyond = { firsts: Float64Array.of(Number.MAX_SAFE_INTEGER), lasts: Float64Array.of(2 ** 53 + 2) }
    expect(detailOf(encodeSerialSet(beyond))).toBe('serial_set_range')
    const far = { firsts: Float64Array.of(0, 2 ** 53 + 2), lasts: Float64Array.of(8, 2 ** 53 + 2) }
    expect(detailOf(encodeSerialSet(far))).toBe('serial_set_range')
  })

  it('claims more runs than its bytes can hold, or than a list may have, in a few bytes', () => {
    const leb = (count: bigint): Uint8Array => {
      const bytes: number[] = []
      let rest = count
      for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
      return Uint8Array.of(...bytes, Number(rest))
    }
    const coded = hex('123457')
    expect(detailOf(concatBytes(leb(2n ** 40n), coded))).toBe('serial_set_runs')
    expect(detailOf(concatBytes(leb(BigInt(MAX_RUNS) + 1n), coded))).toBe('serial_set_runs')
    expect(detailOf(concatBytes(leb(BigInt(MAX_RUNS)), coded))).toBe('serial_set_truncated')
    expect(detailOf(concatBytes(leb(3073n), coded))).toBe('serial_set_truncated')
    expect(detailOf(encodeSerialSet(alternating(10)), 9)).toBe('serial_set_runs')
    expect(detailOf(encodeSerialSet(alternating(10)), 10)).toBeUndefined()
  })

  it('claims runs that overtake 2^53: the sum is refused, whatever the number of serials', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (tail) => {
        const bytes = concatBytes(hex('ff7f'), tail)
        if (detailOf(bytes) === undefined) {
          const { lasts } = decodeSerialSet(bytes)
          expect(lasts.at(-1)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the limits of the codec', () => {
  it('let 2^22 runs through and no more', () => {
    const most = alternating(MAX_RUNS)
    const bytes = encodeSerialSet(most)
    const decoded = decodeSerialSet(bytes)
    expect(decoded.firsts.length).toBe(MAX_RUNS)
    expect(decoded.lasts.at(-1)).toBe(2 * (MAX_RUNS - 1))
    expect(() => encodeSerialSet(alternating(MAX_RUNS + 1))).toThrow(ArgumentRangeError)
  })

  it('leave room for the cheapest runs there are', () => {
    // Alike runs cost the least a byte can hold: fewer than the 1024 runs that the reader lets a byte claim.
    for (const count of [2000, 100_000, 1_000_000]) {
      const bytes = encodeSerialSet(alternating(count))
      expect(count / (bytes.length - 4)).toBeLessThan(1024)
      expect(decodeSerialSet(bytes).firsts.length).toBe(count)
    }
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { hasSerial, type SerialSet } from '../../src/revocation/serial-set.ts'
import {
  runsOf,
  type SerialRange,
  serialSetOf,
  subtractSet,
  uniteSets,
} from '../../src/revocation/serial-set-algebra.ts'
import { decodeSerialSet } from '../../src/revocation/serial-set-reader.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { runs } from '../support/laws.ts'
import { serialRuns, smallSerials } from '../support/serial-sets.ts'

/** How many serials the runs hold. */
const countSerials = ({ firsts, lasts }: SerialSet): number =>
  firsts.reduce((count, first, i) => count + (lasts[i]! - first + 1), 0)

const MAX = Number.MAX_SAFE_INTEGER

/** All serials of a small set, one by one. */
const listed = (set: SerialSet): number[] =>
  [...runsOf(set)].flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i))

const ascending = (serials: Iterable<number>): number[] => [...new Set(serials)].sort((a, b) => a - b)

describe('membership of a serial set', () => {
  it("is a plain Set's, after the set went through its bytes", () => {
    fc.assert(
      fc.property(smallSerials, (serials) => {
        const plain = new Set(serials)
        const set = decodeSerialSet(encodeSerialSet(serialSetOf(serials)))
        const highest = Math.max(0, ...serials)
        for (let serial = 0; serial <= highest + 2; serial++) {
          if (hasSerial(set, serial) !== plain.has(serial)) expect.fail(`wrong answer for ${serial}`)
        }
        expect(countSerials(set)).toBe(plain.size)
      }),
      { numRuns: runs(500) },
    )
  })

  it('is what the runs say at both of their ends and beside them, however large the serials', () => {
    const covers = (runs: readonly SerialRange[], serial: number) =>
      runs.some(({ first, last }) => first <= serial && serial <= last)
    fc.assert(
      fc.property(serialRuns, (runs) => {
        const set = decodeSerialSet(encodeSerialSet(serialSetOf(runs)))
        for (const { first, last } of runs.slice(0, 50)) {
          for (const serial of [first - 1, first, last, last + 1].filter(
            (each) => each >= 0 && each <= MAX,
          )) {
            expect(hasSerial(set, serial)).toBe(covers(runs, serial))
          }
        }
      }),
      { numRuns: runs(300) },
    )
  })
})

describe('building serial sets', () => {
  it('merges what repeats, touches and overlaps, in whatever order it comes', () => {
    const set = serialSetOf([
      7,
      { first: 3, last: 5 },
      6,
      3,
      { first: 10, last: 20 },
      { first: 12, last: 13 },
      22,
    ])
    expect([...runsOf(set)]).toEqual([
      { first: 3, last: 7 },
      { first: 10, last: 20 },
      { first: 22, last: 22 },
    ])
  })

  it('leaves a missing serial between any two runs', () => {
    fc.assert(
      fc.property(serialRuns, (runs) => {
        const { firsts, lasts } = serialSetOf(runs)
        expect(firsts.every((first, i) => first <= lasts[i]! && (i === 0 || first - lasts[i - 1]! > 1))).toBe(
          true,
        )
      }),
    )
  })

  it('unites and subtracts as plain Sets do', () => {
    fc.assert(
      fc.property(smallSerials, smallSerials, (a, b) => {
        const [one, two] = [serialSetOf(a), serialSetOf(b)]
        expect(listed(uniteSets(one, two))).toEqual(ascending([...a, ...b]))
        const without = new Set(b)
        expect(listed(subtractSet(one, two))).toEqual(ascending(a.filter((serial) => !without.has(serial))))
        expect(listed(one)).toEqual(ascending(a))
      }),
      { numRuns: runs(500) },
    )
  })

  it('splits and joins large runs: what is taken and what is left make the whole', () => {
    fc.assert(
      fc.property(serialRuns, serialRuns, (a, b) => {
        const [one, two] = [serialSetOf(a), serialSetOf(b)]
        const left = subtractSet(one, two)
        expect(uniteSets(left, two)).toEqual(uniteSets(one, two))
        expect(subtractSet(left, two)).toEqual(left)
      }),
    )
  })

  it('counts every serial there can be', () => {
    expect(countSerials(serialSetOf([{ first: 0, last: MAX }]))).toBe(2 ** 53)
  })

  it('refuses what is no serial and runs that end before they begin', () => {
    expect(() => serialSetOf([-1])).toThrow(ArgumentRangeError)
    expect(() => serialSetOf([1.5])).toThrow(ArgumentRangeError)
    expect(() => serialSetOf([2 ** 53])).toThrow(ArgumentRangeError)
    expect(() => serialSetOf(['5' as never])).toThrow(ArgumentTypeError)
    expect(() => serialSetOf([{ first: 5, last: 4 }])).toThrow(ArgumentRangeError)
  })
})

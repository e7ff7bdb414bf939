import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findOverlap, type ScopeRange, scopeFault } from '../../src/trust/scope.ts'
import { runs } from '../support/laws.ts'

const small = fc.nat(6)
/** Ranges so small that they often meet, with and without a product, a first and a last serial. */
const range: fc.Arbitrary<ScopeRange> = fc
  .record(
    { facility: fc.nat(1), product: fc.nat(2), first: small, length: small },
    { requiredKeys: ['facility'] },
  )
  .map(({ length, ...rest }) => ({
    ...rest,
    ...(length !== undefined && { last: (rest.first ?? 0) + length }),
  }))
const scope = fc.array(range, { maxLength: 5 })

const STAMPS = [0, 1].flatMap((facility) =>
  [0, 1, 2].flatMap((product) => Array.from({ length: 20 }, (_, serial) => ({ facility, product, serial }))),
)

/** The definition, one stamp at a time. */
const covers = (range: ScopeRange, stamp: (typeof STAMPS)[number], ownProduct = true): boolean =>
  range.facility === stamp.facility &&
  (range.product === undefined ? ownProduct : range.product === stamp.product) &&
  (range.first ?? 0) <= stamp.serial &&
  stamp.serial <= (range.last ?? Number.MAX_SAFE_INTEGER)

describe('a scope', () => {
  it('covers a stamp just where one of its ranges does', () => {
    const law = fc.property(scope, fc.constantFrom(...STAMPS), fc.boolean(), (scope, stamp, ownProduct) => {
      const covered = scope.some((range) => covers(range, stamp, ownProduct))
      expect(scopeFault(scope, stamp, ownProduct) === undefined).toBe(covered)
    })
    fc.assert(law, { numRuns: runs(1000) })
  })

  it('names the first part of a stamp that no range covers', () => {
    const scope = [
      { facility: 12, product: 104, first: 10, last: 20 },
      { facility: 12, product: 104, first: 30 },
      { facility: 13 },
    ]
    const fault = (facility: number, product: number, serial: number, ownProduct = true) =>
      scopeFault(scope, { facility, product, serial }, ownProduct)
    expect(fault(11, 104, 10)).toBe('facility')
    expect(fault(12, 105, 10)).toBe('product')
    expect([9, 21, 29].map((serial) => fault(12, 104, serial))).toEqual(['serial', 'serial', 'serial'])
    expect([10, 20, 30, Number.MAX_SAFE_INTEGER].map((serial) => fault(12, 104, serial))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect([fault(13, 104, 0, true), fault(13, 104, 0, false)]).toEqual([undefined, 'product'])
  })

  it('covers nothing when it is empty', () => {
    expect(scopeFault([], { facility: 0, product: 0, serial: 0 }, true)).toBe('facility')
  })
})

describe('two ranges', () => {
  it('are found to overlap just where they share a stamp', () => {
    const law = fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
      const shared = STAMPS.some((stamp) => ranges.filter((range) => covers(range, stamp)).length > 1)
      const found = findOverlap(ranges)
      expect(found !== undefined).toBe(shared)
      if (found !== undefined)
        expect(STAMPS.some((stamp) => found.every((range) => covers(range, stamp)))).toBe(true)
    })
    fc.assert(law, { numRuns: runs(2000) })
  })

  it('are found in whatever order they come, and left in it', () => {
    const ranges: ScopeRange[] = [
      { facility: 1, product: 2, first: 50, last: 60 },
      { facility: 1, product: 2, first: 0, last: 10 },
      { facility: 1, first: 5, last: 5 },
    ]
    const before = structuredClone(ranges)
    expect(findOverlap(ranges)).toEqual([ranges[1], ranges[2]])
    expect(ranges).toEqual(before)
    expect(findOverlap([...ranges].reverse())).toEqual([ranges[1], ranges[2]])
  })
})

import { optional, record, type Shape, uint, withDefault } from '../codec/shape.ts'
import { groupBy } from '../lib/group-by.ts'

/** The stamps that a key may make: one facility, one of its products or all, a range of serials. */
export interface ScopeRange {
  readonly facility: number
  /** Absent: every product that the catalogue gives to the facility. */
  readonly product?: number | undefined
  /** The first serial, 0 by default. */
  readonly first?: number | undefined
  /** The last serial, 2^53 − 1 by default. */
  readonly last?: number | undefined
}

/** Which part of a stamp lies outside a scope. */
export type ScopeFault = 'facility' | 'product' | 'serial'

const MAX = Number.MAX_SAFE_INTEGER

/** Serials are always written. */
export const scopeRange: Shape<ScopeRange> = record<ScopeRange>(
  {
    facility: uint(),
    product: optional(uint()),
    first: withDefault(uint(), 0),
    last: withDefault(uint(), MAX),
  },
  { fault: ({ first = 0, last = MAX }) => (first <= last ? undefined : 'last') },
)

/**
 * Which part of a stamp no range of the scope covers, or undefined when one covers it all.
 * `ownProduct` tells whether the catalogue gives the stamp's product to its facility: what a range without a
 * product stands for.
 */
export function scopeFault(
  scope: readonly ScopeRange[],
  stamp: { readonly facility: number; readonly product: number; readonly serial: number },
  ownProduct: boolean,
): ScopeFault | undefined {
  let fault: ScopeFault = 'facility'
  for (const { facility, product, first = 0, last = MAX } of scope) {
    if (facility !== stamp.facility) continue
    if (fault === 'facility') fault = 'product'
    if (product === undefined ? !ownProduct : product !== stamp.product) continue
    if (first <= stamp.serial && stamp.serial <= last) return undefined
    fault = 'serial'
  }
  return fault
}

/**
 * Which part of the first stamp that no range covers, and its serial, of a stamp and those that follow it to the
 * serial `last`; undefined when the scope covers them all. A range without a product stands for any.
 */
export function rangeFault(
  scope: readonly ScopeRange[],
  {
    facility,
    product,
    serial,
  }: { readonly facility: number; readonly product: number; readonly serial: number },
  last: number,
): readonly [ScopeFault, number] | undefined {
  for (let next = serial; next <= last; ) {
    const fault = scopeFault(scope, { facility, product, serial: next }, true)
    if (fault) return [fault, next]
    const covering = scope.filter(
      (range) => scopeFault([range], { facility, product, serial: next }, true) === undefined,
    )
    next = Math.max(...covering.map((range) => range.last ?? MAX)) + 1
  }
  return undefined
}

/** Two ranges that share a stamp, or undefined: no stamp may belong to two keys, nor twice to one. */
export function findOverlap(ranges: readonly ScopeRange[]): readonly [ScopeRange, ScopeRange] | undefined {
  for (const ofFacility of groupBy(ranges, ({ facility }) => facility).values()) {
    /** The range of each product that ends last. */
    const latest = new Map<number | undefined, ScopeRange>()
    for (const range of ofFacility.sort((a, b) => (a.first ?? 0) - (b.first ?? 0))) {
      const { product, first = 0 } = range
      const rivals =
        product === undefined ? [...latest.values()] : [latest.get(product), latest.get(undefined)]
      const before = rivals.find((rival) => rival && (rival.last ?? MAX) >= first)
      if (before) return [before, range]
      latest.set(product, range)
    }
  }
  return undefined
}

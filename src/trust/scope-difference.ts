import { groupBy } from '../lib/group-by.ts'
import type { Catalogue } from './catalogue.ts'
import type { ScopeRange } from './scope.ts'

/** A scope, and the catalogue by which its ranges without a product are read. */
export interface ScopeOf {
  readonly scope: readonly ScopeRange[]
  readonly catalogue: Catalogue
}

/** Serials from the first to the last, both included. */
type Span = readonly [first: number, last: number]

/**
 * The stamps that one scope lets a key make and the other does not. A range without a product stands for all
 * products that the earlier catalogue gives to the facility.
 */
export function scopeLoss(from: ScopeOf, to: ScopeOf): ScopeRange[] {
  const later = groupBy(to.scope, ({ facility }) => facility)
  const [products, laterProducts] = [productsOf(from), productsOf(to)]
  const idsIn = (of: ProductsOf, facility: number) => new Set(of.get(facility)?.map(({ id }) => id))
  return [...groupBy(from.scope, ({ facility }) => facility)].flatMap(([facility, ranges]) =>
    facilityLoss(
      facility,
      { ranges, own: idsIn(products, facility) },
      { ranges: later.get(facility) ?? [], own: idsIn(laterProducts, facility) },
    ),
  )
}

const productsOf = ({ catalogue }: ScopeOf): ProductsOf =>
  groupBy(catalogue.products, (product) => product.facility)

type ProductsOf = ReadonlyMap<number, Catalogue['products']>

/** What a scope says of one facility, and the products that the catalogue gives to it. */
interface Side {
  readonly ranges: readonly ScopeRange[]
  readonly own: ReadonlySet<number>
}

function facilityLoss(facility: number, from: Side, to: Side): ScopeRange[] {
  const named = new Set([...from.ranges, ...to.ranges].flatMap(({ product }) => product ?? []))
  const isSame = from.own.size > 0 && [...from.own].every((product) => to.own.has(product))
  // What can be said of all products at once is.
  const products = named.size === 0 && isSame ? [undefined] : new Set([...named, ...from.own])
  return [...products].flatMap((product) =>
    subtract(spansOf(from, product), spansOf(to, product)).map(([first, last]) => ({
      ...{ facility, product },
      ...{ first, last },
    })),
  )
}

/** The serials of a product, or of any that the facility has, in ascending order. */
function spansOf({ ranges, own }: Side, product: number | undefined): Span[] {
  const isOwn = product === undefined || own.has(product)
  return ranges
    .filter((range) => (range.product === undefined ? isOwn : range.product === product))
    .map(({ first = 0, last = Number.MAX_SAFE_INTEGER }): Span => [first, last])
    .sort((a, b) => a[0] - b[0])
}

function subtract(spans: readonly Span[], taken: readonly Span[]): Span[] {
  return spans.flatMap(([first, last]) => {
    const left: Span[] = []
    let from = first
    for (const [start, end] of taken) {
      if (end < from || start > last) continue
      if (start > from) left.push([from, start - 1])
      from = Math.max(from, end + 1)
    }
    return from <= last ? [...left, [from, last] as const] : left
  })
}

import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import type { Catalogue } from '../../trust/catalogue.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import type { TrustedIssuer } from '../../trust/trust-list.ts'
import { reservationsOf } from '../project/files.ts'
import { revocationContent } from '../project/list-files.ts'
import { serialsNoted } from '../runs/doubts.ts'
import type { Context } from '../shell/context.ts'

/**
 * How one key hands serials to another: what it signed stays its own, up to the last serial of each product, and the
 * other begins at the serial after the highest of them. Serials between the two belong to nobody.
 */

const MAX = Number.MAX_SAFE_INTEGER

/** The highest serial of a product that a key signed, or may have. */
export interface Reached {
  readonly facility: number
  readonly product: number
  readonly last: number
}

export interface Handover {
  /** What the old key keeps. */
  readonly kept: readonly ScopeRange[]
  /** What the other gets. */
  readonly given: readonly ScopeRange[]
}

/** What runs here, the log of serials and the newest watermarks say that a key reached. */
export function reachedBy(context: Context, { publicKey, keyId, scope }: TrustedIssuer): Reached[] {
  const hex = toHex(publicKey)
  const known = new Map(reservationsOf(context).map((run) => [run.id, run]))
  const own = [...known.values()].filter((run) => run.publicKey === hex)
  const noted = serialsNoted(context).filter(
    ({ id, ...serials }) => !known.has(id) && id.split('-').at(-2) === String(keyId) && isIn(scope, serials),
  )
  const marks = (revocationContent(context)?.watermarks ?? [])
    .filter(({ key, serial }) => serial > 0 && equalBytes(key, sha256(publicKey)))
    .map(({ serial, ...mark }) => ({ ...mark, last: serial }))
  const highest = new Map<string, Reached>()
  for (const { facility, product, last } of [...own, ...noted, ...marks]) {
    const name = `${facility}:${product}`
    highest.set(name, { facility, product, last: Math.max(last, highest.get(name)?.last ?? 0) })
  }
  return [...highest.values()]
}

const isOf = (range: ScopeRange, { facility, product }: Pick<Reached, 'facility' | 'product'>): boolean =>
  range.facility === facility && (range.product ?? product) === product

const isIn = (scope: readonly ScopeRange[], { last, ...product }: Reached): boolean =>
  scope.some((range) => isOf(range, product) && (range.first ?? 0) <= last && last <= (range.last ?? MAX))

/**
 * Parts a scope.
 * @param reached what the old key reached
 * @param at the last serial of all products that stays with it, where nothing here can tell what it signed
 */
export function handOver(scope: readonly ScopeRange[], reached: readonly Reached[], at?: number): Handover {
  const kept: ScopeRange[] = []
  const given: ScopeRange[] = []
  for (const range of scope) {
    const { first = 0, last = MAX } = range
    const own = reached.filter((each) => isOf(range, each) && each.last >= first)
    if (at !== undefined && at >= first) kept.push({ ...range, last: Math.min(at, last) })
    else if (at === undefined)
      for (const { facility, product, last: end } of own)
        kept.push({ facility, product, ...firstOf(range), last: Math.min(end, last) })
    const next = Math.max(first, ...own.map((each) => each.last + 1), (at ?? -1) + 1)
    if (next <= last) given.push(next === first ? range : { ...range, first: next })
  }
  return { kept, given }
}

const firstOf = ({ first }: ScopeRange) => (first === undefined ? {} : { first })

/** Parts of a scope that are asked for, and the others: a range of all products is cut into its products where it must be. */
export function partScope(
  scope: readonly ScopeRange[],
  wanted: readonly ScopeRange[],
  { products }: Pick<Catalogue, 'products'>,
): { readonly asked: readonly ScopeRange[]; readonly others: readonly ScopeRange[] } {
  const isCut = (range: ScopeRange) =>
    range.product === undefined &&
    wanted.some(({ facility, product }) => facility === range.facility && product !== undefined) &&
    !wanted.some(({ facility, product }) => facility === range.facility && product === undefined)
  const parts = scope.flatMap((range) =>
    isCut(range)
      ? products
          .filter(({ facility }) => facility === range.facility)
          .map(({ id }) => ({ ...range, product: id }))
      : [range],
  )
  const isAsked = (range: ScopeRange) =>
    wanted.some(
      ({ facility, product }) =>
        facility === range.facility && (product === undefined || product === range.product),
    )
  return { asked: parts.filter(isAsked), others: parts.filter((range) => !isAsked(range)) }
}

/** Products that a key may stamp and that no watermark of its own limits. */
export function unlimitedOf(
  context: Context,
  { publicKey, scope }: TrustedIssuer,
  { products }: Pick<Catalogue, 'products'>,
): number[] {
  const marks = (revocationContent(context)?.watermarks ?? []).filter(({ key }) =>
    equalBytes(key, sha256(publicKey)),
  )
  // A range that ends was closed when a key was retired.
  const open = scope.filter(({ last = MAX }) => last === MAX)
  return products
    .filter(({ id, facility }) => open.some((range) => isOf(range, { facility, product: id })))
    .filter(({ id, facility }) => !marks.some((mark) => mark.product === id && mark.facility === facility))
    .map(({ id }) => id)
}

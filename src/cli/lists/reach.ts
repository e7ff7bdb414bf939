import type { ScopeRange } from '../../trust/scope.ts'
import { reservationsOf } from '../project/files.ts'
import type { Context } from '../shell/context.ts'

/** What keys may stamp and what was stamped with them, in words and counts. */

/** So many of a kind are named; the others are counted. */
const NAMED = 5

export function some<T>({ words }: Context, items: readonly T[], nameOf: (item: T) => string): string {
  const rest = items.length - NAMED
  const names = items.slice(0, NAMED).map(nameOf)
  return [...names, ...(rest > 0 ? [words.changes.more(rest)] : [])].join(', ')
}

const MAX = Number.MAX_SAFE_INTEGER

export function rangesText(context: Context, ranges: readonly ScopeRange[]): string {
  const words = context.words.changes
  const isAll = ({ first = 0, last = MAX }: ScopeRange) => first === 0 && last === MAX
  const whole = ranges.filter((range) => range.product === undefined && isAll(range))
  const others = ranges.filter((range) => !whole.includes(range))
  const texts = [
    ...(whole.length > 0
      ? [words.wholeFacilities(some(context, whole, ({ facility }) => String(facility)))]
      : []),
    ...(others.length > 0
      ? [
          some(context, others, (range) => {
            const { facility, product, first = 0, last = MAX } = range
            const serials = isAll(range) ? '' : words.serials(first, last === MAX ? undefined : last)
            return words.range(product, facility, serials)
          }),
        ]
      : []),
  ]
  return texts.join('; ') || words.nothing
}

export type CountIssued = (publicKey: string, ranges?: readonly ScopeRange[]) => number

/** Counts the serials that this project's runs have of a key, or of it in some ranges. */
export function issuedCounter(context: Context): CountIssued {
  const runs = reservationsOf(context)
  return (publicKey, ranges) =>
    runs
      .filter((run) => run.publicKey === publicKey)
      .flatMap((run) => {
        if (ranges === undefined) return run.count
        return ranges
          .filter(
            ({ facility, product = run.product }) => facility === run.facility && product === run.product,
          )
          .map(({ first = 0, last = MAX }) =>
            Math.max(0, Math.min(last, run.last) - Math.max(first, run.first) + 1),
          )
      })
      .reduce((sum, count) => sum + count, 0)
}

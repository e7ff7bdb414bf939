import { kindOf } from '../lib/arguments.ts'
import { checkFields, checkInteger } from '../lib/checks.ts'
import { type SerialSet, sortTogether } from './serial-set.ts'

/** Neighbouring serials from `first` to `last`, both included. */
export interface SerialRange {
  readonly first: number
  readonly last: number
}

/** Single serials and runs of them, in any order; they may touch, overlap and repeat. */
export type Serials = Iterable<number | SerialRange>

/** An argument that gives serials. */
export const aSerials = kindOf(
  'an array or an iterable of serials and { first, last }',
  (value) => typeof value === 'object' && typeof Object(value)[Symbol.iterator] === 'function',
)

const RUN = { first: true, last: true }

/**
 * The set of these serials.
 * @param serials numbers and `{ first, last }`, in any order
 * @throws an argument error for anything but a serial, or a run that ends before it begins
 * @example
 * ```ts
 * import { serialSetOf } from 'veristamp/authority'
 *
 * const { firsts, lasts } = serialSetOf([7, 8, { first: 9, last: 1000 }, 90_001])
 * firsts // → Float64Array.of(7, 90001)
 * lasts // → Float64Array.of(1000, 90001)
 * ```
 */
export function serialSetOf(serials: Serials): SerialSet {
  const firsts: number[] = []
  const lasts: number[] = []
  aSerials('serials', serials)
  for (const item of serials) {
    const isRun = typeof item === 'object' && item !== null
    const { first, last } = isRun ? checkFields('serials', item, RUN) : { first: item, last: item }
    firsts.push(checkInteger('serial', first, 0, Number.MAX_SAFE_INTEGER))
    lasts.push(checkInteger('serial', last, first, Number.MAX_SAFE_INTEGER))
  }
  return mergeRuns(Float64Array.from(firsts).sort(), Float64Array.from(lasts).sort())
}

/** The serials of any of the sets. */
export const uniteSets = (...sets: readonly SerialSet[]): SerialSet =>
  mergeRuns(sortTogether(sets.map(({ firsts }) => firsts)), sortTogether(sets.map(({ lasts }) => lasts)))

/** The serials of `set` that `taken` does not hold. */
export function subtractSet(set: SerialSet, taken: SerialSet): SerialSet {
  const firsts: number[] = []
  const lasts: number[] = []
  const keep = (first: number, last: number) => {
    if (first > last) return
    firsts.push(first)
    lasts.push(last)
  }
  let next = 0
  for (const { first, last } of runsOf(set)) {
    while (next < taken.lasts.length && taken.lasts[next]! < first) next++
    let from = first
    for (let i = next; i < taken.firsts.length && taken.firsts[i]! <= last; i++) {
      keep(from, taken.firsts[i]! - 1)
      from = taken.lasts[i]! + 1
    }
    keep(from, last)
  }
  return { firsts: Float64Array.from(firsts), lasts: Float64Array.from(lasts) }
}

/** The serials of the set from `first` to `last`. Looks at no others, however many there are. */
export function cutSet({ firsts, lasts }: SerialSet, { first, last }: SerialRange): SerialSet {
  const begin = countWhere(lasts, (each) => each < first)
  const end = countWhere(firsts, (each) => each <= last)
  const cut = { firsts: firsts.slice(begin, end), lasts: lasts.slice(begin, end) }
  if (begin >= end) return cut
  cut.firsts[0] = Math.max(cut.firsts[0]!, first)
  cut.lasts[end - begin - 1] = Math.min(cut.lasts[end - begin - 1]!, last)
  return cut
}

/** How many at the beginning of a row are so, where none is after one that is not: by binary search. */
function countWhere(row: Float64Array, isSo: (value: number) => boolean): number {
  let low = 0
  for (let high = row.length; low < high; ) {
    const middle = (low + high) >>> 1
    if (isSo(row[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}

/** The runs in ascending order, with at least one missing serial between them. */
export function* runsOf({ firsts, lasts }: SerialSet): Generator<SerialRange, void, undefined> {
  for (let i = 0; i < firsts.length; i++) yield { first: firsts[i]!, last: lasts[i]! }
}

/**
 * Merges runs, given as their firsts and lasts, each in ascending order by itself; both arrays are written
 * over. A merged run ends before the i-th first exactly where i lasts lie two or more below it.
 */
function mergeRuns(firsts: Float64Array, lasts: Float64Array): SerialSet {
  let count = 0
  for (let i = 0; i < firsts.length; i++) {
    if (i === 0 || firsts[i]! - lasts[i - 1]! > 1) firsts[count++] = firsts[i]!
    lasts[count - 1] = lasts[i]!
  }
  return { firsts: firsts.slice(0, count), lasts: lasts.slice(0, count) }
}

import { Refusal } from '../document/refusal.ts'

/**
 * An exact, immutable set of serials (whole numbers from 0 to 2^53 − 1): the i-th run of neighbours goes from
 * `firsts[i]` to `lasts[i]`, both included. Runs ascend, and at least one serial between two is missing. Takes
 * 16 bytes of memory a run, however long the run.
 */
export interface SerialSet {
  readonly firsts: Float64Array
  readonly lasts: Float64Array
}

/** No list has more runs, in all its sets together. */
export const MAX_RUNS = 2 ** 22

/** Whether the set holds this serial, by binary search. */
export function hasSerial({ firsts, lasts }: SerialSet, serial: number): boolean {
  let run = -1
  let beyond = firsts.length
  while (beyond - run > 1) {
    const middle = (run + beyond) >>> 1
    if (firsts[middle]! <= serial) run = middle
    else beyond = middle
  }
  return run >= 0 && serial <= lasts[run]!
}

/**
 * The serials of one set or more; runs that touch stay apart.
 * @throws Refusal `serials_overlap` where two of the sets share a serial
 */
export function joinDisjoint(sets: readonly SerialSet[]): SerialSet {
  if (sets.length === 1) return sets[0]!
  const firsts = sortTogether(sets.map(({ firsts }) => firsts))
  const lasts = sortTogether(sets.map(({ lasts }) => lasts))
  // Where no run overlaps another, the i-th first and the i-th last belong together.
  if (firsts.some((first, i) => first <= lasts[i - 1]!)) throw new Refusal('serials_overlap')
  return { firsts, lasts }
}

/** All numbers of the parts in ascending order, in a new array. */
export function sortTogether(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all.sort()
}

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

import type { Source } from '../lib/chunks.ts'

/** What one event is about: one thing that happened, to so many EPCs or classes. */
export interface Gathered<Head> {
  readonly head: Head
  /** Each once, in the order in which they came. Classes have their quantity. */
  readonly epcs: ReadonlyMap<string, number>
}

/** What a row adds. */
export interface Gatherable<Head> {
  readonly head: Head
  /** EPCs or classes, each with how many pieces it stands for. */
  readonly epcs: Iterable<readonly [epc: string, pieces: number]>
}

/**
 * Puts rows that follow one another and say the same together, up to `max` EPCs: the same rows are cut in the same way each
 * time, however their serials are split over them. Holds one event at a time.
 */
export async function* gatherRows<T, Head>(
  rows: Source<T>,
  max: number,
  read: (row: T, index: number) => Gatherable<Head>,
): AsyncGenerator<Gathered<Head>, void, undefined> {
  let open: { key: string; head: Head; epcs: Map<string, number> } | undefined
  let index = 0
  for await (const row of rows) {
    const { head, epcs } = read(row, index++)
    const key = JSON.stringify(head)
    if (open !== undefined && open.key !== key) {
      yield open
      open = undefined
    }
    for (const [epc, pieces] of epcs) {
      if (open !== undefined && open.epcs.size === max && !open.epcs.has(epc)) {
        yield open
        open = undefined
      }
      open ??= { key, head, epcs: new Map() }
      open.epcs.set(epc, (open.epcs.get(epc) ?? 0) + pieces)
    }
  }
  if (open !== undefined) yield open
}

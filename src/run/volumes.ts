import { checkStock } from '../print/sheet/stock.ts'
import type { Reservation } from './job.ts'

/** A run's PDF, or its volumes: each depends on the run's record and its own serials alone (docs/spec/runs.md). */
export interface Volume {
  /** `sheets.pdf`, or as in `sheets-07.pdf`. */
  readonly name: string
  /** Its labels. */
  readonly count: number
  /** The first label of its first page to print on, from 1. */
  readonly start: number
  /** From 1, and how many there are. */
  readonly number: number
  readonly of: number
  /** Of its first page, counted through all volumes. */
  readonly page: number
  /** Its serials. */
  readonly first: number
  readonly last: number
}

type WithSheet = Pick<Reservation, 'sheet' | 'count' | 'first' | 'last'>

/** The pages of a run, without those that begin rolls. */
export function pagesOf({ sheet, count }: Pick<Reservation, 'sheet' | 'count'>): number {
  if (sheet === undefined) return 0
  const { columns, rows } = checkStock('sheet.stock', sheet.stock)
  return Math.ceil(((sheet.start ?? 1) - 1 + count) / (columns * rows))
}

/** The volumes of a run in their order; none where its job has no sheet. */
export function volumesOf(run: WithSheet): readonly Volume[] {
  const { sheet, count } = run
  if (sheet === undefined) return []
  const { volume = pagesOf(run), start = 1 } = sheet
  const { columns, rows } = checkStock('sheet.stock', sheet.stock)
  const full = volume * columns * rows
  const of = Math.ceil((start - 1 + count) / full)
  return Array.from({ length: of }, (_, index) => {
    const skipped = index === 0 ? start - 1 : 0
    const first = run.first + index * full - (start - 1) + skipped
    const last = Math.min(run.last, first + full - skipped - 1)
    return {
      name: sheet.volume === undefined ? 'sheets.pdf' : nameOf(index + 1, of),
      count: last - first + 1,
      start: index === 0 ? start : 1,
      ...{ number: index + 1, of, page: index * volume + 1, first, last },
    }
  })
}

const nameOf = (number: number, of: number): string =>
  `sheets-${String(number).padStart(String(of).length, '0')}.pdf`

/**
 * Hands on the items of a source share by share, each in its turn. A share that is left early closes the source.
 * @returns what gives the next share, of so many items at the most
 */
export function sharesOf<T>(source: AsyncIterable<T>): (count: number) => AsyncGenerator<T, void> {
  const iterator = source[Symbol.asyncIterator]()
  return async function* share(count) {
    let isOver = false
    try {
      for (let taken = 0; taken < count; taken++) {
        const { done, value } = await iterator.next()
        if (done) break
        yield value
      }
      isOver = true
    } finally {
      if (!isOver) await iterator.return?.()
    }
  }
}

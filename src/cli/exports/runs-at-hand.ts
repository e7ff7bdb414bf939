import { groupBy } from '../../lib/group-by.ts'
import type { Reservation } from '../../run/job.ts'
import { describeRun } from '../../run/run.ts'
import { journalOf, reservationsOf } from '../project/files.ts'
import type { Context } from '../shell/context.ts'

export interface WholeRun {
  readonly run: Reservation
  readonly void: boolean
}

/** Says whether all serials of a product from the first to the last were printed, by whichever runs. */
export type WerePrinted = (product: number, first: number, last: number) => boolean

export function printedSerials(context: Context): WerePrinted {
  const runs = wholeRuns(context)
    .map(({ run }) => run)
    .sort((a, b) => a.first - b.first)
  const byProduct = groupBy(runs, ({ product }) => product)
  return (product, first, last) => {
    let next = first
    for (const run of byProduct.get(product) ?? []) {
      if (run.first <= next && next <= run.last) next = run.last + 1
    }
    return next > last
  }
}

/** All runs that are finished, void ones among them. */
export const wholeRuns = (context: Context): WholeRun[] =>
  reservationsOf(context)
    .map(({ id }) => describeRun(journalOf(context), id))
    .filter(({ finished }) => finished)

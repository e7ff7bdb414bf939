import { checkStock } from '../../print/sheet/stock.ts'
import type { RevocationList } from '../../revocation/revocation-list.ts'
import { runsOf, type SerialRange, serialSetOf, subtractSet } from '../../revocation/serial-set-algebra.ts'
import type { CodeRow } from '../../run/codes/code-lines.ts'
import type { Reservation, RunSheet } from '../../run/job.ts'
import { pagesOf, type Volume, volumesOf } from '../../run/volumes.ts'
import { parseSerials } from '../project/serial-text.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** Labels of a run that are printed once more: a page, or some serials. */
export interface RunPart {
  readonly spans: readonly SerialRange[]
  readonly count: number
  /** Where they go on the paper, and how their pages are numbered. */
  readonly volume: Volume
  /** The pages that footers count: the whole run's for one of its pages. */
  readonly pages: number
}

export interface PartOptions {
  readonly page?: number | undefined
  readonly serials?: string | undefined
  /** A roll, with what begins it. */
  readonly roll?: number | undefined
  readonly start?: number | undefined
}

/** Undefined where the whole run is asked for. @throws Failure `misuse` or `argument_range` */
export function runPart(
  context: Context,
  run: Reservation,
  sheet: RunSheet,
  { page, serials, roll, start }: PartOptions,
): RunPart | undefined {
  const { words } = context
  if ([page, serials, roll].filter((each) => each !== undefined).length > 1)
    throw new Failure('misuse', words.shop.pageOrSerials)
  if (roll !== undefined) return rollPart(context, run, sheet, roll)
  if (page !== undefined) return pagePart(context, run, sheet, page)
  if (serials === undefined) return undefined
  const asked = serialSetOf(parseSerials(context, serials))
  const [outside] = runsOf(subtractSet(asked, serialSetOf([{ first: run.first, last: run.last }])))
  if (outside !== undefined)
    throw new Failure('argument_range', words.shop.outside(run.id, run.first, run.last))
  const spans = [...runsOf(asked)]
  const count = countIn(spans)
  const pages = pagesOf({ count, sheet: { ...sheet, start } })
  return { spans, count, pages, volume: volumeOf(spans, count, start ?? 1, 1) }
}

function rollPart(context: Context, run: Reservation, sheet: RunSheet, roll: number): RunPart {
  const { words } = context
  const rolls = volumesOf({ ...run, sheet })
  const volume = rolls[roll - 1]
  if (volume === undefined || sheet.roll !== true)
    throw new Failure(
      'argument_range',
      words.shop.badRoll(roll, sheet.roll ? rolls.length : 0),
      words.shop.badRollHow,
    )
  const { first, last, count } = volume
  return { spans: [{ first, last }], count, volume, pages: pagesOf({ count: run.count, sheet }) }
}

function pagePart(context: Context, run: Reservation, sheet: RunSheet, page: number): RunPart {
  const { words } = context
  const pages = pagesOf({ count: run.count, sheet })
  if (page < 1 || page > pages)
    throw new Failure('argument_range', words.shop.badPage(page, pages), words.shop.badPageHow)
  const { columns, rows } = checkStock('stock', sheet.stock)
  const full = columns * rows
  const start = page === 1 ? (sheet.start ?? 1) : 1
  const first = Math.max(run.first, run.first + (page - 1) * full - ((sheet.start ?? 1) - 1))
  const last = Math.min(run.last, first + full - start)
  const spans = [{ first, last }]
  return { spans, count: last - first + 1, pages, volume: volumeOf(spans, last - first + 1, start, page) }
}

const countIn = (spans: readonly SerialRange[]): number =>
  spans.reduce((sum, { first, last }) => sum + (last - first + 1), 0)

const volumeOf = (spans: readonly SerialRange[], count: number, start: number, page: number): Volume => ({
  ...{ name: '', count, start, number: 1, of: 1, page },
  ...{ first: spans[0]!.first, last: spans.at(-1)!.last },
})

/** The rows of a part, in their order; the others are read too, so that all of the file is checked. */
export async function* rowsOfPart(
  rows: AsyncIterable<CodeRow>,
  part: RunPart | undefined,
): AsyncGenerator<CodeRow> {
  let at = 0
  for await (const row of rows) {
    if (part === undefined) yield row
    else {
      while (at < part.spans.length && part.spans[at]!.last < row.serial) at++
      const span = part.spans[at]
      if (span !== undefined && span.first <= row.serial) yield row
    }
  }
}

/** @throws Failure `revoked` for labels that nobody should print again */
export function checkNotRevoked(
  { words }: Context,
  { facility, product }: Reservation,
  { spans }: RunPart,
  list: RevocationList | undefined,
): void {
  for (const { first, last } of spans)
    for (let serial = first; list !== undefined && serial <= last; serial++)
      if (list.findSerial(facility, product, serial) !== undefined)
        throw new Failure('revoked', words.shop.reprintRevoked(serial), words.shop.reprintRevokedHow)
}

/** As people type serials: `5,10-20`. */
export const spansText = (spans: readonly SerialRange[]): string =>
  spans.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',')

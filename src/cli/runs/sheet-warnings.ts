import type { SheetFonts } from '../../print/sheet/document.ts'
import { FEWEST_DOTS } from '../../print/sheet/layout.ts'
import type { RunJob } from '../../run/job.ts'
import { sheetWarnings, wordCuts } from '../../run/sheets.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'

/**
 * Tells what a job's sheet itself warns about, in the reader's language, and what of the words its labels have no room for:
 * before any serial is taken. @throws as `createSheet` does
 */
export function warnOfSheet(context: Context, job: RunJob, fonts: SheetFonts): void {
  for (const { details } of sheetWarnings(job.sheet!, fonts))
    warnOfDots(context, details.dots, details.symbol === 'hidden')
  const { shop } = context.words
  const cuts = wordCuts(job, fonts).map(({ field, printed }) => shop.cut(field, printed))
  if (cuts.length > 0) warn(context, `${cuts.join('; ')}: ${shop.cutHow}`)
}

/** The same for symbols whose dots are given. */
export function warnOfDots(context: Context, dots: number, isHidden = false): void {
  if (dots < FEWEST_DOTS) warn(context, context.words.fewDots(dots, FEWEST_DOTS, isHidden))
}

import type { SheetFonts } from '../../print/sheet/document.ts'
import { FEWEST_DOTS } from '../../print/sheet/layout.ts'
import type { RunSheet } from '../../run/job.ts'
import { sheetWarnings } from '../../run/sheets.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'

/** Tells what the sheet itself warns about, in the reader's language. @throws as `createSheet` does */
export function warnOfSheet(context: Context, sheet: RunSheet, fonts: SheetFonts): void {
  for (const { details } of sheetWarnings(sheet, fonts))
    warnOfDots(context, details.dots, details.symbol === 'hidden')
}

/** The same for symbols whose dots are given. */
export function warnOfDots(context: Context, dots: number, isHidden = false): void {
  if (dots < FEWEST_DOTS) warn(context, context.words.fewDots(dots, FEWEST_DOTS, isHidden))
}

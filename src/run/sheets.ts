import { checkInteger } from '../lib/checks.ts'
import { VeristampError } from '../lib/errors.ts'
import { createPress } from '../print/press/press.ts'
import type { SheetFonts } from '../print/sheet/document.ts'
import type { LabelWords } from '../print/sheet/face.ts'
import { checkLabel, type Label } from '../print/sheet/label.ts'
import { missingLetters } from '../print/sheet/letters.ts'
import { createSheet, type PdfOptions, type SheetWarning } from '../print/sheet/sheet.ts'
import type { CodeRow } from './codes/code-lines.ts'
import { digestFonts } from './fonts.ts'
import type { Reservation, RunSheet } from './job.ts'
import { longestText } from './signing.ts'

export interface SheetsOptions {
  readonly fonts: SheetFonts
  readonly layer?: PdfOptions['layer'] | undefined
  /** The hidden code of a serial, for sealed stamps. */
  readonly hiddenCode?: ((serial: number) => string) | undefined
}

/**
 * Tries a sheet's options, its room for the run's longest text and the letters of its words, before serials are taken.
 * @throws an argument error; VeristampError `does_not_fit` or `letter_missing`
 */
export function checkSheet(run: Reservation, sheet: RunSheet, fonts: SheetFonts): void {
  const text = longestText(run)
  const { product, facility, stars, start = 1, cropMarks, ...options } = sheet
  checkLabel({ text, serial: run.last, ...words(sheet) })
  const { layout } = createSheet({ ...options, fonts })
  checkInteger('sheet.start', start, 1, layout.cells.length)
  createPress({ level: options.level ?? 'M', version: options.version ?? 6 }).symbol(text)
  checkLetters(sheet, fonts)
}

function checkLetters(sheet: RunSheet, fonts: SheetFonts): void {
  const { language } = sheet
  const [missing] = missingLetters(fonts, { ...words(sheet), language })
  if (missing === undefined) return
  const { field, font, letter } = missing
  const numbers = [...letter].map(
    (each) => `U+${each.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
  )
  throw new VeristampError(
    'letter_missing',
    `sheet.${field}: the ${font} font has no ${JSON.stringify(letter)} (${numbers.join(' ')})`,
    { field, font, letter, numbers },
  )
}

const words = ({ product, facility, stars }: RunSheet): LabelWords => ({ product, facility, stars })

/** What is to be said of a sheet before it is printed. @throws as `createSheet` does */
export function sheetWarnings(
  { product, facility, stars, start, cropMarks, ...options }: RunSheet,
  fonts: SheetFonts,
): readonly SheetWarning[] {
  return createSheet({ ...options, fonts }).warnings
}

/** The PDF of a run's codes, in pieces. @throws VeristampError `run_corrupt` for other fonts than the run began with */
export function sheetsOf(
  run: Reservation,
  sheet: RunSheet,
  rows: AsyncIterable<CodeRow>,
  { fonts, layer, hiddenCode }: SheetsOptions,
): AsyncGenerator<Uint8Array, void> {
  if (run.fonts !== undefined && digestFonts(fonts) !== run.fonts) {
    throw new VeristampError(
      'run_corrupt',
      `run ${run.id}: begun with other fonts, which would make another PDF`,
      { fault: 'other_fonts', run: run.id },
    )
  }
  const { product, facility, stars, start, cropMarks, ...options } = sheet
  const own = words(sheet)
  async function* labels(): AsyncGenerator<Label> {
    for await (const { serial, code } of rows) {
      const label = { text: code, serial, ...own }
      yield hiddenCode === undefined ? label : { hiddenCode: hiddenCode(serial), ...label }
    }
  }
  const created = new Date(run.reserved * 1000)
  return createSheet({ ...options, fonts, created }).pdf(labels(), {
    layer,
    start,
    cropMarks,
  })
}

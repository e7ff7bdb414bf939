import { checkInteger } from '../lib/checks.ts'
import { VeristampError } from '../lib/errors.ts'
import { createPress } from '../print/press/press.ts'
import type { SheetFonts } from '../print/sheet/document.ts'
import { checkLabel, type Label, type LabelClaims } from '../print/sheet/label.ts'
import { missingLetters } from '../print/sheet/letters.ts'
import type { PdfOptions, SheetRoll } from '../print/sheet/pdf-options.ts'
import type { WordCut } from '../print/sheet/second/composition.ts'
import { createSheet, type Sheet, type SheetWarning } from '../print/sheet/sheet.ts'
import type { CodeRow } from './codes/code-lines.ts'
import { checkFonts } from './fonts.ts'
import type { Reservation, RunJob, RunSheet } from './job.ts'
import { longestText } from './signing.ts'
import { asReserved } from './symbol-size.ts'
import { pagesOf, type Volume } from './volumes.ts'

export interface SheetsOptions {
  readonly fonts: SheetFonts
  readonly layer?: PdfOptions['layer'] | undefined
  /** The hidden code of a serial, for sealed stamps. */
  readonly hiddenCode?: ((serial: number) => string) | undefined
  /** The part of the run that the rows are: all of it in one file by default. */
  readonly volume?: Volume | undefined
}

/** Splits a run's sheet into what sheets are made with, and what a PDF is. A record that names no design is of the first. */
function split({ product, facility, stars, start, cropMarks, volume, footer, roll, ...options }: RunSheet) {
  return {
    options: { ...options, design: options.design ?? (1 as const) },
    words: { product, facility, stars },
    pdf: { start, cropMarks },
  }
}

/**
 * Tries a sheet's options, its room for the run's longest text and the letters of its words, before serials are taken.
 * @throws an argument error; VeristampError `does_not_fit` or `letter_missing`
 */
export function checkSheet(run: Reservation, sheet: RunSheet, fonts: SheetFonts): void {
  const text = longestText(run)
  const { options, words, pdf } = split(sheet)
  const label = { text, serial: run.last, ...words, ...claims(run), ...sealedLabel(run) }
  checkLabel(label)
  const made = createSheet({ ...options, fonts })
  checkInteger('sheet.start', pdf.start ?? 1, 1, made.layout.cells.length)
  createPress({ level: options.level ?? 'M', version: options.version ?? 6 }).symbol(text)
  checkLetters(sheet, fonts)
  made.cuts(label) // throws where there is no room for a serial
}

const claims = ({ lot, made, expires }: RunJob): LabelClaims => ({ lot, made, expires })

const sealedLabel = ({ sealed }: RunJob) => (sealed ? { hiddenCode: NO_CODE } : {})

/**
 * The words of a job for which its labels have no room: they are printed shorter, or not at all.
 * @throws as `createSheet` does
 */
export const wordCuts = (job: RunJob, fonts: SheetFonts): readonly WordCut[] =>
  sheetOfRun(job.sheet!, fonts).cuts(sampleLabel(job))

/** A label of a job that is not signed: what it says is right, its code is not a stamp. */
export function sampleLabel(job: RunJob, text?: string): Label {
  // As long as serials mostly are.
  const last = 'last' in job ? (job.last as number) : (job.first ?? 99_999) + job.count - 1
  const run = { ...asReserved(job), first: last, last }
  // What a link says stands beside it too.
  const code = text === undefined || job.carrier === 'gs1' ? longestText(run) : text
  return { text: code, serial: last, ...split(job.sheet!).words, ...claims(job), ...sealedLabel(job) }
}

function checkLetters(sheet: RunSheet, fonts: SheetFonts): void {
  const { language } = sheet
  const [missing] = missingLetters(fonts, { ...split(sheet).words, language })
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

/** What draws a run's labels. @throws as `createSheet` does */
export const sheetOfRun = (sheet: RunSheet, fonts: SheetFonts): Sheet =>
  createSheet({ ...split(sheet).options, fonts })

/** What is to be said of a sheet before it is printed. @throws as `createSheet` does */
export const sheetWarnings = (sheet: RunSheet, fonts: SheetFonts): readonly SheetWarning[] =>
  sheetOfRun(sheet, fonts).warnings

/** Stands for a code where only its place is printed. */
const NO_CODE = 'AAAA-AAAA-AAAA-AAAA'

/** What the first pass of labels shows of hidden codes: their place alone. */
export const stampLayer = ({ sealed }: Reservation): Pick<SheetsOptions, 'hiddenCode'> =>
  sealed ? { hiddenCode: () => NO_CODE } : {}

/** The PDF of a run's codes, in pieces. @throws as `checkFonts` does */
export function sheetsOf(
  run: Reservation,
  sheet: RunSheet,
  rows: AsyncIterable<CodeRow>,
  { fonts, layer, hiddenCode, volume }: SheetsOptions,
): AsyncGenerator<Uint8Array, void> {
  checkFonts(run, fonts)
  const { options, pdf } = split(sheet)
  const created = new Date(run.reserved * 1000)
  const title = options.design === 1 ? options.title : [run.id, options.title ?? []].flat().join(' · ')
  return createSheet({ ...options, title, fonts, created }).pdf(labelsOf(run, sheet, rows, hiddenCode), {
    ...pdf,
    layer,
    ...(sheet.footer && { footer: { run: run.id, pages: pagesOf({ ...run, sheet }), page: volume?.page } }),
    ...(volume && { start: volume.start }),
    ...(volume && sheet.roll && { roll: rollOf(run, volume) }),
  })
}

const rollOf = ({ id }: Reservation, { number, of, first, last }: Volume): SheetRoll => ({
  run: id,
  ...{ number, of, first, last },
})

/** What is printed of each row. */
export async function* labelsOf(
  run: Reservation,
  sheet: RunSheet,
  rows: AsyncIterable<CodeRow>,
  hiddenCode: SheetsOptions['hiddenCode'],
): AsyncGenerator<Label> {
  const own = { ...split(sheet).words, ...claims(run) }
  for await (const { serial, code } of rows) {
    const label = { text: code, serial, ...own }
    yield hiddenCode === undefined ? label : { hiddenCode: hiddenCode(serial), ...label }
  }
}

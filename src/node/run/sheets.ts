import { createHash, randomUUID } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Bytes } from '../../lib/bytes.ts'
import { equalBytes } from '../../lib/bytes.ts'
import { checkInteger } from '../../lib/checks.ts'
import { VeristampError } from '../../lib/errors.ts'
import { createPress } from '../../print/press/press.ts'
import type { SheetFonts } from '../../print/sheet/document.ts'
import type { LabelWords } from '../../print/sheet/face.ts'
import { checkLabel, type Label } from '../../print/sheet/label.ts'
import { missingLetters } from '../../print/sheet/letters.ts'
import { createSheet, type PdfRun, type SheetWarning } from '../../print/sheet/sheet.ts'
import type { Level } from '../../print/symbol.ts'
import { cleanUp, flushFile, renameFile, syncFolder } from '../disk.ts'
import { writeAll } from '../durable.ts'
import type { CodeRow } from './code-lines.ts'
import type { Reservation, RunJob, RunSheet } from './job.ts'
import { longestText } from './signing.ts'

/** The SHA-256 of fonts, in hexadecimal. */
export function digestFonts({ regular, bold }: SheetFonts): string {
  const hash = createHash('sha256').update(regular)
  return (bold === undefined ? hash : hash.update(bold)).digest('hex')
}

export interface SheetsOptions {
  readonly fonts: SheetFonts
  readonly layer?: PdfRun['layer']
  /** The hidden code of a serial, for sealed stamps. */
  readonly hiddenCode?: (serial: number) => string
}

/**
 * Tries a job's options, the room for its longest text and the letters of its words, before serials are taken for it.
 * @throws an argument error; VeristampError `does_not_fit` or `letter_missing`
 */
export function checkPrintable(run: Reservation, fonts: SheetFonts | undefined): void {
  const text = longestText(run)
  if (run.sheet === undefined) return
  const { product, facility, stars, start = 1, cropMarks, ...options } = run.sheet
  checkLabel({ text, serial: run.last, ...words(run.sheet) })
  const { layout } = createSheet({ ...options, fonts: fonts! })
  checkInteger('sheet.start', start, layout.cells.length, 1)
  createPress({ level: options.level ?? 'M', version: options.version ?? 6 }).symbol(text)
  checkLetters(run.sheet, fonts!)
}

function checkLetters(sheet: RunSheet, fonts: SheetFonts): void {
  const { language } = sheet
  const [missing] = missingLetters(fonts, { ...words(sheet), ...(language !== undefined && { language }) })
  if (missing === undefined) return
  const { field, font, letter } = missing
  const numbers = [...letter].map(
    (each) => `U+${each.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
  )
  throw new VeristampError(
    'letter_missing',
    `sheet.${field}: the ${font} font has no ${JSON.stringify(letter)} (${numbers.join(' ')})`,
  )
}

/** The smallest version of QR symbols that holds the texts of a job, whichever serials below 2^32 it gets. */
export function smallestVersion(job: RunJob, keyId: number, level: Level): number {
  const last = Math.max(2 ** 32 - 1, (job.first ?? 0) + job.count)
  const { carrier = 'base45' } = job
  const run = { ...job, carrier, keyId, first: last, last, id: '', publicKey: '', reserved: 0 }
  return createPress({ level }).symbol(longestText(run)).version
}

function words({ product, facility, stars }: RunSheet): LabelWords {
  return {
    ...(product !== undefined && { product }),
    ...(facility !== undefined && { facility }),
    ...(stars !== undefined && { stars }),
  }
}

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
    ...(layer && { layer }),
    ...(start !== undefined && { start }),
    ...(cropMarks !== undefined && { cropMarks }),
  })
}

/**
 * Writes a file that has its name only when it is whole, in place of one that has it. Returns the SHA-256.
 * @param digest that the file must have, where it is known
 * @throws VeristampError `run_corrupt` for another digest; what the pieces throw, and the file system
 */
export async function writeWhole(
  file: string,
  pieces: AsyncIterable<Uint8Array>,
  mode = 0o666,
  digest?: Uint8Array,
): Promise<Bytes> {
  const part = `${file}.${randomUUID()}.tmp`
  const descriptor = openSync(part, 'wx', mode)
  const hash = createHash('sha256')
  try {
    for await (const piece of pieces) {
      writeAll(descriptor, piece)
      hash.update(piece)
    }
    flushFile(descriptor)
  } catch (error) {
    cleanUp(part)
    throw error
  } finally {
    closeSync(descriptor)
  }
  const made = new Uint8Array(hash.digest())
  if (digest !== undefined && !equalBytes(made, digest)) {
    cleanUp(part)
    throw new VeristampError('run_corrupt', `${file}: made again, it is not what was signed for`)
  }
  renameFile(part, file)
  syncFolder(dirname(file))
  return made
}

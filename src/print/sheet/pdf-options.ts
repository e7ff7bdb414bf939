import {
  type ArgumentCheck,
  type ArgumentTable,
  checkTable,
  ifGiven,
  objectOf,
  oneOf,
  textOf,
  wholeNumber,
} from '../../lib/arguments.ts'
import { argumentRange } from '../../lib/errors.ts'

export interface PdfOptions {
  /** `stamp` by default: symbol and words. `hidden`: the hidden codes alone, for a pass of its own. */
  readonly layer?: 'stamp' | 'hidden' | undefined
  /** The first label of the first page to print on, from 1: those before it are used up. */
  readonly start?: number | undefined
  /** Marks where the labels' edges are: true for the margins alone, `labels` for the corners of every label. */
  readonly cropMarks?: boolean | 'labels' | undefined
  /** What stands outside the labels on every page, where the margin has room: run, page and serials. */
  readonly footer?: SheetFooter | undefined
  /** Begins with a page that says which roll it is, and a page of test labels that are no stamps. */
  readonly roll?: SheetRoll | undefined
}

export interface SheetFooter {
  /** The run's name. */
  readonly run: string
  /** How many pages there are in all. */
  readonly pages: number
  /** The number of the first page of this file: 1 by default. */
  readonly page?: number | undefined
}

/** A roll of a run, and the serials on it. */
export interface SheetRoll {
  readonly run: string
  readonly number: number
  readonly of: number
  readonly first: number | string
  readonly last: number | string
}

const MAX = 100_000_000
const aSerial: ArgumentCheck = (place, value) =>
  typeof value === 'number' ? wholeNumber(0, Number.MAX_SAFE_INTEGER)(place, value) : textOf(60)(place, value)
const footer: ArgumentTable<SheetFooter> = {
  run: textOf(60),
  pages: wholeNumber(1, MAX),
  page: ifGiven(wholeNumber(1, MAX)),
}
const roll: ArgumentTable<SheetRoll> = {
  run: textOf(60),
  number: wholeNumber(1, MAX),
  of: wholeNumber(1, MAX),
  first: aSerial,
  last: aSerial,
}
const aMark: ArgumentCheck = (place, value) => {
  if (typeof value !== 'boolean' && value !== 'labels')
    throw argumentRange(place, "true, false or 'labels'", value)
}

const fields: ArgumentTable<PdfOptions> = {
  layer: ifGiven(oneOf('stamp', 'hidden')),
  start: () => {}, // asked when the labels are
  cropMarks: ifGiven(aMark),
  footer: ifGiven(objectOf(footer)),
  roll: ifGiven(objectOf(roll)),
}

/** @throws an argument error */
export const checkPdfOptions = (given: PdfOptions): PdfOptions => checkTable('options', given, fields)

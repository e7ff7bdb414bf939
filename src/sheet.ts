/**
 * Lays out labels on sheets and rolls, as PDF.
 *
 * In the examples, `font` is the bytes of a TrueType or OpenType font, and `scanned` the text of a stamp.
 * @module veristamp/sheet
 */

export type { ArgumentDetails, ErrorDetails } from './lib/error-details.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { Level } from './print/level.ts'
export type { SheetFonts } from './print/sheet/document.ts'
export type { LabelWords, SheetLanguage } from './print/sheet/face.ts'
export type { Label } from './print/sheet/label.ts'
export type { Box, Cell, Layout } from './print/sheet/layout.ts'
export { letterFinder, type MissingLetter, missingLetters } from './print/sheet/letters.ts'
export type { SheetOptions } from './print/sheet/options.ts'
export { createSheet, type PdfOptions, type Sheet, type SheetWarning } from './print/sheet/sheet.ts'
export { STOCKS, type Stock, type StockName } from './print/sheet/stock.ts'

/**
 * Lays out labels on sheets and rolls, as PDF.
 *
 * In the examples, `font` is the bytes of a TrueType or OpenType font, and `scanned` the text of a stamp.
 * @module veristamp/sheet
 */

export type { ArgumentDetails, ErrorDetails } from './lib/error-details.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { Dots } from './print/dots.ts'
export type { Logo, LogoShape } from './print/drawing/logo.ts'
export { svgLogo } from './print/drawing/svg-logo.ts'
export type { Level } from './print/level.ts'
export type { SheetFonts } from './print/sheet/document.ts'
export type { Label, LabelClaims } from './print/sheet/label.ts'
export type { Box, Cell, Design, Layout } from './print/sheet/layout.ts'
export { letterFinder, type MissingLetter, missingLetters } from './print/sheet/letters.ts'
export type { SheetOptions } from './print/sheet/options.ts'
export type { PdfOptions, SheetFooter, SheetRoll } from './print/sheet/pdf-options.ts'
export type { WordCut } from './print/sheet/second/composition.ts'
export { createSheet, type Sheet, type SheetWarning } from './print/sheet/sheet.ts'
export { STOCKS, type Stock, type StockName } from './print/sheet/stock.ts'
export type { LabelTemplate, LabelWords, SheetLanguage } from './print/sheet/words.ts'

/**
 * Draws symbols as SVG, as PNG, for label printers and in a terminal, one or many; and writes codes for variable-data
 * printing.
 *
 * In the examples, `scanned` and `sealedText` are texts of stamps.
 * @module veristamp/print
 */

export type { ArgumentDetails, ErrorDetails } from './lib/error-details.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { BitSymbol } from './print/bits.ts'
export type { Dots } from './print/dots.ts'
export { hiddenSymbol } from './print/hidden-symbol.ts'
export type { Level } from './print/level.ts'
export { type PngOptions, png, pngPage } from './print/png.ts'
export { createPress, type Press, type PressedSymbol } from './print/press/press.ts'
export type { RasterOptions } from './print/raster.ts'
export { type SvgOptions, svg } from './print/svg.ts'
export { type QrSymbol, type SymbolOptions, symbol, textSymbol } from './print/symbol.ts'
export { terminal } from './print/terminal.ts'
export { type TsplOptions, tsplPage } from './print/tspl.ts'
export { csvLines, type DataRow, ndjsonLines } from './print/variable-data.ts'
export { type AfterLabel, type ZplOptions, type ZplPageOptions, zpl, zplPage } from './print/zpl.ts'

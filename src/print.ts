export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export { type SvgOptions, svg } from './print/svg.ts'
export { type Level, type QrSymbol, type SymbolOptions, symbol } from './print/symbol.ts'
export { terminal } from './print/terminal.ts'

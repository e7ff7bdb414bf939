import { type ArgumentTable, aboveZero, checkTable, ifGiven, wholeNumber } from '../lib/arguments.ts'
import { aSymbol, type QrSymbol } from './symbol.ts'

export interface SvgOptions {
  /** Quiet zone in modules, 4 by default: what ISO/IEC 18004 asks for. */
  readonly margin?: number | undefined
  /** The printed width with the quiet zone, in millimetres. Absent: the viewer decides. */
  readonly millimetres?: number | undefined
}

const fields: ArgumentTable<SvgOptions> = {
  margin: ifGiven(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
  millimetres: ifGiven(aboveZero(Number.MAX_VALUE)),
}

/**
 * The symbol as an SVG document: one unit a module, black on white.
 * @param symbol as `symbol` or a press makes it
 * @param options the side in millimetres, the colours and the quiet zone
 * @throws ArgumentTypeError or ArgumentRangeError for bad options
 * @example
 * ```ts
 * import { svg, symbol } from 'veristamp'
 *
 * svg(symbol(scanned), { millimetres: 15 }) // → '<svg…'
 * ```
 */
export function svg(symbol: QrSymbol, options: SvgOptions = {}): string {
  aSymbol('symbol', symbol)
  const { margin = 4, millimetres } = checkTable('options', options, fields)
  const side = symbol.size + 2 * margin
  const printed = millimetres === undefined ? '' : ` width="${millimetres}mm" height="${millimetres}mm"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${printed} viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">`,
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/>`,
    `<path d="${darkRuns(symbol, margin)}"/>`,
    '</svg>\n',
  ].join('')
}

/** A rectangle for each run of dark modules in a row. */
export function darkRuns({ size, modules }: QrSymbol, margin: number): string {
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (modules[row * size + column] !== 1) continue
      const start = column
      while (column < size && modules[row * size + column] === 1) column++
      path += `M${start + margin} ${row + margin}h${column - start}v1h-${column - start}z`
    }
  }
  return path
}

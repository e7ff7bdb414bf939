import { aSymbol, type QrSymbol } from './symbol.ts'

const MARGIN = 2
const WHITE_ON_BLACK = '\u001b[97;40m'
const RESET = '\u001b[0m'

/**
 * The symbol for a terminal with ANSI colours: two rows of modules a line, in half blocks.
 * @param symbol as `symbol` makes it
 * @throws ArgumentTypeError for anything but a symbol
 * @example
 * ```ts
 * import { symbol, terminal } from 'veristamp'
 *
 * console.log(terminal(symbol(scanned)))
 * ```
 */
export function terminal(symbol: QrSymbol): string {
  aSymbol('symbol', symbol)
  const { size, modules } = symbol
  const isLight = (row: number, column: number): boolean => {
    const inside = row >= 0 && row < size && column >= 0 && column < size
    return !inside || modules[row * size + column] === 0
  }
  const halves = (row: number, column: number): string => {
    const [top, bottom] = [isLight(row, column), isLight(row + 1, column)]
    if (top) return bottom ? '█' : '▀'
    return bottom ? '▄' : ' '
  }
  const lines: string[] = []
  for (let row = -MARGIN; row < size + MARGIN; row += 2) {
    let line = ''
    for (let column = -MARGIN; column < size + MARGIN; column++) line += halves(row, column)
    lines.push(WHITE_ON_BLACK + line + RESET)
  }
  return `${lines.join('\n')}\n`
}

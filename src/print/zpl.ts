import { type ArgumentTable, anyText, checkTable, ifGiven, wholeNumber } from '../lib/arguments.ts'
import { toHex } from '../lib/bytes.ts'
import { type RasterOptions, rasterFields, rasterise } from './raster.ts'
import type { QrSymbol } from './symbol.ts'

export interface ZplOptions extends RasterOptions {
  /** Dots from the label's left edge to the quiet zone's, 0 to 32000. */
  readonly left?: number | undefined
  /** Dots from the label's top edge to the quiet zone's, 0 to 32000. */
  readonly top?: number | undefined
  /** More fields of the same label in ZPL, as they are: texts, lines. They are not checked. */
  readonly fields?: string | undefined
}

const zplFields: ArgumentTable<ZplOptions> = {
  ...rasterFields,
  left: ifGiven(wholeNumber(0, 32_000)),
  top: ifGiven(wholeNumber(0, 32_000)),
  fields: ifGiven(anyText),
}

/**
 * The symbol as a label in ZPL II, Zebra's language for label printers: one `^GFA` graphic of whole dots, which no
 * printer scales, in ZPL's compressed hexadecimal. 8 dots a module unless `dots` says otherwise.
 * @throws ArgumentTypeError or ArgumentRangeError for bad options
 * @example
 * ```ts
 * import { symbol, zpl } from 'veristamp/print'
 *
 * zpl(symbol(scanned), { dots: 6, left: 40, top: 40 }) // → '^XA^FO40,40^GFA,…'
 * ```
 */
export function zpl(symbol: QrSymbol, given: ZplOptions = {}): string {
  const { left = 0, top = 0, fields = '', ...options } = checkTable('options', given, zplFields)
  const { side, rowBytes, bits } = rasterise(symbol, options)
  let graphic = ''
  let previous: string | undefined
  for (let row = 0; row < side; row++) {
    const line = compressLine(toHex(bits.subarray(row * rowBytes, (row + 1) * rowBytes)).toUpperCase())
    graphic += line === previous ? ':' : line
    previous = line
  }
  return `^XA^FO${left},${top}^GFA,${bits.length},${bits.length},${rowBytes},${graphic}^FS${fields}^XZ\n`
}

/** Runs of a digit as a count and the digit; `,` for zeros to the end of the line, `!` for ones. */
function compressLine(hex: string): string {
  const end = hex.endsWith('F') ? '!' : ','
  const kept = hex.replace(end === '!' ? /F+$/ : /0+$/, '')
  return (
    kept.replace(/(.)\1+/g, (run, digit: string) => repeatCount(run.length) + digit) +
    (kept === hex ? '' : end)
  )
}

/** `g` to `z` are 20 to 400 in steps of 20, `G` to `Y` 1 to 19. */
function repeatCount(count: number): string {
  let code = 'z'.repeat(Math.floor(count / 400))
  const [twenties, ones] = [Math.floor((count % 400) / 20), count % 20]
  if (twenties > 0) code += String.fromCharCode(0x66 + twenties)
  if (ones > 0) code += String.fromCharCode(0x46 + ones)
  return code
}

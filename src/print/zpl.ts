import { type ArgumentTable, anyText, checkTable, ifGiven, oneOf, wholeNumber } from '../lib/arguments.ts'
import { toHex } from '../lib/bytes.ts'
import { checkDots, type Dots } from './dots.ts'
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
  const graphic = graphicOf({ width: side, height: side, rowBytes, bits })
  return `^XA^FO${left},${top}${graphic}${fields}^XZ\n`
}

/** What a printer does with a label that is printed. */
export type AfterLabel = 'tear' | 'peel' | 'cut' | 'rewind'

export interface ZplPageOptions {
  /** `^MM`: what the printer is set to by default. */
  readonly after?: AfterLabel | undefined
}

const MODES: Readonly<Record<AfterLabel, string>> = { tear: 'T', peel: 'P', cut: 'C', rewind: 'R' }
const pageFields: ArgumentTable<ZplPageOptions> = { after: ifGiven(oneOf(...Object.keys(MODES))) }

/**
 * A page of a printer's dots, as `sheet.dots` draws it, in ZPL II. It is printed once: `^JZN` keeps the printer from
 * printing a label again after a jam or an empty roll, which would give a serial twice, and `^PQ1` from any more.
 * @throws ArgumentTypeError or ArgumentRangeError for anything but dots, or bad options
 * @example
 * ```ts
 * import { zplPage } from 'veristamp/print'
 *
 * const page = { width: 16, height: 1, rowBytes: 2, bits: new Uint8Array([255, 0]) }
 * zplPage(page, { after: 'cut' }) // → '^XA^JZN^MMC^PW16^LL1^LH0,0^PQ1,0,0,N^…'
 * ```
 */
export function zplPage(page: Dots, given: ZplPageOptions = {}): string {
  const dots = checkDots('page', page)
  const { after } = checkTable('options', given, pageFields)
  const mode = after === undefined ? '' : `^MM${MODES[after]}`
  const { width, height } = dots
  return `^XA^JZN${mode}^PW${width}^LL${height}^LH0,0^PQ1,0,0,N^FO0,0${graphicOf(dots)}^XZ\n`
}

function graphicOf({ height, rowBytes, bits }: Dots): string {
  let graphic = ''
  let previous: string | undefined
  for (let row = 0; row < height; row++) {
    const line = compressLine(toHex(bits.subarray(row * rowBytes, (row + 1) * rowBytes)).toUpperCase())
    graphic += line === previous ? ':' : line
    previous = line
  }
  return `^GFA,${bits.length},${bits.length},${rowBytes},${graphic}^FS`
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

import { type ArgumentTable, checkTable, ifGiven, numberFrom, wholeNumber } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { asciiBytes, concatBytes } from '../lib/bytes.ts'
import { checkDots, type Dots } from './dots.ts'

export interface TsplOptions {
  /** The printer's resolution in dots an inch. */
  readonly dpi: number
  /** Millimetres from one row of labels to the next: what the printer measured by default. */
  readonly gap?: number | undefined
}

const fields: ArgumentTable<TsplOptions> = { dpi: wholeNumber(72, 10_000), gap: ifGiven(numberFrom(0, 100)) }

/**
 * A page of a printer's dots, as `sheet.dots` draws it, in TSPL, the language of TSC's label printers and many others. It
 * is printed once: `SET REPRINT OFF` keeps the printer from printing a label again after a fault, which would give a
 * serial twice.
 * @throws ArgumentTypeError or ArgumentRangeError for anything but dots, or bad options
 * @example
 * ```ts
 * import { tsplPage } from 'veristamp/print'
 *
 * const page = { width: 16, height: 1, rowBytes: 2, bits: new Uint8Array([255, 0]) }
 * const commands = tsplPage(page, { dpi: 203 })
 * commands.subarray(0, 4) // → new TextEncoder().encode('SIZE')
 * ```
 */
export function tsplPage(page: Dots, options: TsplOptions): Bytes {
  const { width, height, rowBytes, bits } = checkDots('page', page)
  const { dpi, gap } = checkTable('options', options, fields)
  const millimetres = (dots: number) => Number(((dots * 25.4) / dpi).toFixed(2))
  const lines = [
    `SIZE ${millimetres(width)} mm,${millimetres(height)} mm`,
    ...(gap === undefined ? [] : [`GAP ${gap} mm,0 mm`]),
    'SET REPRINT OFF',
    'REFERENCE 0,0',
    'CLS',
    `BITMAP 0,0,${rowBytes},${height},0,`,
  ]
  // A set bit is white, and the bits after the last column are.
  return concatBytes(
    asciiBytes(lines.join('\r\n')),
    bits.map((byte) => ~byte),
    asciiBytes('\r\nPRINT 1,1\r\n'),
  )
}

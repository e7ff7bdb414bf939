import { type ArgumentTable, checkTable, numberFrom, wholeNumber } from '../../lib/arguments.ts'
import { argumentRange } from '../../lib/errors.ts'

/**
 * Paper with labels on it. All lengths are millimetres, from the left and the top edge. On a roll a page is one row
 * of labels, and the printer feeds to the next.
 */
export interface Stock {
  readonly pageWidth: number
  readonly pageHeight: number
  readonly columns: number
  readonly rows: number
  readonly labelWidth: number
  readonly labelHeight: number
  /** To the first label. */
  readonly left: number
  readonly top: number
  /** Between two columns, and between two rows. */
  readonly gapAcross: number
  readonly gapDown: number
}

const A4 = { pageWidth: 210, pageHeight: 297 } as const

/**
 * Sheets and rolls that are sold: `a4-65` has 65 labels, `roll-35x22x3` three of 35 × 22 mm a row. Makers cut with
 * tolerances, and rolls of one size differ in their margins: print a calibration page first.
 * @example
 * ```ts
 * import { STOCKS } from 'veristamp/sheet'
 *
 * const { columns, rows } = STOCKS['a4-65']
 * columns * rows // → 65
 * ```
 */
export const STOCKS = {
  // Avery L7160, Endisch 63.5 × 38.1: measures as in gLabels' templates for Endisch.
  'a4-21': {
    ...A4,
    ...{ columns: 3, rows: 7, labelWidth: 63.5, labelHeight: 38.1 },
    ...{ left: 7.21, top: 15.15, gapAcross: 2.54, gapDown: 0 },
  },
  // Avery L7159, Endisch 63.5 × 33.9: the same source.
  'a4-24': {
    ...A4,
    ...{ columns: 3, rows: 8, labelWidth: 63.5, labelHeight: 33.9 },
    ...{ left: 7.21, top: 12.9, gapAcross: 2.54, gapDown: 0 },
  },
  // Igepa EA-485x254, Rayfilm 0203N: measures as in gLabels' templates for both.
  'a4-40': {
    ...A4,
    ...{ columns: 4, rows: 10, labelWidth: 48.5, labelHeight: 25.4 },
    ...{ left: 8, top: 21.5, gapAcross: 0, gapDown: 0 },
  },
  // Avery L7651, Label Planet LP65/38: measures as Label Planet gives them for its template.
  'a4-65': {
    ...A4,
    ...{ columns: 5, rows: 13, labelWidth: 38.1, labelHeight: 21.2 },
    ...{ left: 4.75, top: 10.7, gapAcross: 2.5, gapDown: 0 },
  },
  // What Vietnamese programs call "3 tem 35 × 22, khổ 110": a carrier of 110 mm and steps of 36 mm. Labels in the middle.
  'roll-35x22x3': {
    ...{ pageWidth: 110, pageHeight: 22, columns: 3, rows: 1, labelWidth: 35, labelHeight: 22 },
    ...{ left: 1.5, top: 0, gapAcross: 1, gapDown: 0 },
  },
  // One label a row, of sizes that are sold for thermal printers; a page is the label, as printers' drivers have it.
  'roll-50x30': {
    ...{ pageWidth: 50, pageHeight: 30, columns: 1, rows: 1, labelWidth: 50, labelHeight: 30 },
    ...{ left: 0, top: 0, gapAcross: 0, gapDown: 0 },
  },
  'roll-60x40': {
    ...{ pageWidth: 60, pageHeight: 40, columns: 1, rows: 1, labelWidth: 60, labelHeight: 40 },
    ...{ left: 0, top: 0, gapAcross: 0, gapDown: 0 },
  },
} as const satisfies Readonly<Record<string, Stock>>

export type StockName = keyof typeof STOCKS

const MAX_MILLIMETRES = 5_000
const MAX_LABELS = 10_000

const length = numberFrom(1, MAX_MILLIMETRES)
const distance = numberFrom(0, MAX_MILLIMETRES)
const count = wholeNumber(1, Number.MAX_SAFE_INTEGER)
const fields: ArgumentTable<Stock> = {
  ...{ pageWidth: length, pageHeight: length, labelWidth: length, labelHeight: length },
  ...{ left: distance, top: distance, gapAcross: distance, gapDown: distance },
  ...{ columns: count, rows: count },
}

/** The stock of a name, or a stock of one's own once it is sound. @throws an argument error that names the place */
export function checkStock(place: string, stock: StockName | Stock): Stock {
  if (typeof stock === 'string') {
    if (Object.hasOwn(STOCKS, stock)) return STOCKS[stock]
    throw argumentRange(place, `one of ${Object.keys(STOCKS).join(', ')}`, stock)
  }
  checkTable(place, stock, fields)
  if (stock.columns * stock.rows > MAX_LABELS) {
    throw argumentRange(place, `at most ${MAX_LABELS} labels a page`, stock.columns * stock.rows)
  }
  checkExtent(place, stock)
  return stock
}

function checkExtent(place: string, stock: Stock): void {
  const right = stock.left + stock.columns * (stock.labelWidth + stock.gapAcross) - stock.gapAcross
  const bottom = stock.top + stock.rows * (stock.labelHeight + stock.gapDown) - stock.gapDown
  // A hair's breadth, for lengths that binary fractions can't hold.
  if (right > stock.pageWidth + 1e-6) throw argumentRange(place, `labels within ${stock.pageWidth} mm`, right)
  if (bottom > stock.pageHeight + 1e-6)
    throw argumentRange(place, `labels within ${stock.pageHeight} mm`, bottom)
}

import { argumentRange, argumentType } from '../../lib/errors.ts'

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

const LENGTHS = ['pageWidth', 'pageHeight', 'labelWidth', 'labelHeight'] as const
const DISTANCES = ['left', 'top', 'gapAcross', 'gapDown'] as const
const MAX_MILLIMETRES = 5_000
const MAX_LABELS = 10_000

/** The stock of a name, or a stock of one's own once it is sound. @throws an argument error that names the place */
export function checkStock(stock: StockName | Stock): Stock {
  if (typeof stock === 'string') {
    if (Object.hasOwn(STOCKS, stock)) return STOCKS[stock]
    throw argumentRange('stock', Object.keys(STOCKS).join(', '), stock)
  }
  if (typeof stock !== 'object' || stock === null) throw argumentType('stock', 'a name or a Stock', stock)
  for (const field of LENGTHS) checkMillimetres(`stock.${field}`, stock[field], 1)
  for (const field of DISTANCES) checkMillimetres(`stock.${field}`, stock[field], 0)
  for (const field of ['columns', 'rows'] as const) {
    const count = stock[field]
    if (!(Number.isInteger(count) && count >= 1))
      throw argumentRange(`stock.${field}`, 'a whole number from 1', count)
  }
  if (stock.columns * stock.rows > MAX_LABELS) {
    throw argumentRange('stock', `at most ${MAX_LABELS} labels a page`, stock.columns * stock.rows)
  }
  checkExtent(stock)
  return stock
}

function checkMillimetres(name: string, value: unknown, least: number): void {
  const expected = `${least} to ${MAX_MILLIMETRES} mm`
  if (typeof value !== 'number') throw argumentType(name, expected, value)
  if (!(value >= least && value <= MAX_MILLIMETRES)) throw argumentRange(name, expected, value)
}

function checkExtent(stock: Stock): void {
  const right = stock.left + stock.columns * (stock.labelWidth + stock.gapAcross) - stock.gapAcross
  const bottom = stock.top + stock.rows * (stock.labelHeight + stock.gapDown) - stock.gapDown
  // A hair's breadth, for lengths that binary fractions can't hold.
  if (right > stock.pageWidth + 1e-6)
    throw argumentRange('stock', `labels within ${stock.pageWidth} mm`, right)
  if (bottom > stock.pageHeight + 1e-6)
    throw argumentRange('stock', `labels within ${stock.pageHeight} mm`, bottom)
}

import type { Level } from '../../print/level.ts'
import type { StockName } from '../../print/sheet/stock.ts'

/** How labels are to be laid out, as options say it. */
export interface SheetChoices {
  readonly stock: StockName
  readonly dpi?: number | undefined
  readonly level?: Level | undefined
  /** Of the symbols; the smallest that holds the texts by default. */
  readonly symbol?: number | undefined
  readonly dots?: number | undefined
  readonly start?: number | undefined
  /** True or `margins` for the margins alone, `labels` for every label. */
  readonly cropMarks?: true | 'margins' | 'labels' | undefined
  /** False for pages without run, page and serials in their margin. */
  readonly footer?: boolean | undefined
  /** Columns and rows of a plate, as in `4x6`: labels of the stock's size side by side. */
  readonly up?: string | undefined
  readonly font?: string | undefined
  /** How hidden codes are printed: letters, or symbols of their own. */
  readonly hidden?: 'letters' | 'symbol' | undefined
}

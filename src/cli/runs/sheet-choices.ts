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
  readonly cropMarks?: boolean | undefined
  readonly font?: string | undefined
  /** How hidden codes are printed: letters, or symbols of their own. */
  readonly hidden?: 'letters' | 'symbol' | undefined
}

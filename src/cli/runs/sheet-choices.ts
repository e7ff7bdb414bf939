import type { StockName } from '../../print/sheet/stock.ts'
import type { Level } from '../../print/symbol.ts'

/** How labels are to be laid out, as options say it. */
export interface SheetChoices {
  readonly stock: StockName
  readonly dpi?: number
  readonly level?: Level
  /** Of the symbols; the smallest that holds the texts unless given. */
  readonly symbol?: number
  readonly dots?: number
  readonly start?: number
  readonly cropMarks?: boolean
  readonly font?: string
  /** How hidden codes are printed: letters, or symbols of their own. */
  readonly hidden?: 'letters' | 'symbol'
}

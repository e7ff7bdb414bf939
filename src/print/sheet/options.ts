import { isDate } from '../../lib/brand.ts'
import { checkInteger, checkText, copyBytes } from '../../lib/checks.ts'
import { argumentRange, argumentType } from '../../lib/errors.ts'
import { HIDDEN_SYMBOL_SIZE } from '../hidden-symbol.ts'
import { checkSymbolOptions, type Level } from '../symbol.ts'
import type { SheetFonts } from './document.ts'
import type { SheetLanguage } from './face.ts'
import type { LayoutOptions } from './layout.ts'
import { checkStock, type Stock, type StockName } from './stock.ts'

export interface SheetOptions {
  /** Paper by name, or its measures. */
  readonly stock: StockName | Stock
  /**
   * TrueType or OpenType files with every letter of the labels, Vietnamese ones above all: the package
   * `@expo-google-fonts/be-vietnam-pro` has some.
   */
  readonly fonts: SheetFonts
  /** The printer's resolution in dots an inch, 600 unless given. */
  readonly dpi?: number
  /** `M` unless given. */
  readonly level?: Level
  /** The version of all symbols, 6 unless given: it holds an address of 24 letters and a code of 87 bytes. */
  readonly version?: number
  /** Dots for a module. The most that fit unless given. */
  readonly dots?: number
  /** Millimetres by which all is moved, within ±50. */
  readonly offset?: { readonly right?: number; readonly down?: number }
  /** What the distances between labels are multiplied with, 0.9 to 1.1, for printers that stretch. */
  readonly scale?: { readonly across?: number; readonly down?: number }
  /** How hidden codes are printed: `letters` unless given, or as a `symbol` of their own. */
  readonly hidden?: 'letters' | 'symbol'
  /** Of the few words that a sheet adds: `vi` unless given. */
  readonly language?: SheetLanguage
  /** The file's title. */
  readonly title?: string
  /** The file's date: the first of 1970 unless given, so that the same labels make the same bytes. */
  readonly created?: Date
}

export interface CheckedOptions extends LayoutOptions {
  readonly stock: Stock
  readonly fonts: SheetFonts
  readonly level: Level
  readonly version: number
  readonly language: SheetLanguage
  readonly title: string
  readonly created: Date
}

/** The options with their defaults. @throws an argument error that names the option */
export function checkSheetOptions(options: SheetOptions): CheckedOptions {
  if (typeof options !== 'object' || options === null) throw argumentType('options', 'an object', options)
  const { dpi = 600, hidden = 'letters', language = 'vi', title = 'Labels', dots } = options
  const { created = new Date(0) } = options
  const { level, version = 6 } = checkSymbolOptions(options)
  if (!(typeof dpi === 'number' && dpi >= 72 && dpi <= 10_000)) throw argumentRange('dpi', '72 to 10000', dpi)
  if (dots !== undefined) checkInteger('dots', dots, 1_000, 1)
  if (hidden !== 'letters' && hidden !== 'symbol') throw argumentRange('hidden', 'letters or symbol', hidden)
  if (language !== 'vi' && language !== 'en') throw argumentRange('language', 'vi or en', language)
  if (!(isDate(created) && Number.isFinite(created.getTime())))
    throw argumentRange('created', 'a Date', created)
  return {
    stock: checkStock(options.stock),
    fonts: copyFonts(options.fonts),
    ...{ dpi, level, version, size: 17 + 4 * version, dots, language, created: new Date(created) },
    hiddenSize: hidden === 'symbol' ? HIDDEN_SYMBOL_SIZE : undefined,
    title: checkText('title', title, 200),
    offset: between('offset', options.offset, ['right', 'down'], 0, [-50, 50]),
    scale: between('scale', options.scale, ['across', 'down'], 1, [0.9, 1.1]),
  }
}

/** @throws an argument error */
export function copyFonts(fonts: SheetFonts): SheetFonts {
  if (typeof fonts !== 'object' || fonts === null) throw argumentType('fonts', 'font files by name', fonts)
  const regular = copyBytes('fonts.regular', fonts.regular)
  return { regular, ...(fonts.bold !== undefined && { bold: copyBytes('fonts.bold', fonts.bold) }) }
}

function between<Field extends string>(
  name: string,
  values: { readonly [F in Field]?: number } | undefined,
  fields: readonly Field[],
  usual: number,
  [least, most]: readonly [number, number],
): { readonly [F in Field]: number } {
  const entries = fields.map((field) => {
    const value: number = values?.[field] ?? usual
    if (!(value >= least && value <= most))
      throw argumentRange(`${name}.${field}`, `${least} to ${most}`, value)
    return [field, value]
  })
  return Object.fromEntries(entries)
}

import {
  type ArgumentTable,
  bytesOf,
  checkTable,
  ifGiven,
  numberFrom,
  objectOf,
  oneOf,
  textOf,
  wholeNumber,
} from '../../lib/arguments.ts'
import { copyBytes } from '../../lib/checks.ts'
import { aDate } from '../../lib/dates.ts'
import { argumentType } from '../../lib/errors.ts'
import { checkLogo, type Logo } from '../drawing/logo.ts'
import { HIDDEN_SYMBOL_SIZE } from '../hidden-symbol.ts'
import type { Level } from '../level.ts'
import { symbolFields } from '../symbol.ts'
import type { SheetFonts } from './document.ts'
import { type Design, type LayoutOptions, NEWEST_DESIGN } from './layout.ts'
import { checkStock, type Stock, type StockName } from './stock.ts'
import type { LabelTemplate, SheetLanguage } from './words.ts'

export interface SheetOptions {
  /** Paper by name, or its measures. */
  readonly stock: StockName | Stock
  /**
   * TrueType or OpenType files with every letter of the labels, Vietnamese ones above all: the package
   * `@expo-google-fonts/be-vietnam-pro` has some.
   */
  readonly fonts: SheetFonts
  /** The printer's resolution in dots an inch, 600 by default. */
  readonly dpi?: number | undefined
  /** `M` by default. */
  readonly level?: Level | undefined
  /** The version of all symbols, 6 by default: it holds an address of 24 letters and a code of 87 bytes. */
  readonly version?: number | undefined
  /** Dots for a module. The most that fit by default. */
  readonly dots?: number | undefined
  /** Millimetres by which all is moved, within ±50. */
  readonly offset?: { readonly right?: number | undefined; readonly down?: number | undefined } | undefined
  /** What the distances between labels are multiplied with, 0.9 to 1.1, for printers that stretch. */
  readonly scale?: { readonly across?: number | undefined; readonly down?: number | undefined } | undefined
  /** How hidden codes are printed: `letters` by default, or as a `symbol` of their own. */
  readonly hidden?: 'letters' | 'symbol' | undefined
  /** Of the few words that a sheet adds: `vi` by default. */
  readonly language?: SheetLanguage | undefined
  /**
   * The design of labels: 2 by default. 1 is that of version 0.1, which set words as small as 3.5 points.
   */
  readonly design?: Design | undefined
  /**
   * `classic` by default: product, facility, stars, lot, dates and serial. `minimal`: product and serial. `logo`: the
   * authority's logo above all.
   */
  readonly template?: LabelTemplate | undefined
  /** For the template `logo`. */
  readonly logo?: Logo | undefined
  /** The file's title. */
  readonly title?: string | undefined
  /** The file's date: the first of 1970 by default, so that the same labels make the same bytes. */
  readonly created?: Date | undefined
}

export interface CheckedOptions extends LayoutOptions {
  readonly stock: Stock
  readonly fonts: SheetFonts
  readonly level: Level
  readonly version: number
  readonly language: SheetLanguage
  readonly template: LabelTemplate
  readonly logo: Logo | undefined
  readonly title: string
  readonly created: Date
}

const move: ArgumentTable<NonNullable<SheetOptions['offset']>> = {
  right: ifGiven(numberFrom(-50, 50)),
  down: ifGiven(numberFrom(-50, 50)),
}
const stretch: ArgumentTable<NonNullable<SheetOptions['scale']>> = {
  across: ifGiven(numberFrom(0.9, 1.1)),
  down: ifGiven(numberFrom(0.9, 1.1)),
}
const fontFiles: ArgumentTable<SheetFonts> = { regular: bytesOf(), bold: ifGiven(bytesOf()) }

const fields: ArgumentTable<SheetOptions> = {
  ...symbolFields,
  stock: (place, value) => checkStock(place, value as Stock),
  fonts: objectOf(fontFiles),
  dpi: ifGiven(numberFrom(72, 10_000)),
  dots: ifGiven(wholeNumber(1, 1_000)),
  offset: ifGiven(objectOf(move)),
  scale: ifGiven(objectOf(stretch)),
  hidden: ifGiven(oneOf('letters', 'symbol')),
  language: ifGiven(oneOf('vi', 'en')),
  design: ifGiven(wholeNumber(1, 2)),
  template: ifGiven(oneOf('classic', 'minimal', 'logo')),
  logo: ifGiven(checkLogo),
  title: ifGiven(textOf(200)),
  created: ifGiven(aDate),
}

/** The options with their defaults. @throws an argument error that names the option */
export function checkSheetOptions(options: SheetOptions): CheckedOptions {
  const given = checkTable('options', options, fields)
  const { dpi = 600, hidden = 'letters', language = 'vi', title = 'Labels', dots, level = 'M' } = given
  const {
    created = new Date(0),
    version = 6,
    offset,
    scale,
    design = NEWEST_DESIGN,
    template = 'classic',
    logo,
  } = given
  if (template === 'logo' && logo === undefined)
    throw argumentType('options.logo', "one, for the template 'logo'", logo)
  return {
    stock: checkStock('options.stock', given.stock),
    fonts: copyFonts('options.fonts', given.fonts),
    ...{ dpi, level, version, size: 17 + 4 * version, dots, language, title, created: new Date(created) },
    ...{ design, template, logo },
    hiddenSize: hidden === 'symbol' ? HIDDEN_SYMBOL_SIZE : undefined,
    offset: { right: offset?.right ?? 0, down: offset?.down ?? 0 },
    scale: { across: scale?.across ?? 1, down: scale?.down ?? 1 },
  }
}

/** @throws an argument error */
export function copyFonts(place: string, fonts: SheetFonts): SheetFonts {
  const { bold } = checkTable(place, fonts, fontFiles)
  const regular = copyBytes(`${place}.regular`, fonts.regular)
  return { regular, ...(bold !== undefined && { bold: copyBytes(`${place}.bold`, bold) }) }
}

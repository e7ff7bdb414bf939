import { checkLogo, type Logo, MAX_LOGO_DOTS } from '../../print/drawing/logo.ts'
import { svgLogo } from '../../print/drawing/svg-logo.ts'
import { STOCKS, type Stock, type StockName } from '../../print/sheet/stock.ts'
import type { LabelTemplate, SheetLanguage } from '../../print/sheet/words.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { blackAndWhite } from '../input/logo-picture.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import type { Config } from './config.ts'
import { readGiven } from './files.ts'

/** How the labels of a project look: what its file says, unless options say otherwise. */

export interface LabelOptions {
  readonly labelLang?: SheetLanguage | undefined
  readonly template?: LabelTemplate | undefined
  /** A file, SVG or PNG. */
  readonly logo?: string | undefined
}

export interface LabelLook {
  readonly language: SheetLanguage
  readonly template: LabelTemplate
  readonly logo?: Logo | undefined
}

/** @throws Failure `no_logo` or `bad_logo` */
export function labelLook(
  context: Context,
  { labels = {} }: Config,
  trustList: TrustList,
  given: LabelOptions,
): LabelLook {
  const language = given.labelLang ?? labels.language ?? languageOf(trustList)
  const template = given.template ?? (given.logo === undefined ? labels.template : 'logo') ?? 'classic'
  if (template !== 'logo') return { language, template }
  const { words } = context
  const file = given.logo ?? (labels.logo === undefined ? undefined : `${context.folder}/${labels.logo}`)
  if (file === undefined) throw new Failure('no_logo', words.shop.noLogo, words.shop.noLogoHow)
  return { language, template, logo: readLogo(context, file) }
}

const MAX_FILE = 2 ** 23

function readLogo(context: Context, file: string): Logo {
  const { words } = context
  const bytes = readGiven(context, file, MAX_FILE)
  try {
    const logo =
      blackAndWhite(bytes, MAX_LOGO_DOTS) ?? svgLogo(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    checkLogo('logo', logo)
    return logo
  } catch (error) {
    throw new Failure('bad_logo', words.shop.badLogo(file, (error as Error).message), words.shop.badLogoHow)
  }
}

/** Letters that Vietnamese has and few other languages have. */
const VIETNAMESE = /[ăđơưẠ-ỹ]/i

/** The language of the registry, which is that of its names: labels are read where the goods are sold. */
const languageOf = ({ catalogue: { products, facilities } }: TrustList): SheetLanguage =>
  [...facilities, ...products].some(({ name }) => VIETNAMESE.test(name.normalize('NFC'))) ? 'vi' : 'en'

/** Millimetres between labels on a plate, and around them: room for marks and a footer. */
const [PLATE_GAP, PLATE_MARGIN] = [4, 12]
const MAX_UP = 100

/** The paper: a stock, or a plate of so many of its labels side by side, as in `4x6`. @throws Failure `argument_range` */
export function paperOf({ words }: Context, stock: StockName, up: string | undefined): StockName | Stock {
  if (up === undefined) return stock
  const found = /^(\d{1,3})x(\d{1,3})$/i.exec(up)
  const [columns, rows] = [Number(found?.[1]), Number(found?.[2])]
  if (!(columns >= 1 && columns <= MAX_UP && rows >= 1 && rows <= MAX_UP))
    throw new Failure('argument_range', words.shop.badUp(up), words.shop.badUpHow)
  const { labelWidth, labelHeight } = STOCKS[stock]
  return {
    ...{ columns, rows, labelWidth, labelHeight, gapAcross: PLATE_GAP, gapDown: PLATE_GAP },
    ...{ left: PLATE_MARGIN, top: PLATE_MARGIN },
    pageWidth: columns * (labelWidth + PLATE_GAP) - PLATE_GAP + 2 * PLATE_MARGIN,
    pageHeight: rows * (labelHeight + PLATE_GAP) - PLATE_GAP + 2 * PLATE_MARGIN,
  }
}

/** One label of a stock as a page of its own. */
export function oneLabel(stock: StockName): Stock {
  const { labelWidth, labelHeight } = STOCKS[stock]
  return {
    ...{ pageWidth: labelWidth, pageHeight: labelHeight, labelWidth, labelHeight, columns: 1, rows: 1 },
    ...{ left: 0, top: 0, gapAcross: 0, gapDown: 0 },
  }
}

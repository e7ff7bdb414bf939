import { anyText, oneOf } from '../../lib/arguments.ts'
import { type FontName, PdfDocument, type SheetFonts } from './document.ts'
import { checkWords } from './label.ts'
import { copyFonts } from './options.ts'
import {
  ELLIPSIS,
  type LabelWords,
  printedWords,
  SHEET_WORDS,
  type SheetLanguage,
  STARS_WORD,
} from './words.ts'

/** A letter of a label that a font lacks: it would be printed as an empty box, so sheets refuse it. */
export interface MissingLetter {
  /** `sheet`: the letter is of the words that a sheet itself adds. */
  readonly field: 'product' | 'facility' | 'sheet'
  readonly font: FontName
  readonly letter: string
}

/** The font that a name is printed in. */
export const FONT_OF = { product: 'bold', facility: 'regular' } as const

/**
 * Asks which letters of a name its font lacks, each once: before a registry is signed, and before a run takes
 * serials. What it passes, a sheet with these fonts prints. Made once for many names, for fonts take a while to read.
 * @throws ArgumentRangeError for anything but fonts
 * @example
 * ```ts
 * import { letterFinder } from 'veristamp/sheet'
 *
 * const missing = letterFinder({ regular: font })
 * missing('Chè xanh', 'product') // → []
 * missing('Tea 🍵', 'product') // → ['🍵']
 * ```
 */
export function letterFinder(fonts: SheetFonts): (name: string, field: keyof typeof FONT_OF) => string[] {
  const pdf = openFonts(fonts)
  return (name, field) => {
    anyText('name', name)
    aField('field', field)
    return pdf.missingLetters(printedWords(name).join(' '), FONT_OF[field])
  }
}

/**
 * Every letter that is printed on labels with these words, the sheet's own included, and that its font lacks.
 * @throws ArgumentRangeError for anything but fonts
 * @example
 * ```ts
 * import { missingLetters } from 'veristamp/sheet'
 *
 * missingLetters({ regular: font }, { product: 'Chè xanh', facility: 'Trà Đồi Sương' }) // → []
 * ```
 */
export function missingLetters(
  fonts: SheetFonts,
  words: LabelWords & { readonly language?: SheetLanguage | undefined },
): MissingLetter[] {
  checkWords(words)
  const pdf = openFonts(fonts)
  const find = (field: MissingLetter['field'], text: string, font: FontName): MissingLetter[] =>
    pdf.missingLetters(text, font).map((letter) => ({ field, font, letter }))
  const { language = 'vi' } = words
  return [
    ...(['product', 'facility'] as const).flatMap((field) =>
      find(field, printedWords(words[field] ?? '').join(' '), FONT_OF[field]),
    ),
    ...find('sheet', `${ownWords(language)} ${DIGITS}${ELLIPSIS}`, 'regular'),
    ...find('sheet', `${CODE_LETTERS}${ELLIPSIS}`, 'bold'),
  ]
}

/** All that a sheet itself may write. */
function ownWords(language: SheetLanguage): string {
  const { roll, page, serials, ...words } = SHEET_WORDS[language]
  return [...Object.values(words), STARS_WORD, roll(1, 1), page(1, 1), serials('', ''), '·/()'].join(' ')
}

const aField = oneOf(...Object.keys(FONT_OF))

const DIGITS = '0123456789'
/** Of hidden codes. */
const CODE_LETTERS = `${DIGITS}ABCDEFGHJKMNPQRSTVWXYZ-`

/** Fonts ready to be asked: text is set on a page that is open. */
function openFonts(fonts: SheetFonts): PdfDocument {
  const pdf = new PdfDocument({
    width: 100,
    height: 100,
    fonts: copyFonts('fonts', fonts),
    title: '',
    created: new Date(0),
  })
  pdf.addPage()
  return pdf
}

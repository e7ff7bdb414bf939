import {
  type ArgumentCheck,
  type ArgumentTable,
  anyText,
  checkTable,
  ifGiven,
  oneOf,
  textOf,
  wholeNumber,
} from '../../lib/arguments.ts'
import { checkText } from '../../lib/checks.ts'
import { dayOf } from '../../lib/dates.ts'
import { checkHiddenCode } from '../hidden-symbol.ts'
import type { LabelWords, SheetLanguage } from './words.ts'

/** What a stamp claims beside its serial, for people to read. A GS1 link says it itself. */
export interface LabelClaims {
  readonly lot?: string | undefined
  /** Days as YYYY-MM-DD, as in stamps. */
  readonly made?: string | undefined
  readonly expires?: string | undefined
}

/** One label. */
export interface Label extends LabelWords, LabelClaims {
  /** The carrier's text for the symbol. */
  readonly text: string
  readonly serial: number | string
  /**
   * What stands under the layer to scratch off, as `sealStamp` gives it. Only the place is printed with the symbol:
   * the code itself comes from the layer `hidden`, on another pass or another machine.
   */
  readonly hiddenCode?: string | undefined
}

const MAX_WORDS = 500
const MAX_LOT = 20

const words: ArgumentCheck = (place, value) => checkText(place, value, 0, MAX_WORDS)

const wordFields: ArgumentTable<LabelWords> = {
  product: ifGiven(words),
  facility: ifGiven(words),
  stars: ifGiven(wholeNumber(1, 5)),
}
const aDay: ArgumentCheck = (place, value) => dayOf(place, value as string)
const fields: ArgumentTable<Label> = {
  ...wordFields,
  lot: ifGiven(textOf(MAX_LOT)),
  made: ifGiven(aDay),
  expires: ifGiven(aDay),
  text: anyText,
  serial: (place, value) => words(place, typeof value === 'number' ? String(value) : value),
  hiddenCode: ifGiven((place, value) => checkHiddenCode(place, value as string)),
}

/** @throws an argument error that names the field */
export const checkLabel = (label: Label): Label => checkTable('label', label, fields)

/** Words, and the language of those that a sheet adds. @throws an argument error that names the field */
export const checkWords = <T extends LabelWords & { readonly language?: SheetLanguage | undefined }>(
  given: T,
): T => {
  checkTable<LabelWords & { readonly language?: SheetLanguage | undefined }>('words', given, {
    ...wordFields,
    language: ifGiven(oneOf('vi', 'en')),
  })
  return given
}

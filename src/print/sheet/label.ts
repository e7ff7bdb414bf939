import {
  type ArgumentCheck,
  type ArgumentTable,
  anyText,
  checkTable,
  ifGiven,
  oneOf,
  wholeNumber,
} from '../../lib/arguments.ts'
import { checkText } from '../../lib/checks.ts'
import { checkHiddenCode } from '../hidden-symbol.ts'
import type { LabelWords, SheetLanguage } from './face.ts'

/** One label. */
export interface Label extends LabelWords {
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

const words: ArgumentCheck = (place, value) => checkText(place, value, 0, MAX_WORDS)

const wordFields: ArgumentTable<LabelWords> = {
  product: ifGiven(words),
  facility: ifGiven(words),
  stars: ifGiven(wholeNumber(1, 5)),
}
const fields: ArgumentTable<Label> = {
  ...wordFields,
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

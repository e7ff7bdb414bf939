import { type Language, type LanguageOrMessages, type Messages, sentenceOf } from '../lib/language.ts'
import type { SealReason } from './seal.ts'

const en: Messages<SealReason> = {
  malformed: 'This is not one of our stamps.',
  unsealed: 'This stamp has no hidden code.',
  hidden_code_letter: 'One of these letters is in no hidden code. Type it again.',
  hidden_code_length: 'The hidden code is not complete. Type all of it.',
  hidden_code_wrong: 'This hidden code belongs to another stamp: the stamp may be a copy.',
}

const vi: Messages<SealReason> = {
  malformed: 'Đây không phải tem của hệ thống.',
  unsealed: 'Tem này không có mã ẩn.',
  hidden_code_letter: 'Có ký tự không thể có trong mã ẩn. Hãy gõ lại.',
  hidden_code_length: 'Mã ẩn chưa đủ. Hãy gõ hết mã.',
  hidden_code_wrong: 'Mã ẩn này là của tem khác: tem có thể là bản sao.',
}

const tables: Readonly<Record<Language, Messages<SealReason>>> = { en, vi }

/**
 * Says in a sentence or two why `verifySeal` refused a hidden code.
 * @param language a BCP 47 tag of a language that is here: `vi`, `en`, `en-US`; or a table with a sentence for each reason
 * @throws ArgumentTypeError or ArgumentRangeError for other reasons and languages, and for a table that lacks a
 * sentence, which it names
 * @example
 * ```ts
 * import { explainSeal, verifySeal } from 'veristamp'
 *
 * const sealed = verifySeal(scanned, '0000-0000-0000-0000')
 * sealed.ok ? '' : explainSeal(sealed.reason, 'en') // → 'This stamp has no hidden code.'
 * ```
 */
export const explainSeal = (reason: SealReason, language: LanguageOrMessages<SealReason>): string =>
  sentenceOf('reason', reason, tables, language)

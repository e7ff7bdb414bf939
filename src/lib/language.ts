import { checkText } from './checks.ts'
import { argumentRange, argumentType } from './errors.ts'

/** What people here read. */
export type Language = 'vi' | 'en'

const LANGUAGES: readonly string[] = ['vi', 'en'] satisfies Language[]

/** The language of a BCP 47 tag, by its first subtag: `en-US`, `vi-VN`; `VI_vn` too. @throws an argument error for others */
export function languageOf(tag: unknown): Language {
  const expected = `a language of ${LANGUAGES.join(', ')}`
  if (typeof tag !== 'string') throw argumentType('language', expected, tag)
  const language = tag.split(/[-_]/)[0]!.toLowerCase()
  if (LANGUAGES.includes(language)) return language as Language
  throw argumentRange('language', expected, tag)
}

/** A caller's own sentences, for a language that is not here: one for each reason, in a table. */
export type Messages<Key extends string> = Readonly<Record<Key, string>>

/** A language that is here, by its BCP 47 tag, or a table of sentences in another. */
export type LanguageOrMessages<Key extends string> = Language | (string & {}) | Messages<Key>

/**
 * The sentence for a key.
 * @param name what the key is called in errors
 * @throws an argument error for another key, for other languages, and for a table that lacks a sentence, which it names
 */
export function sentenceOf<Key extends string>(
  name: string,
  key: Key,
  tables: Readonly<Record<Language, Messages<Key>>>,
  language: LanguageOrMessages<Key>,
): string {
  const { en } = tables
  if (!Object.hasOwn(en, key)) throw argumentRange(name, `one of ${Object.keys(en).join(', ')}`, key)
  if (typeof language !== 'object' || !language) return tables[languageOf(language)][key]
  for (const each in en) checkText(`messages.${each}`, language[each], 1, 1000)
  return language[key]
}

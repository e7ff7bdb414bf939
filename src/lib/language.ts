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

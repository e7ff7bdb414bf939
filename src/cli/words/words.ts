import type { Language } from '../../lib/language.ts'
import { carefulWords } from './printable.ts'
import { en } from './words-en.ts'
import { vi } from './words-vi.ts'

/** What the commands say, a table for each language, with nothing in it that a terminal obeys. Codes stay as they are. */
export type Words = typeof en

const tables: Record<Language, Words> = { en: carefulWords(en), vi: carefulWords(vi) }

export const wordsOf = (language: Language): Words => tables[language]

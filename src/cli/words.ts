import type { Language } from '../verify/messages.ts'
import { en } from './words-en.ts'
import { vi } from './words-vi.ts'

/** What the commands say, a table for each language. Codes and JSON stay as they are. */
export type Words = typeof en

const tables: Record<Language, Words> = { en, vi }

export const wordsOf = (language: Language): Words => tables[language]

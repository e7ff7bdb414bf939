import { explain, type Verdict } from 'veristamp/verify'
import type { HistoryEntry } from '../kiosk/history.ts'
import type { Language, Words } from './words.ts'

/** Why a stamp was refused, in a sentence or two; empty where it was not. */
export function whyOf(
  { word, reason, revocation }: HistoryEntry,
  words: Words,
  language: Language,
  writeDay: (day: string) => string,
): string {
  if (word === 'wrong_code') return words.wrongCode
  if (reason === undefined) return ''
  const why = explain({ status: 'invalid', reason } as Verdict, language)
  if (revocation === undefined) return why
  return `${why} ${words.revoked(words.revocations[revocation.reason], writeDay(revocation.date))}`
}

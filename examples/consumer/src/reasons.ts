import type { Language, Verdict } from 'veristamp/verify'
import { h } from '../../shared/dom.ts'
import { tell, type Word } from './answer.ts'
import { typed } from './config.ts'
import { dateOf } from './dates.ts'
import type { Page } from './page.ts'
import { sentences } from './parts/panel.ts'
import { type AnswerWords, loadReasons, type ReasonWords, type Said } from './words/words.ts'

/** The sentences below any word but that of a valid stamp. @param verdict undefined while there are no lists */
export async function explain(page: Page, word: Word, verdict: Verdict | undefined): Promise<HTMLElement[]> {
  const words = await loadReasons(page.language)
  if (word === 'elsewhere') return said(words.elsewhere(typed(page.config)))
  if (word === 'wrong_code') return said(words.wrongCode)
  const again = h('button', { type: 'button', onclick: () => void page.retry() }, words.retry)
  if (verdict === undefined || verdict.status === 'valid') return [...said(words.noLists), again]
  const { lines, advice } = reasonsOf(verdict, page.words, words, page.language)
  return [...sentences(lines, advice), ...(verdict.status === 'indeterminate' ? [again] : [])]
}

const said = ({ why, now }: Said): HTMLElement[] => sentences([why], now)

/** Why a stamp is not valid, or what is missing to tell; and what to do now. */
function reasonsOf(
  verdict: Exclude<Verdict, { status: 'valid' }>,
  { answers }: AnswerWords,
  words: ReasonWords,
  language: Language,
): { readonly lines: readonly string[]; readonly advice: string } {
  if (verdict.status === 'invalid' && verdict.revocation) {
    const { reason, date } = verdict.revocation
    const { why, now } = words.revocations[reason]
    return { lines: [why, words.revoked(dateOf(date, language))], advice: now }
  }
  const { why, now } = words.reasons[verdict.reason as keyof ReasonWords['reasons']]
  if (verdict.status === 'invalid' || verdict.finding === undefined) return { lines: [why], advice: now }
  // What fresh lists might still confirm.
  const found: Word = tell({ ...verdict, status: 'invalid', reason: verdict.finding }).word
  return { lines: [why, words.finding(answers[found])], advice: now }
}

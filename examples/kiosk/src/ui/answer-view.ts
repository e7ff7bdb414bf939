import { explain, explainWarning, type Signed, type Verdict } from 'veristamp/verify'
import { h } from '../../../shared/dom.ts'
import { shapeOf } from '../../../shared/shapes.ts'
import type { Language, Words } from '../core/words.ts'
import type { Checked } from '../kiosk/check.ts'
import { writeDay } from './app.ts'
import { evidenceView, suspicionsOf } from './evidence-view.ts'
import { goodsView } from './goods-view.ts'

/** The parts of an answer. */
export interface AnswerView {
  readonly element: HTMLElement
  /** Where what belongs to the answer is added: the check of a hidden code. */
  readonly cards: HTMLElement
  /** What is in sight at once. */
  readonly said: HTMLElement
}

/** The answer, to be read from two metres: a colour, a shape and a word; and below what it rests on. */
export function answerView(checked: Checked, place: string, words: Words, language: Language): AnswerView {
  const { verdict, answer } = checked
  const signed = verdict.stamp ? (verdict as Verdict & Signed) : undefined
  const said = saidView(checked, words, language)
  const cards = h(
    'div',
    { class: 'cards' },
    signed && goodsView(signed, place, words, language),
    evidenceView(checked, words, language),
  )
  const verdictView = h('div', { class: 'verdict' }, h('div', { class: 'shape' }, shapeOf(answer.tone)), said)
  return {
    cards,
    said,
    element: h(
      'section',
      { class: `answer ${answer.tone}` },
      h('div', { class: 'scroll', tabindex: '0' }, verdictView, cards),
    ),
  }
}

const saidView = (checked: Checked, words: Words, language: Language): HTMLElement => {
  const { verdict, answer, code } = checked
  return h(
    'div',
    { class: 'said' },
    h('h1', { class: 'word', tabindex: '-1' }, words.answers[answer.word]),
    code === 'right' && h('p', { class: 'code-right' }, words.hidden.ok),
    h('p', { class: 'reason' }, reasonOf(checked, words, language)),
    findingOf(verdict, words, language),
    h('p', { class: 'now' }, adviceOf(checked, words)),
    ...verdict.warnings.map((warning) => h('p', { class: 'warning' }, explainWarning(warning, language))),
  )
}

/** What to do now. Goods at another place can be compared only where there are some. */
function adviceOf({ answer, code, wrongSince, evidence }: Checked, { now, copyNow }: Words): string {
  if (answer.tone !== 'copy') return now[answer.tone]
  if (code === 'doubtful') return copyNow.typed
  if (evidence.findings.length > 0 && evidence.elsewhere.length > 0) return now.copy
  return wrongSince === undefined ? copyNow.here : copyNow.code
}

function reasonOf(checked: Checked, words: Words, language: Language): string {
  const { verdict, answer, code } = checked
  if (answer.tone === 'copy') return suspicionsOf(checked, words, language).join(' ')
  if (verdict.status === 'valid') return code === 'wrong' ? words.wrongCode : words.valid(verdict.issuer.name)
  if (verdict.reason === 'slice_missing') return words.unchecked(verdict.keyId!)
  const why = explain(verdict, language)
  if (verdict.status !== 'invalid' || verdict.revocation === undefined) return why
  const { reason, date } = verdict.revocation
  return `${why} ${words.revoked(words.revocations[reason], writeDay(date, language))}`
}

/** What newer lists might confirm, in the words of the verdict that they would give. */
function findingOf(verdict: Verdict, words: Words, language: Language): HTMLElement | undefined {
  if (verdict.status !== 'indeterminate' || verdict.finding === undefined) return undefined
  const confirmed = { ...verdict, status: 'invalid', reason: verdict.finding } as const
  return h('p', { class: 'warning' }, words.finding(explain(confirmed, language)))
}

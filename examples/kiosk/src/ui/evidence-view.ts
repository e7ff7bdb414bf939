import type { Evidence } from 'veristamp/scanlog'
import { h } from '../../../shared/dom.ts'
import type { Language, Words } from '../core/words.ts'
import type { Checked } from '../kiosk/check.ts'
import { writeTime } from './app.ts'

/** What the scan log and this device know, beside the verdict. */
export function evidenceView(checked: Checked, words: Words, language: Language): HTMLElement | undefined {
  const suspicions = suspicionsOf(checked, words, language)
  const lines = [...suspicions, ...linesOf(checked.evidence, words, language)]
  if (lines.length === 0) return undefined
  const isSuspicious = suspicions.length > 0
  return h(
    'section',
    { class: isSuspicious ? 'card evidence suspicious' : 'card evidence' },
    h('h2', {}, isSuspicious ? words.evidence.suspicious : words.evidence.title),
    h('ul', {}, ...lines.map((line) => h('li', {}, line))),
  )
}

/** What speaks for a copy, a sentence each. */
export function suspicionsOf(
  { code, wrongSince, evidence }: Checked,
  { evidence: words }: Words,
  language: Language,
): readonly string[] {
  return [
    ...(code === 'doubtful' ? [words.wrong_now] : []),
    ...(wrongSince ? [words.wrong_before(writeTime(wrongSince, language))] : []),
    ...evidence.findings.map(({ kind }) => words[kind]),
  ]
}

function linesOf(evidence: Evidence, { evidence: words }: Words, language: Language): string[] {
  const { answer, here, elsewhere, since } = evidence
  const lines: string[] = []
  const at = elsewhere.map(({ place, last }) => `${place} (${writeTime(last, language)})`)
  if (at.length > 0) lines.push(words.seen_elsewhere(at.join('; ')))
  if (here !== undefined) lines.push(words.seen_here(here.count, writeTime(here.last, language)))
  if (answer === 'first_seen') lines.push(words.first_seen)
  if (lines.length > 0 && since !== undefined) lines.push(words.since(writeTime(since, language)))
  return lines
}

import type { Evidence } from 'veristamp/scanlog'
import type { Language, Words } from '../core/words.ts'
import { writeTime } from './app.ts'
import { h } from './dom.ts'

/** What the scan log knows, beside the verdict. */
export function evidenceView(evidence: Evidence, words: Words, language: Language): HTMLElement | undefined {
  const lines = linesOf(evidence, words, language)
  if (lines.length === 0) return undefined
  return h(
    'div',
    { class: evidence.findings.length > 0 ? 'evidence suspicious' : 'evidence' },
    h('h2', {}, words.evidence.title),
    h('ul', {}, ...lines.map((line) => h('li', {}, line))),
  )
}

function linesOf(evidence: Evidence, { evidence: words }: Words, language: Language): string[] {
  const { answer, here, elsewhere, findings, since } = evidence
  const lines: string[] = findings.map(({ kind }) => words[kind])
  const at = elsewhere.map(({ place, last }) => `${place} (${writeTime(last, language)})`)
  if (at.length > 0) lines.push(words.seen_elsewhere(at.join('; ')))
  if (here !== undefined) lines.push(words.seen_here(here.count, writeTime(here.last, language)))
  if (answer === 'first_seen') lines.push(words.first_seen)
  if (lines.length > 0 && since !== undefined) lines.push(words.since(writeTime(since, language)))
  return lines
}

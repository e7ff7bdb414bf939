import type { Language, Words } from '../core/words.ts'
import type { Evidence } from '../kiosk/memory.ts'
import { writeTime } from './app.ts'
import { h } from './dom.ts'

/** What the scan log knows, beside the verdict. */
export function evidenceView(evidence: Evidence, words: Words, language: Language): HTMLElement {
  return h(
    'div',
    { class: evidence.suspicious ? 'evidence suspicious' : 'evidence' },
    h('h2', {}, words.evidence.title),
    h('ul', {}, ...linesOf(evidence, words, language).map((line) => h('li', {}, line))),
  )
}

function linesOf(evidence: Evidence, { evidence: words }: Words, language: Language): string[] {
  const { firstSeen, here, elsewhere, alarms, since } = evidence
  const lines: string[] = alarms.map((alarm) => words[alarm])
  const at = elsewhere.map(({ place, time }) => `${place} (${writeTime(time, language)})`)
  if (at.length > 0) lines.push(words.seen_elsewhere(at.join('; ')))
  if (here !== undefined) lines.push(words.seen_here(here.count, writeTime(here.last, language)))
  if (firstSeen) lines.push(words.first_seen)
  if (since !== undefined) lines.push(words.since(writeTime(since, language)))
  return lines
}

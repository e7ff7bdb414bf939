import type { Verdict } from 'veristamp/verify'
import { explain, explainWarning, type Language } from 'veristamp/verify'
import type { Words } from '../core/words.ts'
import type { Checked } from '../kiosk/check.ts'
import { writeDate } from './app.ts'
import { fact, h } from './dom.ts'
import { evidenceView } from './evidence-view.ts'
import { shapeOf } from './shapes.ts'

const SECONDS_A_DAY = 86_400

/** The answer, to be read from two metres: a colour, a shape and a word; and below what it rests on. */
export function answerView(
  { verdict, answer, evidence }: Checked,
  words: Words,
  language: Language,
): HTMLElement {
  const { tone, word } = answer
  return h(
    'section',
    { class: `answer ${tone}` },
    h('div', { class: 'headline' }, shapeOf(tone), h('h1', { class: 'word' }, words.answers[word])),
    verdict.stamp && factsView(verdict, words, language),
    h('p', { class: 'reason' }, explain(verdict, language)),
    findingOf(verdict, words, language),
    evidenceView(evidence, words, language),
    ...verdict.warnings.map((warning) => h('p', { class: 'warning' }, explainWarning(warning, language))),
  )
}

/** What newer lists might confirm, in the words of the verdict that they would give. */
function findingOf(verdict: Verdict, words: Words, language: Language): HTMLElement | undefined {
  if (verdict.status !== 'indeterminate' || verdict.finding === undefined) return undefined
  const confirmed = { ...verdict, status: 'invalid', reason: verdict.finding } as const
  return h('p', { class: 'warning' }, words.finding(explain(confirmed, language)))
}

function factsView(verdict: Verdict, words: Words, language: Language): HTMLElement {
  const { facts } = words
  const { stamp, product, facility, trustList, revocationList } = verdict as Extract<
    Verdict,
    { status: 'valid' }
  >
  const ages = [trustList, revocationList].map((list) => list?.ageSeconds ?? 0)
  const oldest = Math.floor(Math.max(...ages) / SECONDS_A_DAY)
  return h(
    'dl',
    { class: 'facts' },
    fact(facts.product, product?.name ?? facts.unnamed(stamp.product), starsView(product?.stars, words)),
    fact(facts.facility, facility?.name ?? facts.unnamed(stamp.facility)),
    fact(facts.serial, String(stamp.serial)),
    stamp.lot !== undefined && fact(facts.lot, stamp.lot),
    stamp.expires !== undefined && fact(facts.expires, writeDate(new Date(stamp.expires), language)),
    fact(words.listsTitle, words.daysOld(oldest)),
  )
}

const starsView = (stars: number | undefined, words: Words): HTMLElement | undefined =>
  stars === undefined
    ? undefined
    : h('span', { class: 'stars', role: 'img', 'aria-label': words.facts.stars(stars) }, '★'.repeat(stars))

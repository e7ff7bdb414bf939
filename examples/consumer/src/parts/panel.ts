import { h } from '../../../shared/dom.ts'
import { shapeOf } from '../../../shared/shapes.ts'
import type { Told } from '../answer.ts'
import type { AnswerWords } from '../words/words.ts'

/** The answer: a colour, a shape and a word. What a screen reader reads first. */
export const answerPanel = ({ tone, word }: Told, { answers }: AnswerWords): HTMLElement =>
  h(
    'section',
    { class: `panel ${tone}` },
    h('div', { class: 'shape' }, shapeOf(tone)),
    h('h1', { class: 'word', tabindex: '-1' }, answers[word]),
  )

/** What stands below the word: why, and what to do; of a valid stamp, what that does not mean. */
export const sentences = (lines: readonly string[], advice: string): HTMLElement[] => [
  ...lines.map((line) => h('p', { class: 'why' }, line)),
  h('p', { class: 'now' }, advice),
]

/** What the page shows while it works. */
export const checkingPanel = ({ checking }: AnswerWords): HTMLElement =>
  h('section', { class: 'panel calm checking' }, h('p', { class: 'word', role: 'status' }, checking))

import { h } from '../../../shared/dom.ts'
import { mark } from '../../../shared/mark.ts'
import { shapeOf } from '../../../shared/shapes.ts'
import type { AnswerWords, CardWords } from '../words/words.ts'

/** The page without a stamp: what people reach who type its address. */
export const homePanel = ({ home }: CardWords, ...buttons: Node[]): HTMLElement =>
  h(
    'section',
    { class: 'panel calm' },
    h('div', { class: 'shape' }, mark()),
    h('h1', { class: 'word', tabindex: '-1' }, home.heading),
    h('p', { class: 'why' }, home.intro),
    ...buttons,
  )

/** The kinds of answer, each with its shape: people who know them notice a page that only looks like this one. */
export const meaningsCard = ({ home }: CardWords, { answers }: AnswerWords): HTMLElement =>
  h(
    'section',
    { class: 'card meanings' },
    h('h2', {}, home.meanings),
    h(
      'ul',
      {},
      ...(['good', 'bad', 'unsure'] as const).map((tone) =>
        h(
          'li',
          { class: tone },
          shapeOf(tone),
          h('div', {}, h('strong', {}, answers[WORD[tone]]), h('p', {}, home.meaning[tone])),
        ),
      ),
    ),
  )

const WORD = { good: 'valid', bad: 'not_valid', unsure: 'unsure' } as const

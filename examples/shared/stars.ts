import { drawing, h } from './dom.ts'

const STAR = 'M50 6l13.5 28.6 31 4.2-22.6 21.8 5.5 31.1L50 76.8 22.6 91.7l5.5-31.1L5.5 38.8l31-4.2z'

/** OCOP stars, five places of which some are filled, and beside them how many, in words. */
export const starRow = (count: number, words: string): HTMLElement =>
  h(
    'p',
    { class: 'stars' },
    h(
      'span',
      { role: 'img', 'aria-label': words },
      ...Array.from({ length: 5 }, (_, i) => {
        const star = drawing(STAR, '')
        star.setAttribute('class', i < count ? 'full' : 'empty')
        return star
      }),
    ),
    h('span', { class: 'count', 'aria-hidden': 'true' }, words),
  )

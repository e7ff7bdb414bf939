import { h } from '../../shared/dom.ts'
import type { Office } from './data.ts'
import type { Tongue } from './language.ts'
import { draw, picture } from './svg.ts'

const DAYS = 30
/** Places that have a chart of their own, the busiest first. */
const PLACES = 12

/** Scans a day, of all places and of each. */
export function scansPanel({ days, today }: Office, tongue: Tongue): HTMLElement {
  const { words, number } = tongue
  const all = days.map((day) => ({ ...day, count: day.valid + day.invalid + day.indeterminate }))
  const total = all.reduce((sum, { count }) => sum + count, 0)
  const rowOf = (chosen: typeof all): number[] =>
    Array.from({ length: DAYS }, (_, i) =>
      chosen.filter(({ day }) => day === today - DAYS + 1 + i).reduce((sum, { count }) => sum + count, 0),
    )
  const places = [...new Set(all.map(({ place }) => place))]
    .map((place) => {
      const row = rowOf(all.filter((day) => day.place === place))
      return { place, row, count: row.reduce((sum, count) => sum + count, 0) }
    })
    .sort((a, b) => b.count - a.count)
  return h(
    'section',
    { class: 'panel scans' },
    h('h2', {}, words.scans),
    total === 0 && h('p', { class: 'none' }, words.noScans),
    total > 0 &&
      bars(rowOf(all), today, words.scansOf(number(total), number(Math.max(...rowOf(all)))), tongue),
    total > 0 &&
      h(
        'p',
        { class: 'axis quiet' },
        ...[today - DAYS + 1, today].map((day) => h('span', {}, tongue.day(day))),
      ),
    total > 0 && h('p', { class: 'quiet' }, words.scansOf(number(total), number(Math.max(...rowOf(all))))),
    h(
      'ul',
      { class: 'places' },
      ...places
        .slice(0, PLACES)
        .map(({ place, row, count }) =>
          h(
            'li',
            {},
            h('span', {}, place),
            sparkline(row, words.chartOf(place, number(count))),
            h('strong', {}, number(count)),
          ),
        ),
    ),
  )
}

function bars(
  row: readonly number[],
  today: number,
  label: string,
  { day, words, number }: Tongue,
): SVGSVGElement {
  const most = Math.max(...row, 1)
  const first = today - DAYS + 1
  return picture(
    600,
    124,
    label,
    draw('line', { class: 'rail', x1: 0, x2: 600, y1: 120, y2: 120 }),
    ...row.map((count, i) => {
      const height = Math.round((110 * count) / most)
      const title = draw('title', {}, words.dayOf(day(first + i), number(count)))
      return draw('rect', { class: 'bar', x: 20 * i + 2, y: 120 - height, width: 16, height, rx: 2 }, title)
    }),
  )
}

function sparkline(row: readonly number[], label: string): SVGSVGElement {
  const most = Math.max(...row, 1)
  return picture(
    120,
    24,
    label,
    ...row.map((count, i) => {
      const height = count === 0 ? 1 : Math.max(2, Math.round((22 * count) / most))
      return draw('rect', { class: 'bar', x: 4 * i, y: 24 - height, width: 3, height })
    }),
  )
}

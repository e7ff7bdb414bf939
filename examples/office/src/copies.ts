import { h } from '../../shared/dom.ts'
import { shapeOf } from '../../shared/shapes.ts'
import type { Copy, Office } from './data.ts'
import type { Tongue } from './language.ts'
import { draw, picture } from './svg.ts'

/** What looks like a copy, the newest first. */
export function copiesPanel(office: Office, tongue: Tongue): HTMLElement {
  const { words } = tongue
  const cards = office.findings.map((copy) => copyCard(copy, office, tongue))
  return h(
    'section',
    { class: 'panel copies' },
    h('h2', {}, words.copies),
    cards.length === 0
      ? h('p', { class: 'none' }, shapeOf('good'), words.noCopies)
      : h('ul', { class: 'cards' }, ...cards),
  )
}

function copyCard(copy: Copy, office: Office, tongue: Tongue): HTMLElement {
  const { words, number, span, ago } = tongue
  const { finding } = copy
  const what =
    finding.kind === 'impossible_travel'
      ? words.travel(number(finding.kilometres), span(finding.seconds))
      : words.rate(number(finding.count), span((Date.parse(finding.last) - Date.parse(finding.first)) / 1000))
  const name = office.products[copy.product] ?? String(copy.product)
  return h(
    'li',
    { class: 'copy' },
    h(
      'div',
      { class: 'headline' },
      shapeOf('copy'),
      h('div', {}, h('h3', {}, words.copyOf(name, number(copy.serial))), h('p', { class: 'what' }, what)),
    ),
    timeLine(copy, tongue),
    h('ol', { class: 'sightings' }, ...sightingsOf(copy, tongue)),
    h(
      'p',
      { class: 'notes' },
      copy.single && h('strong', { class: 'tag', title: words.singleWhy }, words.single),
      copy.disputed && h('strong', { class: 'tag', title: words.disputedWhy }, words.disputed),
      h('span', {}, words.found(ago(copy.found, office.now))),
    ),
  )
}

/** Sightings that are listed; the rest is counted. */
const SHOWN = 4

function sightingsOf({ sightings }: Copy, { words, moment, number }: Tongue): HTMLElement[] {
  const listed = sightings.slice(0, SHOWN).map(({ place, time, witnesses }) => {
    const statuses = [...new Set(witnesses.map(({ status }) => words.statuses[status]))]
    const keys = witnesses.map(({ scanner }) => scanner.slice(0, 8)).join(', ')
    return h(
      'li',
      {},
      h('strong', {}, place),
      h('span', {}, moment(time)),
      h('span', { class: 'quiet' }, `${words.told} ${statuses.join(', ')} (${keys})`),
    )
  })
  const rest = sightings.length - listed.length
  return rest > 0 ? [...listed, h('li', {}, words.more(number(rest)))] : listed
}

/** The sightings on a line of time, a row for each place. */
function timeLine({ sightings }: Copy, { moment }: Tongue): SVGSVGElement {
  const places = [...new Set(sightings.map(({ place }) => place))]
  const times = sightings.map(({ time }) => Date.parse(time))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const height = 14 * places.length + 8
  const at = (time: string): number =>
    last === first ? 150 : 10 + (280 * (Date.parse(time) - first)) / (last - first)
  const points = sightings.map(({ place, time }) => ({ x: at(time), y: 11 + 14 * places.indexOf(place) }))
  const way = points.map(({ x, y }) => `${x},${y}`).join(' ')
  const label = sightings
    .slice(0, SHOWN)
    .map(({ place, time }) => `${place} ${moment(time)}`)
    .join('; ')
  return picture(
    300,
    height,
    label,
    ...places.map((_, row) =>
      draw('line', { class: 'rail', x1: 4, x2: 296, y1: 11 + 14 * row, y2: 11 + 14 * row }),
    ),
    draw('polyline', { class: 'way', points: way }),
    ...points.map(({ x, y }) => draw('circle', { class: 'dot', cx: x, cy: y, r: 5 })),
  )
}

import type { Tone } from '../../shared/answer.ts'
import { h } from '../../shared/dom.ts'
import { shapeOf } from '../../shared/shapes.ts'
import type { Kiosk, Office, PrintRun } from './data.ts'
import type { Tongue } from './language.ts'

const DAY_MS = 86_400_000

/** A tone's shape in its colour. */
function sign(tone: Tone): SVGSVGElement {
  const shape = shapeOf(tone)
  shape.setAttribute('class', tone === 'copy' ? 'copy-tone' : tone)
  return shape
}

/** Kiosks, and when each was last heard from. */
export function kiosksPanel({ scanners, now }: Office, tongue: Tongue): HTMLElement {
  const { words } = tongue
  return h(
    'section',
    { class: 'panel kiosks' },
    h('h2', {}, words.kiosks),
    scanners.length === 0
      ? h('p', { class: 'none' }, words.noKiosks)
      : h('ul', { class: 'rows' }, ...scanners.map((kiosk) => kioskRow(kiosk, now, tongue))),
  )
}

function kioskRow(
  { place, scanner, counts, taken, newest, scans }: Kiosk,
  now: string,
  tongue: Tongue,
): HTMLElement {
  const { words, number, ago } = tongue
  const isFresh = taken !== undefined && Date.parse(now) - taken * 1000 < DAY_MS
  const tone: Tone = !counts ? 'bad' : isFresh ? 'good' : 'unsure'
  const heard = taken === undefined ? words.never : ago(taken * 1000, now)
  return h(
    'li',
    { class: counts ? 'row' : 'row left' },
    sign(tone),
    h(
      'div',
      { class: 'who' },
      h('strong', {}, place),
      h('span', { class: 'quiet' }, counts ? scanner.slice(0, 8) : `${scanner.slice(0, 8)}, ${words.left}`),
    ),
    figure(words.synchronised, heard),
    figure(words.newest, newest === undefined ? '–' : tongue.moment(newest * 1000)),
    figure(words.count, number(scans)),
  )
}

const figure = (name: string, value: string): HTMLElement =>
  h('div', { class: 'figure' }, h('span', { class: 'quiet' }, name), h('span', {}, value))

const TONES: Readonly<Record<PrintRun['state'], Tone>> = {
  ...{ unfinished: 'unsure', finished: 'good', released: 'good', partly_released: 'good' },
  ...{ void: 'bad', revoked: 'bad', partly_revoked: 'copy' },
}

/** Print runs, and what became of them. */
export function runsPanel({ runs, products }: Office, tongue: Tongue): HTMLElement {
  const { words } = tongue
  return h(
    'section',
    { class: 'panel runs' },
    h('h2', {}, words.runs),
    runs.length === 0
      ? h('p', { class: 'none' }, words.noRuns)
      : h('ul', { class: 'rows' }, ...runs.map((run) => runRow(run, products[run.product], tongue))),
  )
}

function runRow(run: PrintRun, name: string | undefined, { words, number, date }: Tongue): HTMLElement {
  const { id, product, first, last, count, state, released, revoked, shards } = run
  const parts = [
    ...(state === 'partly_released' || (revoked > 0 && released > 0)
      ? [words.parts.released(number(released))]
      : []),
    ...(state === 'partly_revoked' ? [words.parts.revoked(number(revoked))] : []),
    ...(shards === undefined ? [] : [words.parts.shards(number(shards.done), number(shards.count))]),
  ]
  return h(
    'li',
    { class: 'row' },
    sign(TONES[state]),
    h(
      'div',
      { class: 'who' },
      h('strong', {}, name ?? String(product)),
      h('span', { class: 'quiet' }, `${id} · ${date(run.reserved)}`),
    ),
    h(
      'div',
      { class: 'figure' },
      h('span', {}, words.stamps(number(count))),
      h('span', { class: 'quiet' }, words.serials(number(first), number(last))),
    ),
    h(
      'div',
      { class: 'figure' },
      h('strong', {}, words.states[state]),
      parts.length > 0 && h('span', { class: 'quiet' }, parts.join(', ')),
    ),
    shards !== undefined &&
      progress(shards.done, shards.count, words.parts.shards(number(shards.done), number(shards.count))),
  )
}

const progress = (value: number, max: number, label: string): HTMLElement =>
  h('progress', { value: String(value), max: String(max), 'aria-label': label })

/** Lists, and how long they are good. */
export function listsPanel({ lists, now }: Office, { words, number, date, ago }: Tongue): HTMLElement {
  const rows = lists.map(({ kind, sequence, issued, expires }) => {
    const left = Date.parse(expires) - Date.parse(now)
    const whole = Date.parse(expires) - Date.parse(issued)
    const tone: Tone = left <= 0 ? 'bad' : left < whole / 4 ? 'unsure' : 'good'
    const until = left <= 0 ? words.expired(date(expires)) : words.until(date(expires))
    return h(
      'li',
      { class: 'row' },
      sign(tone),
      h(
        'div',
        { class: 'who' },
        h('strong', {}, words.kinds[kind]),
        h('span', { class: 'quiet' }, `${words.number(number(sequence))}, ${ago(issued, now)}`),
      ),
      h('div', { class: 'figure' }, h('span', {}, until)),
      progress(Math.max(0, left), whole, until),
    )
  })
  return h('section', { class: 'panel lists' }, h('h2', {}, words.lists), h('ul', { class: 'rows' }, ...rows))
}

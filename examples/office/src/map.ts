import { h } from '../../shared/dom.ts'
import type { Office } from './data.ts'
import type { Tongue } from './language.ts'
import { draw, picture } from './svg.ts'

const [WIDTH, HEIGHT, EDGE] = [320, 240, 34]

interface Spot {
  readonly place: string
  readonly latitude: number
  readonly longitude: number
}

/** Where kiosks are, and lines between places at which one code was seen. Nothing where no position is known. */
export function mapPanel({ scanners, findings }: Office, { words, number }: Tongue): HTMLElement | undefined {
  const spots = new Map<string, Spot>()
  for (const { place, position, counts } of scanners) {
    const [, latitude, longitude] = /^([+-][\d.]+)([+-][\d.]+)$/.exec(position ?? '') ?? []
    if (counts && longitude !== undefined && !spots.has(place))
      spots.set(place, { place, latitude: Number(latitude), longitude: Number(longitude) })
  }
  if (spots.size === 0) return undefined
  const onto = projection([...spots.values()])
  const ways = findings.flatMap(({ finding }) => {
    if (finding.kind !== 'impossible_travel') return []
    const [from, to] = [spots.get(finding.from.place), spots.get(finding.to.place)]
    return from && to ? [[from, to] as const] : []
  })
  const marked = new Set(ways.flat().map(({ place }) => place))
  return h(
    'section',
    { class: 'panel map' },
    h('h2', {}, words.map),
    picture(
      WIDTH,
      HEIGHT,
      words.mapOf(number(spots.size), number(ways.length)),
      ...ways.map(([from, to]) => {
        const [a, b] = [onto(from), onto(to)]
        return draw('line', { class: 'way', x1: a.x, y1: a.y, x2: b.x, y2: b.y })
      }),
      ...[...spots.values()].map((spot) => {
        const { x, y } = onto(spot)
        return draw(
          'circle',
          { class: marked.has(spot.place) ? 'dot found' : 'dot', cx: x, cy: y, r: 5 },
          draw('title', {}, spot.place),
        )
      }),
      ...named(byMark([...spots.values()], marked), onto),
    ),
  )
}

/** Those that findings are about come first. */
const byMark = (spots: readonly Spot[], marked: ReadonlySet<string>): Spot[] =>
  [...spots].sort((a, b) => Number(marked.has(b.place)) - Number(marked.has(a.place)))

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Roughly as wide as a letter is. */
const LETTER = 6.6

/** Names beside spots, as far as there is room: none lies over another or over a spot. */
function named(spots: readonly Spot[], onto: Projection): SVGTextElement[] {
  const taken: Box[] = spots.map((spot) => around(onto(spot), 6, 6))
  return spots.slice(0, 40).flatMap((spot) => {
    const { x, y } = onto(spot)
    const name = spot.place.length > 22 ? `${spot.place.slice(0, 21)}…` : spot.place
    const wide = name.length * LETTER
    const places = [
      ...[
        [x + 9, y],
        [x - 9 - wide, y],
      ],
      ...[18, -18].map((down) => [x - wide / 2, y + down]),
    ] as const
    for (const [left = 0, middle = 0] of places) {
      const box = { left, top: middle - 8, right: left + wide, bottom: middle + 8 }
      if (left < 0 || box.right > WIDTH || taken.some((other) => overlaps(box, other))) continue
      taken.push(box)
      return [draw('text', { x: round(left), y: round(middle + 4) }, name)]
    }
    return []
  })
}

const around = ({ x, y }: { readonly x: number; readonly y: number }, wide: number, high: number): Box => ({
  left: x - wide,
  top: y - high,
  right: x + wide,
  bottom: y + high,
})

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

type Projection = (spot: Spot) => { readonly x: number; readonly y: number }

/** North is up, and a kilometre is as long in both directions. */
function projection(spots: readonly Spot[]): Projection {
  const latitudes = spots.map(({ latitude }) => latitude)
  const longitudes = spots.map(({ longitude }) => longitude)
  const middle = { latitude: middleOf(latitudes), longitude: middleOf(longitudes) }
  const narrow = Math.cos((middle.latitude * Math.PI) / 180)
  const [high, wide] = [spread(latitudes), spread(longitudes) * narrow]
  const scale = Math.min(
    (HEIGHT - 2 * EDGE) / Math.max(high, 0.01),
    (WIDTH - 2 * EDGE) / Math.max(wide, 0.01),
  )
  return ({ latitude, longitude }) => ({
    x: round(WIDTH / 2 + (longitude - middle.longitude) * narrow * scale),
    y: round(HEIGHT / 2 - (latitude - middle.latitude) * scale),
  })
}

const middleOf = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2
const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
const round = (value: number): number => Math.round(value * 10) / 10

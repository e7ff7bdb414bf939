import { timeOf } from '../lib/dates.ts'
import type { ImpossibleTravel, PlaceSightings, Rate, Sighting, Sightings } from './evidence.ts'
import { kilometresBetween, type Point } from './places.ts'
import type { ScanRules } from './rules.ts'

/** When and where a code was seen. */
export interface SeenAt {
  /** Seconds since 1970. */
  readonly time: number
  readonly place: string
}

/** In an order that everyone comes to. */
export const inOrder = <T extends SeenAt>(seen: readonly T[]): T[] =>
  [...seen].sort((a, b) => a.time - b.time || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))

export interface FindOptions {
  readonly rules: ScanRules
  readonly points: ReadonlyMap<string, Point>
}

/** What is strange about the scans of one code, the gravest first. `seen` is in order. */
export const findStrange = (seen: readonly SeenAt[], { rules, points }: FindOptions) =>
  [findTravel(seen, points, rules), findRate(seen, rules)].filter((finding) => finding !== undefined)

/**
 * The latest two scans, one right after the other among those at places of known position, that are further
 * apart than anything travels in the time between. `seen` is in order.
 */
export function findTravel(
  seen: readonly SeenAt[],
  points: ReadonlyMap<string, Point>,
  { maxSpeed, clockError }: ScanRules,
): ImpossibleTravel | undefined {
  const located = seen.filter(({ place }) => points.has(place))
  for (let i = located.length - 1; i > 0; i--) {
    const [from, to] = [located[i - 1]!, located[i]!]
    if (from.place === to.place) continue
    const kilometres = kilometresBetween(points.get(from.place)!, points.get(to.place)!)
    const seconds = to.time - from.time
    if (kilometres <= (maxSpeed * (seconds + clockError)) / 3600) continue
    return { kind: 'impossible_travel', from: sighting(from), to: sighting(to), kilometres, seconds }
  }
  return undefined
}

/** The latest scan with more than the rules allow in the period up to it. `seen` is in order. */
export function findRate(seen: readonly SeenAt[], { maxScans, ratePeriod }: ScanRules): Rate | undefined {
  for (let end = seen.length - 1; end >= maxScans; end--) {
    const last = seen[end]!.time
    if (last - seen[end - maxScans]!.time >= ratePeriod) continue
    let start = end - maxScans
    while (start > 0 && last - seen[start - 1]!.time < ratePeriod) start--
    return { kind: 'rate', count: end - start + 1, first: timeOf(seen[start]!.time), last: timeOf(last) }
  }
  return undefined
}

/** How often, first and last, or undefined for never. `seen` is in order. */
export function sum(seen: readonly SeenAt[]): Sightings | undefined {
  const [first, last] = [seen[0], seen[seen.length - 1]]
  return first && last && { count: seen.length, first: timeOf(first.time), last: timeOf(last.time) }
}

/** The sums of each place, the place of the latest scan first. `seen` is in order. */
export function sumByPlace(seen: readonly SeenAt[]): PlaceSightings[] {
  const places = new Map<string, { count: number; first: number; last: number }>()
  for (const { place, time } of seen) {
    const { count, first } = places.get(place) ?? { count: 0, first: time }
    places.set(place, { count: count + 1, first, last: time })
  }
  const sums = [...places].map(([place, { count, first, last }]) => ({
    place,
    count,
    first: timeOf(first),
    last: timeOf(last),
  }))
  return sums.sort((a, b) => b.last.getTime() - a.last.getTime() || (a.place < b.place ? -1 : 1))
}

const sighting = ({ place, time }: SeenAt): Sighting => ({ place, time: timeOf(time) })

import type { ScannerList } from './scanner.ts'

/** Where on Earth, in radians. */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** IUGG's mean radius in kilometres. */
const EARTH_RADIUS = 6371.0088

/** The point that a scanner's checked position says. Undefined where it has none. */
export function pointOf(position: string | undefined): Point | undefined {
  const [, latitude, longitude] = /^([+-][\d.]+)([+-][\d.]+)$/.exec(position ?? '') ?? []
  if (latitude === undefined || longitude === undefined) return undefined
  return { latitude: radians(Number(latitude)), longitude: radians(Number(longitude)) }
}

/** Kilometres along the great circle, by the haversine formula. */
export function kilometresBetween(a: Point, b: Point): number {
  const haversine =
    Math.sin((b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(a.latitude) * Math.cos(b.latitude) * Math.sin((b.longitude - a.longitude) / 2) ** 2
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(haversine)))
}

/** Where the lists say that places lie: of several scanners at one place, by the first that says so. */
export function pointsOf(lists: readonly ScannerList[]): ReadonlyMap<string, Point> {
  const points = new Map<string, Point>()
  for (const { place, position } of lists.flatMap(({ scanners }) => scanners)) {
    const point = pointOf(position)
    if (point !== undefined && !points.has(place)) points.set(place, point)
  }
  return points
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

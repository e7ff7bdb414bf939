import { toHex } from '../lib/bytes.ts'
import { groupBy } from '../lib/group-by.ts'
import { marksOf, type ScansBody, scansOf } from './body.ts'
import type { ImpossibleTravel, Rate } from './evidence.ts'
import { findRate, findTravel, inOrder } from './findings.ts'
import type { Point } from './places.ts'
import { type LoggedScan, scanIdOf } from './record.ts'
import type { ScanRules } from './rules.ts'

/** What many devices saw together: counted by place and product, with the codes that one stamp alone can't explain. */
export interface ScanStatistics {
  readonly scans: number
  /** Different codes. */
  readonly codes: number
  /** By place, then product. */
  readonly rows: readonly ScanCount[]
  /** The latest first. */
  readonly suspects: readonly SuspectCode[]
}

export interface ScanCount {
  readonly place: string
  readonly facility: number
  readonly product: number
  readonly scans: number
  readonly codes: number
  /** Scans whose verdict was not `valid`. */
  readonly notValid: number
  /** Suspect codes that were seen here. */
  readonly suspects: number
}

/** A code that was seen where, or as often as, one stamp can't be. */
export interface SuspectCode {
  readonly facility: number
  readonly product: number
  readonly serial: number
  readonly findings: readonly (ImpossibleTravel | Rate)[]
  readonly places: readonly string[]
  /** Seconds since 1970. */
  readonly last: number
}

export interface StatisticsOptions {
  readonly rules: ScanRules
  readonly points: ReadonlyMap<string, Point>
  /** Seconds since 1970: scans before and after are left out. */
  readonly from: number
  readonly latest: number
}

/** Counts what bodies say together, however often they say it. Scans that were taken back count for nothing. */
export function scanStatistics(bodies: readonly ScansBody[], options: StatisticsOptions): ScanStatistics {
  const scans = scansIn(bodies, options)
  const byCode = groupBy(scans, ({ authority, code }) => `${authority} ${toHex(code)}`)
  const suspects = new Map<string, SuspectCode>()
  for (const [name, own] of byCode) {
    const suspect = suspectOf(own, options)
    if (suspect !== undefined) suspects.set(name, suspect)
  }
  const rows = groupBy(scans, ({ place, facility, product }) => JSON.stringify([place, facility, product]))
  return {
    scans: scans.length,
    codes: byCode.size,
    rows: [...rows.values()].map((own) => countOf(own, suspects)).sort(compareCounts),
    suspects: [...suspects.values()].sort((a, b) => b.last - a.last || a.serial - b.serial),
  }
}

/** Each scan once. */
function scansIn(bodies: readonly ScansBody[], { from, latest }: StatisticsOptions): LoggedScan[] {
  const nameOf = (scan: Pick<LoggedScan, 'authority' | 'place' | 'time' | 'code'>) =>
    JSON.stringify([scan.authority, scan.place, scanIdOf(scan)])
  const undone = new Set(bodies.flatMap((body) => marksOf(body).map(nameOf)))
  const scans = new Map<string, LoggedScan>()
  for (const body of bodies) {
    for (const scan of scansOf(body)) {
      const name = nameOf(scan)
      if (scan.time >= from && scan.time <= latest && !undone.has(name)) scans.set(name, scan)
    }
  }
  return [...scans.values()]
}

function suspectOf(
  scans: readonly LoggedScan[],
  { points, rules }: StatisticsOptions,
): SuspectCode | undefined {
  const seen = inOrder(scans)
  const findings = [findTravel(seen, points, rules), findRate(seen, rules)].filter(
    (finding) => finding !== undefined,
  )
  if (findings.length === 0) return undefined
  const { facility, product, serial } = seen[0]!
  const places = new Set(findings.flatMap((finding) => placesOf(finding, seen)))
  return { facility, product, serial, findings, places: [...places], last: seen.at(-1)!.time }
}

function placesOf(finding: ImpossibleTravel | Rate, seen: readonly LoggedScan[]): string[] {
  if (finding.kind === 'impossible_travel') return [finding.from.place, finding.to.place]
  const [first, last] = [finding.first, finding.last].map((time) => time.getTime() / 1000) as [number, number]
  return seen.filter(({ time }) => first <= time && time <= last).map(({ place }) => place)
}

function countOf(scans: readonly LoggedScan[], suspects: ReadonlyMap<string, SuspectCode>): ScanCount {
  const { place, facility, product } = scans[0]!
  const codes = new Set(scans.map(({ authority, code }) => `${authority} ${toHex(code)}`))
  const suspected = [...codes].filter((name) => suspects.get(name)?.places.includes(place))
  return {
    ...{ place, facility, product },
    ...{ scans: scans.length, codes: codes.size, suspects: suspected.length },
    notValid: scans.filter(({ status }) => status !== 'valid').length,
  }
}

const compareCounts = (a: ScanCount, b: ScanCount): number => {
  if (a.place !== b.place) return a.place < b.place ? -1 : 1
  return a.facility - b.facility || a.product - b.product
}

import type { ResultRow } from './results.ts'

/** What a row of two commits says, over some rounds. */
export interface Comparison {
  readonly row: string
  /** The newer over the older, the median of the rounds: above 1 is faster. */
  readonly change: number
  /** Of a round's figure, as a share of it: 1.4826 × the median distance from the median. */
  readonly deviation: number
  /** Slower by more than 5 %, and by more than twice the deviation. */
  readonly isDrop: boolean
}

const ALLOWED = 0.05
/** A normal distribution's standard deviation over its median distance from the median. */
const NORMAL = 1.4826

/** Rows of one round: of the older commit, and of the newer. */
export type Round = readonly [older: readonly ResultRow[], newer: readonly ResultRow[]]

/** What became of the rows that both commits time. Rows of bytes are left out: they are the same each time. */
export function compareRounds(rounds: readonly Round[]): Comparison[] {
  const speeds = rounds.map(([older, newer]) => [speedsOf(older), speedsOf(newer)] as const)
  const [first] = speeds
  if (first === undefined) return []
  const shared = [...first[1].keys()].filter((row) => first[0].has(row))
  return shared.map((row) => {
    const changes = speeds.map(([older, newer]) => newer.get(row)! / older.get(row)!)
    const change = median(changes)
    const deviation = NORMAL * median(changes.map((each) => Math.abs(each - change)))
    return { row, change, deviation, isDrop: change < 1 - Math.max(ALLOWED, 2 * deviation) }
  })
}

/** How fast the subject of each timed row is: beside its peer where there is one, for both are timed in one process. */
function speedsOf(rows: readonly ResultRow[]): Map<string, number> {
  const timed = rows.filter(({ medianMicroseconds }) => medianMicroseconds !== null)
  return new Map(
    timed.map((row) => [nameOf(row), row.peer === null ? 1 / row.medianMicroseconds! : row.ratio!]),
  )
}

/** What tells rows of a bench apart: all that is said in words. */
function nameOf({ machine, node, date, ...row }: ResultRow): string {
  return Object.values(row)
    .filter((value) => typeof value === 'string')
    .join(', ')
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1]
  return (sorted[low]! + sorted[high]!) / 2
}

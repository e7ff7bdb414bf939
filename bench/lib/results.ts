import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'

/** One measurement in bench/results.json. Extra fields (a pattern, a size) say what was measured. */
export interface ResultRow {
  readonly bench: string
  readonly subject: string
  /** What the subject is compared with; null where it is measured alone. */
  readonly peer: string | null
  /** Subject to peer, by whatever the bench compares: bytes to bytes, or time to time. */
  readonly ratio: number | null
  readonly medianMicroseconds: number | null
  /** Interquartile range over median. */
  readonly spread: number | null
  readonly machine: string
  readonly node: string
  /** The day, as YYYY-MM-DD. */
  readonly date: string
  readonly [detail: string]: string | number | null
}

/** What a bench says of a measurement; the writer adds where and when. */
export type Measurement = Pick<ResultRow, 'subject' | 'peer' | 'ratio' | 'medianMicroseconds' | 'spread'> & {
  readonly [detail: string]: string | number | null
}

const RESULTS = new URL('../results.json', import.meta.url)

/** Puts the measurements in place of the bench's earlier rows. Rows are sorted by bench, subject and peer. */
export async function recordResults(bench: string, measurements: readonly Measurement[]): Promise<void> {
  const place = { machine: machine(), node: process.version, date: new Date().toISOString().slice(0, 10) }
  const fresh = measurements.map((measurement): ResultRow => ({ bench, ...measurement, ...place }))
  const others = (await readRows()).filter((row) => row.bench !== bench)
  const rows = [...others, ...fresh].sort(compareRows)
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`)
  await writeFile(RESULTS, `{\n  "rows": [\n${lines.join(',\n')}\n  ]\n}\n`)
}

/** Median and spread of some durations, in their unit. */
export function summary(durations: readonly number[]): { median: number; spread: number } {
  const sorted = [...durations].sort((a, b) => a - b)
  const quantile = (part: number) => sorted[Math.round(part * (sorted.length - 1))]!
  return { median: quantile(0.5), spread: (quantile(0.75) - quantile(0.25)) / quantile(0.5) }
}

/** All that has been measured so far. */
export async function readRows(): Promise<ResultRow[]> {
  try {
    return JSON.parse(await readFile(RESULTS, 'utf8')).rows
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Rows that agree keep their order (sorting is stable). */
function compareRows(a: ResultRow, b: ResultRow): number {
  const key = (row: ResultRow) => [row.bench, row.subject, row.peer ?? ''].join('\n')
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
}

const machine = (): string => `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`

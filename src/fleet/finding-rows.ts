import { type CopyFinding, witnessesOf } from '../intake/copies.ts'
import type { Witness } from '../intake/word.ts'
import { timeOf } from '../lib/dates.ts'

/** Findings as rows of the table: what is asked for stands in columns, the whole beside it. */

export interface FindingRow {
  readonly code: string
  readonly kind: string
  readonly found: number
  readonly scanners: readonly number[]
  readonly finding: unknown
}

/** @param idOf the numbers of witnesses in the database */
export const rowOfFinding = (finding: CopyFinding, idOf: (witness: Witness) => number): FindingRow => ({
  code: finding.code,
  kind: finding.finding.kind,
  found: finding.found.getTime() / 1000,
  scanners: [...new Set(witnessesOf(finding).map(idOf))],
  finding: JSON.parse(JSON.stringify(finding, (key, value) => (TIMES.has(key) ? second(value) : value))),
})

/** The finding of a row. */
export const findingOfRow = (row: unknown): CopyFinding =>
  JSON.parse(JSON.stringify(row), (key, value) => (TIMES.has(key) ? timeOf(value) : value))

/** Moments, by the names of their fields; in a row they are seconds. */
const TIMES: ReadonlySet<string> = new Set(['found', 'time', 'taken', 'first', 'last'])

const second = (written: string): number => Date.parse(written) / 1000

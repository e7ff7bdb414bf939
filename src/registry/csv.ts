import { CsvError, parse } from 'csv-parse/browser/esm/sync'
import { stringify } from 'csv-stringify/browser/esm/sync'

/**
 * The one door to csv-parse and csv-stringify: CSV as RFC 4180 has it, with LF for CRLF. Semicolons and tabs may
 * stand for the commas.
 *
 * The `browser/esm/sync` entries run everywhere, `require` included. The plain `sync` ones need Node's Buffer
 * as soon as they are loaded, and the packages' export maps have no browser condition that would swap them.
 */

/** How long a row may be as it stands in the file, in UTF-16 units. Longer ones are not parsed. */
export const MAX_ROW_LENGTH = 100_000

/** What may separate the cells of a row: spreadsheets take what the language of the computer has. */
export const DELIMITERS = [',', ';', '\t'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** A cell without its quotes, and the line on which it begins. */
export interface CsvCell {
  readonly text: string
  readonly line: number
}

/** A row cut into its cells, or one that can't be cut. */
export interface CsvRow {
  /** The line on which the row begins, from 1. */
  readonly line: number
  /** The row's first line as it stands. */
  readonly source: string
  /** Empty when the row is broken. */
  readonly cells: readonly CsvCell[]
  /** What keeps the row from being cut; `at` counts cells from 0. */
  readonly broken?:
    | { readonly reason: 'row_too_long' }
    | { readonly reason: 'bad_quote'; readonly at: number }
    | undefined
}

/**
 * The rows of a text whose lines end in LF, blank lines left out.
 *
 * csv-parse stops at the first bad quote and takes an unclosed one to the end of the file. So the rows are cut
 * out first and handed to it one by one, and after one that it refuses reading goes on at the very next line.
 */
export function* splitRows(text: string, delimiter: Delimiter = ','): Generator<CsvRow, undefined> {
  let line = 1
  for (let start = 0; start < text.length; ) {
    const first = text.slice(start, lineEnd(text, start))
    const whole = text.slice(start, rowEnd(text, start))
    const row = splitRow(whole.length > MAX_ROW_LENGTH ? first : whole, first, line, delimiter)
    const used = row.broken ? first : whole
    if (used !== '') yield row
    line += used.split('\n').length
    start += used.length + 1
  }
  return undefined
}

const lineEnd = (text: string, start: number): number => {
  const end = text.indexOf('\n', start)
  return end < 0 ? text.length : end
}

/** A row ends at the first LF outside quotes. The search gives up past the longest row that is allowed. */
function rowEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + MAX_ROW_LENGTH + 1)
  let quoted = false
  let at = start
  while (at < limit && (quoted || text[at] !== '\n')) {
    if (text[at] === '"') quoted = !quoted
    at++
  }
  return at
}

function splitRow(text: string, source: string, line: number, delimiter: Delimiter): CsvRow {
  if (text.length > MAX_ROW_LENGTH) return { line, source, cells: [], broken: { reason: 'row_too_long' } }
  try {
    return { line, source, cells: placeCells(splitCells(text, delimiter), line) }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { line, source, cells: [], broken: { reason: 'bad_quote', at: Number(error.column) } }
  }
}

/** A row without quotes needs no parser, and most rows are such. */
function splitCells(row: string, delimiter: Delimiter): readonly string[] {
  if (!row.includes('"')) return row.split(delimiter)
  return parse(row, { delimiter, record_delimiter: '\n', relax_column_count: true })[0] ?? []
}

function placeCells(texts: readonly string[], rowLine: number): CsvCell[] {
  let line = rowLine
  return texts.map((text) => {
    const cell = { text, line }
    line += text.split('\n').length - 1
    return cell
  })
}

/** Rows of cells as CSV: LF after each row, quotes only where they are needed. */
export function joinRows(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter: ',', record_delimiter: '\n' },
  )
}

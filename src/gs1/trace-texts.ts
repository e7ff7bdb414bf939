import { aSource, kindOf } from '../lib/arguments.ts'
import { isPlain } from '../lib/brand.ts'
import type { Source } from '../lib/chunks.ts'
import { csvLine } from '../lib/csv-line.ts'
import type { TraceRow } from './trace-row.ts'

/** Every column of the file, from left to right. */
const COLUMNS: readonly (keyof TraceRow)[] = [
  ...(['authority', 'stage', 'time', 'location', 'to', 'traceCode', 'serial', 'quantity'] as const),
  ...(['lot', 'made', 'expires', 'product', 'gtin', 'productName', 'image', 'brand', 'shelfLife'] as const),
  ...(['origin', 'standards', 'certificates', 'warnings', 'facility', 'facilityName'] as const),
  ...(['facilityAddress', 'facilityGln', 'facilityTaxCode', 'facilityIdentifier'] as const),
]

/** With what a formula begins in a spreadsheet, also in the wide forms of East Asia. */
const FORMULA = '=+-@\t\r\n＝＋－＠'

/** A cell that no spreadsheet takes for a formula. */
function plain(value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value)
  return text !== '' && FORMULA.includes(text[0]!) ? `'${text}` : text
}

/**
 * Writes rows as CSV (RFC 4180) with a heading, every field quoted: UTF-8 when it is written. A text that a spreadsheet would
 * take for a formula gets an apostrophe in front. Import all columns as text: spreadsheets round GTINs.
 * @example
 * ```ts
 * import { traceCsv, traceRows } from 'veristamp/gs1'
 *
 * const { authority, catalogue } = trustList
 * const run = { facility: 12, product: 104, first: 1, last: 500, time: new Date() }
 * const lines = []
 * for await (const line of traceCsv(traceRows({ runs: [run] }, { authority, catalogue }))) lines.push(line)
 * lines.length // → 501
 * ```
 */
export function traceCsv(rows: Source<TraceRow>): AsyncGenerator<string, void, undefined> {
  aSource('rows', rows)
  return csvOf(rows)
}

async function* csvOf(rows: Source<TraceRow>): AsyncGenerator<string, void, undefined> {
  yield csvLine(COLUMNS)
  for await (const row of rows) {
    aTraceRow('row', row)
    yield csvLine(COLUMNS.map((column) => plain(row[column])))
  }
}

/**
 * Writes rows as NDJSON by `schemas/rows-1.schema.json`: a JSON object a line, without the fields that nobody filled in.
 * @example
 * ```ts
 * import { traceLines, traceRows } from 'veristamp/gs1'
 *
 * const { authority, catalogue } = trustList
 * const run = { facility: 12, product: 104, first: 1, last: 1, time: new Date() }
 * const rows = traceRows({ runs: [run] }, { authority, catalogue })
 * for await (const line of traceLines(rows)) console.log(line) // {"format":"veristamp-rows-1","authority":…
 * ```
 */
export function traceLines(rows: Source<TraceRow>): AsyncGenerator<string, void, undefined> {
  aSource('rows', rows)
  return linesOf(rows)
}

async function* linesOf(rows: Source<TraceRow>): AsyncGenerator<string, void, undefined> {
  for await (const row of rows) {
    aTraceRow('row', row)
    yield `${JSON.stringify({ format: 'veristamp-rows-1', ...row })}\n`
  }
}

const aTraceRow = kindOf(
  'a row of traceRows',
  (value) => isPlain(value) && typeof Object(value).traceCode === 'string',
)

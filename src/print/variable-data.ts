import { aSource } from '../lib/arguments.ts'
import { checkObject } from '../lib/checks.ts'
import { csvLine } from '../lib/csv-line.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'

/** A row of variable data: what one label says, by column. */
export type DataRow = Readonly<Record<string, string | number>>

/**
 * Variable data for a press or label program as CSV (RFC 4180), a line a row, a heading first: UTF-8 when it is
 * written, every field quoted. Import all columns as text: spreadsheets round long digits, drop the spaces of
 * base45 and take a leading `=` or `+` for a formula.
 * @throws ArgumentTypeError or ArgumentRangeError for a row without the first row's columns
 * @example
 * ```ts
 * import { csvLines } from 'veristamp/print'
 *
 * const lines = [...csvLines([{ serial: 90_001, code: scanned }])]
 * lines[0] // → '"serial","code"\r\n'
 * ```
 */
export function csvLines(rows: Iterable<DataRow>): Generator<string, void> {
  aSource('rows', rows)
  return csvOf(rows)
}

function* csvOf(rows: Iterable<DataRow>): Generator<string, void> {
  let columns: readonly string[] | undefined
  for (const row of rows) {
    if (columns === undefined) {
      columns = Object.keys(checkObject('row', row))
      yield csvLine(columns)
    }
    yield csvLine(fieldsOf(row, columns).map(String))
  }
}

/**
 * Variable data as NDJSON: a JSON object a line.
 * @throws as `csvLines` does
 * @example
 * ```ts
 * import { ndjsonLines } from 'veristamp/print'
 *
 * const lines = [...ndjsonLines([{ serial: 90_001, code: scanned }])]
 * lines[0] // → '{"serial":90001,"code":"4VG…'
 * ```
 */
export function ndjsonLines(rows: Iterable<DataRow>): Generator<string, void> {
  aSource('rows', rows)
  return ndjsonOf(rows)
}

function* ndjsonOf(rows: Iterable<DataRow>): Generator<string, void> {
  let columns: readonly string[] | undefined
  for (const row of rows) {
    columns ??= Object.keys(checkObject('row', row))
    const fields = fieldsOf(row, columns)
    yield `${JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, fields[i]])))}\n`
  }
}

function fieldsOf(row: DataRow, columns: readonly string[]): (string | number)[] {
  const expected = `the columns ${columns.join(', ')}`
  if (Object.keys(checkObject('row', row)).length !== columns.length)
    throw argumentRange('row', expected, Object.keys(row).join(', '))
  return columns.map((column) => {
    const field = Object.hasOwn(row, column) ? row[column] : undefined
    if (typeof field === 'string' || (typeof field === 'number' && Number.isFinite(field))) return field
    throw argumentType(`row.${column}`, 'a text or a finite number', field)
  })
}

import { nearest } from '../../lib/nearest.ts'
import { foldName } from '../../registry/columns.ts'
import { type CsvRow, DELIMITERS, splitRows } from '../../registry/csv.ts'
import { isTrouble, messageOf, type Trouble } from '../../registry/kinds.ts'
import { decodeFile, MAX_FILE_BYTES } from '../../registry/text.ts'
import { readGiven } from '../project/files.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** Tables that people give: CSV as spreadsheets save it, read as the registry's files are. The first fault ends it. */

/** Columns by their names, each with others that are read as it, as `foldName` writes them. */
export type TableColumns<Name extends string> = Readonly<Record<Name, readonly string[]>>

export interface TableRow<Name extends string> {
  /** What stands in a column, without blanks around it; empty where there is nothing. */
  text(column: Name): string
  /** The value of a cell that is filled. @throws Failure `bad_row` that names line and column */
  read<T>(
    column: Name,
    read: (text: string) => T | Trouble | undefined,
    expected: string,
  ): Exclude<T, Trouble> | undefined
  /** What is wrong with the row, or with one of its cells. */
  fault(message: string, column?: Name): Failure
}

/** A header stands among so many rows at the top. */
const MAX_TOP_ROWS = 10

type FaultAt = (line: number, message: string, column?: string) => Failure

/** @throws (as it goes on) Failure `bad_row`, `no_file` or `too_long` */
export function* tableRows<Name extends string>(
  context: Context,
  file: string,
  columns: TableColumns<Name>,
  required: readonly NoInfer<Name>[],
): Generator<TableRow<Name>> {
  const { words } = context
  const faultAt: FaultAt = (line, message, column = '') =>
    new Failure('bad_row', `${words.line(file, line, column)}: ${message}`, words.epcis.mendTable)
  const text = decodeFile(readGiven(context, file, MAX_FILE_BYTES))
  if (isTrouble(text)) throw faultAt(1, messageOf(text, words.registry))
  const found = headerIn(text, columns)
  if (found === undefined) throw faultAt(1, words.registry.missing_header({ columns: required }))
  const names = namesOf(context, found.header, columns, required, faultAt)
  tellUnknown(context, file, found.header, columns)
  for (const row of found.rows) {
    if (row.broken) throw faultAt(row.line, brokenText(context, row))
    if (row.cells.some((cell) => cell.text.trim() !== '')) yield rowOf(context, row, names, faultAt)
  }
}

/** What each column is. */
function namesOf<Name extends string>(
  { words }: Context,
  header: CsvRow,
  columns: TableColumns<Name>,
  required: readonly Name[],
  faultAt: FaultAt,
): (Name | undefined)[] {
  const names = header.cells.map((cell) => columnOf(cell.text, columns))
  const lacking = required.find((name) => !names.includes(name))
  if (lacking !== undefined) throw faultAt(header.line, words.registry.missing_column({ name: lacking }))
  const twice = names.find((name, at) => name !== undefined && names.indexOf(name) < at)
  if (twice !== undefined) throw faultAt(header.line, words.registry.duplicate_column({ name: twice }))
  return names
}

function rowOf<Name extends string>(
  { words }: Context,
  { line, cells }: CsvRow,
  names: readonly (Name | undefined)[],
  faultAt: FaultAt,
): TableRow<Name> {
  const textOf = (column: Name): string => cells[names.indexOf(column)]?.text.trim() ?? ''
  return {
    text: textOf,
    fault: (message, column) => faultAt(line, message, column),
    read(column, read, expected) {
      const given = textOf(column)
      if (given === '') return undefined
      const value = read(given)
      if (value === undefined) throw faultAt(line, words.epcis.badCell(given.slice(0, 60), expected), column)
      if (isTrouble(value as object)) throw faultAt(line, messageOf(value as Trouble, words.registry), column)
      return value as never
    },
  }
}

const brokenText = ({ words }: Context, { broken }: CsvRow): string =>
  broken?.reason === 'bad_quote'
    ? words.registry.bad_quote({})
    : words.registry.row_too_long({ max: 100_000 })

function columnOf<Name extends string>(given: string, columns: TableColumns<Name>): Name | undefined {
  const folded = foldName(given.replace(/([a-z])([A-Z])/g, '$1 $2'))
  const names = Object.keys(columns) as Name[]
  return names.find(
    (name) => foldName(name.replace(/([a-z])([A-Z])/g, '$1 $2')) === folded || columns[name].includes(folded),
  )
}

function headerIn<Name extends string>(text: string, columns: TableColumns<Name>) {
  for (const delimiter of DELIMITERS) {
    const rows = splitRows(text, delimiter)
    for (let top = 0; top < MAX_TOP_ROWS; top++) {
      const { value: header } = rows.next()
      if (header === undefined) break
      const known = header.cells.filter((cell) => columnOf(cell.text, columns) !== undefined)
      if (known.length >= 2) return { header, rows }
    }
  }
  return undefined
}

/** Columns of other names are passed over, which people should know. */
function tellUnknown<Name extends string>(
  context: Context,
  file: string,
  header: CsvRow,
  columns: TableColumns<Name>,
): void {
  const { words } = context
  for (const { text } of header.cells) {
    if (text.trim() === '' || columnOf(text, columns) !== undefined) continue
    warn(
      context,
      words.epcis.unknownColumn(file, text.trim().slice(0, 60), nearest(text.trim(), Object.keys(columns))),
    )
  }
}

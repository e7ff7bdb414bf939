import type { KnownColumn } from './columns.ts'
import type { CsvRow } from './csv.ts'
import { type FaultLog, isTrouble, type RegistryColumn, type Trouble, trouble } from './fault.ts'
import { cleanText } from './text.ts'

/** The most columns that a file may have. */
export const MAX_COLUMNS = 100

/** A column of the file at hand. One without a name must stay empty. */
export interface HeaderColumn extends RegistryColumn {
  /** Undefined for a column that the library doesn't know: its cells are kept as texts. */
  readonly known: KnownColumn | undefined
}

/** The columns from left to right, or undefined when the rows below can't be read without them. */
export function readHeader(
  row: CsvRow,
  known: readonly KnownColumn[],
  faults: FaultLog,
): readonly HeaderColumn[] | undefined {
  const wrong = wholeHeaderTrouble(row)
  if (wrong) {
    faults.add(row.line, undefined, row.source, wrong)
    return undefined
  }
  const seen = new Set<string>()
  const columns = row.cells.map((cell, at) => {
    const name = cleanText(cell.text)
    const column = { name: isTrouble(name) ? cell.text : name, number: at + 1 }
    const first = !seen.has(column.name)
    if (isTrouble(name)) faults.add(cell.line, column, cell.text, name)
    else if (!first) faults.add(cell.line, column, name, alreadyThere(name))
    if (column.name !== '') seen.add(column.name)
    return { ...column, known: first ? known.find((one) => one.name === column.name) : undefined }
  })
  for (const { name } of known) if (!seen.has(name)) faults.add(row.line, undefined, name, missing(name))
  return columns
}

function wholeHeaderTrouble({ cells, source }: CsvRow): Trouble | undefined {
  if (cells.length > MAX_COLUMNS) {
    return trouble('too_many_columns', `A file has at most ${MAX_COLUMNS} columns; this has ${cells.length}.`)
  }
  if (cells.length === 1 && /[;\t]/.test(source)) {
    return trouble('bad_delimiter', 'Columns are separated by commas, not by semicolons or tabs.')
  }
  return undefined
}

const missing = (name: string): Trouble => trouble('missing_column', `There is no column named ${name}.`)

const alreadyThere = (name: string): Trouble =>
  trouble('duplicate_column', `There is already a column named ${name}.`)

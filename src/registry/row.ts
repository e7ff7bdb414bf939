import type { KnownColumn } from './columns.ts'
import type { CsvCell, CsvRow, Delimiter } from './csv.ts'
import type { FaultLog, RegistryColumn } from './fault.ts'
import { type HeaderColumn, missing } from './header.ts'
import { numberOfKey } from './keys.ts'
import { isTrouble, type Trouble, trouble } from './kinds.ts'
import { cleanText, codeOf } from './text.ts'

/** What a cell says, and where. */
export interface Field {
  readonly value: number | string
  readonly text: string
  readonly line: number
  readonly column: RegistryColumn
}

/** The fields of a row by column name: empty and faulty cells are left out. */
export type RegistryRow = ReadonlyMap<string, Field>

/** The letters of a name that can't be printed. */
export type MissingLetters = (name: string) => readonly string[]

/** A file whose header is read. */
export interface Grid {
  readonly known: readonly KnownColumn[]
  readonly header: CsvRow
  readonly columns: readonly HeaderColumn[]
  readonly delimiter: Delimiter
  readonly missingLetters: MissingLetters | undefined
  readonly faults: FaultLog
}

/** The fields of a row; undefined when it can't be laid under the header, or is blank. */
export function readRow(row: CsvRow, grid: Grid): RegistryRow | undefined {
  const { columns, faults } = grid
  if (row.cells.every(isBlank)) return undefined
  const count = row.cells.length
  if (count < columns.length || !row.cells.slice(columns.length).every(isBlank)) {
    faults.add(
      row.line,
      undefined,
      String(count),
      trouble('wrong_field_count', { header: columns.length, row: count }),
    )
    return undefined
  }
  const fields = new Map<string, Field>()
  const faulty = new Set<string>()
  for (const [at, column] of columns.entries()) {
    const cell = row.cells[at]!
    const value = readCell(cell, column, grid)
    if (value === undefined) continue
    if (isTrouble(value)) {
      faults.add(cell.line, column, cell.text, value)
      faulty.add(column.field)
    } else if (!fields.has(column.field)) fields.set(column.field, { ...cell, value, column })
  }
  if (!fields.has('id') && !faulty.has('id')) addId(row, fields, faulty, grid)
  return fields
}

const isBlank = ({ text }: CsvCell): boolean => text.trim() === ''

/** What the cell says, undefined when it is empty and may be. */
function readCell(cell: CsvCell, column: HeaderColumn, grid: Grid): number | string | Trouble | undefined {
  const { name, known } = column
  const clean = cleanText(cell.text)
  if (isTrouble(clean)) return clean
  const { removed } = clean
  if (removed.length > 0) {
    grid.faults.note(cell.line, column, cell.text, 'removed_letters', { letters: removed })
  }
  const text = known?.trim ? clean.text.trim() : clean.text
  if (known?.required && !known.or && text.trim() === '') return trouble('missing_value', { name })
  if (text === '') return undefined
  if (name === '') return trouble('unnamed_column', {})
  const value = known ? known.read(text) : text
  return known?.name === 'name' && typeof value === 'string' ? printable(value, grid) : value
}

function printable(name: string, { missingLetters }: Grid): string | Trouble {
  const letters = missingLetters?.(name) ?? []
  return letters.length === 0 ? name : trouble('letters_not_in_font', { letters: letters.map(codeOf) })
}

/** A row without an id has its GTIN or GLN as its id. */
function addId(row: CsvRow, fields: Map<string, Field>, faulty: ReadonlySet<string>, grid: Grid): void {
  const { columns, known, faults } = grid
  const id = known.find(({ or }) => or)!
  const { name, key } = id.or!
  const field = fields.get(name)
  if (field) {
    const value = numberOfKey(key, String(field.value))
    if (isTrouble(value)) faults.add(field.line, field.column, field.text, value)
    else fields.set('id', { ...field, value })
  } else if (!faulty.has(name)) {
    const column = columns.find((each) => each.known === id)
    if (column === undefined) faults.addOnce(grid.header.line, 'id', missing(id, columns))
    else {
      const { line, text } = row.cells[column.number - 1]!
      faults.add(line, column, text, trouble('missing_value', { name: 'id', or: name }))
    }
  }
}

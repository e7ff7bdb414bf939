import type { KnownColumn } from './columns.ts'
import { type CsvCell, type CsvRow, MAX_ROW_LENGTH, splitRows } from './csv.ts'
import {
  FaultLog,
  isTrouble,
  type RegistryColumn,
  type RegistryFile,
  type Trouble,
  trouble,
} from './fault.ts'
import { type HeaderColumn, readHeader } from './header.ts'
import { cleanText, decodeFile } from './text.ts'

/** The most rows that are read from a file, its header not counted: as many as a catalogue holds. */
export const MAX_ROWS = 65_536

/** What a cell says, and where. */
export interface Field {
  readonly value: number | string
  readonly text: string
  readonly line: number
  readonly column: RegistryColumn
}

/** The fields of a row by column name: empty and faulty cells are left out. */
export type Row = ReadonlyMap<string, Field>

/** A file of the registry, read on its own. */
export interface Table {
  readonly rows: readonly Row[]
  /** Every id that can be made out, also in faulty rows; undefined when there is no id column to look in. */
  readonly ids: ReadonlySet<number> | undefined
  readonly faults: FaultLog
}

/** Reads a file as far as it can be read, and collects every fault on the way. */
export function readTable(file: RegistryFile, bytes: Uint8Array, known: readonly KnownColumn[]): Table {
  const faults = new FaultLog(file)
  const text = decodeFile(bytes)
  if (!isTrouble(text)) return { ...readText(text, known, faults), faults }
  faults.add(1, undefined, '', text)
  return { ...NOTHING, faults }
}

type Content = Pick<Table, 'rows' | 'ids'>

const NOTHING: Content = { rows: [], ids: undefined }

function readText(text: string, known: readonly KnownColumn[], faults: FaultLog): Content {
  const source = splitRows(text)
  const header = source.next().value
  if (!header) {
    faults.add(1, undefined, '', trouble('empty_file', 'The file is empty: it has not even a header.'))
    return NOTHING
  }
  if (header.broken) {
    addBroken(header, [], faults)
    return NOTHING
  }
  const columns = readHeader(header, known, faults)
  return columns ? readRows(source, columns, faults) : NOTHING
}

function readRows(source: Iterable<CsvRow>, columns: readonly HeaderColumn[], faults: FaultLog): Content {
  const rows: Row[] = []
  const ids = new Set<number>()
  const idColumn = columns.find((column) => column.name === 'id')
  let count = 0
  for (const row of source) {
    const stop = stopBefore(++count, faults)
    if (stop) {
      faults.add(row.line, undefined, '', stop)
      break
    }
    const fields = readRow(row, columns, faults)
    if (fields) rows.push(fields)
    const id = fields ? fields.get('id')?.value : idColumn && guessId(row, idColumn)
    if (typeof id === 'number') ids.add(id)
  }
  return { rows, ids: idColumn && ids }
}

function stopBefore(count: number, faults: FaultLog): Trouble | undefined {
  if (count > MAX_ROWS) return trouble('too_many_rows', `A file has at most ${MAX_ROWS} rows.`)
  if (faults.full) return trouble('too_many_faults', 'There are too many faults to look further.')
  return undefined
}

/** The fields of a row; undefined when it can't be laid under the header, or is blank. */
function readRow(row: CsvRow, columns: readonly HeaderColumn[], faults: FaultLog): Row | undefined {
  if (row.broken) {
    addBroken(row, columns, faults)
    return undefined
  }
  if (row.cells.every((cell) => cell.text === '')) return undefined
  if (row.cells.length !== columns.length) {
    const message = `The header has ${columns.length} fields; this row has ${row.cells.length}.`
    faults.add(row.line, undefined, String(row.cells.length), trouble('wrong_field_count', message))
    return undefined
  }
  const fields = new Map<string, Field>()
  for (const [at, column] of columns.entries()) {
    const cell = row.cells[at]!
    const value = readCell(cell, column)
    if (value === undefined) continue
    if (isTrouble(value)) faults.add(cell.line, column, cell.text, value)
    else if (!fields.has(column.name)) fields.set(column.name, { ...cell, value, column })
  }
  return fields
}

/** What the cell says, undefined when it is empty and may be. */
function readCell(cell: CsvCell, { name, known }: HeaderColumn): number | string | Trouble | undefined {
  const text = cleanText(cell.text)
  if (isTrouble(text)) return text
  if (known?.required && text.trim() === '')
    return trouble('missing_value', `Every row needs a value for ${name}.`)
  if (text === '') return undefined
  if (name === '') return trouble('unnamed_column', 'The column of this value has no name in the header.')
  return known ? known.read(text) : text
}

function addBroken(
  { line, source, broken }: CsvRow,
  columns: readonly HeaderColumn[],
  faults: FaultLog,
): void {
  if (broken?.reason === 'bad_quote') {
    const column = { name: columns[broken.at]?.name ?? '', number: broken.at + 1 }
    const message = 'A quote is not closed, or stands inside a field without being doubled.'
    faults.add(line, column, source, trouble('bad_quote', message))
  } else {
    const message = `A row has at most ${MAX_ROW_LENGTH} characters.`
    faults.add(line, undefined, source, trouble('row_too_long', message))
  }
}

/** The id of a row that can't be read, so that one fault isn't told again for every row that names this id. */
function guessId({ source }: CsvRow, { number, known }: HeaderColumn): number | undefined {
  const id = known?.read(source.split(',', number)[number - 1] ?? '')
  return typeof id === 'number' ? id : undefined
}

import type { KnownColumn } from './columns.ts'
import { type CsvRow, MAX_ROW_LENGTH } from './csv.ts'
import { FaultLog, type RegistryFile } from './fault.ts'
import { findHeader, type HeaderColumn, readHeader } from './header.ts'
import { isTrouble, type Trouble, trouble } from './kinds.ts'
import { type Grid, type MissingLetters, type RegistryRow, readRow } from './row.ts'
import { decodeFile } from './text.ts'

/** The most rows that are read from a file, its header not counted: as many as a catalogue holds. */
export const MAX_TABLE_ROWS = 65_536

/** A file of the registry, read on its own. */
export interface RegistryTable {
  readonly rows: readonly RegistryRow[]
  /** Every id that can be made out, also in faulty rows; undefined when there is no column to look in. */
  readonly ids: ReadonlySet<number> | undefined
  readonly faults: FaultLog
}

export interface TableOptions {
  readonly known: readonly KnownColumn[]
  readonly missingLetters: MissingLetters | undefined
}

type Content = Pick<RegistryTable, 'rows' | 'ids'>

const NOTHING: Content = { rows: [], ids: undefined }

/** Reads a file as far as it can be read, and collects every fault on the way. */
export function readTable(file: RegistryFile, bytes: Uint8Array, options: TableOptions): RegistryTable {
  const faults = new FaultLog(file)
  const text = decodeFile(bytes)
  if (!isTrouble(text)) return { ...readText(text, options, faults), faults }
  faults.add(1, undefined, '', text)
  return { ...NOTHING, faults }
}

function readText(text: string, options: TableOptions, faults: FaultLog): Content {
  const { header, rows, delimiter } = findHeader(text, options.known)
  if (!header) {
    faults.add(1, undefined, '', trouble('empty_file', {}))
    return NOTHING
  }
  if (header.broken) {
    addBroken(header, [], faults)
    return NOTHING
  }
  const columns = readHeader(header, options.known, faults)
  if (columns === undefined) return NOTHING
  return readRows(rows, { ...options, header, columns, delimiter, faults })
}

function readRows(source: Iterable<CsvRow>, grid: Grid): Content {
  const { faults } = grid
  const rows: RegistryRow[] = []
  const ids = new Set<number>()
  let count = 0
  for (const row of source) {
    const stop = stopBefore(++count, faults)
    if (stop) {
      faults.add(row.line, undefined, '', stop)
      break
    }
    const fields = row.broken ? addBroken(row, grid.columns, faults) : readRow(row, grid)
    if (fields) rows.push(fields)
    const id = fields ? fields.get('id')?.value : guessId(row, grid)
    if (typeof id === 'number') ids.add(id)
  }
  return { rows, ids: hasIds(grid) ? ids : undefined }
}

/** Whether every row's id was looked for where it stands. */
function hasIds({ columns, known, faults }: Grid): boolean {
  if (columns.some(({ field }) => field === 'id')) return true
  const or = known.find((column) => column.or)?.or
  return columns.some(({ field }) => field === or?.name) && !faults.hasOnce
}

function stopBefore(count: number, faults: FaultLog): Trouble | undefined {
  if (count > MAX_TABLE_ROWS) return trouble('too_many_rows', { max: MAX_TABLE_ROWS })
  if (faults.full) return trouble('too_many_faults', {})
  return undefined
}

function addBroken(
  { line, source, broken }: CsvRow,
  columns: readonly HeaderColumn[],
  faults: FaultLog,
): undefined {
  if (broken?.reason === 'bad_quote') {
    const column = { name: columns[broken.at]?.name ?? '', number: broken.at + 1 }
    faults.add(line, column, source, trouble('bad_quote', {}))
  } else faults.add(line, undefined, source, trouble('row_too_long', { max: MAX_ROW_LENGTH }))
}

/** The id of a row that can't be read, so that one fault isn't repeated for every row that names this id. */
function guessId({ source }: CsvRow, { columns, delimiter }: Grid): number | undefined {
  const column = columns.find(({ field, known }) => field === 'id' && known)
  if (!column) return undefined
  const id = column.known!.read((source.split(delimiter, column.number)[column.number - 1] ?? '').trim())
  return typeof id === 'number' ? id : undefined
}

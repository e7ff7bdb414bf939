import { nearest } from '../lib/nearest.ts'
import { foldName, type KnownColumn } from './columns.ts'
import { type CsvRow, DELIMITERS, type Delimiter, splitRows } from './csv.ts'
import type { FaultLog, RegistryColumn } from './fault.ts'
import { isTrouble, type Trouble, trouble } from './kinds.ts'
import { cleanText } from './text.ts'

/** The most columns that a file may have. */
export const MAX_COLUMNS = 100

/** The rows at the top among which the header is looked for: spreadsheets have titles above it, or `sep=;`. */
export const MAX_TOP_ROWS = 10

/** A column of the file at hand. One without a name must stay empty. */
export interface HeaderColumn extends RegistryColumn {
  /** Undefined for a column that the library doesn't know: its cells are kept as texts. */
  readonly known: KnownColumn | undefined
  /** Under which its cells are kept. */
  readonly field: string
}

/** A file with its header: the first row that names two known columns or more, or else the first there is. */
export interface Headed {
  readonly header: CsvRow | undefined
  /** The rows below it. */
  readonly rows: Iterable<CsvRow>
  readonly delimiter: Delimiter
}

export function findHeader(text: string, known: readonly KnownColumn[]): Headed {
  for (const delimiter of DELIMITERS) {
    const rows = splitRows(text, delimiter)
    for (let top = 0; top < MAX_TOP_ROWS; top++) {
      const { value: header } = rows.next()
      if (header === undefined) break
      if (knownIn(header, known).size >= 2) return { header, rows, delimiter }
    }
  }
  const delimiter = DELIMITERS.find((each) => knowsOne(text, each, known)) ?? ','
  const rows = splitRows(text, delimiter)
  return { header: rows.next().value, rows, delimiter }
}

/** Whether this delimiter cuts the first row into cells one of which is known. */
function knowsOne(text: string, delimiter: Delimiter, known: readonly KnownColumn[]): boolean {
  const { value: header } = splitRows(text, delimiter).next()
  return header !== undefined && header.cells.length > 1 && knownIn(header, known).size > 0
}

const knownIn = ({ cells }: CsvRow, known: readonly KnownColumn[]): Set<KnownColumn> =>
  new Set(
    [
      ...recognise(
        cells.map(({ text }) => nameIn(text)),
        known,
      ),
    ].flatMap((each) => each ?? []),
  )

const nameIn = (text: string): string => {
  const clean = cleanText(text)
  return isTrouble(clean) ? text : clean.text
}

/** What the names of a header stand for. A column's own name counts before the others that are read as it. */
function recognise(
  names: readonly string[],
  known: readonly KnownColumn[],
): readonly (KnownColumn | undefined)[] {
  const isExact = new Set(names)
  return names.map((name) => {
    const exact = known.find((one) => one.name === name)
    if (exact) return exact
    const folded = foldName(name)
    return known.find(
      (one) => !isExact.has(one.name) && (one.name === folded || one.aliases.includes(folded)),
    )
  })
}

/** The columns from left to right, or undefined when the rows below can't be read without them. */
export function readHeader(
  row: CsvRow,
  known: readonly KnownColumn[],
  faults: FaultLog,
): readonly HeaderColumn[] | undefined {
  const names = row.cells.map(({ text }) => nameIn(text))
  const meanings = recognise(names, known)
  const wrong = wholeHeaderTrouble(row, meanings, known)
  if (wrong) {
    faults.add(row.line, undefined, row.source, wrong)
    return undefined
  }
  const seen = new Set<string>()
  const columns = row.cells.map((cell, at) => {
    const column = { name: names[at]!, number: at + 1 }
    const meaning = meanings[at]
    // A second column that could be an optional one keeps its own name: nobody asked for it to be known.
    const isSpare = meaning?.optional && seen.has(meaning.name)
    const field = isSpare ? column.name : (meaning?.name ?? column.name)
    const first = !seen.has(field)
    const clean = cleanText(cell.text)
    if (isTrouble(clean)) faults.add(cell.line, column, cell.text, clean)
    else if (clean.removed.length > 0)
      faults.note(cell.line, column, cell.text, 'removed_letters', { letters: clean.removed })
    if (!isTrouble(clean) && !first)
      faults.add(cell.line, column, column.name, trouble('duplicate_column', { name: field }))
    if (field !== '') seen.add(field)
    return { ...column, field, known: first && !isSpare ? meaning : undefined }
  })
  for (const one of missingFrom(seen, known)) faults.add(row.line, undefined, one.name, missing(one, columns))
  return columns
}

function wholeHeaderTrouble(
  { cells, source }: CsvRow,
  meanings: readonly (KnownColumn | undefined)[],
  known: readonly KnownColumn[],
): Trouble | undefined {
  if (cells.length > MAX_COLUMNS) {
    return trouble('too_many_columns', { count: cells.length, max: MAX_COLUMNS })
  }
  if (meanings.some((each) => each !== undefined)) return undefined
  if (cells.length === 1 && /[|:;\t]/.test(source)) return trouble('bad_delimiter', {})
  return trouble('missing_header', {
    columns: known.filter(({ optional }) => !optional).map(({ name }) => name),
  })
}

/** An id may be left away where another column has the keys for it. */
const missingFrom = (seen: ReadonlySet<string>, known: readonly KnownColumn[]): KnownColumn[] =>
  known.filter(({ name, or, optional }) => !optional && !seen.has(name) && !(or && seen.has(or.name)))

/** With the column that may be meant: the one whose name is nearest. */
export function missing(
  { name, aliases }: KnownColumn,
  columns: readonly HeaderColumn[],
): Trouble<'missing_column'> {
  const others = columns.filter((column) => column.known === undefined && column.name !== '')
  const byName = new Map(others.map((column) => [foldName(column.name), column.name]))
  const like = [name, ...aliases].map((each) => nearest(each, [...byName.keys()])).find((each) => each)
  const facts = like === undefined ? { name } : { name, like: byName.get(like)! }
  return { reason: 'missing_column', facts }
}

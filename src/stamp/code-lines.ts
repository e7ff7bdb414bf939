import { isMalformed } from '../lib/errors.ts'
import { readText } from './scan.ts'
import { tidyScan } from './tidy.ts'

/** Where the codes stand in a text file, as spreadsheets, databases and scanners write them. */

/** In each line: all of it, a cell of a table, or a field of NDJSON. */
export type LineLayout =
  | { readonly kind: 'line' | 'field' }
  | { readonly kind: 'cell'; readonly separator: string; readonly column: number }

export interface FoundLayout {
  readonly layout: LineLayout
  /** False where the line that told it has a code. */
  readonly isHeading: boolean
}

/**
 * Finds a file's layout, told one line after the other: `more` while a line says nothing yet, `none` where there are no
 * codes.
 */
export function layoutFinder(): (line: string) => FoundLayout | 'more' | 'none' {
  let heading: string | undefined
  return (line) => {
    if (isBlank(line) || /^sep=.$/i.test(line)) return 'more'
    if (/^\s*[{[]/.test(line)) {
      const layout = { kind: 'field' } as const
      return codeIn(line, layout) === undefined ? 'none' : { layout, isHeading: false }
    }
    const separator = separatorOf(heading ?? line)
    if (separator === undefined)
      return { layout: { kind: 'line' }, isHeading: HEADINGS.includes(plain(line)) }
    const cells = cellsOf(line, separator)
    const named = heading === undefined ? columnNamed(cells) : -1
    const column = named >= 0 ? named : cells.findIndex(isCode)
    if (column >= 0) return { layout: { kind: 'cell', separator, column }, isHeading: named >= 0 }
    if (heading !== undefined) return 'none'
    heading = line // perhaps, of a column that has another name
    return 'more'
  }
}

/** The text in a line to check; undefined if there is none. */
export function codeIn(line: string, layout: LineLayout): string | undefined {
  if (isBlank(line)) return undefined
  if (layout.kind === 'cell') return cellIn(line, layout.separator, layout.column)
  return layout.kind === 'line' ? line : fieldIn(line)
}

/** What columns of codes are called, in small letters and without marks. */
const HEADINGS = ['code', 'codes', 'text', 'qr', 'qr code', 'url', 'link', 'ma tem', 'ma qr', 'ma']

const SEPARATORS = [',', ';', '\t']

/** Shorter texts are no codes: lines of blanks are passed over. */
const MIN_LENGTH = 100

const isBlank = (line: string): boolean => line.length < MIN_LENGTH && line.trim() === ''

const isCode = (cell: string): boolean => {
  try {
    readText(tidyScan(cell.slice(0, 4096)))
    return true
  } catch (error) {
    if (isMalformed(error)) return false
    throw error
  }
}

const plain = (cell: string): string =>
  cell
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll(/[_"\s]+/g, ' ')
    .trim()
    .toLowerCase()

/** The best name first; -1 where no column has any. */
function columnNamed(cells: readonly string[]): number {
  const names = cells.map(plain)
  const heading = HEADINGS.find((each) => names.includes(each))
  return heading === undefined ? -1 : names.indexOf(heading)
}

/** What stands most often outside of quotes. */
function separatorOf(line: string): string | undefined {
  const bare = line.replace(/"[^"]*"/g, '')
  const counts = SEPARATORS.map((separator) => bare.split(separator).length - 1)
  const max = Math.max(...counts)
  return max === 0 ? undefined : SEPARATORS[counts.indexOf(max)]
}

/** The cells of a row (RFC 4180), quoted or not. */
function cellsOf(row: string, separator: string): string[] {
  const cells: string[] = []
  for (let start = 0; start >= 0; ) {
    const { text, next } = cellAt(row, separator, start)
    cells.push(text)
    start = next
  }
  return cells
}

/** A cell, without those before it being made: of long files that is most of the work. */
function cellIn(row: string, separator: string, column: number): string | undefined {
  let start = 0
  for (let i = 0; i < column && start >= 0; i++) start = nextCell(row, separator, start)
  const text = start < 0 ? '' : cellAt(row, separator, start).text
  const isEmpty = text.trim() === '' && cellsOf(row, separator).every((cell) => cell.trim() === '')
  return isEmpty ? undefined : text
}

/** The cell that begins here, and where the next does: -1 where it is the last. */
function cellAt(row: string, separator: string, start: number): { text: string; next: number } {
  const next = nextCell(row, separator, start)
  const quote = closingQuote(row, start)
  if (quote >= 0) return { text: row.slice(start + 1, quote).replaceAll('""', '"'), next }
  return { text: row.slice(start, next < 0 ? undefined : next - 1), next }
}

/** What stands between a closing quote and the separator belongs to no cell. */
const nextCell = (row: string, separator: string, start: number): number =>
  row.indexOf(separator, Math.max(start, closingQuote(row, start))) + 1 || -1

/** Where the quote closes that a cell begins with; -1 for a cell without quotes. */
function closingQuote(row: string, start: number): number {
  if (row[start] !== '"') return -1
  let last = -1
  for (let at = row.indexOf('"', start + 1); at >= 0; at = row.indexOf('"', at + 2)) {
    if (row[at + 1] !== '"') return at
    last = at // of a pair, which may be all that is left where none closes
  }
  return last
}

/** The `code` of a line of `veristamp export`, or the `text` of a line for variable-data printing. */
function fieldIn(line: string): string | undefined {
  try {
    const { code, text } = (JSON.parse(line) ?? {}) as { code?: unknown; text?: unknown }
    const found = code ?? text
    return typeof found === 'string' ? found : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return line // told as what it is: malformed
    throw error
  }
}

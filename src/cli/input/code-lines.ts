import { isMalformed } from '../../lib/errors.ts'
import { readText } from '../../stamp/scan.ts'
import { tidyScan } from '../../stamp/tidy.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** Where the code stands in a line: all of it, a cell of a table as spreadsheets save it, or a field of NDJSON. */

/** What columns of codes are called, in small letters and without marks. */
const HEADINGS = ['code', 'codes', 'text', 'qr', 'qr code', 'url', 'link', 'ma tem', 'ma qr', 'ma']

const SEPARATORS = [',', ';', '\t']

/**
 * Finds the codes of one file, line by line: how it is written, its first lines tell.
 * @returns the text to check, or undefined for a line that has none: a heading, or an empty one
 * @throws Failure `no_codes` for a table or NDJSON without codes
 */
export function codeFinder({ words }: Context, name: string): (line: string) => string | undefined {
  let find: ((line: string) => string | undefined) | undefined
  let heading: string | undefined
  const without = () => new Failure('no_codes', words.noCodes(name), words.noCodesHow)

  const begin = (line: string): string | undefined => {
    if (/^sep=.$/i.test(line)) return undefined
    if (/^\s*[{[]/.test(line)) {
      find = (row) => fieldOf(row)
      const text = find(line)
      if (text === undefined) throw without()
      return text
    }
    const separator = separatorOf(heading ?? line)
    if (separator === undefined) {
      find = (row) => row
      return HEADINGS.includes(plain(line)) ? undefined : line
    }
    const cells = cellsOf(line, separator)
    const named = heading === undefined ? columnNamed(cells) : -1
    const column = named >= 0 ? named : cells.findIndex(isCode)
    if (column < 0 && heading !== undefined) throw without()
    if (column < 0) {
      heading = line // perhaps, of a column that has another name
      return undefined
    }
    find = (row) => cellOf(row, separator, column)
    return named >= 0 ? undefined : find(line)
  }

  return (line) => (line.trim() === '' && line.length < MIN_LENGTH ? undefined : (find ?? begin)(line))
}

/** Shorter texts are no codes: lines of blanks are passed over. */
const MIN_LENGTH = 100

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

/** Cells of one line (RFC 4180): quoted or not. */
function cellsOf(line: string, separator: string): string[] {
  const cell = new RegExp(`(?:^|${separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`, 'g')
  return [...line.matchAll(cell)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '')
}

function cellOf(row: string, separator: string, column: number): string | undefined {
  const cells = cellsOf(row, separator)
  return cells.every((cell) => cell.trim() === '') ? undefined : (cells[column] ?? '')
}

/** The `code` of a line of `veristamp export`, or the `text` of a line for variable-data printing. */
function fieldOf(line: string): string | undefined {
  try {
    const { code, text } = JSON.parse(line) as { code?: unknown; text?: unknown }
    const found = code ?? text
    return typeof found === 'string' ? found : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return line // told as what it is: malformed
    throw error
  }
}

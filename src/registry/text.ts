import { decodeUtf8 } from '../codec/utf8.ts'
import { decodeUtf16 } from '../codec/utf16.ts'
import { type Trouble, trouble } from './kinds.ts'

/** The largest file that is read, in bytes: 16 MiB. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024

/** The longest field that is read, in UTF-16 units of its normalised text. */
export const MAX_FIELD_LENGTH = 1_000

/**
 * The text of a file, UTF-8 or UTF-16 as spreadsheets save it, without its byte order mark and with LF for CRLF and
 * for the CR of old Macs. Bytes that are neither become U+FFFD, and `cleanText` refuses the cell that holds one: so
 * such a fault has a line and a column.
 */
export function decodeFile(bytes: Uint8Array): string | Trouble {
  if (bytes.length > MAX_FILE_BYTES) {
    return trouble('file_too_large', { bytes: bytes.length, max: MAX_FILE_BYTES })
  }
  const encoding = encodingOf(bytes)
  if (encoding === undefined) return trouble('bad_encoding', {})
  const text = encoding === 'utf8' ? decodeUtf8(bytes, true) : decodeUtf16(bytes, encoding === 'utf16be')
  const lines = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
  return lines.includes('\n') ? lines : lines.replaceAll('\r', '\n')
}

/** By the byte order mark, or by zero bytes beside the header's first letter. Undefined for UTF-32. */
function encodingOf([a, b, c, d]: Uint8Array): 'utf8' | 'utf16le' | 'utf16be' | undefined {
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? undefined : 'utf16le'
  if (a === 0xfe && b === 0xff) return 'utf16be'
  if (a === 0) return b === 0 ? undefined : 'utf16be'
  if (b === 0) return c === 0 ? undefined : 'utf16le'
  return 'utf8'
}

/**
 * What no text may hold: controls but TAB and LF; line and paragraph separators; what turns the direction of text;
 * marks of notes between lines; and code points that mean nothing, or something in one font alone.
 */
const UNSAFE = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\p{Co}\p{Cn}]/u

/** Letters that show nothing, such as web pages and word processors leave in what is copied from them. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

/** A cell's text in Unicode NFC, and the letters that were left out of it, as in `U+200B`. */
export interface CleanText {
  readonly text: string
  readonly removed: readonly string[]
}

/** Makes a cell's text plain, or says why it can't be kept and shown to people. */
export function cleanText(cell: string): CleanText | Trouble {
  const unsafe = UNSAFE.exec(cell)
  // A lost letter is told as what it is.
  if (unsafe && !cell.includes('\ufffd')) return trouble('unsafe_text', placed(cell, unsafe))
  const removed = cell.match(INVISIBLE) ?? []
  const text = (removed.length === 0 ? cell : cell.replace(INVISIBLE, '')).normalize('NFC')
  if (text.length > MAX_FIELD_LENGTH) {
    return trouble('field_too_long', { length: text.length, max: MAX_FIELD_LENGTH })
  }
  if (text.includes('\ufffd')) return trouble('bad_encoding', {})
  return { text, removed: [...new Set(removed)].map(codeOf) }
}

/** A text that stands on one line, or where it breaks. */
export function onOneLine(text: string): string | Trouble {
  const found = /[\t\n]/.exec(text)
  return found ? trouble('line_break', placed(text, found)) : text
}

const placed = (text: string, found: RegExpExecArray): { letter: string; at: number } => ({
  letter: codeOf(found[0]),
  at: [...text.slice(0, found.index)].length + 1,
})

/** A letter's number as Unicode writes it. */
export const codeOf = (letter: string): string =>
  `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

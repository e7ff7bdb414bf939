import { decodeUtf8 } from '../codec/utf8.ts'
import { type Trouble, trouble } from './fault.ts'

/** The largest file that is read, in bytes: 16 MiB. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024

/** The longest field that is read, in UTF-16 units of its normalised text. */
export const MAX_FIELD_LENGTH = 1_000

/**
 * The text of a file, without its byte order mark and with LF for CRLF. Bytes that aren't UTF-8 become U+FFFD,
 * and `cleanText` refuses the cell that holds one: so such a fault has a line and a column.
 */
export function decodeFile(bytes: Uint8Array): string | Trouble {
  if (bytes.length > MAX_FILE_BYTES) {
    return trouble(
      'file_too_large',
      `The file has ${bytes.length} bytes; at most ${MAX_FILE_BYTES} are read.`,
    )
  }
  if (looksLikeUtf16(bytes)) return trouble('bad_encoding', 'The file is UTF-16: save it as UTF-8.')
  return decodeUtf8(bytes, true)
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
}

/** A byte order mark of UTF-16 or UTF-32, or a zero byte beside the first letter of the header. */
const looksLikeUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0

/** Controls but TAB and LF; line, paragraph and zero-width separators; what turns the direction of text. */
const UNSAFE = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\u200b\ufeff\u202a-\u202e\u2066-\u2069]/u

/** The text of a cell in Unicode NFC, or why it can't be kept and shown to people. */
export function cleanText(cell: string): string | Trouble {
  const text = cell.normalize('NFC')
  if (text.length > MAX_FIELD_LENGTH) {
    return trouble(
      'field_too_long',
      `A field has at most ${MAX_FIELD_LENGTH} characters; this has ${text.length}.`,
    )
  }
  if (text.includes('\ufffd')) {
    return trouble('bad_encoding', 'Letters here are not UTF-8, or were lost before: save the file as UTF-8.')
  }
  const unsafe = UNSAFE.exec(text)
  if (!unsafe) return text
  const code = unsafe[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return trouble('unsafe_text', `The character U+${code} can't be seen and may not stand in a text.`)
}

import type { Bytes } from '../lib/bytes.ts'
import { newBytes } from '../lib/bytes.ts'
import { Malformed } from '../lib/errors.ts'

/**
 * Base45, RFC 9285: two bytes as three letters of QR's alphanumeric set, a last odd byte as two. Strict: every
 * byte string has one text, and any other text is refused.
 */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const NONE = 255
const values = Uint8Array.from({ length: 128 }, (_, unit) => {
  const value = ALPHABET.indexOf(String.fromCharCode(unit))
  return value < 0 ? NONE : value
})

/** The base45 text of the bytes. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += PIECE) text += encodePiece(bytes.subarray(i, i + PIECE))
  return text
}

/** Bytes, in pairs: a call takes only so many arguments. */
const PIECE = 4096

/** All letters in one call: of a text that grows letter by letter V8 keeps each part, 2 kB for 115 letters. */
function encodePiece(bytes: Uint8Array): string {
  const letters: number[] = []
  for (let i = 0; i < bytes.length; i += 2) {
    const isPair = i + 1 < bytes.length
    const value = isPair ? bytes[i]! * 256 + bytes[i + 1]! : bytes[i]!
    for (let n = isPair ? 3 : 2, rest = value; n > 0; n--, rest = Math.floor(rest / 45))
      letters.push(ALPHABET.charCodeAt(rest % 45))
  }
  return String.fromCharCode(...letters)
}

/**
 * The bytes of a base45 text.
 * @throws Malformed `base45_length`, `base45_letter` or `base45_overflow`
 */
export function decodeBase45(text: string): Bytes {
  if (text.length % 3 === 1) throw new Malformed('base45_length')
  const bytes = newBytes(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0))
  let written = 0
  for (let i = 0; i < text.length; i += 3) {
    const low = letter(text, i) + 45 * letter(text, i + 1)
    if (i + 2 === text.length) {
      if (low > 0xff) throw new Malformed('base45_overflow')
      bytes[written++] = low
    } else {
      const pair = low + 2025 * letter(text, i + 2)
      if (pair > 0xffff) throw new Malformed('base45_overflow')
      bytes[written++] = pair >> 8
      bytes[written++] = pair & 0xff
    }
  }
  return bytes
}

function letter(text: string, index: number): number {
  const value = values[text.charCodeAt(index)] ?? NONE
  if (value === NONE) throw new Malformed('base45_letter')
  return value
}

import type { Bytes } from '../lib/bytes.ts'
import { Malformed } from '../lib/errors.ts'

/**
 * Crockford's base32 (https://www.crockford.com/base32.html), for codes that people read and type: 5 bits a
 * letter, the first the highest, zeros after the last byte. It has no I, L, O and U; readers take I and L for 1
 * and O for 0, small letters for capitals, and skip hyphens: also what phones, word processors and messengers make
 * of one, white space, and signs that print nothing (SPEC.md, "Seals").
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** White space, of which `\s` has all of Unicode's but U+0085; then hyphens, and what is unseen. */
const SKIPPED =
  /[\s\u0085]|[-\u00ad\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\u30fc\ufe31\ufe32\ufe58\ufe63\uff0d\uff70]|[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g

/** The letters of the bytes. */
export function encodeCrockford(bytes: Uint8Array): string {
  let [text, held, count] = ['', 0, 0]
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (count += 8; count >= 5; count -= 5) text += ALPHABET[(held >> (count - 5)) & 31]!
    held &= (1 << count) - 1
  }
  return count === 0 ? text : text + ALPHABET[(held << (5 - count)) & 31]!
}

/** The letters in groups of four, for people to read: `0123-4567-89AB-CDEF`. */
export const encodeCrockfordGroups = (bytes: Uint8Array): string =>
  encodeCrockford(bytes).replace(/(.{4})(?=.)/g, '$1-')

/** The bytes of typed letters. @throws Malformed `crockford_letter` or `crockford_length` */
export function decodeCrockford(text: string): Bytes {
  const letters = text
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(SKIPPED, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
  const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8))
  let [at, held, count] = [0, 0, 0]
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) throw new Malformed('crockford_letter')
    held = (held << 5) | value
    count += 5
    if (count < 8) continue
    count -= 8
    bytes[at++] = held >> count
    held &= (1 << count) - 1
  }
  // A letter that ends no byte, or bits past the last byte, are a slip of the hand.
  if (count >= 5 || held !== 0) throw new Malformed('crockford_length')
  return bytes
}

import type { Bytes } from '../lib/bytes.ts'
import { Malformed } from '../lib/errors.ts'

/**
 * UTF-8 (RFC 3629 §4). Our own, because Hermes and jsdom have no TextDecoder, and some have one that is not strict:
 * what a stamp says must not depend on where it is read.
 */

/** Few enough to be passed as arguments. */
const PIECE = 4096
const REPLACEMENT = 0xfffd

/**
 * The text that the bytes spell, a byte order mark included.
 * @param lossy true for U+FFFD in place of what is no UTF-8, as the Encoding Standard counts it (§8.1.1)
 * @throws Malformed `cbor_utf8` for a longer spelling than need be, a surrogate, a number above U+10FFFF, a byte that
 * is missing or one too many
 */
export function decodeUtf8(bytes: Uint8Array, lossy = false): string {
  let text = ''
  let units: number[] = []
  for (let at = 0; at < bytes.length; ) {
    if (units.length >= PIECE) {
      text += String.fromCharCode(...units)
      units = []
    }
    const lead = bytes[at++]!
    if (lead < 0x80) {
      units.push(lead)
      continue
    }
    let left = followers(lead)
    let point = left === 0 ? REPLACEMENT : lead & (0x3f >> left)
    let isSound = left > 0
    // The second byte says whether a shorter spelling would do, a surrogate is meant, or a number beyond Unicode.
    let min = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    let max = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    for (; left > 0 && isSound; left--) {
      const next = bytes[at] ?? 0
      isSound = next >= min && next <= max
      if (isSound) at++
      point = isSound ? point * 64 + (next & 0x3f) : REPLACEMENT
      ;[min, max] = [0x80, 0xbf]
    }
    if (!isSound && !lossy) throw new Malformed('cbor_utf8')
    if (point < 0x10000) units.push(point)
    else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff))
  }
  return text + String.fromCharCode(...units)
}

/** How many bytes follow a first one of several; none follows what is no first byte. */
function followers(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0
  return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
}

/** The bytes of a text; of a surrogate without its other half, those of U+FFFD. */
export function encodeUtf8(text: string): Bytes {
  const bytes = new Uint8Array(3 * text.length)
  let at = 0
  for (const letter of text) {
    const own = letter.codePointAt(0)!
    const point = own >= 0xd800 && own <= 0xdfff ? REPLACEMENT : own
    let left = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
    bytes[at++] = left === 0 ? point : ((0xff00 >> (left + 1)) & 0xff) | (point >> (6 * left))
    for (; left > 0; left--) bytes[at++] = 0x80 | ((point >> (6 * (left - 1))) & 0x3f)
  }
  return bytes.slice(0, at)
}

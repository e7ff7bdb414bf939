import type { Bytes } from '../lib/bytes.ts'

/** Public keys as texts: 64 hexadecimal digits, or 43 letters of base64url (RFC 4648 §5, without padding). */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The 32 bytes; undefined for anything else, also for a last letter that holds bits of no byte. */
export function keyOfText(text: unknown): Bytes | undefined {
  if (typeof text !== 'string') return undefined
  const isHex = /^[0-9a-f]{64}$/i.test(text)
  if (!isHex && !/^[\w-]{43}$/.test(text)) return undefined
  const key = new Uint8Array(32)
  let held = 0
  let bits = 0
  let at = 0
  for (const letter of text) {
    const value = isHex ? Number.parseInt(letter, 16) : LETTERS.indexOf(letter)
    held = ((held << (isHex ? 4 : 6)) | value) & 0xffff
    bits += isHex ? 4 : 6
    if (bits < 8) continue
    bits -= 8
    key[at++] = held >> bits
  }
  return (held & ((1 << bits) - 1)) === 0 ? key : undefined
}

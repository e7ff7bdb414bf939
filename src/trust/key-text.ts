import { type Bytes, fromHex } from '../lib/bytes.ts'

/** Public keys as texts: 64 hexadecimal digits, or 43 letters of base64url (RFC 4648 §5, without padding). */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The 32 bytes; undefined for anything else, also for a last letter that holds bits of no byte. */
export function keyOfText(text: unknown): Bytes | undefined {
  if (typeof text !== 'string') return undefined
  if (/^[0-9a-f]{64}$/i.test(text)) return fromHex(text)
  if (!/^[\w-]{43}$/.test(text)) return undefined
  const key = new Uint8Array(32)
  let held = 0
  let bits = 0
  let at = 0
  for (const letter of text) {
    held = (held << 6) | LETTERS.indexOf(letter) // only its last 14 bits count
    bits += 6
    if (bits < 8) continue
    bits -= 8
    key[at++] = held >> bits
  }
  return (held & ((1 << bits) - 1)) === 0 ? key : undefined
}

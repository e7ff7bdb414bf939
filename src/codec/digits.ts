import type { Bytes } from '../lib/bytes.ts'
import { fromHex, toHex } from '../lib/bytes.ts'
import { argumentRange, Malformed } from '../lib/errors.ts'

/**
 * Bytes as one whole number, big-endian, in plain decimal without leading zeros. The bytes are the number's
 * shortest, so their first is never 0: every number has one text and one byte string.
 */

/** The decimal digits of the bytes. @throws ArgumentRangeError when they are empty or begin with 0 */
export function encodeDigits(bytes: Uint8Array): string {
  if (bytes.length === 0 || bytes[0] === 0) throw argumentRange('bytes', 'a first byte that is not 0', bytes)
  return BigInt(`0x${toHex(bytes)}`).toString()
}

/** The bytes of a decimal number. @throws Malformed `digits_letter` or `digits_leading_zero` */
export function decodeDigits(text: string): Bytes {
  if (!/^[0-9]+$/.test(text)) throw new Malformed('digits_letter')
  if (text[0] === '0') throw new Malformed('digits_leading_zero')
  const digits = BigInt(text).toString(16)
  return fromHex(digits.length % 2 ? `0${digits}` : digits)
}

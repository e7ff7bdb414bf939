import { Malformed } from '../../src/lib/errors.ts'

/** Bytes written as hexadecimal, with spaces where they help the eye. */
export const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

/** A copy with one bit turned over. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = bytes.slice()
  flipped[bit >> 3]! ^= 1 << (bit & 7)
  return flipped
}

/** The detail of the Malformed that `decode` throws, or undefined when it throws nothing. */
export function malformedDetail(decode: () => unknown): string | undefined {
  try {
    decode()
    return undefined
  } catch (error) {
    if (error instanceof Malformed) return error.detail
    throw error
  }
}

import type { Bytes } from '../lib/bytes.ts'

/** The bytes of hexadecimal digits that this program wrote itself. */
export const bytesOfHex = (hex: string): Bytes =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

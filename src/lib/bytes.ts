/**
 * Bytes with a buffer of their own, as `crypto.subtle` and `Blob` want them: `Uint8Array<ArrayBuffer>` since TypeScript 5.7,
 * `Uint8Array` before.
 */
export type Bytes = ReturnType<typeof Uint8Array.of>

const SLAB = 2 ** 13
let slab = new Uint8Array(0)
let taken = 0

/**
 * New bytes, all 0, for a short time: they are part of a larger array, which lives as long as any of them. V8 takes
 * twenty times as long for an array above 64 bytes of its own.
 */
export function newBytes(length: number): Bytes {
  if (taken + length > slab.length) {
    slab = new Uint8Array(SLAB + length)
    taken = 0
  }
  taken += length
  return slab.subarray(taken - length, taken)
}

/** The concatenation of the parts, in a new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Bytewise lexicographic order, a prefix before what it begins: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** True when both hold the same bytes. Not constant-time: for public data only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0
}

/** Lower-case hexadecimal, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

/** The bytes of hexadecimal known to be such. */
export function fromHex(hex: string): Bytes {
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = +`0x${hex.slice(2 * i, 2 * i + 2)}`
  return bytes
}

/** The bytes of an ASCII string known to be ASCII, as the format's fixed texts are. */
export function asciiBytes(text: string): Bytes {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

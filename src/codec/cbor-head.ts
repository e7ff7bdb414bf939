import type { Bytes } from '../lib/bytes.ts'

/** The major types of RFC 8949 §3.1. */
export const UNSIGNED = 0
export const BYTES = 2
export const TEXT = 3
export const ARRAY = 4
export const MAP = 5

/** Bytes that an argument takes after its first, in its shortest form. */
export const widthOf = (argument: number): number =>
  argument < 24 ? 0 : argument < 2 ** 8 ? 1 : argument < 2 ** 16 ? 2 : argument < 2 ** 32 ? 4 : 8

/** A head in its shortest form (RFC 8949 §3). */
export function putHead(
  bytes: Uint8Array,
  start: number,
  width: number,
  major: number,
  argument: number,
): void {
  bytes[start] = (major << 5) | (width === 0 ? argument : 24 + Math.log2(width))
  let rest = argument
  for (let at = start + width; at > start; at--) {
    bytes[at] = rest % 256
    rest = Math.floor(rest / 256)
  }
}

/** A head alone: of whole numbers it is all that there is, and the writer is not needed. */
export function encodeHead(major: number, argument: number): Bytes {
  const width = widthOf(argument)
  const bytes = new Uint8Array(1 + width)
  putHead(bytes, 0, width, major, argument)
  return bytes
}

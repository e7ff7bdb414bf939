import type { Bytes } from '../../lib/bytes.ts'
import { Malformed } from '../../lib/errors.ts'

/**
 * As much DER (ITU-T X.690) as an encrypted private key takes: definite lengths below 64 kB, tags of one byte,
 * small integers.
 */

export const SEQUENCE = 0x30
export const OCTETS = 0x04
export const INTEGER = 0x02
export const OBJECT_ID = 0x06

/** An element: its tag, its length, its content. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  const content = Buffer.concat(contents)
  const { length } = content
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Uint8Array.of(tag, ...head), content])
}

/** A whole number below 2^31: the first bit of its content is its sign. */
export function derInteger(value: number): Bytes {
  const bytes = [value & 0xff]
  for (let rest = value >>> 8; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  return der(INTEGER, Uint8Array.from(bytes[0]! >= 0x80 ? [0, ...bytes] : bytes))
}

export interface Element {
  readonly tag: number
  readonly content: Uint8Array
}

/** The elements that fill these bytes, one after another. @throws Malformed `der` */
export function readElements(bytes: Uint8Array): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const { start, length } = readLength(bytes, at + 1)
    const end = start + length
    if (!(end <= bytes.length)) throw new Malformed('der')
    elements.push({ tag: bytes[at]!, content: bytes.subarray(start, end) })
    at = end
  }
  return elements
}

function readLength(bytes: Uint8Array, at: number): { start: number; length: number } {
  const first = bytes[at] ?? Number.NaN
  if (first < 0x80) return { start: at + 1, length: first }
  if (first === 0x81) return { start: at + 2, length: bytes[at + 1] ?? Number.NaN }
  if (first === 0x82) return { start: at + 3, length: bytes[at + 1]! * 256 + bytes[at + 2]! }
  throw new Malformed('der')
}

/** The elements inside the one SEQUENCE that this is. @throws Malformed `der` */
export function readSequence(element: Element | undefined): Element[] {
  if (element?.tag !== SEQUENCE) throw new Malformed('der')
  return readElements(element.content)
}

/** @throws Malformed `der` for anything but a whole number below 2^31 */
export function readInteger(element: Element | undefined): number {
  const bytes = element?.content
  if (element?.tag !== INTEGER || bytes === undefined || bytes.length === 0 || bytes.length > 4)
    throw new Malformed('der')
  if (bytes[0]! >= 0x80) throw new Malformed('der')
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}

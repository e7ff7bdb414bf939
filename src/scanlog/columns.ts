import type { Bytes } from '../lib/bytes.ts'
/** The fields of the records as columns, some seventy bytes a slot. */
export interface Columns {
  readonly time: Float64Array
  readonly facility: Float64Array
  readonly product: Float64Array
  readonly serial: Float64Array
  /** Four big-endian words a slot. */
  readonly code: Uint32Array
  /** The index of the authority and place. */
  readonly source: Uint32Array
  readonly payload: Uint32Array
  /** The status's number, and the bits below. */
  readonly flags: Uint8Array
}

export const STATUS_BITS = 3
/** Verified by this very log. */
export const OWN = 4
export const UNDONE = 8

/** Columns for `capacity` slots, which begin as `old` ones were. */
export function columnsOf(capacity: number, old?: Columns): Columns {
  const columns = {
    time: new Float64Array(capacity),
    facility: new Float64Array(capacity),
    product: new Float64Array(capacity),
    serial: new Float64Array(capacity),
    code: new Uint32Array(4 * capacity),
    source: new Uint32Array(capacity),
    payload: new Uint32Array(capacity),
    flags: new Uint8Array(capacity),
  }
  for (const [name, column] of Object.entries(old ?? {})) columns[name as keyof Columns].set(column)
  return columns
}

/** The four words of 16 bytes. */
export function wordsOfCode(code: Uint8Array): [number, number, number, number] {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength)
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)]
}

/** The 16 bytes of a slot's words. */
export function codeBytes(words: Uint32Array, slot: number): Bytes {
  const view = new DataView(new ArrayBuffer(16))
  for (let i = 0; i < 4; i++) view.setUint32(4 * i, words[4 * slot + i]!)
  return new Uint8Array(view.buffer)
}

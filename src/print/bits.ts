import type { Bytes } from '../lib/bytes.ts'
import type { QrSymbol } from './symbol.ts'

/** A symbol that also knows its modules as bits, 32 times smaller. */
export interface BitSymbol extends QrSymbol {
  /** Row by row, each in whole bytes, the leftmost module the highest bit, 1 dark, zeros after the last column. */
  readonly bits: Uint8Array
}

/** Bytes of a row of bits. */
export const rowBytesOf = (size: number): number => (size + 7) >> 3

/** The modules of a symbol as bits. */
export function bitsOf(symbol: QrSymbol | BitSymbol): Uint8Array {
  return 'bits' in symbol ? symbol.bits : packBits(symbol.modules, symbol.size)
}

function packBits(modules: Uint8Array, size: number): Bytes {
  const rowBytes = rowBytesOf(size)
  const bits = new Uint8Array(size * rowBytes)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      bits[row * rowBytes + (column >> 3)]! |= modules[row * size + column]! << (7 - (column & 7))
    }
  }
  return bits
}

/** The bits of a symbol as modules. */
export function unpackBits(bits: Uint8Array, size: number): Bytes {
  const rowBytes = rowBytesOf(size)
  const modules = new Uint8Array(size * size)
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at++) {
      modules[at] = (bits[row * rowBytes + (column >> 3)]! >> (7 - (column & 7))) & 1
    }
  }
  return modules
}

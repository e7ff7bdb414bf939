import { type ArgumentTable, ifGiven, wholeNumber } from '../lib/arguments.ts'
import { bitsOf, rowBytesOf } from './bits.ts'
import { aSymbol, type QrSymbol } from './symbol.ts'

export interface RasterOptions {
  /** Dots of the printer, or pixels, for a module: 1 to 64. */
  readonly dots?: number | undefined
  /** Quiet zone in modules, 4 by default: what ISO/IEC 18004 asks for. */
  readonly margin?: number | undefined
}

export const rasterFields: ArgumentTable<RasterOptions> = {
  dots: ifGiven(wholeNumber(1, 64)),
  margin: ifGiven(wholeNumber(0, 64)),
}

/** A symbol with its quiet zone in dots, dark ones 1. */
export interface Raster {
  /** Dots a side. */
  readonly side: number
  readonly rowBytes: number
  /** Row by row, each in whole bytes, the leftmost dot the highest bit, zeros after the last. */
  readonly bits: Uint8Array
}

/** @throws ArgumentTypeError for anything but a symbol */
export function rasterise(symbol: QrSymbol, { dots = 8, margin = 4 }: RasterOptions): Raster {
  aSymbol('symbol', symbol)
  const { size } = symbol
  const side = (size + 2 * margin) * dots
  const rowBytes = rowBytesOf(side)
  const bits = new Uint8Array(side * rowBytes)
  const modules = bitsOf(symbol)
  for (let row = 0; row < size; row++) {
    const first = (row + margin) * dots * rowBytes
    const line = bits.subarray(first, first + rowBytes)
    for (let column = 0; column < size; column++) {
      const dark = (modules[row * rowBytesOf(size) + (column >> 3)]! >> (7 - (column & 7))) & 1
      if (dark === 1) fillDots(line, (column + margin) * dots, dots)
    }
    for (let copy = 1; copy < dots; copy++) bits.copyWithin(first + copy * rowBytes, first, first + rowBytes)
  }
  return { side, rowBytes, bits }
}

function fillDots(line: Uint8Array, from: number, count: number): void {
  for (let dot = from; dot < from + count; dot++) line[dot >> 3]! |= 0x80 >> (dot & 7)
}

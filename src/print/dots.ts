import { type ArgumentTable, checkTable, wholeNumber } from '../lib/arguments.ts'
import { copyBytes } from '../lib/checks.ts'

/** A page in a printer's dots, dark ones 1: row by row, each in whole bytes, the leftmost dot the highest bit. */
export interface Dots {
  /** Dots across, and down. */
  readonly width: number
  readonly height: number
  /** Bytes of a row. */
  readonly rowBytes: number
  readonly bits: Uint8Array
}

const MAX_SIDE = 100_000
const fields: ArgumentTable<Dots> = {
  width: wholeNumber(1, MAX_SIDE),
  height: wholeNumber(1, MAX_SIDE),
  rowBytes: wholeNumber(1, MAX_SIDE),
  bits: () => {}, // asked when the measures are
}

/** A copy whose bytes are as many as its measures say. @throws an argument error */
export function checkDots(place: string, dots: Dots): Dots {
  const { width, height } = dots ?? {}
  // A canvas is one of a class of its own, with methods beside its fields.
  const plain =
    typeof dots === 'object' && dots !== null
      ? { width, height, rowBytes: dots.rowBytes, bits: dots.bits }
      : dots
  checkTable(place, plain, { ...fields, rowBytes: wholeNumber((width! + 7) >> 3, (width! + 7) >> 3) })
  return { ...plain, bits: copyBytes(`${place}.bits`, plain.bits, plain.rowBytes * plain.height) }
}

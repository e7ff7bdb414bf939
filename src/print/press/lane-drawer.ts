import type { Bytes } from '../../lib/bytes.ts'
import type { Level } from '../level.ts'
import type { Drawer, Drawing } from './drawer.ts'
import { emptyLanes, emptyRows, type LaneShape, laneShape, repeatRows, setLanes, transpose } from './lanes.ts'
import { MASKS, maskOf } from './masks.ts'
import type { Matrix } from './matrix.ts'
import { PenaltyCounter } from './penalty.ts'

/** Draws without WebAssembly. */
export class LaneDrawer implements Drawer {
  readonly #shape: LaneShape
  readonly #patterns: Int32Array
  /** For each bit of the codewords, its word of `#rows` and how far right of that word's left end it lies. */
  readonly #words: Uint16Array
  readonly #shifts: Uint8Array
  readonly #rows: Int32Array
  readonly #columns: Int32Array
  readonly #masks: readonly [Int32Array, Int32Array]
  readonly #lanes: readonly [Int32Array, Int32Array]
  readonly #penalties: PenaltyCounter

  constructor(matrix: Matrix, level: Level) {
    const shape = laneShape(matrix.size)
    this.#shape = shape
    this.#patterns = rowsOf(matrix.patterns, shape)
    this.#words = Uint16Array.from(matrix.places, (place) => wordOf(place, shape))
    this.#shifts = Uint8Array.from(matrix.places, (place) => (place % shape.size) & 31)
    this.#rows = emptyRows(shape)
    this.#columns = emptyRows(shape)
    this.#masks = maskLanes(matrix, level, shape)
    this.#lanes = [emptyLanes(shape), emptyLanes(shape)]
    this.#penalties = new PenaltyCounter(shape)
  }

  draw(codewords: Uint8Array): Drawing {
    this.#place(codewords)
    const [upright, turned] = this.#lanes
    transpose(this.#rows, this.#shape, this.#columns)
    repeatRows(this.#rows, this.#masks[0], this.#shape, upright)
    repeatRows(this.#columns, this.#masks[1], this.#shape, turned)
    const mask = this.#penalties.best(upright, turned)
    return { mask, bits: this.#bitsUnder(mask) }
  }

  #place(codewords: Uint8Array): void {
    const rows = this.#rows
    const words = this.#words
    const shifts = this.#shifts
    rows.set(this.#patterns)
    let at = 0
    for (const codeword of codewords) {
      // The bit at the left end of a word; what is shifted out on the way is gone.
      for (let held = codeword << 24, bit = 0; bit < 8; bit++, held <<= 1, at++) {
        rows[words[at]!]! |= (held & 0x80000000) >>> shifts[at]!
      }
    }
  }

  /** The symbol under a mask, cut out of the lanes. */
  #bitsUnder(mask: number): Bytes {
    const { size, stride } = this.#shape
    const lanes = this.#lanes[0]
    const rowBytes = (size + 7) >> 3
    const bits = new Uint8Array(size * rowBytes)
    const tail = 0xff << (8 * rowBytes - size)
    for (let byte = 0; byte < rowBytes; byte++) {
      const lane = mask * size + 8 * byte
      const [strip, shift] = [(lane >> 5) * stride, lane & 31]
      const keep = byte === rowBytes - 1 ? tail : 0xff
      for (let y = 0, at = byte; y < size; y++, at += rowBytes) {
        const word = (lanes[strip + y]! << shift) | ((lanes[strip + stride + y]! >>> 1) >>> (31 - shift))
        bits[at] = (word >>> 24) & keep
      }
    }
    return bits
  }
}

const wordOf = (place: number, { size, stride }: LaneShape): number =>
  ((place % size) >> 5) * stride + Math.floor(place / size)

function rowsOf(modules: Uint8Array, shape: LaneShape): Int32Array {
  const rows = emptyRows(shape)
  for (const [place, dark] of modules.entries()) {
    if (dark === 1) rows[wordOf(place, shape)]! |= 0x80000000 >>> ((place % shape.size) & 31)
  }
  return rows
}

/** The masks of a symbol as it stands, and with rows and columns exchanged. */
function maskLanes(matrix: Matrix, level: Level, shape: LaneShape): [Int32Array, Int32Array] {
  const [upright, turned] = [emptyLanes(shape), emptyLanes(shape)]
  for (let mask = 0; mask < MASKS; mask++) {
    const modules = maskOf(matrix, level, mask)
    const { size } = shape
    const exchanged = modules.map((_, place) => modules[(place % size) * size + Math.floor(place / size)]!)
    setLanes(upright, shape, mask, modules)
    setLanes(turned, shape, mask, exchanged)
  }
  return [upright, turned]
}

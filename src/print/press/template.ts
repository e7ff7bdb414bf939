import type { Bytes } from '../../lib/bytes.ts'
import type { Level } from '../level.ts'
import type { Segment } from '../segment.ts'
import { type Codewords, codewordsOf } from './capacity.ts'
import { writeData } from './data.ts'
import { emptyLanes, emptyRows, type LaneShape, laneShape, repeatRows, setLanes, transpose } from './lanes.ts'
import { MASKS, maskOf } from './masks.ts'
import { type Matrix, matrixOf } from './matrix.ts'
import { PenaltyCounter } from './penalty.ts'
import { ReedSolomon } from './reed-solomon.ts'

/** A drawn symbol: see `PressedSymbol`. */
export interface Drawing {
  readonly mask: number
  readonly bits: Uint8Array
}

/** All of a version and level that the text doesn't change, prepared once, and the room to draw symbols in. */
export class Template {
  readonly size: number
  readonly #version: number
  readonly #codewords: Codewords
  readonly #data: Uint8Array
  readonly #interleaved: Uint8Array
  readonly #reedSolomon: ReedSolomon
  /** For each place in `#interleaved`, the data codeword that goes there. */
  readonly #order: Uint16Array
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

  constructor(version: number, level: Level) {
    const matrix = matrixOf(version)
    const shape = laneShape(matrix.size)
    const codewords = codewordsOf(version, level)
    this.size = matrix.size
    this.#version = version
    this.#codewords = codewords
    this.#data = new Uint8Array(codewords.data)
    this.#interleaved = new Uint8Array(codewords.total)
    this.#reedSolomon = new ReedSolomon(codewords.check)
    this.#order = interleaving(codewords)
    this.#shape = shape
    this.#patterns = rowsOf(matrix.patterns, shape)
    const places = matrix.places.slice(0, 8 * codewords.total)
    this.#words = Uint16Array.from(places, (place) => wordOf(place, shape))
    this.#shifts = Uint8Array.from(places, (place) => (place % shape.size) & 31)
    this.#rows = emptyRows(shape)
    this.#columns = emptyRows(shape)
    this.#masks = maskLanes(matrix, level, shape)
    this.#lanes = [emptyLanes(shape), emptyLanes(shape)]
    this.#penalties = new PenaltyCounter(shape)
  }

  /** Draws segments that are known to fit. */
  draw(segments: readonly Segment[]): Drawing {
    writeData(segments, this.#version, this.#data)
    this.#interleave()
    this.#place()
    const [upright, turned] = this.#lanes
    transpose(this.#rows, this.#shape, this.#columns)
    repeatRows(this.#rows, this.#masks[0], this.#shape, upright)
    repeatRows(this.#columns, this.#masks[1], this.#shape, turned)
    const mask = this.#penalties.best(upright, turned)
    return { mask, bits: this.#bitsUnder(mask) }
  }

  /** Data codewords and each block's check codewords, the blocks taking turns (ISO/IEC 18004 §7.6). */
  #interleave(): void {
    const { data, blocks } = this.#codewords
    for (let i = 0; i < data; i++) this.#interleaved[i] = this.#data[this.#order[i]!]!
    for (let block = 0; block < blocks; block++) {
      const [from, to] = [blockStart(this.#codewords, block), blockStart(this.#codewords, block + 1)]
      this.#reedSolomon.encode(this.#data, from, to, this.#interleaved, data + block, blocks)
    }
  }

  #place(): void {
    const rows = this.#rows
    const words = this.#words
    const shifts = this.#shifts
    rows.set(this.#patterns)
    let at = 0
    for (const codeword of this.#interleaved) {
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

/** Blocks have ⌊data / blocks⌋ data codewords, the last of them one more. */
function blockStart({ data, blocks }: Codewords, block: number): number {
  const short = Math.floor(data / blocks)
  return block * short + Math.max(0, block - (blocks - (data % blocks)))
}

function interleaving(codewords: Codewords): Uint16Array {
  const order: number[] = []
  const longest = Math.ceil(codewords.data / codewords.blocks)
  for (let i = 0; i < longest; i++) {
    for (let block = 0; block < codewords.blocks; block++) {
      const at = blockStart(codewords, block) + i
      if (at < blockStart(codewords, block + 1)) order.push(at)
    }
  }
  return Uint16Array.from(order)
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

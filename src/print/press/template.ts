import type { Level } from '../level.ts'
import type { Segment } from '../segment.ts'
import { type Codewords, codewordsOf } from './capacity.ts'
import { writeData } from './data.ts'
import type { Drawer, Drawing } from './drawer.ts'
import { LaneDrawer } from './lane-drawer.ts'
import { type Matrix, matrixOf } from './matrix.ts'
import { ReedSolomon } from './reed-solomon.ts'
import { wasmDrawer } from './wasm-drawer.ts'

/** All of a version and level that the text doesn't change, prepared once, and the room to draw symbols in. */
export class Template {
  readonly #version: number
  readonly #codewords: Codewords
  readonly #data: Uint8Array
  readonly #interleaved: Uint8Array
  readonly #reedSolomon: ReedSolomon
  /** For each place in `#interleaved`, the data codeword that goes there. */
  readonly #order: Uint16Array
  readonly #drawer: Drawer

  constructor(version: number, level: Level) {
    const codewords = codewordsOf(version, level)
    this.#version = version
    this.#codewords = codewords
    this.#data = new Uint8Array(codewords.data)
    this.#interleaved = new Uint8Array(codewords.total)
    this.#reedSolomon = new ReedSolomon(codewords.check)
    this.#order = interleaving(codewords)
    this.#drawer = drawerOf(matrixOf(version), level)
  }

  /** Draws segments that are known to fit. */
  draw(segments: readonly Segment[]): Drawing {
    writeData(segments, this.#version, this.#data)
    this.#interleave()
    return this.#drawer.draw(this.#interleaved)
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
}

/** WebAssembly's, where it may be had. */
function drawerOf(matrix: Matrix, level: Level): Drawer {
  try {
    return wasmDrawer(matrix, level)
  } catch {
    return new LaneDrawer(matrix, level)
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

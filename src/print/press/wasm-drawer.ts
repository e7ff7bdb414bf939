import { fromHex } from '../../lib/bytes.ts'
import type { Level } from '../level.ts'
import type { Drawer } from './drawer.ts'
import { KERNEL } from './kernel.generated.ts'
import { MASKS, maskOf } from './masks.ts'
import type { Matrix } from './matrix.ts'

/** The kernel (kernel/index.ts) as WebAssembly gives it to us, with its addresses. */
interface KernelExports extends Readonly<Record<Area, { readonly value: number }>> {
  readonly memory: { readonly buffer: ArrayBuffer }
  draw(size: number, pieces: number): number
}

type Area = 'CODEWORDS' | 'PIECES' | 'PATTERNS' | 'MASKED' | 'DRAWN'

// What we use of the JavaScript API, which TypeScript declares only together with the DOM.
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

/** What the kernel has room for: rows of so many words. */
const [ROWS, WORDS] = [192, 3]
/** Bytes of a word of 64 modules, and of the same word under two masks. */
const [WORD, PAIR] = [8, 16]

let compiled: object | undefined

/**
 * Draws in WebAssembly, all masks side by side in its 128-bit registers.
 * @throws where WebAssembly is missing, forbidden (a Content Security Policy), too old or out of memory
 */
export function wasmDrawer(matrix: Matrix, level: Level): Drawer {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }
  compiled ??= new WebAssembly.Module(fromHex(KERNEL))
  const { memory, draw, ...areas } = new WebAssembly.Instance(compiled).exports as KernelExports
  const bytes = new Uint8Array(memory.buffer)
  const { size } = matrix
  const pieces = piecesOf(matrix)
  new Uint32Array(memory.buffer, areas.PIECES.value).set(pieces)
  setModules(bytes, size, matrix.patterns, (row, column) => areas.PATTERNS.value + wordOffset(row, column))
  for (let mask = 0; mask < MASKS; mask++) {
    const turned = maskOf(matrix, level, mask)
    const masked = (side: number) => areas.MASKED.value + maskOffset(side, mask)
    const [upright, sideways] = [masked(0), masked(1)]
    setModules(bytes, size, turned, (row, column) => upright + 2 * wordOffset(row, column))
    const exchanged = turned.map((_, at) => turned[(at % size) * size + Math.floor(at / size)]!)
    setModules(bytes, size, exchanged, (row, column) => sideways + 2 * wordOffset(row, column))
  }
  const [from, to] = [areas.DRAWN.value, areas.DRAWN.value + size * ((size + 7) >> 3)]
  return {
    draw(codewords) {
      bytes.set(codewords, areas.CODEWORDS.value)
      const mask = draw(size, pieces.length)
      return { mask, bits: bytes.slice(from, to) }
    },
  }
}

/** Sets the bit of each dark module in its word, the leftmost the lowest. */
function setModules(
  bytes: Uint8Array,
  size: number,
  modules: Uint8Array,
  wordAt: (row: number, column: number) => number,
): void {
  for (const [place, dark] of modules.entries()) {
    const [row, column] = [Math.floor(place / size), place % size]
    if (dark === 1) bytes[wordAt(row, column) + ((column & 63) >> 3)]! |= 1 << (column & 7)
  }
}

const wordOffset = (row: number, column: number): number => ((column >> 6) * ROWS + row) * WORD

const maskOffset = (side: number, mask: number): number =>
  (side * (MASKS / 2) + (mask >> 1)) * WORDS * ROWS * PAIR + (mask & 1) * WORD

/** Where the codewords' bits go, one or two at a time: (offset of the word << 8) | (place in it << 2) | how many. */
function piecesOf({ places, size }: Matrix): number[] {
  const end = places.length & ~7
  const pieces: number[] = []
  for (let at = 0; at < end; at += pieces.at(-1)! & 3) {
    const [row, column] = [Math.floor(places[at]! / size), places[at]! % size]
    // The right one of two neighbours comes first, and is the higher bit of both.
    const areTwo = at + 1 < end && places[at + 1] === places[at]! - 1 && (column & 63) !== 0
    const [left, count] = areTwo ? [column - 1, 2] : [column, 1]
    pieces.push((wordOffset(row, left) << 8) | ((left & 63) << 2) | count)
  }
  return pieces
}

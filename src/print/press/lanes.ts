/**
 * Modules as bits of 32-bit words, the leftmost the highest bit, in two shapes:
 *
 * - rows: `words` words for each row of a symbol, row after row, zeros past the last column.
 * - lanes: a row under each of the eight masks, side by side without gaps: lane `mask · size + column`. Whoever
 *   works on lanes works on all masks at once. Word `w` of row `y` is at `w · stride + y`, so that all rows of
 *   a strip of 32 lanes stand together; three rows of zeros follow, for loops that take four at a time.
 */
export interface LaneShape {
  /** Modules a side, 21 to 177. */
  readonly size: number
  /** Words of a row. */
  readonly words: number
  /** Words of a row of lanes. */
  readonly strips: number
  readonly stride: number
}

export function laneShape(size: number): LaneShape {
  return { size, words: (size + 31) >> 5, strips: (8 * size + 31) >> 5, stride: size + 3 }
}

/** An empty field of lanes, with a word past each end of a row for those who look at the next. */
export const emptyLanes = ({ words, strips, stride }: LaneShape): Int32Array =>
  new Int32Array((strips + words + 1) * stride)

/** Sets the lanes of one mask from its modules. */
export function setLanes(lanes: Int32Array, shape: LaneShape, mask: number, modules: Uint8Array): void {
  for (const [place, dark] of modules.entries()) {
    const lane = mask * shape.size + (place % shape.size)
    const at = (lane >> 5) * shape.stride + Math.floor(place / shape.size)
    if (dark === 1) lanes[at]! |= 0x80000000 >>> (lane & 31)
  }
}

/** Repeats each row under every mask, and turns over what the masks do. */
export class Repeater {
  readonly #shape: LaneShape
  /** For each strip, where in the row it begins: the word, and the bit in it. */
  readonly #starts: readonly { readonly word: number; readonly bit: number }[]
  /** The row with as much of its beginning again as a strip can reach. */
  readonly #row: Int32Array

  constructor(shape: LaneShape) {
    this.#shape = shape
    this.#row = new Int32Array(shape.words + 1)
    this.#starts = Array.from({ length: shape.strips }, (_, strip) => {
      const column = (32 * strip) % shape.size
      return { word: column >> 5, bit: column & 31 }
    })
  }

  repeat(rows: Int32Array, masks: Int32Array, lanes: Int32Array): void {
    const { size, words, stride } = this.#shape
    const row = this.#row
    for (let y = 0; y < size; y++) {
      this.#extend(rows, y * words)
      let at = y
      for (const { word, bit } of this.#starts) {
        lanes[at] = ((row[word]! << bit) | ((row[word + 1]! >>> 1) >>> (31 - bit))) ^ masks[at]!
        at += stride
      }
    }
  }

  #extend(rows: Int32Array, at: number): void {
    const { size, words } = this.#shape
    const row = this.#row
    for (let word = 0; word < words; word++) row[word] = rows[at + word]!
    // `size` is odd, so its last word is never full.
    const used = size & 31
    row[words - 1]! |= row[0]! >>> used
    row[words] = rows[at]! << (32 - used)
    if (words === 1) row[1]! |= rows[at]! >>> (2 * used - 32)
  }
}

/** Turns rows into columns. */
export function transpose(rows: Int32Array, { size, words }: LaneShape, columns: Int32Array): void {
  const block = new Int32Array(32)
  for (let down = 0; down < words; down++) {
    const height = Math.min(32, size - 32 * down)
    for (let across = 0; across < words; across++) {
      for (let y = 0; y < height; y++) block[y] = rows[(32 * down + y) * words + across]!
      block.fill(0, height)
      transposeBlock(block)
      const width = Math.min(32, size - 32 * across)
      for (let x = 0; x < width; x++) columns[(32 * across + x) * words + down] = block[x]!
    }
  }
}

/** 32 × 32 bits: halves change places, then quarters, and so on (Warren, Hacker's Delight, §7-3). */
function transposeBlock(block: Int32Array): void {
  let low = 0x0000ffff
  for (let half = 16; half > 0; half >>= 1, low ^= low << half) {
    for (let i = 0; i < 32; i = (i + half + 1) & ~half) {
      const change = (block[i]! ^ (block[i + half]! >>> half)) & low
      block[i]! ^= change
      block[i + half]! ^= change << half
    }
  }
}

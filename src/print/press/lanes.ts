/**
 * Modules as bits of 32-bit words, the leftmost the highest bit, in two shapes:
 *
 * - rows: a symbol as it is, its last word filled up with zeros.
 * - lanes: a row under each of the eight masks, side by side without gaps: lane `mask · size + column`. Whoever
 *   works on lanes works on all masks at once.
 *
 * In both, word `w` of row `y` is at `w · stride + y`, so that what lies below each other stands together; three
 * rows of zeros follow, for loops that take four at a time.
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

/** Empty rows, with a word past the end of each for its beginning. */
export const emptyRows = ({ words, stride }: LaneShape): Int32Array => new Int32Array((words + 1) * stride)

/** Empty lanes, with words past the end of each row for those who look further. */
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

/**
 * Repeats each row under every mask, and turns over what the masks do. The last words of `rows` are used: a
 * strip that begins near the end of a row goes on with the row's beginning.
 */
export function repeatRows(rows: Int32Array, masks: Int32Array, shape: LaneShape, lanes: Int32Array): void {
  const { size, strips, stride } = shape
  extendRows(rows, shape)
  for (let strip = 0; strip < strips; strip++) {
    const column = (32 * strip) % size
    const [from, to, shift] = [(column >> 5) * stride, strip * stride, column & 31]
    for (let y = 0; y < size; y++) {
      const word = (rows[from + y]! << shift) | ((rows[from + stride + y]! >>> 1) >>> (31 - shift))
      lanes[to + y] = word ^ masks[to + y]!
    }
  }
}

/** Fills the words past the end of each row with its beginning. */
function extendRows(rows: Int32Array, { size, words, stride }: LaneShape): void {
  const [last, past] = [(words - 1) * stride, words * stride]
  // `size` is odd, so a row's last word is never full.
  const used = size & 31
  for (let y = 0; y < size; y++) {
    const first = rows[y]!
    rows[last + y]! |= first >>> used
    rows[past + y] = first << (32 - used)
    if (words === 1) rows[past + y]! |= first >>> (2 * used - 32)
  }
}

/** Turns rows into columns. */
export function transpose(rows: Int32Array, { size, words, stride }: LaneShape, columns: Int32Array): void {
  const block = new Int32Array(32)
  for (let down = 0; down < words; down++) {
    const height = Math.min(32, size - 32 * down)
    for (let across = 0; across < words; across++) {
      for (let y = 0; y < height; y++) block[y] = rows[across * stride + 32 * down + y]!
      block.fill(0, height)
      transposeBlock(block)
      const width = Math.min(32, size - 32 * across)
      for (let x = 0; x < width; x++) columns[down * stride + 32 * across + x] = block[x]!
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

import { ones, sumLanes } from './lane-sums.ts'
import type { LaneShape } from './lanes.ts'
import { MASKS } from './masks.ts'

/**
 * The penalty points of all eight masks at once (ISO/IEC 18004 §7.8.3, table 11), counted as the `qrcode`
 * package counts them. What costs points becomes a bit in the lane where it is found; the bits of a strip are
 * added up lane by lane, in numbers that lie across eight words.
 */

const RUN = 1 // and 2 more where a run begins: 3 for five in a row, 1 for each further
const BLOCK = 3
const FINDER = 40
const BALANCE = 10

/** A mask's part of a strip. */
interface Part {
  readonly mask: number
  readonly lanes: number
}

export class PenaltyCounter {
  readonly #shape: LaneShape
  readonly #parts: readonly (readonly Part[])[]
  /** Lanes with a right neighbour in the same symbol. */
  readonly #inner: Int32Array
  readonly #points = new Int32Array(MASKS)
  readonly #dark = new Int32Array(MASKS)
  readonly #found: Int32Array
  readonly #begun: Int32Array
  readonly #sums = new Int32Array(8)

  constructor(shape: LaneShape) {
    this.#shape = shape
    this.#found = new Int32Array(shape.stride)
    this.#begun = new Int32Array(shape.stride >> 2)
    this.#parts = partsOf(shape)
    this.#inner = innerLanes(shape)
  }

  /** The mask with the fewest points, the first among equals. */
  best(upright: Int32Array, turned: Int32Array): number {
    const { size, strips, stride } = this.#shape
    this.#points.fill(0)
    this.#dark.fill(0)
    for (let strip = 0; strip < strips; strip++) {
      for (const lanes of [upright, turned]) {
        this.#findRuns(lanes, strip)
        sumLanes(this.#found, 0, size - 4, this.#begun, this.#sums)
        this.#tally(strip, RUN, this.#points)
      }
      findBlocks(upright, strip * stride, stride, size, this.#inner[strip]!, this.#found)
      sumLanes(this.#found, 0, size - 1, undefined, this.#sums)
      this.#tally(strip, BLOCK, this.#points)
      sumLanes(upright, strip * stride, size, undefined, this.#sums)
      this.#tally(strip, 1, this.#dark)
    }
    return this.#fewest()
  }

  #fewest(): number {
    const modules = this.#shape.size ** 2
    let [best, fewest] = [0, Number.POSITIVE_INFINITY]
    for (let mask = 0; mask < MASKS; mask++) {
      const steps = Math.abs(Math.ceil((this.#dark[mask]! * 100) / modules / 5) - 10)
      const points = this.#points[mask]! + BALANCE * steps
      if (points < fewest) [best, fewest] = [mask, points]
    }
    return best
  }

  /** Adds the sums of a strip to each mask's total. */
  #tally(strip: number, weight: number, totals: Int32Array): void {
    const sums = this.#sums
    let top = 7
    while (top > 0 && sums[top] === 0) top--
    for (const { mask, lanes } of this.#parts[strip]!) {
      let total = 0
      for (let place = top; place >= 0; place--) total = 2 * total + ones(sums[place]! & lanes)
      totals[mask]! += weight * total
    }
  }

  /**
   * Five modules of one colour in a column: `#found` at the row of the first, `#begun` where they begin a run, four
   * rows in one, of which a lane can have but one. On the same walk down a strip, the finder-like
   * dark-light-dark-dark-dark-light-dark. Four rows at a time: most of the time of a symbol is spent here.
   */
  #findRuns(lanes: Int32Array, strip: number): void {
    const found = this.#found
    const begun = this.#begun
    const { size, stride } = this.#shape
    const top = strip * stride
    // What lies above the first row is light, so that no pattern begins there.
    let above2 = 0
    let above1 = 0
    let row0 = lanes[top]!
    let row1 = lanes[top + 1]!
    let row2 = lanes[top + 2]!
    let row3 = lanes[top + 3]!
    let before = -1
    let change0 = row0 ^ row1
    let change1 = row1 ^ row2
    let change2 = row2 ^ row3
    for (let y = 0; y < size - 5; y += 4) {
      const at = top + y
      const row4 = lanes[at + 4]!
      const row5 = lanes[at + 5]!
      const row6 = lanes[at + 6]!
      const row7 = lanes[at + 7]!
      const change3 = row3 ^ row4
      const change4 = row4 ^ row5
      const change5 = row5 ^ row6
      const change6 = row6 ^ row7
      const either1 = change1 | change2
      const either3 = change3 | change4
      const run0 = ~(change0 | either1 | change3)
      const run1 = ~(either1 | either3)
      const run2 = ~(change2 | either3 | change5)
      const run3 = ~(either3 | change5 | change6)
      found[y] = run0
      found[y + 1] = run1
      found[y + 2] = run2
      found[y + 3] = run3
      begun[y >> 2] = (run0 & before) | (run1 & change0) | (run2 & change1) | (run3 & change2)
      const pattern0 = above2 & row0 & row1 & row2 & row4 & ~(above1 | row3)
      const pattern1 = above1 & row1 & row2 & row3 & row5 & ~(row0 | row4)
      const pattern2 = row0 & row2 & row3 & row4 & row6 & ~(row1 | row5)
      const pattern3 = row1 & row3 & row4 & row5 & row7 & ~(row2 | row6)
      if ((pattern0 | pattern1 | pattern2 | pattern3) !== 0) {
        this.#countFinders(lanes, strip, y - 2, pattern0)
        this.#countFinders(lanes, strip, y - 1, pattern1)
        this.#countFinders(lanes, strip, y, pattern2)
        this.#countFinders(lanes, strip, y + 1, pattern3)
      }
      above2 = row2
      above1 = row3
      before = change3
      row0 = row4
      row1 = row5
      row2 = row6
      row3 = row7
      change0 = change4
      change1 = change5
      change2 = change6
    }
    // `size` is a multiple of four and one more.
    const last = lanes[top + size - 1]!
    const run = ~(change0 | change1 | change2 | (row3 ^ last))
    found[size - 5] = run
    found.fill(0, size - 4)
    begun[(size - 5) >> 2] = run & before
    this.#countFinders(lanes, strip, size - 7, above2 & row0 & row1 & row2 & last & ~(above1 | row3))
  }

  /** Counts patterns of seven rows from `y` on that have four light modules before or after. */
  #countFinders(lanes: Int32Array, strip: number, y: number, pattern: number): void {
    const { size, stride } = this.#shape
    if (pattern === 0) return
    const at = strip * stride + y
    const before = y < 4 ? 0 : pattern & ~fourRows(lanes, at - 4)
    const after = y + 10 >= size ? 0 : pattern & ~fourRows(lanes, at + 7)
    if ((before | after) === 0) return
    for (const { mask, lanes: own } of this.#parts[strip]!) {
      this.#points[mask]! += FINDER * (ones(before & own) + ones(after & own))
    }
  }
}

const fourRows = (lanes: Int32Array, y: number): number =>
  lanes[y]! | lanes[y + 1]! | lanes[y + 2]! | lanes[y + 3]!

/** Two by two modules of one colour: `found` at the upper left one. */
function findBlocks(
  lanes: Int32Array,
  top: number,
  stride: number,
  size: number,
  inner: number,
  found: Int32Array,
): void {
  let here = lanes[top]!
  let right = (here << 1) | (lanes[top + stride]! >>> 31)
  for (let y = 0; y < size - 1; y++) {
    const below = lanes[top + y + 1]!
    const belowRight = (below << 1) | (lanes[top + stride + y + 1]! >>> 31)
    found[y] = ~((here ^ right) | (here ^ below) | (here ^ belowRight)) & inner
    here = below
    right = belowRight
  }
  found.fill(0, size - 1)
}

function partsOf({ size, strips }: LaneShape): Part[][] {
  return Array.from({ length: strips }, (_, strip) => {
    const lanes = new Int32Array(MASKS)
    for (let bit = 0; bit < 32; bit++) {
      const mask = Math.floor((32 * strip + bit) / size)
      if (mask < MASKS) lanes[mask]! |= 0x80000000 >>> bit
    }
    return [...lanes].map((each, mask) => ({ mask, lanes: each })).filter((part) => part.lanes !== 0)
  })
}

function innerLanes({ size, strips }: LaneShape): Int32Array {
  return Int32Array.from({ length: strips }, (_, strip) => {
    let inner = 0
    for (let bit = 0; bit < 32; bit++) {
      if ((32 * strip + bit) % size !== size - 1) inner |= 0x80000000 >>> bit
    }
    return inner
  })
}

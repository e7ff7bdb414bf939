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
        findRuns(lanes, strip * stride, size, this.#found, this.#begun)
        sumLanes(this.#found, 0, size - 4, this.#begun, this.#sums)
        this.#tally(strip, RUN, this.#points)
        this.#finders(lanes, strip)
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
    for (const { mask, lanes } of this.#parts[strip]!) {
      let total = 0
      for (let place = 7; place >= 0; place--) total = 2 * total + ones(sums[place]! & lanes)
      totals[mask]! += weight * total
    }
  }

  /** Dark-light-dark-dark-dark-light-dark, with four light modules before or after. */
  #finders(lanes: Int32Array, strip: number): void {
    const { size, stride } = this.#shape
    const top = strip * stride
    for (let y = top; y <= top + size - 7; y++) {
      const dark = lanes[y]! & lanes[y + 2]! & lanes[y + 3]! & lanes[y + 4]! & lanes[y + 6]!
      const pattern = dark & ~(lanes[y + 1]! | lanes[y + 5]!)
      if (pattern === 0) continue
      const before = y - top < 4 ? 0 : pattern & ~fourRows(lanes, y - 4)
      const after = y - top + 10 >= size ? 0 : pattern & ~fourRows(lanes, y + 7)
      if ((before | after) === 0) continue
      for (const part of this.#parts[strip]!) {
        this.#points[part.mask]! += FINDER * (ones(before & part.lanes) + ones(after & part.lanes))
      }
    }
  }
}

const fourRows = (lanes: Int32Array, y: number): number =>
  lanes[y]! | lanes[y + 1]! | lanes[y + 2]! | lanes[y + 3]!

/**
 * Five modules of one colour in a column: `found` at the row of the first, `begun` where they begin a run, four
 * rows in one, of which a lane can have but one.
 */
function findRuns(lanes: Int32Array, top: number, size: number, found: Int32Array, begun: Int32Array): void {
  begun.fill(0)
  let below = lanes[top + 3]!
  let [before, change0] = [-1, lanes[top]! ^ lanes[top + 1]!]
  let [change1, change2] = [lanes[top + 1]! ^ lanes[top + 2]!, lanes[top + 2]! ^ below]
  for (let y = 0; y < size - 4; y++) {
    const next = lanes[top + y + 4]!
    const change3 = below ^ next
    const run = ~(change0 | change1 | change2 | change3)
    found[y] = run
    begun[y >> 2]! |= run & before
    before = change0
    change0 = change1
    change1 = change2
    change2 = change3
    below = next
  }
  found.fill(0, size - 4)
}

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

/**
 * Adds up words lane by lane, four at a time with one of weight two where `twos` is given, in full and half
 * adders. Sums stay below 256.
 */
function sumLanes(
  words: Int32Array,
  from: number,
  count: number,
  twos: Int32Array | undefined,
  sums: Int32Array,
): void {
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = 0; i < count; i += 4) {
    const a = words[from + i]!
    const b = words[from + i + 1]!
    const c = words[from + i + 2]!
    const d = words[from + i + 3]!
    const two = twos === undefined ? 0 : twos[i >> 2]!
    let half = s0 ^ a
    const carry0 = (s0 & a) | (half & b)
    s0 = half ^ b
    half = s0 ^ c
    const carry1 = (s0 & c) | (half & d)
    s0 = half ^ d
    half = s1 ^ carry0
    const carry2 = (s1 & carry0) | (half & carry1)
    s1 = half ^ carry1
    const carry3 = s1 & two
    s1 ^= two
    half = s2 ^ carry2
    let carry = (s2 & carry2) | (half & carry3)
    s2 = half ^ carry3
    let next = s3 & carry
    s3 ^= carry
    carry = s4 & next
    s4 ^= next
    next = s5 & carry
    s5 ^= carry
    carry = s6 & next
    s6 ^= next
    s7 ^= carry
  }
  sums[0] = s0
  sums[1] = s1
  sums[2] = s2
  sums[3] = s3
  sums[4] = s4
  sums[5] = s5
  sums[6] = s6
  sums[7] = s7
}

/** How many bits of a word are set. */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
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

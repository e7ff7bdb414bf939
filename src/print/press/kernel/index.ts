/**
 * Draws a symbol from its codewords under the best of the eight masks (../wasm-drawer.ts). Rows are 64-bit words, the
 * leftmost module the lowest bit; a register holds the same word under two masks.
 */

/** Room for a row of the largest symbol, 177 modules, and for as many rows. */
const WORDS: usize = 3
/** Rows of a strip: those of the largest symbol, four light ones before them and ten after. */
const ROWS: usize = 192
const PAIRS: i32 = 4
const WORD: usize = 8
const PAIR: usize = 16
const STRIP: usize = ROWS * PAIR

/** The codewords, interleaved, at most 3,706; a reader of four bytes may look past them. */
export const CODEWORDS: usize = memory.data(3712)
/** Where the bits of the codewords go, one or two at a time: (offset of the word << 8) | (place in it << 2) | how many. */
export const PIECES: usize = memory.data(4 * 29648)
/** Rows of what the data does not change: word after word, `ROWS` rows each. */
export const PATTERNS: usize = memory.data(WORDS * ROWS * WORD, 16)
/** Upright, then turned: pair after pair, word after word, `ROWS` registers each. */
export const MASKED: usize = memory.data(2 * PAIRS * WORDS * STRIP, 16)
/** The drawn symbol, row by row in whole bytes. */
export const DRAWN: usize = memory.data(WORDS * ROWS * WORD, 16)

const upright: usize = memory.data(WORDS * ROWS * WORD, 16)
const turned: usize = memory.data(WORDS * ROWS * WORD, 16)
const block: usize = memory.data(64 * WORD, 16)
const lanes: usize = memory.data(STRIP, 16)
/** The lanes of the word to the right. */
const beside: usize = memory.data(STRIP, 16)
/** Eight numbers each. */
const points: usize = memory.data(8 * 4, 16)
const dark: usize = memory.data(8 * 4, 16)

const BLOCK: i16 = 3
const FINDER: i16 = 40
const BALANCE: i32 = 10

const BEFORE: usize = 4
const FIRST: usize = BEFORE * PAIR

/** Draws the codewords in `count` places. Returns the mask. */
export function draw(size: i32, count: i32): i32 {
  const words = (size + 63) >> 6
  memory.copy(upright, PATTERNS, <usize>words * ROWS * WORD)
  place(count)
  for (let down = 0; down < words; down++) {
    for (let across = 0; across < words; across++) transpose(down, across)
  }
  memory.fill(points, 0, 8 * 4)
  memory.fill(dark, 0, 8 * 4)
  for (let pair = 0; pair < PAIRS; pair++) {
    memory.fill(beside, 0, STRIP)
    for (let word = words - 1; word >= 0; word--) {
      const valid = lowest(size - 64 * word)
      add(dark, pair, meet(upright, 0, pair, word, size))
      walk(pair, size, valid)
      findBlocks(pair, size, lowest(size - 64 * word - 1))
      if (word > 0) memory.copy(beside, lanes, STRIP)
      meet(turned, 1, pair, word, size)
      walk(pair, size, valid)
    }
  }
  const mask = best(size)
  write(size, words, mask)
  return mask
}

@inline function lowest(count: i32): v128 {
  return i64x2.splat(count >= 64 ? -1 : <i64>((<u64>1 << count) - 1))
}

/** Sets the bits of the codewords among the patterns. */
function place(count: i32): void {
  let at: u32 = 0
  for (let i: usize = 0; i < <usize>count; i++) {
    const piece = load<u32>(PIECES + 4 * i)
    const bits = piece & 3
    const held = bswap(load<u32>(CODEWORDS + (at >> 3))) << (at & 7)
    const word = upright + (piece >> 8)
    store<u64>(word, load<u64>(word) | ((<u64>(held >> (32 - bits))) << ((piece >> 2) & 63)))
    at += bits
  }
}

@inline function rowOf(rows: usize, word: i32, y: i32): usize {
  return rows + (<usize>word * ROWS + y) * WORD
}

@inline function maskOf(side: i32, pair: i32, word: i32): usize {
  return MASKED + ((<usize>side * PAIRS + pair) * WORDS + word) * STRIP
}

/** 64 × 64 bits: halves change places, then quarters, and so on (Warren, Hacker's Delight, §7-3). */
function transpose(down: i32, across: i32): void {
  memory.copy(block, rowOf(upright, across, 64 * down), 64 * WORD)
  let low: u64 = 0x00000000ffffffff
  for (let half: usize = 32; half > 0; half >>= 1, low ^= low << half) {
    for (let i: usize = 0; i < 64; i = (i + half + 1) & ~half) {
      const a = load<u64>(block + i * WORD)
      const b = load<u64>(block + (i + half) * WORD)
      const change = ((a >> half) ^ b) & low
      store<u64>(block + (i + half) * WORD, b ^ change)
      store<u64>(block + i * WORD, a ^ (change << half))
    }
  }
  memory.copy(rowOf(turned, down, 64 * across), block, 64 * WORD)
}

/** Fills the lanes: a word of the rows under both masks of a pair. Returns how many are dark, as `counted` has it. */
function meet(rows: usize, side: i32, pair: i32, word: i32, size: i32): v128 {
  const row = rowOf(rows, word, 0)
  const mask = maskOf(side, pair, word)
  let sum = i64x2.splat(0)
  for (let y: usize = 0; y < <usize>size; y++) {
    const met = v128.xor(v128.load64_splat(row + y * WORD), v128.load(mask + y * PAIR))
    v128.store(lanes + FIRST + y * PAIR, met)
    sum = i16x8.add(sum, counted(met))
  }
  return sum
}

@inline function counted(found: v128): v128 {
  return i16x8.extadd_pairwise_i8x16_u(i8x16.popcnt(found))
}

/** Adds numbers of sixteen bits to the totals of a pair's masks. */
function add(totals: usize, pair: i32, sum: v128): void {
  const four = i32x4.extadd_pairwise_i16x8_u(sum)
  const at = totals + 8 * <usize>pair
  store<i32>(at, load<i32>(at) + i32x4.extract_lane(four, 0) + i32x4.extract_lane(four, 1))
  store<i32>(at + 4, load<i32>(at + 4) + i32x4.extract_lane(four, 2) + i32x4.extract_lane(four, 3))
}

@inline function rowAt(at: usize, y: i32): v128 {
  return v128.load(at + (<usize>y << 4))
}

/** Runs of five and more of a colour down the lanes, and the finder-like dark-light-dark-dark-dark-light-dark. */
function walk(pair: i32, size: i32, valid: v128): void {
  const top = lanes + FIRST
  let row0 = rowAt(top, 0)
  let row1 = rowAt(top, 1)
  let row2 = rowAt(top, 2)
  let row3 = rowAt(top, 3)
  let row4 = rowAt(top, 4)
  let row5 = rowAt(top, 5)
  let before = i64x2.splat(-1)
  let change0 = v128.xor(row0, row1)
  let change1 = v128.xor(row1, row2)
  let change2 = v128.xor(row2, row3)
  let runs = i64x2.splat(0)
  let finders = i64x2.splat(0)
  for (let y = 0; y < size - 4; y++) {
    const row6 = rowAt(top, y + 6)
    const change3 = v128.xor(row3, row4)
    const run = v128.andnot(valid, v128.or(v128.or(change0, change1), v128.or(change2, change3)))
    const begun = i8x16.popcnt(v128.and(run, before))
    const cost = i8x16.add(i8x16.popcnt(run), i8x16.add(begun, begun))
    runs = i16x8.add(runs, i16x8.extadd_pairwise_i8x16_u(cost))
    const darkRows = v128.and(v128.and(v128.and(row0, row2), v128.and(row3, row4)), row6)
    const pattern = v128.andnot(darkRows, v128.or(row1, row5))
    if (v128.any_true(pattern)) finders = i16x8.add(finders, findersAt(top, y, size, pattern))
    before = change0
    change0 = change1
    change1 = change2
    change2 = change3
    row0 = row1
    row1 = row2
    row2 = row3
    row3 = row4
    row4 = row5
    row5 = row6
  }
  add(points, pair, i16x8.add(runs, i16x8.mul(finders, i16x8.splat(FINDER))))
}

/** Patterns from row `y` on that have four light modules before or after. */
function findersAt(top: usize, y: i32, size: i32, pattern: v128): v128 {
  let found = i64x2.splat(0)
  if (y >= 4) found = counted(v128.andnot(pattern, fourRows(top, y - 4)))
  if (y + 10 < size) found = i16x8.add(found, counted(v128.andnot(pattern, fourRows(top, y + 7))))
  return found
}

function fourRows(top: usize, y: i32): v128 {
  return v128.or(v128.or(rowAt(top, y), rowAt(top, y + 1)), v128.or(rowAt(top, y + 2), rowAt(top, y + 3)))
}

/** Two by two modules of one colour. */
function findBlocks(pair: i32, size: i32, inner: v128): void {
  let here = rowAt(lanes + FIRST, 0)
  let across = changeAcross(0, here)
  let sum = i64x2.splat(0)
  for (let y = 1; y < size; y++) {
    const below = rowAt(lanes + FIRST, y)
    const acrossBelow = changeAcross(y, below)
    const change = v128.or(v128.or(across, acrossBelow), v128.xor(here, below))
    sum = i16x8.add(sum, counted(v128.andnot(inner, change)))
    here = below
    across = acrossBelow
  }
  add(points, pair, i16x8.mul(sum, i16x8.splat(BLOCK)))
}

@inline function changeAcross(y: i32, row: v128): v128 {
  const right = i64x2.shl(rowAt(beside + FIRST, y), 63)
  return v128.xor(row, v128.or(i64x2.shr_u(row, 1), right))
}

/** The mask with the fewest points, the first among equals. */
function best(size: i32): i32 {
  let mask = 0
  let fewest = i32.MAX_VALUE
  for (let each = 0; each < 8; each++) {
    const share = <f64>load<i32>(dark + 4 * <usize>each) * 100 / <f64>(size * size) / 5
    const total = load<i32>(points + 4 * <usize>each) + BALANCE * <i32>abs(ceil(share) - 10)
    if (total < fewest) {
      mask = each
      fewest = total
    }
  }
  return mask
}

/** The rows under a mask, in whole bytes whose highest bit is their leftmost module. */
function write(size: i32, words: i32, mask: i32): void {
  const bytes = (size + 7) >> 3
  for (let y = 0; y < size; y++) {
    // What a word writes past the end of its row is written over by the next row.
    for (let word = 0; word < words; word++) {
      const under = maskOf(0, mask >> 1, word) + <usize>y * PAIR + <usize>(mask & 1) * WORD
      const met = load<u64>(rowOf(upright, word, y)) ^ load<u64>(under)
      store<u64>(DRAWN + <usize>(y * bytes + 8 * word), turnBytes(met))
    }
  }
}

/** Turns the bits of each byte around. */
function turnBytes(word: u64): u64 {
  word = ((word >> 1) & 0x5555555555555555) | ((word & 0x5555555555555555) << 1)
  word = ((word >> 2) & 0x3333333333333333) | ((word & 0x3333333333333333) << 2)
  return ((word >> 4) & 0x0f0f0f0f0f0f0f0f) | ((word & 0x0f0f0f0f0f0f0f0f) << 4)
}

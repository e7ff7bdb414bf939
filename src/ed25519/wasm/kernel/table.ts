/**
 * Window tables. Window j of a point's table has the affine entries of 0, 1, …, 2^(width − 1) times
 * 2^(width · j) P, so that a multiple of P takes one addition a signed digit and no doubling.
 */
import { SIZE, copy, mul, ONE } from './field'
import { invert } from './inverse'
import { AFFINE, POINT, addAffine, double, setIdentity, writeAffine, writeIdentity } from './point'
import { digitCount } from './scalar'

export const MAX_WIDTH: u32 = 11
const MAX_POINTS: usize = 1024

/** Points in work, packs: up to 2^(MAX_WIDTH − 1). */
export const POINTS = memory.data(POINT * MAX_POINTS, 16)
/** What `invertZs` makes. */
export const INVERSES = memory.data(SIZE * MAX_POINTS, 16)
const PRODUCT = memory.data(SIZE, 16)
const CURRENT = memory.data(POINT, 16)
/** An entry of each window's base point. */
const BASES = memory.data(AFFINE * 64, 16)

/** From one window to the next, in bytes. */
@inline export function windowSize(width: u32): usize {
  return AFFINE * ((1 << (width - 1)) + 1)
}

/** Bytes of a table. */
export function tableSize(width: u32): usize {
  return windowSize(width) * digitCount(width)
}

/** INVERSES = 1/Z of the first `count` of POINTS, all by one inversion (Montgomery 1987, §10.3.1). */
export function invertZs(count: usize): void {
  copy(PRODUCT, ONE)
  for (let i: usize = 0; i < count; i++) {
    copy(INVERSES + i * SIZE, PRODUCT)
    mul(PRODUCT, PRODUCT, POINTS + i * POINT + 2 * SIZE)
  }
  invert(PRODUCT, PRODUCT)
  for (let i = count; i-- > 0; ) {
    mul(INVERSES + i * SIZE, INVERSES + i * SIZE, PRODUCT)
    mul(PRODUCT, PRODUCT, POINTS + i * POINT + 2 * SIZE)
  }
}

/** Fills the table of the point whose affine entry is given. */
export function buildTable(table: usize, width: u32, entry: usize): void {
  const windows = digitCount(width)
  writeBases(windows, width, entry)
  const step: u32 = ASC_FEATURE_SIMD ? 2 : 1
  for (let j: u32 = 0; j < windows; j += step) {
    const other = min(j + step, windows) - 1 // the other lane's window; the same one again at an odd end
    buildWindows(
      table + j * windowSize(width), table + other * windowSize(width), BASES + j * AFFINE, BASES + other * AFFINE,
      <usize>1 << (width - 1),
    )
  }
}

/** BASES = the entries of 2^(width · j) P. */
function writeBases(windows: usize, width: u32, entry: usize): void {
  setIdentity(CURRENT)
  addAffine(CURRENT, entry, entry)
  for (let j: usize = 0; j < windows; j++) {
    memory.copy(POINTS + j * POINT, CURRENT, POINT)
    for (let i: u32 = 1; i < width; i++) double(CURRENT, false)
    double(CURRENT, true)
  }
  invertZs(windows)
  for (let j: usize = 0; j < windows; j++) {
    const base = BASES + j * AFFINE
    writeAffine(base, base, POINTS + j * POINT, INVERSES + j * SIZE)
  }
}

/** Fills two windows, one in each lane, with the multiples up to `most` of their base points. */
function buildWindows(window0: usize, window1: usize, base0: usize, base1: usize, most: usize): void {
  setIdentity(CURRENT)
  for (let k: usize = 0; k < most; k++) {
    addAffine(CURRENT, base0, base1)
    memory.copy(POINTS + k * POINT, CURRENT, POINT)
  }
  invertZs(most)
  writeIdentity(window0, false)
  writeIdentity(window1, false)
  for (let k: usize = 0; k < most; k++) {
    const at = (k + 1) * AFFINE
    writeAffine(window0 + at, window1 + at, POINTS + k * POINT, INVERSES + k * SIZE)
  }
}

import type { Level } from '../level.ts'

/** How many codewords a symbol holds, and how they are divided (ISO/IEC 18004, tables 1 and 9). */
export interface Codewords {
  /** Data and error correction together. */
  readonly total: number
  readonly data: number
  readonly blocks: number
  /** Error correction codewords of each block. */
  readonly check: number
}

// By version, from 1.
// biome-ignore format: a table, ten versions a line
const BLOCKS: Readonly<Record<Level, readonly number[]>> = {
  L: [
    1, 1, 1, 1, 1, 2, 2, 2, 2, 4,
    4, 4, 4, 4, 6, 6, 6, 6, 7, 8,
    8, 9, 9, 10, 12, 12, 12, 13, 14, 15,
    16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
  ],
  M: [
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5,
    5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
    17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
    31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
  ],
  Q: [
    1, 1, 2, 2, 4, 4, 6, 6, 8, 8,
    8, 10, 12, 16, 12, 17, 16, 18, 21, 20,
    23, 23, 25, 27, 29, 34, 34, 35, 38, 40,
    43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
  ],
  H: [
    1, 1, 2, 4, 4, 4, 5, 6, 8, 8,
    11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
    25, 34, 30, 32, 35, 37, 40, 42, 45, 48,
    51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
  ],
}

// biome-ignore format: a table, ten versions a line
const CHECK: Readonly<Record<Level, readonly number[]>> = {
  L: [
    7, 10, 15, 20, 26, 18, 20, 24, 30, 18,
    20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
    28, 28, 30, 30, 26, 28, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ],
  M: [
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26,
    30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    26, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  ],
  Q: [
    13, 22, 18, 26, 18, 24, 18, 22, 20, 24,
    28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
    28, 30, 30, 30, 30, 28, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ],
  H: [
    17, 28, 22, 16, 22, 28, 26, 26, 24, 28,
    24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
    30, 24, 30, 30, 30, 30, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ],
}

export const MAX_VERSION = 40

/** Modules a side. */
export const sizeOf = (version: number): number => 17 + 4 * version

/** The codewords of a version, 1 to 40, at a level. */
export function codewordsOf(version: number, level: Level): Codewords {
  const [blocks, check] = [BLOCKS[level][version - 1]!, CHECK[level][version - 1]!]
  const total = totalCodewords(version)
  return { total, data: total - blocks * check, blocks, check }
}

/** All modules less those of the function patterns, in whole bytes. */
function totalCodewords(version: number): number {
  const beside = (16 * version + 128) * version + 64
  if (version === 1) return beside >> 3
  const aligned = Math.floor(version / 7) + 2
  const alignment = (25 * aligned - 10) * aligned - 55
  return (beside - alignment - (version >= 7 ? 36 : 0)) >> 3
}

/** The centres of the alignment patterns along either axis (annex E). */
export function alignmentCentres(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const last = sizeOf(version) - 7
  const step = version === 32 ? 26 : 2 * Math.ceil((last - 6) / (2 * count - 2))
  return [6, ...Array.from({ length: count - 1 }, (_, index) => last - step * (count - 2 - index))]
}

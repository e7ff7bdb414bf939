import type { Bytes } from '../../lib/bytes.ts'
import type { Level } from '../level.ts'
import type { Matrix } from './matrix.ts'

export const MASKS = 8

/** Which modules each mask pattern turns over (ISO/IEC 18004, table 10). */
const CONDITIONS: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => ((row >> 1) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row * column) % 3) + ((row + column) % 2)) % 2 === 0,
]

const LEVEL_BITS: Readonly<Record<Level, number>> = { L: 1, M: 0, Q: 3, H: 2 }

/** What a mask pattern turns over in a symbol: its modules, and the format information that names it. */
export function maskOf({ size, reserved, formatPlaces }: Matrix, level: Level, mask: number): Bytes {
  const turned = new Uint8Array(size * size)
  for (let place = 0; place < turned.length; place++) {
    const meets = CONDITIONS[mask]!(Math.floor(place / size), place % size)
    if (reserved[place] === 0 && meets) turned[place] = 1
  }
  const bits = formatBits(level, mask)
  for (const [bit, places] of formatPlaces.entries()) {
    for (const place of places) turned[place] = (bits >> bit) & 1
  }
  return turned
}

/** The level and mask in 5 bits and their 10 check bits, BCH (15, 5), turned over by a fixed pattern (§7.9). */
function formatBits(level: Level, mask: number): number {
  const data = (LEVEL_BITS[level] << 3) | mask
  let remainder = data
  for (let i = 0; i < 10; i++) remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537)
  return ((data << 10) | remainder) ^ 0x5412
}

/** Verification of a chunk by the tree: the keys of all its jobs have tables of leaves. Only where there is SIMD. */
import { CHUNK, ROWS, SCALAR_H, SCALAR_S, SIGNATURES, VERDICTS, baseEntry, endJob } from './batch'
import { LEAF } from './leaf'
import { buildLeafTable, leafTableSize } from './leaf-table'
import { digitCount, makeOdd, writeOddDigits } from './scalar'
import { compareNodes, sumLeaves } from './tree'

const BASE_LEAF_WIDTH: u32 = 13
/** ROWS has columns here, one for each digit of all jobs: those of s, then those of h. */
const COLUMN: usize = 4 * CHUNK

let baseLeaves: usize = 0

/** Bytes of the table of B's leaves. */
export function baseLeavesSize(): usize {
  return leafTableSize(BASE_LEAF_WIDTH)
}

/** Makes the table of B's leaves, which `endTreeJob` needs. */
export function buildBaseLeaves(table: usize): void {
  baseLeaves = table
  buildLeafTable(table, BASE_LEAF_WIDTH, baseEntry())
}

/** Ends job i, whose key has a table of leaves. */
export function endTreeJob(i: usize, table: usize, width: u32): void {
  if (!ASC_FEATURE_SIMD) return
  endJob(i)
  makeOdd(SCALAR_S)
  makeOdd(SCALAR_H)
  const column = ROWS + 4 * i
  writeOddDigits(column, COLUMN, SCALAR_S, BASE_LEAF_WIDTH, baseLeaves, LEAF)
  writeOddDigits(column + COLUMN * digitCount(BASE_LEAF_WIDTH), COLUMN, SCALAR_H, width, table, LEAF)
}

/** Verifies the first `count` jobs, whose keys have tables of leaves of this width. */
export function verifyTree(count: usize, width: u32): void {
  if (!ASC_FEATURE_SIMD) return
  const leaves = digitCount(BASE_LEAF_WIDTH) + digitCount(width), packs = (count + 1) / 2
  if (count & 1) repeatLast(count, leaves)
  sumLeaves(ROWS, COLUMN, leaves, packs)
  compareNodes(packs, SIGNATURES, VERDICTS)
}

/** Gives the other lane of the last pack the leaves of the last job. */
function repeatLast(count: usize, leaves: usize): void {
  for (let j: usize = 0; j < leaves; j++) {
    const last = ROWS + COLUMN * j + 4 * (count - 1)
    store<u32>(last, load<u32>(last), 4)
  }
}

/**
 * Tables of leaves. Window j of a point's table has the leaves of 1, 3, 5, …, 2^width − 1 times 2^(width · j) P: odd
 * multiples alone, so that none is the identity.
 */
import { SIZE } from './field'
import { LEAF, NODE, gatherLeaves, preparePoint, writeLeaves, writePoint } from './leaf'
import { MAX_NODES, NODES, addNodes } from './node'
import { POINT, addAffine, double, setIdentity } from './point'
import { digitCount } from './scalar'
import { INVERSES, POINTS, invertZs } from './table'

const CURRENT = memory.data(POINT, 16)
/** The leaves of 2^i P. */
const POWERS = memory.data(LEAF * 264, 16)

/** From one window to the next, in bytes. */
@inline export function leafWindowSize(width: u32): usize {
  return LEAF << (width - 1)
}

/** Bytes of a table of leaves. */
export function leafTableSize(width: u32): usize {
  return leafWindowSize(width) * digitCount(width)
}

/** Fills the table of the point whose affine entry is given. */
export function buildLeafTable(table: usize, width: u32, entry: usize): void {
  if (!ASC_FEATURE_SIMD) return
  const windows = digitCount(width)
  writePowers(width * windows, entry)
  for (let j: usize = 0; j < windows; j += 2) {
    const other = min(j + 2, windows) - 1 // the other lane's window; the same one again at an odd end
    const size = leafWindowSize(width), powers = LEAF * width
    fillWindows(table + size * j, table + size * other, POWERS + powers * j, POWERS + powers * other, size)
  }
}

function writePowers(count: usize, entry: usize): void {
  setIdentity(CURRENT)
  addAffine(CURRENT, entry, entry)
  for (let i: usize = 0; i < count; i++) {
    memory.copy(POINTS + POINT * i, CURRENT, POINT)
    preparePoint(POINTS + POINT * i)
    double(CURRENT, false)
  }
  invertZs(count)
  for (let i: usize = 0; i < count; i++) {
    writePoint(POWERS + LEAF * i, POWERS + LEAF * i, POINTS + POINT * i, INVERSES + SIZE * i)
  }
}

/** Fills two windows of `size` bytes, one in each lane, from the leaves of 1, 2, 4, … times their base points. */
function fillWindows(window0: usize, window1: usize, powers0: usize, powers1: usize, size: usize): void {
  gatherLeaves(NODES, powers0, powers1)
  const most = min(size / LEAF, MAX_NODES)
  let count: usize = 1
  for (; count < most; count *= 2) {
    // 2 · count further than those that are there
    const next = NODES + NODE * count
    powers0 += LEAF
    powers1 += LEAF
    fillNodes(next, count, powers0, powers1)
    addNodes(next, NODES, count)
  }
  for (let at: usize = 0; ; ) {
    for (let i: usize = 0; i < count; i++, at += LEAF) writeLeaves(window0 + at, window1 + at, NODES + NODE * i)
    if (at == size) break
    fillNodes(NODES + NODE * count, count, powers0 + LEAF, powers1 + LEAF)
    addNodes(NODES, NODES + NODE * count, count)
  }
}

function fillNodes(nodes: usize, count: usize, e0: usize, e1: usize): void {
  for (let i: usize = 0; i < count; i++) gatherLeaves(nodes + NODE * i, e0, e1)
}

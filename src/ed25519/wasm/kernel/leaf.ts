/**
 * Points for the tree (tree.ts): the same curve in Montgomery's form, v² = u³ + Au² + u with A = 486662, where
 * u = (1 + y)/(1 − y) and v = √−(A + 2) · u/x (RFC 7748 §4.1), in affine coordinates.
 *
 * A node is two packs, u and v: a point in each lane. A leaf is an entry of a table, u and v as single elements.
 * All points are multiples of B and of checked keys, so their order is L or 1. The identity has no affine coordinates:
 * (0, 0), which has order 2, stands for it.
 */
import { SINGLE, SIZE, ZERO, addTight, extract, gather, mul, negateLanes, setWords, subTight } from './field'
import { SCALE } from './key'
import { t, y, z } from './point'

/** Bytes of a node. */
export const NODE: usize = 2 * SIZE
/** Bytes of a leaf. */
export const LEAF: usize = 2 * SINGLE

export const MINUS_A = memory.data(SIZE, 16)
const U = memory.data(NODE, 16)

@inline export function v(node: usize): usize {
  return node + SIZE
}

/** Makes the constants. */
export function startLeaves(): void {
  setWords(U, 486662, 0, 0, 0)
  subTight(MINUS_A, ZERO, U)
}

/** Takes an extended point apart for `writePoint`: its Z becomes what is to be inverted. */
export function preparePoint(p: usize): void {
  subTight(U, z(p), y(p))
  addTight(y(p), z(p), y(p))
  mul(t(p), y(p), z(p))
  mul(t(p), t(p), SCALE)
  mul(z(p), U, p) // (Z − Y) X
}

/** The leaves of such a point, with the inverse of its Z: lane 0 to e0, lane 1 to e1. */
export function writePoint(e0: usize, e1: usize, p: usize, inverse: usize): void {
  mul(U, p, inverse)
  mul(U, U, y(p)) // (Z + Y) / (Z − Y)
  mul(v(U), t(p), inverse) // √−(A + 2) · (Z + Y) Z / (Z − Y) X
  writeLeaves(e0, e1, U)
}

/** The leaves of a node: lane 0 to e0, lane 1 to e1. */
export function writeLeaves(e0: usize, e1: usize, node: usize): void {
  extract(e0, node, 0)
  extract(e0 + SINGLE, v(node), 0)
  extract(e1, node, 1)
  extract(e1 + SINGLE, v(node), 1)
}

/**
 * The node of the leaves at e0 (lane 0) and e1 (lane 1); a set lowest bit of an address negates the leaf. v may be 2-fold.
 */
export function gatherLeaves(node: usize, e0: usize, e1: usize): void {
  const from0 = e0 & ~1, from1 = e1 & ~1
  gather(node, from0, from1)
  gather(v(node), from0 + SINGLE, from1 + SINGLE)
  negateLanes(v(node), <u32>e0 & 1, <u32>e1 & 1)
}

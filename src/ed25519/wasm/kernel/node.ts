/**
 * Additions of nodes (leaf.ts), many at a time, with one inversion for all (Montgomery 1987, §10.3.1):
 *   λ = (v₂ − v₁)/(u₂ − u₁), u₃ = λ² − A − u₁ − u₂, v₃ = λ(u₁ − u₃) − v₁
 * (Explicit-Formulas Database, affine Montgomery curves), which is five products and a square each.
 *
 * They do not hold where u₁ = u₂ or where a point is the identity. Equal points show in the product of all differences, which is 0
 * then, and the identity is only ever a sum of opposite ones. `settle` rewrites such lanes, so that the same formulas
 * give the right sum there too. So nobody gains by forcing them: each addition is done but once.
 */
import {
  LANES, ONE, SIZE, ZERO, add, addTight, carry, copy, isEqual, isZero, mul, mulAdd, putLane, squareAdd, sub, subTight, subWide,
} from './field'
import { invert } from './inverse'
import { MINUS_A, NODE, v } from './leaf'
import { INVERSES, POINTS } from './table'

/** Most additions at a time. */
export const MAX_NODES: usize = 1024
/** Twice as many. */
export const NODES = POINTS

const DIFFERENCES = memory.data(SIZE * MAX_NODES, 16)
/** The products of every second difference: two, so that the processor can work on both. */
const PRODUCTS = memory.data(2 * SIZE, 16)
const S = memory.data(SIZE, 16)
const T = memory.data(SIZE, 16)
const SLOPE = memory.data(SIZE, 16)

/** Whether a node may hold the identity. */
let identities = false

export function forgetIdentities(): void {
  identities = false
}

@inline export function difference(i: usize): usize {
  return DIFFERENCES + SIZE * i
}

@inline function productOf(i: usize): usize {
  return PRODUCTS + SIZE * (i & 1)
}

/** Multiplies the first `count` differences, and keeps the products on the way in INVERSES. Returns whether none is 0. */
export function multiplyDifferences(count: usize): bool {
  copy(PRODUCTS, ONE)
  copy(PRODUCTS + SIZE, ONE)
  for (let i: usize = 0; i < count; i++) {
    copy(INVERSES + SIZE * i, productOf(i))
    mul(productOf(i), difference(i), productOf(i))
  }
  mul(T, PRODUCTS, PRODUCTS + SIZE)
  return !isZero(T, 0) && !isZero(T, LANES - 1)
}

/** Inverts both products, after `multiplyDifferences`. */
export function invertProducts(): void {
  invert(T, T)
  copy(S, PRODUCTS)
  mul(PRODUCTS, T, PRODUCTS + SIZE)
  mul(PRODUCTS + SIZE, T, S)
}

/** o = 1/difference i. To be called for all, from the last to the first. */
@inline export function takeInverse(o: usize, i: usize): void {
  mul(o, INVERSES + SIZE * i, productOf(i))
  mul(productOf(i), difference(i), productOf(i))
}

/** left[i] += right[i], for `count` nodes. */
export function addNodes(left: usize, right: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) sub(difference(i), right + NODE * i, left + NODE * i)
  if (!multiplyDifferences(count) || identities) {
    settle(left, right, count)
    multiplyDifferences(count)
  }
  invertProducts()
  for (let i = count; i-- > 0; ) addNode(left + NODE * i, right + NODE * i, i)
}

@inline function addNode(left: usize, right: usize, i: usize): void {
  takeInverse(T, i)
  subWide(S, v(right), v(left))
  mul(SLOPE, S, T)
  add(T, left, right)
  subWide(T, MINUS_A, T)
  squareAdd(T, SLOPE, T)
  sub(S, left, T)
  copy(left, T)
  subWide(T, ZERO, v(left))
  mulAdd(v(left), S, SLOPE, T)
}

/** Rewrites the lanes for which the formulas do not hold. */
function settle(left: usize, right: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) {
    for (let lane: usize = 0; lane < LANES; lane++) {
      settleLane(left + NODE * i, right + NODE * i, difference(i), lane)
    }
  }
}

function settleLane(left: usize, right: usize, difference: usize, lane: usize): void {
  if (isZero(left, lane)) return passOn(right, left, difference, lane)
  if (isZero(right, lane)) return passOn(left, right, difference, lane)
  if (!isZero(difference, lane)) return
  carry(T, v(left))
  if (isEqual(v(right), T, lane)) return doubleLane(left, right, difference, lane)
  identities = true
  putLane(right, ZERO, lane)
  putLane(v(right), ZERO, lane)
  passOn(right, left, difference, lane)
}

/** Makes the sum `kept`: with (−A − 2u, −v) and (u, −v), λ = 0. */
function passOn(kept: usize, other: usize, difference: usize, lane: usize): void {
  addTight(T, kept, kept)
  subTight(T, MINUS_A, T)
  putLane(other, T, lane)
  carry(T, v(kept))
  subTight(T, ZERO, T)
  putLane(v(kept), T, lane)
  putLane(v(other), T, lane)
  putLane(difference, ONE, lane)
}

/** Makes λ = (3u² + 2Au + 1)/2v. */
function doubleLane(left: usize, right: usize, difference: usize, lane: usize): void {
  addTight(T, v(left), v(left))
  putLane(difference, T, lane)
  addTight(T, left, left)
  addTight(T, T, left)
  addTight(S, MINUS_A, MINUS_A)
  subTight(T, T, S) // 3u + 2A
  addTight(S, ONE, v(left))
  mulAdd(T, T, left, S)
  putLane(v(right), T, lane)
}

/**
 * The checks of public keys, one in each lane, and what is kept of them.
 *
 * A point is torsion-free where it is eight times another, for the curve has 8 L points and those of its torsion are
 * cyclic. One square root on the Montgomery form v² = u³ + Au² + u tells whether it is twice another: it is where u is a
 * square, as (0, 0) is the only point of order 2 there. So: halve it, halve the half, and look at u once more (Pornin,
 * "Point-halving and subgroup membership in twisted Edwards curves", 2022; doubling there is two isogenies of degree 2).
 * That is exact, and takes half of the work of L times the point.
 */
import { decodePoints } from './decode'
import {
  LANES, ONE, SINGLE, SIZE, ZERO, addTight, copy, extract, isEqual, isZero, mul, powerForRoot, setWords,
  square, subTight, turnLanes,
} from './field'
import { invert } from './inverse'
import {
  AFFINE, ONE_LANE, POINT, ROOT_LANE, ROOT_OF_MINUS_1, double, isIdentity, multiplyLanes, negate,
  writeAffine,
} from './point'

/** A public key for each lane, 32 bytes each. */
export const KEYS = memory.data(64, 16)
/** A byte for each lane: 0 nothing is wrong, 1 not canonical, 2 of small order, 3 torsion. */
export const FAULTS = memory.data(16, 16)
/** The affine entry of −A for each lane. */
export const KEY_ENTRIES = memory.data(2 * AFFINE, 16)

const SUM = memory.data(POINT, 16)
const A = memory.data(SIZE, 16)
/** √−(A + 2): v = √−(A + 2) u/x. */
export const SCALE = memory.data(SIZE, 16)
const HALF = memory.data(SIZE, 16)

// Single elements, by which the lanes of ROOT are multiplied.
/** 1/√(±√−1 (A² − 4)). */
const PLUS_LANE = memory.data(SINGLE, 16)
const MINUS_LANE = memory.data(SINGLE, 16)
/** The affine coordinates of a point that passes, for lanes with another fault. */
const SOUND_X = memory.data(SINGLE, 16)
const SOUND_Y = memory.data(SINGLE, 16)

const LANE0 = memory.data(SINGLE, 16)
const LANE1 = memory.data(SINGLE, 16)
const POWER = memory.data(SIZE, 16)
const SQUARE = memory.data(SIZE, 16)
const T = memory.data(SIZE, 16)
const U = memory.data(SIZE, 16)
const V = memory.data(SIZE, 16)
/** √u */
const W = memory.data(SIZE, 16)
/** v / √u */
const SLOPE = memory.data(SIZE, 16)
const X = memory.data(SIZE, 16)
const OTHER = memory.data(SIZE, 16)
const ROOT = memory.data(SIZE, 16)

/** What a candidate's square is to the number: 1, −1, √−1 or −√−1 times it. */
const EQUAL: u32 = 0
const OPPOSITE: u32 = 1
const TURNED: u32 = 2
const TURNED_BACK: u32 = 3
/** Of each lane, for the last candidate. */
let kind0: u32 = EQUAL
let kind1: u32 = EQUAL

@inline function isSquare(kind: u32): bool {
  return kind <= OPPOSITE
}

/** Makes the constants. `base` is the point B. */
export function startKeys(base: usize): void {
  extract(SOUND_X, base, 0)
  extract(SOUND_Y, base + SIZE, 0)
  setWords(A, 486662, 0, 0, 0)
  addTight(U, ONE, ONE)
  invert(HALF, U)
  subTight(X, A, U)
  addTight(V, A, U)
  mul(X, X, V) // A² − 4
  subTight(U, ZERO, V)
  findRoot(SCALE, U)
  mul(X, X, ROOT_OF_MINUS_1)
  invert(X, X)
  findRoot(ROOT, X)
  extract(PLUS_LANE, ROOT, 0)
  subTight(X, ZERO, X)
  findRoot(ROOT, X)
  extract(MINUS_LANE, ROOT, 0)
}

/** Checks the keys at KEYS, in every lane. */
export function importKeys(): void {
  const undecoded = decodePoints(SUM, KEYS, KEYS + 32)
  negate(SUM)
  writeAffine(KEY_ENTRIES, KEY_ENTRIES + AFFINE, SUM, ONE)
  copy(U, SUM)
  copy(V, SUM + SIZE)
  double(SUM, false)
  double(SUM, false)
  double(SUM, false)
  let small: u32 = 0
  for (let lane: usize = 0; lane < LANES; lane++) if (isIdentity(SUM, lane)) small |= 1 << <u32>lane
  const torsion = findTorsion(undecoded | small)
  for (let lane: usize = 0; lane < LANES; lane++) {
    const bit: u32 = 1 << <u32>lane
    store<u8>(FAULTS + lane, undecoded & bit ? 1 : small & bit ? 2 : torsion & bit ? 3 : 0)
  }
}

/** The lanes, as bits, whose point with x at U and y at V is no multiple of 8; but for those that are skipped. */
function findTorsion(skipped: u32): u32 {
  replaceLanes(U, SOUND_X, skipped)
  replaceLanes(V, SOUND_Y, skipped)
  beginHalving()
  let torsion = findW()
  halve()
  torsion |= findW()
  halve()
  return torsion | findW()
}

function replaceLanes(o: usize, single: usize, lanes: u32): void {
  extract(LANE0, o, 0)
  if (LANES == 2) extract(LANE1, o, 1)
  copy(o, ONE)
  multiplyLanes(o, lanes & 1 ? single : LANE0, lanes & 2 ? single : LANE1)
}

/** u = (1 + y)/(1 − y), and ROOT = √−(A + 2)/x, which is v/u. */
function beginHalving(): void {
  subTight(T, ONE, V)
  mul(OTHER, U, T)
  invert(OTHER, OTHER) // 1 / x(1 − y)
  mul(T, T, OTHER) // 1/x
  mul(OTHER, OTHER, U) // 1/(1 − y)
  mul(ROOT, T, SCALE)
  addTight(T, V, ONE)
  mul(U, T, OTHER)
}

/** W = √u. Returns the lanes, as bits, where u is no square. */
function findW(): u32 {
  findRoot(W, U)
  return (isSquare(kind0) ? 0 : 1) | (LANES == 2 && !isSquare(kind1) ? 2 : 0)
}

/**
 * u = that of a half, and ROOT = its v/u, from those and W. Halving goes by x on the isogenous curve y² = x(x² − 2Ax + A² − 4): √u and
 * −√u give two x, whose product A² − 4 is no square, so that one of them is.
 */
function halve(): void {
  mul(SLOPE, ROOT, W)
  addTight(T, U, U)
  addTight(T, T, A)
  addTight(V, SLOPE, SLOPE)
  addTight(OTHER, T, V)
  subTight(X, T, V) // A + 2u − 2v/√u
  findRoot(ROOT, X)
  const other0 = !isSquare(kind0), other1 = LANES == 2 && !isSquare(kind1)
  multiplyLanes(ROOT, factorOf(kind0), factorOf(kind1))
  extract(LANE0, other0 ? OTHER : X, 0)
  if (LANES == 2) extract(LANE1, other1 ? OTHER : X, 1)
  copy(X, ONE)
  multiplyLanes(X, LANE0, LANE1)
  multiplyLanes(ROOT, other0 ? LANE0 : ONE_LANE, other1 ? LANE1 : ONE_LANE)
  turnLanes(W, other0 ? 1 : 0, other1 ? 1 : 0)
  mul(T, ROOT, W)
  addTight(T, T, T)
  subTight(X, X, A)
  subTight(X, X, T)
  mul(U, HALF, X) // (x − A − 2 √x √u) / 2
}

/** √ of the other x over the candidate for this one, where this one is no square; but for the other x itself. */
function factorOf(kind: u32): usize {
  return isSquare(kind) ? ONE_LANE : kind == TURNED ? PLUS_LANE : MINUS_LANE
}

/** o = √f in the lanes where f, tight, has one; elsewhere a candidate whose square is √−1 f or −√−1 f. */
function findRoot(o: usize, f: usize): void {
  powerForRoot(POWER, f)
  mul(o, f, POWER)
  square(SQUARE, o)
  kind0 = kindOf(f, 0)
  kind1 = LANES == 2 ? kindOf(f, 1) : EQUAL
  multiplyLanes(o, kind0 == OPPOSITE ? ROOT_LANE : ONE_LANE, kind1 == OPPOSITE ? ROOT_LANE : ONE_LANE)
}

function kindOf(f: usize, lane: usize): u32 {
  if (isEqual(SQUARE, f, lane)) return EQUAL
  addTight(T, SQUARE, f)
  if (isZero(T, lane)) return OPPOSITE
  mul(T, f, ROOT_OF_MINUS_1)
  return isEqual(SQUARE, T, lane) ? TURNED : TURNED_BACK
}

/**
 * Points of edwards25519, −x² + y² = 1 + d x² y², in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z
 * (Hisil, Wong, Carter and Dawson, "Twisted Edwards curves revisited", 2008). The formulas are complete: −1 is a
 * square and d isn't, so they hold for all points, equal, opposite, the identity or of small order (§3.1 there).
 *
 * A point is four tight packs, X, Y, Z and T. An entry, what is added to a point, is single elements:
 *   y + x, y − x, 2dxy                for an affine entry, 120 bytes;
 *   Y + X, Y − X, 2dT, 2Z             for a projective one, 160 bytes.
 * Negating an entry exchanges the first two and negates the third.
 */
import {
  LANES, ONE, SINGLE, SIZE, ZERO, add, addTight, copy, encode, extract, gather, isEqual, isZero, mul, mulAdd, negateLanes,
  powerForRoot, setWords, square, squareAdd, sub, subTight, subWide,
} from './field'
import { invert } from './inverse'

export const POINT: usize = 4 * SIZE
/** From one affine entry to the next: two lines of a cache. */
export const AFFINE: usize = 128
export const PROJECTIVE: usize = 160

export const D = memory.data(SIZE, 16)
const TWICE_D = memory.data(SIZE, 16)
/** √−1. */
export const ROOT_OF_MINUS_1 = memory.data(SIZE, 16)
// single elements
export const ONE_LANE = memory.data(SINGLE, 16)
export const ROOT_LANE = memory.data(SINGLE, 16)

// an entry of each lane, gathered
const SUM = memory.data(SIZE, 16)
const DIFFERENCE = memory.data(SIZE, 16)
const TWICE_DXY = memory.data(SIZE, 16)
const TWICE_Z = memory.data(SIZE, 16)

const A = memory.data(SIZE, 16)
const B = memory.data(SIZE, 16)
const E = memory.data(SIZE, 16)
const F = memory.data(SIZE, 16)
const G = memory.data(SIZE, 16)
const H = memory.data(SIZE, 16)
const U = memory.data(SIZE, 16)
const V = memory.data(SIZE, 16)
const WORDS = memory.data(96, 16)

@inline export function y(p: usize): usize {
  return p + SIZE
}

@inline export function z(p: usize): usize {
  return p + 2 * SIZE
}

@inline export function t(p: usize): usize {
  return p + 3 * SIZE
}

/** Makes the constants: d = −121665 / 121666 and √−1 = 2^((p − 1) / 4) (RFC 8032 §5.1). */
export function startPoints(): void {
  setWords(A, 121666, 0, 0, 0)
  invert(A, A)
  setWords(B, 121665, 0, 0, 0)
  subTight(B, ZERO, B)
  mul(D, B, A)
  addTight(TWICE_D, D, D)
  addTight(A, ONE, ONE)
  powerForRoot(B, A)
  square(B, B)
  mul(ROOT_OF_MINUS_1, B, A)
  extract(ONE_LANE, ONE, 0)
  extract(ROOT_LANE, ROOT_OF_MINUS_1, 0)
}

/** p = the identity, in every lane. */
export function setIdentity(p: usize): void {
  copy(p, ZERO)
  copy(y(p), ONE)
  copy(z(p), ONE)
  copy(t(p), ZERO)
}

/** p = 2p (dbl-2008-hwcd of the Explicit-Formulas Database, a = −1, with all four products negated twice). */
export function double(p: usize, withT: bool): void {
  square(A, p)
  sub(B, ZERO, A)
  squareAdd(G, y(p), B) // Y² − X²
  add(H, A, A)
  add(H, H, G) // Y² + X²
  add(E, p, y(p))
  subWide(B, ZERO, H)
  squareAdd(E, E, B) // 2XY
  square(F, z(p))
  add(F, F, F)
  sub(F, F, G) // 2Z² − (Y² − X²)
  mul(p, F, E)
  mul(y(p), H, G)
  mul(z(p), F, G)
  if (withT) mul(t(p), H, E)
}

/** p += the affine entries at e0 (lane 0) and e1 (lane 1); a set lowest bit of an address negates the entry. */
export function addAffine(p: usize, e0: usize, e1: usize): void {
  gatherEntry(e0, e1)
  add(B, z(p), z(p))
  addEntry(p)
}

/** p += the projective entries, likewise. */
export function addProjective(p: usize, e0: usize, e1: usize): void {
  gatherEntry(e0, e1)
  gather(TWICE_Z, (e0 & ~1) + 3 * SINGLE, (e1 & ~1) + 3 * SINGLE)
  mul(B, z(p), TWICE_Z)
  addEntry(p)
}

@inline function gatherEntry(e0: usize, e1: usize): void {
  const sign0 = e0 & 1, sign1 = e1 & 1
  const from0 = e0 & ~1, from1 = e1 & ~1
  const swap0 = SINGLE * sign0, swap1 = SINGLE * sign1
  gather(SUM, from0 + swap0, from1 + swap1)
  gather(DIFFERENCE, from0 + SINGLE - swap0, from1 + SINGLE - swap1)
  gather(TWICE_DXY, from0 + 2 * SINGLE, from1 + 2 * SINGLE)
  negateLanes(TWICE_DXY, <u32>sign0, <u32>sign1)
}

/** p += the gathered entry, with 2 · Z · Z of the entry at B (add-2008-hwcd-3; madd-2008-hwcd-3 where that Z = 1). */
@inline function addEntry(p: usize): void {
  mulAdd(G, t(p), TWICE_DXY, B) // D + C
  sub(A, y(p), p)
  mul(A, A, DIFFERENCE)
  add(E, y(p), p)
  sub(H, ZERO, A)
  mulAdd(E, E, SUM, H) // B − A
  add(H, A, A)
  add(H, H, E) // B + A
  add(F, B, B)
  sub(F, F, G) // D − C
  mul(p, F, E)
  mul(y(p), H, G)
  mul(z(p), F, G)
  mul(t(p), H, E)
}

/** p = the sum of its two lanes, in both. Uses the 160 bytes at each of e0 and e1. */
export function addLanes(p: usize, e0: usize, e1: usize): void {
  writeProjective(e0, e1, p)
  addProjective(p, e1, e0)
}

/** The projective entry of p: lane 0 to e0, lane 1 to e1. */
export function writeProjective(e0: usize, e1: usize, p: usize): void {
  addTight(A, y(p), p)
  scatter(e0, e1, A, 0)
  subTight(A, y(p), p)
  scatter(e0, e1, A, 1)
  mul(A, t(p), TWICE_D)
  scatter(e0, e1, A, 2)
  addTight(A, z(p), z(p))
  scatter(e0, e1, A, 3)
}

/** The affine entry of a point with 1/Z at inverse: lane 0 to e0, lane 1 to e1. */
export function writeAffine(e0: usize, e1: usize, p: usize, inverse: usize): void {
  mul(U, p, inverse)
  mul(V, y(p), inverse)
  addTight(A, V, U)
  scatter(e0, e1, A, 0)
  subTight(A, V, U)
  scatter(e0, e1, A, 1)
  mul(A, U, V)
  mul(A, A, TWICE_D)
  scatter(e0, e1, A, 2)
}

@inline function scatter(e0: usize, e1: usize, f: usize, index: usize): void {
  extract(e0 + SINGLE * index, f, 0)
  if (ASC_FEATURE_SIMD) extract(e1 + SINGLE * index, f, 1)
}

/** Writes the entry of the identity: 2Z too where it is projective. */
export function writeIdentity(e: usize, projective: bool): void {
  memory.fill(e, 0, projective ? PROJECTIVE : AFFINE)
  store<u32>(e, 1)
  store<u32>(e + SINGLE, 1)
  if (projective) store<u32>(e + 3 * SINGLE, 2)
}

/** Writes the 32 bytes of each lane of p (RFC 8032 §5.1.2), lane after lane, with 1/Z at inverse. */
export function encodePoints(o: usize, p: usize, inverse: usize): void {
  mul(U, p, inverse)
  mul(V, y(p), inverse)
  for (let lane: usize = 0; lane < LANES; lane++) {
    encode(WORDS, U, lane)
    encode(o, V, lane)
    store<u64>(o, load<u64>(o, 24) | (load<u64>(WORDS) << 63), 24)
    o += 32
  }
}

/** Multiplies the lanes of f by single elements. */
export function multiplyLanes(f: usize, factor0: usize, factor1: usize): void {
  gather(E, factor0, factor1)
  mul(f, f, E)
}

/** p = −p. */
export function negate(p: usize): void {
  subTight(p, ZERO, p)
  subTight(t(p), ZERO, t(p))
}

/** Whether a lane of p is the identity. */
export function isIdentity(p: usize, lane: usize): bool {
  return isZero(p, lane) && isEqual(y(p), z(p), lane)
}

/** Whether 32 bytes are the same. */
export function areEqual(a: usize, b: usize): bool {
  const low = (load<u64>(a, 0) ^ load<u64>(b, 0)) | (load<u64>(a, 8) ^ load<u64>(b, 8))
  return (low | (load<u64>(a, 16) ^ load<u64>(b, 16)) | (load<u64>(a, 24) ^ load<u64>(b, 24))) == 0
}

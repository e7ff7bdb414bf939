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
  LANES, ONE, SINGLE, SIZE, ZERO, add, carry, copy, encode, extract, gather, isEqual, isZero, mul, mulAdd, negateLanes,
  powerForRoot, setWords, square, squareAdd, sub, subWide, swapLanes,
} from './field'
import { invert } from './inverse'

export const POINT: usize = 4 * SIZE
/** From one affine entry to the next: two lines of a cache. */
export const AFFINE: usize = 128
export const PROJECTIVE: usize = 160

const D = memory.data(SIZE, 16)
const TWICE_D = memory.data(SIZE, 16)
const ROOT_OF_MINUS_1 = memory.data(SIZE, 16)

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
const WORDS = memory.data(32, 16)

@inline function y(p: usize): usize {
  return p + SIZE
}

@inline function z(p: usize): usize {
  return p + 2 * SIZE
}

@inline function t(p: usize): usize {
  return p + 3 * SIZE
}

/** Makes the constants: d = −121665 / 121666 and √−1 = 2^((p − 1) / 4) (RFC 8032 §5.1). */
export function startPoints(): void {
  setWords(A, 121666, 0, 0, 0)
  invert(A, A)
  setWords(B, 121665, 0, 0, 0)
  sub(B, ZERO, B)
  mul(D, B, A)
  add(A, D, D)
  carry(TWICE_D, A)
  add(A, ONE, ONE)
  powerForRoot(B, A)
  square(B, B)
  mul(ROOT_OF_MINUS_1, B, A)
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
  add(A, y(p), p)
  carry(A, A)
  scatter(e0, e1, A, 0)
  sub(A, y(p), p)
  carry(A, A)
  scatter(e0, e1, A, 1)
  mul(A, t(p), TWICE_D)
  scatter(e0, e1, A, 2)
  add(A, z(p), z(p))
  carry(A, A)
  scatter(e0, e1, A, 3)
}

/** The affine entry of a point with 1/Z at inverse: lane 0 to e0, lane 1 to e1. */
export function writeAffine(e0: usize, e1: usize, p: usize, inverse: usize): void {
  mul(U, p, inverse)
  mul(V, y(p), inverse)
  add(A, V, U)
  carry(A, A)
  scatter(e0, e1, A, 0)
  sub(A, V, U)
  carry(A, A)
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

/**
 * p = the point with the encoding at bytes, in every lane; false where RFC 8032 §5.1.3 fails to decode: y ≥ p, not
 * on the curve, or the sign bit of x = 0.
 */
export function decodePoint(p: usize, bytes: usize): bool {
  const top = load<u64>(bytes, 24)
  const sign = top >> 63
  setWords(y(p), load<u64>(bytes), load<u64>(bytes, 8), load<u64>(bytes, 16), top & ~(<u64>1 << 63))
  copy(z(p), ONE)
  encode(WORDS, y(p), 0)
  if ((load<u64>(WORDS, 24) | (sign << 63)) != top || memory.compare(WORDS, bytes, 24) != 0) return false
  square(A, y(p))
  sub(U, A, ONE)
  carry(U, U) // u = y² − 1
  mulAdd(V, A, D, ONE) // v = dy² + 1
  square(A, V)
  mul(A, A, V)
  mul(A, A, U) // uv³
  square(B, V)
  square(B, B)
  mul(B, B, A) // uv⁷
  powerForRoot(B, B)
  mul(p, A, B)
  if (!fixRoot(p)) return false
  encode(WORDS, p, 0)
  if ((load<u64>(WORDS) & 1) != sign) {
    if (isZero(p)) return false
    sub(p, ZERO, p)
    carry(p, p)
  }
  mul(t(p), p, y(p))
  return true
}

/** Makes x, a candidate for √(u/v), that root: by √−1 where v x² = −u. False where u/v has none. */
function fixRoot(x: usize): bool {
  square(A, x)
  mul(A, A, V)
  if (isEqual(A, U)) return true
  add(A, A, U)
  if (!isZero(A)) return false
  mul(x, x, ROOT_OF_MINUS_1)
  return true
}

/** p = −p. */
export function negate(p: usize): void {
  sub(p, ZERO, p)
  carry(p, p)
  sub(t(p), ZERO, t(p))
  carry(t(p), t(p))
}

/** Whether lane 0 of p is the identity. */
export function isIdentity(p: usize): bool {
  return isZero(p) && isEqual(y(p), z(p))
}

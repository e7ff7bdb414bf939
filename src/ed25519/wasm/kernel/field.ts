/**
 * The field of 2²⁵⁵ − 19.
 *
 * An element has ten unsigned limbs of 26 and 25 bits in turn, limb i of weight 2^⌈25.5 i⌉ (Bernstein,
 * "Curve25519", 2006), each in 32 bits: a single element is these 40 bytes. Arithmetic works on packs: LANES
 * elements side by side, limb i of lane l at byte 4 · (LANES · i + l). With SIMD a pack has two lanes, without one.
 *
 * Bounds. A limb is "tight" below 1.01 · 2²⁶ (even) or 1.01 · 2²⁵ (odd). Products, squares and `carry` give tight
 * limbs. Sums and differences are left uncarried; "k-fold" limbs are below k times the tight bound. A product
 * takes f at most 6-fold and g at most 2-fold: then 19 times the sum of an even and an odd limb of g fits 32 bits
 * and every column 64. A square takes f at most 2-fold.
 */
import * as scalar from './field-scalar'
import * as simd from './field-simd'

export const LANES: usize = ASC_FEATURE_SIMD ? 2 : 1
/** Bytes of a pack. */
export const SIZE: usize = 40 * LANES
/** Bytes of a single element. */
export const SINGLE: usize = 40

// 2p, limb by limb: each at least as large as a 1-fold limb.
const LOWEST: u32 = 0x7ffffda
const EVEN: u32 = 0x7fffffe
const ODD: u32 = 0x3fffffe

export const ZERO = memory.data(SIZE, 16)
export const ONE = memory.data(SIZE, 16)
const LIMBS = memory.data(80, 16)
const T0 = memory.data(SIZE, 16)
const T1 = memory.data(SIZE, 16)
const T2 = memory.data(SIZE, 16)
const T3 = memory.data(SIZE, 16)

/** Makes the constants. */
export function startField(): void {
  setWords(ONE, 1, 0, 0, 0)
}

/** o = f · g. */
export function mul(o: usize, f: usize, g: usize): void {
  if (ASC_FEATURE_SIMD) simd.product(o, f, g, 0)
  else scalar.product(o, f, g, 0)
}

/** o = f · g + z, for z of any limbs of 32 bits. */
export function mulAdd(o: usize, f: usize, g: usize, z: usize): void {
  if (ASC_FEATURE_SIMD) simd.product(o, f, g, z)
  else scalar.product(o, f, g, z)
}

/** o = f² + z, for z of any limbs of 32 bits. */
export function squareAdd(o: usize, f: usize, z: usize): void {
  if (ASC_FEATURE_SIMD) simd.square(o, f, z)
  else scalar.square(o, f, z)
}

/** o = f². */
export function square(o: usize, f: usize): void {
  squareAdd(o, f, ZERO)
}

/** o = f with tight limbs. */
export function carry(o: usize, f: usize): void {
  if (ASC_FEATURE_SIMD) simd.carry(o, f)
  else scalar.carry(o, f)
}

/** o = f + g, limb by limb: j-fold and k-fold give (j + k)-fold. */
@inline export function add(o: usize, f: usize, g: usize): void {
  if (ASC_FEATURE_SIMD) simd.add(o, f, g)
  else scalar.add(o, f, g)
}

/** o = 2p + f − g, for tight g: a k-fold f gives (k + 2)-fold. */
@inline export function sub(o: usize, f: usize, g: usize): void {
  if (ASC_FEATURE_SIMD) simd.subtract(o, f, g, LOWEST, EVEN, ODD)
  else scalar.subtract(o, f, g, LOWEST, EVEN, ODD)
}

/** o = 4p + f − g, for g at most 3-fold: a k-fold f gives (k + 4)-fold. */
export function subWide(o: usize, f: usize, g: usize): void {
  if (ASC_FEATURE_SIMD) simd.subtract(o, f, g, 2 * LOWEST, 2 * EVEN, 2 * ODD)
  else scalar.subtract(o, f, g, 2 * LOWEST, 2 * EVEN, 2 * ODD)
}

/** o = f + g, tight: where bytes count more than time. */
export function addTight(o: usize, f: usize, g: usize): void {
  add(o, f, g)
  carry(o, o)
}

/** o = f − g, tight, for tight f and g. */
export function subTight(o: usize, f: usize, g: usize): void {
  sub(o, f, g)
  carry(o, o)
}

/** o = −o, tight, in the lanes whose sign is 1, for tight o. */
export function turnLanes(o: usize, sign0: u32, sign1: u32): void {
  negateLanes(o, sign0, sign1)
  carry(o, o)
}

/** o = f. */
@inline export function copy(o: usize, f: usize): void {
  if (ASC_FEATURE_SIMD) simd.copy(o, f)
  else memory.copy(o, f, SIZE)
}

/** The pack o of the single elements at p (lane 0) and q (lane 1, if there is one). */
@inline export function gather(o: usize, p: usize, q: usize): void {
  if (ASC_FEATURE_SIMD) simd.gather(o, p, q)
  else scalar.gather(o, p)
}

/** o = 2p − o, 2-fold, in the lanes whose sign is 1; the others stay as they are, tight. */
@inline export function negateLanes(o: usize, sign0: u32, sign1: u32): void {
  if (ASC_FEATURE_SIMD) simd.negateLanes(o, sign0, sign1, LOWEST, EVEN, ODD)
  else scalar.negateLanes(o, sign0, LOWEST, EVEN, ODD)
}

/** o = f with its two lanes exchanged. */
@inline export function swapLanes(o: usize, f: usize): void {
  if (ASC_FEATURE_SIMD) simd.swapLanes(o, f)
  else copy(o, f)
}

/** The single element o of a lane of f. */
export function extract(o: usize, f: usize, lane: usize): void {
  for (let i: usize = 0; i < 10; i++) store<u32>(o + 4 * i, limb(f, i, lane))
}

@inline function limb(f: usize, i: usize, lane: usize): u32 {
  return load<u32>(f + 4 * (LANES * i + lane))
}

/** One lane of o = that of f. */
export function putLane(o: usize, f: usize, lane: usize): void {
  for (let i: usize = 0; i < 10; i++) store<u32>(o + 4 * (LANES * i + lane), limb(f, i, lane))
}

@inline function setLimb(o: usize, i: usize, value: u64): void {
  for (let lane: usize = 0; lane < LANES; lane++) store<u32>(o + 4 * (LANES * i + lane), <u32>value)
}

/** Sets every lane of o to the number below 2²⁵⁵ with these 64-bit words, lowest first. */
export function setWords(o: usize, w0: u64, w1: u64, w2: u64, w3: u64): void {
  setLimb(o, 0, w0 & 0x3ffffff)
  setLimb(o, 1, (w0 >> 26) & 0x1ffffff)
  setLimb(o, 2, ((w0 >> 51) | (w1 << 13)) & 0x3ffffff)
  setLimb(o, 3, (w1 >> 13) & 0x1ffffff)
  setLimb(o, 4, w1 >> 38)
  setLimb(o, 5, w2 & 0x1ffffff)
  setLimb(o, 6, (w2 >> 25) & 0x3ffffff)
  setLimb(o, 7, ((w2 >> 51) | (w3 << 13)) & 0x1ffffff)
  setLimb(o, 8, (w3 >> 12) & 0x3ffffff)
  setLimb(o, 9, (w3 >> 38) & 0x1ffffff)
}

@inline function width(i: usize): u64 {
  return 26 - (<u64>i & 1)
}

/** Carries once through the limbs at LIMBS, starting with `carry`; what leaves the last limb. */
function carryLimbs(carry: u64): u64 {
  for (let i: usize = 0; i < 10; i++) {
    carry += load<u64>(LIMBS + 8 * i)
    store<u64>(LIMBS + 8 * i, carry & ((<u64>1 << width(i)) - 1))
    carry >>= width(i)
  }
  return carry
}

/** Writes one lane of f, at most 6-fold, as 32 bytes in little-endian order, reduced (RFC 8032 §5.1.2). */
export function encode(o: usize, f: usize, lane: usize): void {
  for (let i: usize = 0; i < 10; i++) store<u64>(LIMBS + 8 * i, limb(f, i, lane))
  // After one pass and 2²⁵⁵ = 19 the number is below 2p, and p or more just when adding 19 reaches bit 255.
  let carry = 19 * carryLimbs(0)
  let reaches = carry + 19
  for (let i: usize = 0; i < 10; i++) reaches = (load<u64>(LIMBS + 8 * i) + reaches) >> width(i)
  carryLimbs(carry + 19 * reaches)
  const h2 = load<u64>(LIMBS, 16)
  const h7 = load<u64>(LIMBS, 56)
  store<u64>(o, load<u64>(LIMBS, 0) | (load<u64>(LIMBS, 8) << 26) | (h2 << 51), 0)
  store<u64>(o, (h2 >> 13) | (load<u64>(LIMBS, 24) << 13) | (load<u64>(LIMBS, 32) << 38), 8)
  store<u64>(o, load<u64>(LIMBS, 40) | (load<u64>(LIMBS, 48) << 25) | (h7 << 51), 16)
  store<u64>(o, (h7 >> 13) | (load<u64>(LIMBS, 64) << 12) | (load<u64>(LIMBS, 72) << 38), 24)
}

/** Whether a lane of f, at most 6-fold, is 0. */
export function isZero(f: usize, lane: usize): bool {
  // Below 7p it is 0, p, 2p, … 6p, and of these the lowest 26 bits tell nearly all others.
  if (((0 - limb(f, 0, lane)) & 0x3ffffff) > 6 * 19) return false
  encode(LIMBS, f, lane)
  return (load<u64>(LIMBS) | load<u64>(LIMBS, 8) | load<u64>(LIMBS, 16) | load<u64>(LIMBS, 24)) == 0
}

/** Whether a lane of f, at most 4-fold, and of g, tight, are equal. */
export function isEqual(f: usize, g: usize, lane: usize): bool {
  sub(T0, f, g)
  return isZero(T0, lane)
}

function squareTimes(o: usize, f: usize, count: i32): void {
  square(o, f)
  for (let i = 1; i < count; i++) square(o, o)
}

/** o = f^(2²⁵² − 3), which is (p − 5) / 8, for square roots (RFC 8032 §5.1.3). o may be f. */
export function powerForRoot(o: usize, f: usize): void {
  square(T0, f)
  squareTimes(T1, T0, 2)
  mul(T1, f, T1) // f⁹
  mul(T0, T0, T1) // f¹¹
  square(T2, T0)
  mul(T1, T1, T2) // f^(2⁵ − 1)
  squareTimes(T2, T1, 5)
  mul(T1, T2, T1) // f^(2¹⁰ − 1)
  squareTimes(T2, T1, 10)
  mul(T2, T2, T1) // f^(2²⁰ − 1)
  squareTimes(T3, T2, 20)
  mul(T2, T3, T2) // f^(2⁴⁰ − 1)
  squareTimes(T2, T2, 10)
  mul(T1, T2, T1) // f^(2⁵⁰ − 1)
  squareTimes(T2, T1, 50)
  mul(T2, T2, T1) // f^(2¹⁰⁰ − 1)
  squareTimes(T3, T2, 100)
  mul(T2, T3, T2) // f^(2²⁰⁰ − 1)
  squareTimes(T2, T2, 50)
  mul(T1, T2, T1) // f^(2²⁵⁰ − 1)
  squareTimes(T1, T1, 2)
  mul(o, T1, f)
}

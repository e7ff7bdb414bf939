/**
 * Inversion by divsteps (Bernstein and Yang, "Fast constant-time gcd computation and modular inversion", 2019),
 * in the variable-time form of libsecp256k1's doc/safegcd_implementation.md: all data here is public.
 *
 * Numbers have nine signed limbs of 30 bits. f starts as p, g as the number to invert; each batch of 30 divsteps is
 * one matrix (u v; q r), worked out on their low words alone and then applied to f and g, exactly, and to
 * d and e, modulo p. In the end g = 0, f = ±1 and d = ±1/g.
 */
import { LANES, SIZE, encode, mul, setWords, swapLanes } from './field'

const MASK: i64 = 0x3fffffff
/** p = −19 + 2¹⁵ · 2²⁴⁰: all other limbs are 0. */
const LOW: i64 = -19
const TOP_SHIFT: i64 = 15
/** 1/p modulo 2³⁰. */
const INVERSE_OF_LOW: i32 = 395589093

const F = memory.data(36, 16)
const G = memory.data(36, 16)
const D = memory.data(36, 16)
const E = memory.data(36, 16)
const WORDS = memory.data(32, 16)
const SWAPPED = memory.data(SIZE, 16)
const PRODUCT = memory.data(SIZE, 16)

let delta: i32 = 0 // libsecp256k1's −eta
let u: i32 = 0
let v: i32 = 0
let q: i32 = 0
let r: i32 = 0

@inline function limb(a: usize, i: usize): i64 {
  return load<i32>(a + 4 * i)
}

@inline function setLimb(a: usize, i: usize, value: i64): void {
  store<i32>(a + 4 * i, <i32>value)
}

/** o = 1 / f in every lane; 0 where a lane is 0. o may be f. */
export function invert(o: usize, f: usize): void {
  // One inversion serves both lanes: 1/a = b / ab.
  if (LANES == 2) {
    swapLanes(SWAPPED, f)
    mul(PRODUCT, f, SWAPPED)
    encode(WORDS, PRODUCT, 0)
    invertWords()
    setFromLimbs(PRODUCT)
    mul(o, SWAPPED, PRODUCT)
  } else {
    encode(WORDS, f, 0)
    invertWords()
    setFromLimbs(o)
  }
}

/** The number at WORDS inverted: left at D, between 0 and p. */
function invertWords(): void {
  start()
  while (!isZero(G)) {
    thirtyDivsteps()
    updateDE()
    updateFG()
  }
  finish(limb(F, 8) < 0)
}

function start(): void {
  const w0 = load<u64>(WORDS), w1 = load<u64>(WORDS, 8), w2 = load<u64>(WORDS, 16), w3 = load<u64>(WORDS, 24)
  memory.fill(F, 0, 36)
  memory.fill(D, 0, 36)
  memory.fill(E, 0, 36)
  setLimb(F, 0, LOW)
  setLimb(F, 8, 1 << TOP_SHIFT)
  setLimb(E, 0, 1)
  setLimb(G, 0, w0 & MASK)
  setLimb(G, 1, (w0 >> 30) & MASK)
  setLimb(G, 2, ((w0 >> 60) | (w1 << 4)) & MASK)
  setLimb(G, 3, (w1 >> 26) & MASK)
  setLimb(G, 4, ((w1 >> 56) | (w2 << 8)) & MASK)
  setLimb(G, 5, (w2 >> 22) & MASK)
  setLimb(G, 6, ((w2 >> 52) | (w3 << 12)) & MASK)
  setLimb(G, 7, (w3 >> 18) & MASK)
  setLimb(G, 8, w3 >> 48)
  delta = 1
}

function isZero(a: usize): bool {
  let any: i32 = 0
  for (let i: usize = 0; i < 9; i++) any |= load<i32>(a + 4 * i)
  return any == 0
}

/** 30 divsteps on the low words of f and g: sets the matrix, which is 2³⁰ times the transition. */
function thirtyDivsteps(): void {
  let f = load<u32>(F)
  let g = load<u32>(G)
  let u_: u32 = 1, v_: u32 = 0, q_: u32 = 0, r_: u32 = 1
  let left: i32 = 30
  while (true) {
    // Each zero at the end of g is a divstep that halves it.
    const zeros = <i32>ctz(g | (<u32>-1 << left))
    g >>= zeros
    u_ <<= zeros
    v_ <<= zeros
    delta += zeros
    left -= zeros
    if (left == 0) break
    if (delta > 0) {
      delta = -delta
      let t = f
      f = g
      g = 0 - t
      t = u_
      u_ = q_
      q_ = 0 - t
      t = v_
      v_ = r_
      r_ = 0 - t
    }
    // Add the multiple of f that clears as many low bits of g as can be before delta changes its sign: up to 6,
    // for f · (f² − 2) is −1/f modulo 2⁶.
    const limit = min(min(1 - delta, left), 6)
    const multiple = (g * f * (f * f - 2)) & ((<u32>1 << limit) - 1)
    g += f * multiple
    q_ += u_ * multiple
    r_ += v_ * multiple
  }
  u = u_
  v = v_
  q = q_
  r = r_
}

/** (d, e) = (u d + v e, q d + r e) / 2³⁰ modulo p: multiples of p make the low limb divisible. */
function updateDE(): void {
  const signD = load<i32>(D, 32) >> 31, signE = load<i32>(E, 32) >> 31
  let md = (u & signD) + (v & signE), me = (q & signD) + (r & signE)
  let cd = <i64>u * limb(D, 0) + <i64>v * limb(E, 0)
  let ce = <i64>q * limb(D, 0) + <i64>r * limb(E, 0)
  md -= (INVERSE_OF_LOW * <i32>cd + md) & <i32>MASK
  me -= (INVERSE_OF_LOW * <i32>ce + me) & <i32>MASK
  cd = (cd + LOW * <i64>md) >> 30
  ce = (ce + LOW * <i64>me) >> 30
  for (let i: usize = 1; i < 9; i++) {
    cd += <i64>u * limb(D, i) + <i64>v * limb(E, i)
    ce += <i64>q * limb(D, i) + <i64>r * limb(E, i)
    if (i == 8) {
      cd += <i64>md << TOP_SHIFT
      ce += <i64>me << TOP_SHIFT
    }
    setLimb(D, i - 1, cd & MASK)
    setLimb(E, i - 1, ce & MASK)
    cd >>= 30
    ce >>= 30
  }
  setLimb(D, 8, cd)
  setLimb(E, 8, ce)
}

/** (f, g) = (u f + v g, q f + r g) / 2³⁰, which is exact. */
function updateFG(): void {
  let cf: i64 = 0, cg: i64 = 0
  for (let i: usize = 0; i < 9; i++) {
    cf += <i64>u * limb(F, i) + <i64>v * limb(G, i)
    cg += <i64>q * limb(F, i) + <i64>r * limb(G, i)
    if (i > 0) {
      setLimb(F, i - 1, cf & MASK)
      setLimb(G, i - 1, cg & MASK)
    }
    cf >>= 30
    cg >>= 30
  }
  setLimb(F, 8, cf)
  setLimb(G, 8, cg)
}

/** D, between −2p and p, brought between 0 and p, negated first if asked. */
function finish(negate: bool): void {
  if (limb(D, 8) < 0) addModulus()
  if (negate) for (let i: usize = 0; i < 9; i++) setLimb(D, i, -limb(D, i))
  carryLimbs()
  if (limb(D, 8) < 0) addModulus()
}

function addModulus(): void {
  setLimb(D, 0, limb(D, 0) + LOW)
  setLimb(D, 8, limb(D, 8) + (1 << TOP_SHIFT))
  carryLimbs()
}

function carryLimbs(): void {
  for (let i: usize = 0; i < 8; i++) {
    setLimb(D, i + 1, limb(D, i + 1) + (limb(D, i) >> 30))
    setLimb(D, i, limb(D, i) & MASK)
  }
}

/** Every lane of o = D. */
function setFromLimbs(o: usize): void {
  const l2 = <u64>limb(D, 2), l4 = <u64>limb(D, 4), l6 = <u64>limb(D, 6)
  setWords(
    o,
    <u64>limb(D, 0) | (<u64>limb(D, 1) << 30) | (l2 << 60),
    (l2 >> 4) | (<u64>limb(D, 3) << 26) | (l4 << 56),
    (l4 >> 8) | (<u64>limb(D, 5) << 22) | (l6 << 52),
    (l6 >> 12) | (<u64>limb(D, 7) << 18) | (<u64>limb(D, 8) << 48),
  )
}

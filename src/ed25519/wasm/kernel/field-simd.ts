/**
 * Arithmetic of two elements at a time, one in each lane of a pack (field.ts says how a pack is laid out).
 * A pack is five vectors of 128 bits; vector k is
 *   [limb 2k of lane 0, limb 2k of lane 1, limb 2k+1 of lane 0, limb 2k+1 of lane 1].
 */

@inline function times19(a: v128): v128 {
  return i32x4.add(i32x4.add(i32x4.shl(a, 4), i32x4.shl(a, 1)), a)
}

@inline function times19Wide(a: v128): v128 {
  return i64x2.add(i64x2.add(i64x2.shl(a, 4), i64x2.shl(a, 1)), a)
}

@inline function times38Wide(a: v128): v128 {
  return i64x2.shl(times19Wide(a), 1)
}

@inline function twice(a: v128): v128 {
  return i32x4.add(a, a)
}

/** In both halves the sum of the even and the odd limb. */
@inline function evenPlusOdd(a: v128): v128 {
  return i32x4.add(a, v128.shuffle<u32>(a, a, 2, 3, 0, 1))
}

/** Two columns of 64 bits, cut to 32, as one vector of a pack. */
@inline function join(even: v128, odd: v128): v128 {
  return v128.shuffle<u32>(even, odd, 0, 2, 4, 6)
}

// "Low" products are those of the even limbs, which fill the low half of a vector; "high" ones of the odd limbs.

@inline function mulLow(a: v128, b: v128): v128 {
  return i64x2.extmul_low_i32x4_u(a, b)
}

@inline function mulHigh(a: v128, b: v128): v128 {
  return i64x2.extmul_high_i32x4_u(a, b)
}

@inline function sum3(a: v128, b: v128, c: v128): v128 {
  return i64x2.add(i64x2.add(a, b), c)
}

@inline function dotLow(
  a0: v128, b0: v128, a1: v128, b1: v128, a2: v128, b2: v128, a3: v128, b3: v128, a4: v128, b4: v128,
): v128 {
  return sum3(sum3(mulLow(a0, b0), mulLow(a1, b1), mulLow(a2, b2)), mulLow(a3, b3), mulLow(a4, b4))
}

@inline function dotHigh(
  a0: v128, b0: v128, a1: v128, b1: v128, a2: v128, b2: v128, a3: v128, b3: v128, a4: v128, b4: v128,
): v128 {
  return sum3(sum3(mulHigh(a0, b0), mulHigh(a1, b1), mulHigh(a2, b2)), mulHigh(a3, b3), mulHigh(a4, b4))
}

@inline function dot3Low(a0: v128, b0: v128, a1: v128, b1: v128, a2: v128, b2: v128): v128 {
  return sum3(mulLow(a0, b0), mulLow(a1, b1), mulLow(a2, b2))
}

@inline function dot3High(a0: v128, b0: v128, a1: v128, b1: v128, a2: v128, b2: v128): v128 {
  return sum3(mulHigh(a0, b0), mulHigh(a1, b1), mulHigh(a2, b2))
}

/**
 * Carries ten columns of 64 bits and stores them tight. Two chains run side by side, from limb 0 to 5 and from
 * limb 5 round to 0 (2²⁵⁵ = 19), and each is followed one step further.
 */
@inline function storeCarried(
  o: usize,
  h0: v128, h1: v128, h2: v128, h3: v128, h4: v128, h5: v128, h6: v128, h7: v128, h8: v128, h9: v128,
): void {
  const mask26 = i64x2.splat(0x3ffffff)
  const mask25 = i64x2.splat(0x1ffffff)
  const masks = i32x4(0x3ffffff, 0x3ffffff, 0x1ffffff, 0x1ffffff)
  h1 = i64x2.add(h1, i64x2.shr_u(h0, 26))
  h6 = i64x2.add(h6, i64x2.shr_u(h5, 25))
  h2 = i64x2.add(h2, i64x2.shr_u(h1, 25))
  h7 = i64x2.add(h7, i64x2.shr_u(h6, 26))
  h3 = i64x2.add(h3, i64x2.shr_u(h2, 26))
  h8 = i64x2.add(h8, i64x2.shr_u(h7, 25))
  h4 = i64x2.add(h4, i64x2.shr_u(h3, 25))
  h9 = i64x2.add(h9, i64x2.shr_u(h8, 26))
  h5 = i64x2.add(v128.and(h5, mask25), i64x2.shr_u(h4, 26))
  h0 = i64x2.add(v128.and(h0, mask26), times19Wide(i64x2.shr_u(h9, 25)))
  h6 = i64x2.add(v128.and(h6, mask26), i64x2.shr_u(h5, 25))
  h1 = i64x2.add(v128.and(h1, mask25), i64x2.shr_u(h0, 26))
  v128.store(o, join(v128.and(h0, mask26), h1), 0)
  v128.store(o, v128.and(join(h2, h3), masks), 16)
  v128.store(o, v128.and(join(h4, h5), masks), 32)
  v128.store(o, join(h6, v128.and(h7, mask25)), 48)
  v128.store(o, v128.and(join(h8, h9), masks), 64)
}

/**
 * Puts the three sums of Karatsuba's split together, adds the pack at z if there is one (z ≠ 0), and stores.
 * Two odd limbs i and j meet at limb i + j with a factor 2.
 */
@inline function combine(
  o: usize, z: usize,
  e0: v128, e1: v128, e2: v128, e3: v128, e4: v128,
  d0: v128, d1: v128, d2: v128, d3: v128, d4: v128,
  s0: v128, s1: v128, s2: v128, s3: v128, s4: v128,
): void {
  let h0 = i64x2.add(e0, times38Wide(d4)), h1 = i64x2.sub(s0, i64x2.add(e0, d0))
  let h2 = i64x2.add(e1, i64x2.shl(d0, 1)), h3 = i64x2.sub(s1, i64x2.add(e1, d1))
  let h4 = i64x2.add(e2, i64x2.shl(d1, 1)), h5 = i64x2.sub(s2, i64x2.add(e2, d2))
  let h6 = i64x2.add(e3, i64x2.shl(d2, 1)), h7 = i64x2.sub(s3, i64x2.add(e3, d3))
  let h8 = i64x2.add(e4, i64x2.shl(d3, 1)), h9 = i64x2.sub(s4, i64x2.add(e4, d4))
  if (z) {
    h0 = i64x2.add(h0, v128.load32x2_u(z, 0)), h1 = i64x2.add(h1, v128.load32x2_u(z, 8))
    h2 = i64x2.add(h2, v128.load32x2_u(z, 16)), h3 = i64x2.add(h3, v128.load32x2_u(z, 24))
    h4 = i64x2.add(h4, v128.load32x2_u(z, 32)), h5 = i64x2.add(h5, v128.load32x2_u(z, 40))
    h6 = i64x2.add(h6, v128.load32x2_u(z, 48)), h7 = i64x2.add(h7, v128.load32x2_u(z, 56))
    h8 = i64x2.add(h8, v128.load32x2_u(z, 64)), h9 = i64x2.add(h9, v128.load32x2_u(z, 72))
  }
  storeCarried(o, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9)
}

/**
 * o = f · g, plus the pack at z if z ≠ 0, by one level of Karatsuba over even and odd limbs: with
 * f = e(y) + √(2y) · d(y) in y = 2⁵¹, 75 products of limbs instead of 100.
 */
@inline export function product(o: usize, f: usize, g: usize, z: usize): void {
  const f0 = v128.load(f, 0), f1 = v128.load(f, 16), f2 = v128.load(f, 32)
  const f3 = v128.load(f, 48), f4 = v128.load(f, 64)
  const g0 = v128.load(g, 0), g1 = v128.load(g, 16), g2 = v128.load(g, 32)
  const g3 = v128.load(g, 48), g4 = v128.load(g, 64)
  // n = 19 g, for the products that wrap round y⁵ = 19
  const n1 = times19(g1), n2 = times19(g2), n3 = times19(g3), n4 = times19(g4)

  const e0 = dotLow(f0, g0, f1, n4, f2, n3, f3, n2, f4, n1)
  const e1 = dotLow(f0, g1, f1, g0, f2, n4, f3, n3, f4, n2)
  const e2 = dotLow(f0, g2, f1, g1, f2, g0, f3, n4, f4, n3)
  const e3 = dotLow(f0, g3, f1, g2, f2, g1, f3, g0, f4, n4)
  const e4 = dotLow(f0, g4, f1, g3, f2, g2, f3, g1, f4, g0)

  const d0 = dotHigh(f0, g0, f1, n4, f2, n3, f3, n2, f4, n1)
  const d1 = dotHigh(f0, g1, f1, g0, f2, n4, f3, n3, f4, n2)
  const d2 = dotHigh(f0, g2, f1, g1, f2, g0, f3, n4, f4, n3)
  const d3 = dotHigh(f0, g3, f1, g2, f2, g1, f3, g0, f4, n4)
  const d4 = dotHigh(f0, g4, f1, g3, f2, g2, f3, g1, f4, g0)

  const F0 = evenPlusOdd(f0), F1 = evenPlusOdd(f1), F2 = evenPlusOdd(f2)
  const F3 = evenPlusOdd(f3), F4 = evenPlusOdd(f4)
  const G0 = evenPlusOdd(g0), G1 = evenPlusOdd(g1), G2 = evenPlusOdd(g2)
  const G3 = evenPlusOdd(g3), G4 = evenPlusOdd(g4)
  const N1 = evenPlusOdd(n1), N2 = evenPlusOdd(n2), N3 = evenPlusOdd(n3), N4 = evenPlusOdd(n4)
  const s0 = dotLow(F0, G0, F1, N4, F2, N3, F3, N2, F4, N1)
  const s1 = dotLow(F0, G1, F1, G0, F2, N4, F3, N3, F4, N2)
  const s2 = dotLow(F0, G2, F1, G1, F2, G0, F3, N4, F4, N3)
  const s3 = dotLow(F0, G3, F1, G2, F2, G1, F3, G0, F4, N4)
  const s4 = dotLow(F0, G4, F1, G3, F2, G2, F3, G1, F4, G0)

  combine(o, z, e0, e1, e2, e3, e4, d0, d1, d2, d3, d4, s0, s1, s2, s3, s4)
}

/** o = f², plus the pack at z if z ≠ 0: `product` with equal terms taken together. */
@inline export function square(o: usize, f: usize, z: usize): void {
  const f0 = v128.load(f, 0), f1 = v128.load(f, 16), f2 = v128.load(f, 32)
  const f3 = v128.load(f, 48), f4 = v128.load(f, 64)
  const t0 = twice(f0), t1 = twice(f1), t2 = twice(f2), t3 = twice(f3)
  const n3 = times19(f3), n4 = times19(f4)

  const e0 = dot3Low(f0, f0, t1, n4, t2, n3)
  const e1 = dot3Low(t0, f1, t2, n4, f3, n3)
  const e2 = dot3Low(t0, f2, f1, f1, t3, n4)
  const e3 = dot3Low(t0, f3, t1, f2, f4, n4)
  const e4 = dot3Low(t0, f4, t1, f3, f2, f2)

  const d0 = dot3High(f0, f0, t1, n4, t2, n3)
  const d1 = dot3High(t0, f1, t2, n4, f3, n3)
  const d2 = dot3High(t0, f2, f1, f1, t3, n4)
  const d3 = dot3High(t0, f3, t1, f2, f4, n4)
  const d4 = dot3High(t0, f4, t1, f3, f2, f2)

  const F0 = evenPlusOdd(f0), F1 = evenPlusOdd(f1), F2 = evenPlusOdd(f2)
  const F3 = evenPlusOdd(f3), F4 = evenPlusOdd(f4)
  const T0 = twice(F0), T1 = twice(F1), T2 = twice(F2), T3 = twice(F3)
  const N3 = evenPlusOdd(n3), N4 = evenPlusOdd(n4)
  const s0 = dot3Low(F0, F0, T1, N4, T2, N3)
  const s1 = dot3Low(T0, F1, T2, N4, F3, N3)
  const s2 = dot3Low(T0, F2, F1, F1, T3, N4)
  const s3 = dot3Low(T0, F3, T1, F2, F4, N4)
  const s4 = dot3Low(T0, F4, T1, F3, F2, F2)

  combine(o, z, e0, e1, e2, e3, e4, d0, d1, d2, d3, d4, s0, s1, s2, s3, s4)
}

/** o = f with its carries done: tight. */
@inline export function carry(o: usize, f: usize): void {
  storeCarried(
    o,
    v128.load32x2_u(f, 0), v128.load32x2_u(f, 8), v128.load32x2_u(f, 16), v128.load32x2_u(f, 24),
    v128.load32x2_u(f, 32), v128.load32x2_u(f, 40), v128.load32x2_u(f, 48), v128.load32x2_u(f, 56),
    v128.load32x2_u(f, 64), v128.load32x2_u(f, 72),
  )
}

/** o = f + g, limb by limb. */
@inline export function add(o: usize, f: usize, g: usize): void {
  v128.store(o, i32x4.add(v128.load(f, 0), v128.load(g, 0)), 0)
  v128.store(o, i32x4.add(v128.load(f, 16), v128.load(g, 16)), 16)
  v128.store(o, i32x4.add(v128.load(f, 32), v128.load(g, 32)), 32)
  v128.store(o, i32x4.add(v128.load(f, 48), v128.load(g, 48)), 48)
  v128.store(o, i32x4.add(v128.load(f, 64), v128.load(g, 64)), 64)
}

/** o = m + f − g, limb by limb, with m the limbs (lowest, even, odd) of a multiple of the modulus. */
@inline export function subtract(o: usize, f: usize, g: usize, lowest: u32, even: u32, odd: u32): void {
  const m0 = i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(odd), 0, lowest), 1, lowest)
  const m = i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(odd), 0, even), 1, even)
  v128.store(o, i32x4.sub(i32x4.add(m0, v128.load(f, 0)), v128.load(g, 0)), 0)
  v128.store(o, i32x4.sub(i32x4.add(m, v128.load(f, 16)), v128.load(g, 16)), 16)
  v128.store(o, i32x4.sub(i32x4.add(m, v128.load(f, 32)), v128.load(g, 32)), 32)
  v128.store(o, i32x4.sub(i32x4.add(m, v128.load(f, 48)), v128.load(g, 48)), 48)
  v128.store(o, i32x4.sub(i32x4.add(m, v128.load(f, 64)), v128.load(g, 64)), 64)
}

/** o = f. */
@inline export function copy(o: usize, f: usize): void {
  v128.store(o, v128.load(f, 0), 0)
  v128.store(o, v128.load(f, 16), 16)
  v128.store(o, v128.load(f, 32), 32)
  v128.store(o, v128.load(f, 48), 48)
  v128.store(o, v128.load(f, 64), 64)
}

/** The pack o of the single elements p (lane 0) and q (lane 1). */
@inline export function gather(o: usize, p: usize, q: usize): void {
  let a = v128.load(p, 0), b = v128.load(q, 0)
  v128.store(o, v128.shuffle<u32>(a, b, 0, 4, 1, 5), 0)
  v128.store(o, v128.shuffle<u32>(a, b, 2, 6, 3, 7), 16)
  a = v128.load(p, 16), b = v128.load(q, 16)
  v128.store(o, v128.shuffle<u32>(a, b, 0, 4, 1, 5), 32)
  v128.store(o, v128.shuffle<u32>(a, b, 2, 6, 3, 7), 48)
  a = v128.load64_zero(p, 32), b = v128.load64_zero(q, 32)
  v128.store(o, v128.shuffle<u32>(a, b, 0, 4, 1, 5), 64)
}

/** o = m − o, limb by limb, in each lane whose sign is 1; m as in `subtract`. */
@inline export function negateLanes(
  o: usize, sign0: u32, sign1: u32, lowest: u32, even: u32, odd: u32,
): void {
  const m0 = i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(odd), 0, lowest), 1, lowest)
  const m = i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(odd), 0, even), 1, even)
  const chosen = i32x4.neg(i64x2.splat((<u64>sign1 << 32) | <u64>sign0))
  for (let at: usize = 0; at < 80; at += 16) {
    const v = v128.load(o + at)
    v128.store(o + at, v128.bitselect(i32x4.sub(at == 0 ? m0 : m, v), v, chosen))
  }
}

/** o = f with its lanes exchanged. */
@inline export function swapLanes(o: usize, f: usize): void {
  for (let at: usize = 0; at < 80; at += 16) {
    const v = v128.load(f + at)
    v128.store(o + at, v128.shuffle<u32>(v, v, 1, 0, 3, 2))
  }
}

/**
 * The same arithmetic without SIMD: one element, a pack of a single lane (field.ts says how it is laid out).
 * field-simd.ts has the comments; each function here is its counterpart there.
 */

@inline function even(f: usize, k: usize): u64 {
  return load<u32>(f + 8 * k)
}

@inline function odd(f: usize, k: usize): u64 {
  return load<u32>(f + 8 * k + 4)
}

@inline function dot(
  a0: u64, b0: u64, a1: u64, b1: u64, a2: u64, b2: u64, a3: u64, b3: u64, a4: u64, b4: u64,
): u64 {
  return a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3 + a4 * b4
}

@inline function storeCarried(
  o: usize, h0: u64, h1: u64, h2: u64, h3: u64, h4: u64, h5: u64, h6: u64, h7: u64, h8: u64, h9: u64,
): void {
  const mask26: u64 = 0x3ffffff
  const mask25: u64 = 0x1ffffff
  h1 += h0 >> 26
  h6 += h5 >> 25
  h2 += h1 >> 25
  h7 += h6 >> 26
  h3 += h2 >> 26
  h8 += h7 >> 25
  h4 += h3 >> 25
  h9 += h8 >> 26
  h5 = (h5 & mask25) + (h4 >> 26)
  h0 = (h0 & mask26) + 19 * (h9 >> 25)
  h6 = (h6 & mask26) + (h5 >> 25)
  h1 = (h1 & mask25) + (h0 >> 26)
  store<u32>(o, <u32>(h0 & mask26), 0)
  store<u32>(o, <u32>h1, 4)
  store<u32>(o, <u32>(h2 & mask26), 8)
  store<u32>(o, <u32>(h3 & mask25), 12)
  store<u32>(o, <u32>(h4 & mask26), 16)
  store<u32>(o, <u32>(h5 & mask25), 20)
  store<u32>(o, <u32>h6, 24)
  store<u32>(o, <u32>(h7 & mask25), 28)
  store<u32>(o, <u32>(h8 & mask26), 32)
  store<u32>(o, <u32>(h9 & mask25), 36)
}

@inline function combine(
  o: usize, z: usize,
  e0: u64, e1: u64, e2: u64, e3: u64, e4: u64,
  d0: u64, d1: u64, d2: u64, d3: u64, d4: u64,
  s0: u64, s1: u64, s2: u64, s3: u64, s4: u64,
): void {
  let h0 = e0 + 38 * d4, h1 = s0 - e0 - d0
  let h2 = e1 + 2 * d0, h3 = s1 - e1 - d1
  let h4 = e2 + 2 * d1, h5 = s2 - e2 - d2
  let h6 = e3 + 2 * d2, h7 = s3 - e3 - d3
  let h8 = e4 + 2 * d3, h9 = s4 - e4 - d4
  if (z) {
    h0 += even(z, 0), h1 += odd(z, 0)
    h2 += even(z, 1), h3 += odd(z, 1)
    h4 += even(z, 2), h5 += odd(z, 2)
    h6 += even(z, 3), h7 += odd(z, 3)
    h8 += even(z, 4), h9 += odd(z, 4)
  }
  storeCarried(o, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9)
}

@inline export function product(o: usize, f: usize, g: usize, z: usize): void {
  const a0 = even(f, 0), a1 = even(f, 1), a2 = even(f, 2), a3 = even(f, 3), a4 = even(f, 4)
  const b0 = odd(f, 0), b1 = odd(f, 1), b2 = odd(f, 2), b3 = odd(f, 3), b4 = odd(f, 4)
  const g0 = even(g, 0), g1 = even(g, 1), g2 = even(g, 2), g3 = even(g, 3), g4 = even(g, 4)
  const k0 = odd(g, 0), k1 = odd(g, 1), k2 = odd(g, 2), k3 = odd(g, 3), k4 = odd(g, 4)
  const n1 = 19 * g1, n2 = 19 * g2, n3 = 19 * g3, n4 = 19 * g4
  const m1 = 19 * k1, m2 = 19 * k2, m3 = 19 * k3, m4 = 19 * k4

  const e0 = dot(a0, g0, a1, n4, a2, n3, a3, n2, a4, n1)
  const e1 = dot(a0, g1, a1, g0, a2, n4, a3, n3, a4, n2)
  const e2 = dot(a0, g2, a1, g1, a2, g0, a3, n4, a4, n3)
  const e3 = dot(a0, g3, a1, g2, a2, g1, a3, g0, a4, n4)
  const e4 = dot(a0, g4, a1, g3, a2, g2, a3, g1, a4, g0)

  const d0 = dot(b0, k0, b1, m4, b2, m3, b3, m2, b4, m1)
  const d1 = dot(b0, k1, b1, k0, b2, m4, b3, m3, b4, m2)
  const d2 = dot(b0, k2, b1, k1, b2, k0, b3, m4, b4, m3)
  const d3 = dot(b0, k3, b1, k2, b2, k1, b3, k0, b4, m4)
  const d4 = dot(b0, k4, b1, k3, b2, k2, b3, k1, b4, k0)

  const F0 = a0 + b0, F1 = a1 + b1, F2 = a2 + b2, F3 = a3 + b3, F4 = a4 + b4
  const G0 = g0 + k0, G1 = g1 + k1, G2 = g2 + k2, G3 = g3 + k3, G4 = g4 + k4
  const N1 = n1 + m1, N2 = n2 + m2, N3 = n3 + m3, N4 = n4 + m4
  const s0 = dot(F0, G0, F1, N4, F2, N3, F3, N2, F4, N1)
  const s1 = dot(F0, G1, F1, G0, F2, N4, F3, N3, F4, N2)
  const s2 = dot(F0, G2, F1, G1, F2, G0, F3, N4, F4, N3)
  const s3 = dot(F0, G3, F1, G2, F2, G1, F3, G0, F4, N4)
  const s4 = dot(F0, G4, F1, G3, F2, G2, F3, G1, F4, G0)

  combine(o, z, e0, e1, e2, e3, e4, d0, d1, d2, d3, d4, s0, s1, s2, s3, s4)
}

// The five columns of the square of f₀ + f₁y + … + f₄y⁴, with t = 2f and n = 19f.

@inline function column0(f0: u64, t1: u64, t2: u64, n3: u64, n4: u64): u64 {
  return f0 * f0 + t1 * n4 + t2 * n3
}

@inline function column1(t0: u64, f1: u64, t2: u64, f3: u64, n3: u64, n4: u64): u64 {
  return t0 * f1 + t2 * n4 + f3 * n3
}

@inline function column2(t0: u64, f1: u64, f2: u64, t3: u64, n4: u64): u64 {
  return t0 * f2 + f1 * f1 + t3 * n4
}

@inline function column3(t0: u64, t1: u64, f2: u64, f3: u64, f4: u64, n4: u64): u64 {
  return t0 * f3 + t1 * f2 + f4 * n4
}

@inline function column4(t0: u64, t1: u64, f2: u64, f3: u64, f4: u64): u64 {
  return t0 * f4 + t1 * f3 + f2 * f2
}

@inline export function square(o: usize, f: usize, z: usize): void {
  const a0 = even(f, 0), a1 = even(f, 1), a2 = even(f, 2), a3 = even(f, 3), a4 = even(f, 4)
  const b0 = odd(f, 0), b1 = odd(f, 1), b2 = odd(f, 2), b3 = odd(f, 3), b4 = odd(f, 4)
  const F0 = a0 + b0, F1 = a1 + b1, F2 = a2 + b2, F3 = a3 + b3, F4 = a4 + b4
  const an3 = 19 * a3, an4 = 19 * a4, bn3 = 19 * b3, bn4 = 19 * b4, Fn3 = 19 * F3, Fn4 = 19 * F4

  const e0 = column0(a0, 2 * a1, 2 * a2, an3, an4)
  const e1 = column1(2 * a0, a1, 2 * a2, a3, an3, an4)
  const e2 = column2(2 * a0, a1, a2, 2 * a3, an4)
  const e3 = column3(2 * a0, 2 * a1, a2, a3, a4, an4)
  const e4 = column4(2 * a0, 2 * a1, a2, a3, a4)

  const d0 = column0(b0, 2 * b1, 2 * b2, bn3, bn4)
  const d1 = column1(2 * b0, b1, 2 * b2, b3, bn3, bn4)
  const d2 = column2(2 * b0, b1, b2, 2 * b3, bn4)
  const d3 = column3(2 * b0, 2 * b1, b2, b3, b4, bn4)
  const d4 = column4(2 * b0, 2 * b1, b2, b3, b4)

  const s0 = column0(F0, 2 * F1, 2 * F2, Fn3, Fn4)
  const s1 = column1(2 * F0, F1, 2 * F2, F3, Fn3, Fn4)
  const s2 = column2(2 * F0, F1, F2, 2 * F3, Fn4)
  const s3 = column3(2 * F0, 2 * F1, F2, F3, F4, Fn4)
  const s4 = column4(2 * F0, 2 * F1, F2, F3, F4)

  combine(o, z, e0, e1, e2, e3, e4, d0, d1, d2, d3, d4, s0, s1, s2, s3, s4)
}

@inline export function carry(o: usize, f: usize): void {
  storeCarried(
    o, even(f, 0), odd(f, 0), even(f, 1), odd(f, 1), even(f, 2), odd(f, 2), even(f, 3), odd(f, 3),
    even(f, 4), odd(f, 4),
  )
}

@inline export function add(o: usize, f: usize, g: usize): void {
  for (let at: usize = 0; at < 40; at += 4) store<u32>(o + at, load<u32>(f + at) + load<u32>(g + at))
}

@inline export function subtract(o: usize, f: usize, g: usize, lowest: u32, even: u32, odd: u32): void {
  for (let at: usize = 0; at < 40; at += 8) {
    store<u32>(o + at, (at == 0 ? lowest : even) + load<u32>(f + at) - load<u32>(g + at))
    store<u32>(o + at, odd + load<u32>(f + at, 4) - load<u32>(g + at, 4), 4)
  }
}

@inline export function gather(o: usize, p: usize): void {
  for (let at: usize = 0; at < 40; at += 8) store<u64>(o + at, load<u64>(p + at))
}

@inline export function negateLanes(o: usize, sign: u32, lowest: u32, even: u32, odd: u32): void {
  if (!sign) return
  for (let at: usize = 0; at < 40; at += 8) {
    store<u32>(o + at, (at == 0 ? lowest : even) - load<u32>(o + at))
    store<u32>(o + at, odd - load<u32>(o + at, 4), 4)
  }
}

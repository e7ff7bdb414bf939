/**
 * Scalars modulo L = 2²⁵² + c, the order of the base point (RFC 8032 §5.1), and their signed digits.
 * A scalar is 32 bytes in little-endian order, followed by 4 bytes of 0.
 */

/** Bytes to reserve for a scalar. */
export const SCALAR: usize = 40

const MASK: i64 = 0xfffffff
/** c in five limbs of 28 bits. */
const C = memory.data<i64>([0xcf5d3ed, 0x12631a5, 0x79cd658, 0xf9dea2f, 0x14de])

// 28-bit limbs, as i64: the number and the products it is folded by
const X = memory.data(8 * 19, 16)
const P1 = memory.data(8 * 15, 16)
const P2 = memory.data(8 * 11, 16)
const P3 = memory.data(8 * 7, 16)

@inline function limb(a: usize, i: usize): i64 {
  return load<i64>(a + 8 * i)
}

/** Whether the number at s is below L. */
export function isReduced(s: usize): bool {
  const w3 = load<u64>(s, 24), w2 = load<u64>(s, 16), w1 = load<u64>(s, 8)
  if (w3 != 0x1000000000000000) return w3 < 0x1000000000000000
  if (w2 != 0) return false
  if (w1 != 0x14def9dea2f79cd6) return w1 < 0x14def9dea2f79cd6
  return load<u64>(s) < 0x5812631a5cf5d3ed
}

/**
 * The scalar o = the 512-bit number at wide, 64 bytes followed by 4 of 0, modulo L.
 *
 * 2²⁵² = −c, so x = low + 2²⁵² high is low − c · high; c · high is folded in the same way, and that once more:
 * x = low₁ − low₂ + low₃ − c · high₃, where high₃ has 6 bits and each low is below 2²⁵².
 */
export function reduce(o: usize, wide: usize): void {
  for (let i: usize = 0; i < 19; i++) {
    store<i64>(X + 8 * i, <i64>(load<u32>(wide + ((28 * i) >> 3)) >> (<u32>i & 1 ? 4 : 0)) & MASK)
  }
  timesC(P1, X + 8 * 9, 10)
  timesC(P2, P1 + 8 * 9, 6)
  timesC(P3, P2 + 8 * 9, 2)
  // 2L more, so that it isn't negative; then it is below 4L.
  for (let i: usize = 0; i < 9; i++) {
    let sum = limb(X, i) - limb(P1, i) + limb(P2, i)
    if (i < 7) sum -= limb(P3, i)
    if (i < 5) sum += 2 * limb(C, i)
    store<i64>(X + 8 * i, sum)
  }
  store<i64>(X, 2, 8 * 9)
  carry()
  addMultiple(-limb(X, 9))
  if (limb(X, 9) < 0) addMultiple(1)
  for (let i: usize = 0; i < 5; i++) store<i64>(o + 7 * i, limb(X, 2 * i) | (limb(X, 2 * i + 1) << 28))
}

/** o = c · a, for count limbs: count + 5 limbs. */
function timesC(o: usize, a: usize, count: usize): void {
  let sum: i64 = 0
  for (let k: usize = 0; k < count + 5; k++) {
    const first: usize = k < 4 ? 0 : k - 4
    for (let i = first; i <= k && i < count; i++) sum += limb(a, i) * limb(C, k - i)
    store<i64>(o + 8 * k, sum & MASK)
    sum >>= 28
  }
}

/** X += k L. */
function addMultiple(k: i64): void {
  for (let i: usize = 0; i < 5; i++) store<i64>(X + 8 * i, limb(X, i) + k * limb(C, i))
  store<i64>(X, limb(X, 9) + k, 8 * 9)
  carry()
}

function carry(): void {
  for (let i: usize = 0; i < 9; i++) {
    store<i64>(X + 8 * i + 8, limb(X, i + 1) + (limb(X, i) >> 28))
    store<i64>(X + 8 * i, limb(X, i) & MASK)
  }
}

/** How many signed digits of this many bits a scalar below 2²⁵³ has, or odd ones an odd scalar below 2²⁵⁴. */
@inline export function digitCount(width: u32): u32 {
  return (253 + width) / width
}

/**
 * Writes the signed digits dⱼ of the scalar, −2^(width − 1) < dⱼ ≤ 2^(width − 1), as addresses of table entries:
 * digit j at row + 4j, pointing to entry |dⱼ| of window j and marked by the lowest bit where dⱼ < 0.
 */
export function writeDigits(
  row: usize, scalar: usize, width: u32, table: usize, windowSize: usize, entrySize: usize,
): void {
  const count = digitCount(width), half = <u32>1 << (width - 1), mask = 2 * half - 1
  let carry: u32 = 0
  for (let j: u32 = 0; j < count; j++) {
    const at = width * j
    let digit = ((load<u32>(scalar + (at >> 3)) >> (at & 7)) & mask) + carry
    carry = digit > half ? 1 : 0
    if (carry) digit = 2 * half - digit
    store<u32>(row, <u32>(table + digit * entrySize) | carry)
    row += 4
    table += windowSize
  }
}

const ORDER = memory.data<u64>([0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000])

/** Adds L to an even scalar: then it is odd and below 2²⁵⁴, which changes nothing for points of that order. */
export function makeOdd(scalar: usize): void {
  if (load<u8>(scalar) & 1) return
  let sum: u64 = 0
  for (let i: usize = 0; i < 32; i += 4) {
    sum += <u64>load<u32>(scalar + i) + load<u32>(ORDER + i)
    store<u32>(scalar + i, <u32>sum)
    sum >>= 32
  }
}

/**
 * Writes the digits dⱼ = ±1, ±3, …, ±(2^width − 1) of an odd scalar k as addresses of leaves: digit j at column +
 * columnSize · j, pointing to leaf (|dⱼ| − 1)/2 of window j and marked by the lowest bit where dⱼ < 0. With n digits,
 * dⱼ = 2bⱼ + 1 − 2^width, where bⱼ are the plain digits of (k − 1)/2 + 2^(width · n − 1).
 */
export function writeOddDigits(
  column: usize, columnSize: usize, scalar: usize, width: u32, table: usize, leafSize: usize,
): void {
  const count = digitCount(width), half = <u32>1 << (width - 1)
  for (let j: u32 = 0; j < count; j++) {
    const at = width * j + 1
    let digit = (load<u32>(scalar + (at >> 3)) >> (at & 7)) & (2 * half - 1)
    if (j == count - 1) digit |= half
    const negative: u32 = digit < half ? 1 : 0
    const leaf = (negative ? ~digit : digit) & (half - 1)
    store<u32>(column, <u32>(table + leaf * leafSize) | negative)
    column += columnSize
    table += half * leafSize
  }
}

/**
 * Adds up words lane by lane, four at a time with one of weight two where `twos` is given, in full and half
 * adders. Sums stay below 256.
 */
export function sumLanes(
  words: Int32Array,
  from: number,
  count: number,
  twos: Int32Array | undefined,
  sums: Int32Array,
): void {
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = 0; i < count; i += 4) {
    const a = words[from + i]!
    const b = words[from + i + 1]!
    const c = words[from + i + 2]!
    const d = words[from + i + 3]!
    const two = twos === undefined ? 0 : twos[i >> 2]!
    let half = s0 ^ a
    const carry0 = (s0 & a) | (half & b)
    s0 = half ^ b
    half = s0 ^ c
    const carry1 = (s0 & c) | (half & d)
    s0 = half ^ d
    half = s1 ^ carry0
    const carry2 = (s1 & carry0) | (half & carry1)
    s1 = half ^ carry1
    const carry3 = s1 & two
    s1 ^= two
    half = s2 ^ carry2
    let carry = (s2 & carry2) | (half & carry3)
    s2 = half ^ carry3
    let next = s3 & carry
    s3 ^= carry
    carry = s4 & next
    s4 ^= next
    next = s5 & carry
    s5 ^= carry
    carry = s6 & next
    s6 ^= next
    s7 ^= carry
  }
  sums[0] = s0
  sums[1] = s1
  sums[2] = s2
  sums[3] = s3
  sums[4] = s4
  sums[5] = s5
  sums[6] = s6
  sums[7] = s7
}

/** How many bits of a word are set. */
export function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

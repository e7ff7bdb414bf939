/** SHA-512 (FIPS 180-4), fed piece by piece. */

const BLOCK = memory.data(128, 16)
const STATE = memory.data(64, 16)
const SCHEDULE = memory.data(640, 16)

/** §5.3.5: the fractional parts of the square roots of the first 8 primes. */
const START = memory.data<u64>([
  0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
  0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
])

/** §4.2.3: those of the cube roots of the first 80. */
const CONSTANTS = memory.data<u64>([
  0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
  0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
  0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
  0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
  0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
  0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
  0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
  0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
  0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
  0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
  0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
  0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
  0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
  0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
  0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
  0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
])

let length: u64 = 0

/** Begins a hash. */
export function begin(): void {
  memory.copy(STATE, START, 64)
  length = 0
}

/** Takes in the next `count` bytes. */
export function update(bytes: usize, count: usize): void {
  let filled = <usize>length & 127
  length += count
  while (filled + count >= 128) {
    memory.copy(BLOCK + filled, bytes, 128 - filled)
    compress()
    bytes += 128 - filled
    count -= 128 - filled
    filled = 0
  }
  memory.copy(BLOCK + filled, bytes, count)
}

/** Writes the 64 bytes of the digest. */
export function finish(o: usize): void {
  // §5.1.2: a 1 bit, zeros, and the length in bits, of which the upper 64 are 0.
  let filled = <usize>length & 127
  store<u8>(BLOCK + filled, 0x80)
  filled++
  memory.fill(BLOCK + filled, 0, 128 - filled)
  if (filled > 112) {
    compress()
    memory.fill(BLOCK, 0, 128)
  }
  store<u64>(BLOCK, bswap<u64>(length << 3), 120)
  compress()
  for (let i: usize = 0; i < 64; i += 8) store<u64>(o + i, bswap<u64>(load<u64>(STATE + i)))
}

@inline function word(t: usize): u64 {
  return load<u64>(SCHEDULE + 8 * t)
}

/** §6.4.2 step 1. */
function expand(): void {
  for (let t: usize = 0; t < 16; t++) store<u64>(SCHEDULE + 8 * t, bswap<u64>(load<u64>(BLOCK + 8 * t)))
  for (let t: usize = 16; t < 80; t++) {
    const x = word(t - 15), y = word(t - 2)
    const sigma0 = rotr<u64>(x, 1) ^ rotr<u64>(x, 8) ^ (x >> 7)
    const sigma1 = rotr<u64>(y, 19) ^ rotr<u64>(y, 61) ^ (y >> 6)
    store<u64>(SCHEDULE + 8 * t, sigma1 + word(t - 7) + sigma0 + word(t - 16))
  }
}

/** T₁ of step 3, but for h. */
@inline function first(e: u64, f: u64, g: u64, t: usize): u64 {
  const sum = rotr<u64>(e, 14) ^ rotr<u64>(e, 18) ^ rotr<u64>(e, 41)
  return sum + (g ^ (e & (f ^ g))) + load<u64>(CONSTANTS + 8 * t) + word(t)
}

/** T₂ of step 3. */
@inline function second(a: u64, b: u64, c: u64): u64 {
  return (rotr<u64>(a, 28) ^ rotr<u64>(a, 34) ^ rotr<u64>(a, 39)) + ((a & b) | (c & (a | b)))
}

@inline function addTo(index: usize, value: u64): void {
  store<u64>(STATE + 8 * index, load<u64>(STATE + 8 * index) + value)
}

/** One block. Eight rounds bring the eight names back to their places. */
function compress(): void {
  expand()
  let a = load<u64>(STATE, 0), b = load<u64>(STATE, 8), c = load<u64>(STATE, 16), d = load<u64>(STATE, 24)
  let e = load<u64>(STATE, 32), f = load<u64>(STATE, 40), g = load<u64>(STATE, 48), h = load<u64>(STATE, 56)
  for (let t: usize = 0; t < 80; t += 8) {
    h += first(e, f, g, t), d += h, h += second(a, b, c)
    g += first(d, e, f, t + 1), c += g, g += second(h, a, b)
    f += first(c, d, e, t + 2), b += f, f += second(g, h, a)
    e += first(b, c, d, t + 3), a += e, e += second(f, g, h)
    d += first(a, b, c, t + 4), h += d, d += second(e, f, g)
    c += first(h, a, b, t + 5), g += c, c += second(d, e, f)
    b += first(g, h, a, t + 6), f += b, b += second(c, d, e)
    a += first(f, g, h, t + 7), e += a, a += second(b, c, d)
  }
  addTo(0, a), addTo(1, b), addTo(2, c), addTo(3, d)
  addTo(4, e), addTo(5, f), addTo(6, g), addTo(7, h)
}

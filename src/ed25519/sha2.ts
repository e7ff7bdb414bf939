import type { Bytes } from '../lib/bytes.ts'
/**
 * SHA-256 and SHA-512 (FIPS 180-4) for verification, where all data is public: a quarter of the size of a
 * general library's, whose constants, streams and options a verifier on a web page would carry for nothing.
 * Secrets never come here; signers hash through @noble/hashes or their platform.
 */

/** SHA-256 of the bytes: 32 bytes. */
export const sha256 = (bytes: Uint8Array): Bytes => hash(bytes, 4)

/** SHA-512 of the bytes: 64 bytes. */
export const sha512 = (bytes: Uint8Array): Bytes => hash(bytes, 8)

/**
 * The fractional parts of the square roots of the first 8 primes and the cube roots of the first 80, 64 bits
 * each as two 32-bit words: the starting state (§5.3) and the round constants (§4.2). SHA-256 has their first
 * words.
 */
interface Constants {
  readonly state: Int32Array
  readonly rounds: Int32Array
}

let constants: Constants | undefined // made on first use

function makeConstants(): Constants {
  const primes: bigint[] = []
  for (let n = 2n; primes.length < 80; n++) if (primes.every((prime) => n % prime)) primes.push(n)
  const words = (roots: bigint[]): Int32Array =>
    Int32Array.from(
      roots.flatMap((root) => [root >> 32n, root].map((word) => Number(BigInt.asIntN(32, word)))),
    )
  return {
    state: words(primes.slice(0, 8).map((prime) => root(prime << 128n, 2n))),
    rounds: words(primes.map((prime) => root(prime << 192n, 3n))),
  }
}

/** The whole part of the square or cube root, by Newton's method from above. */
function root(of: bigint, degree: bigint): bigint {
  let estimate = 1n << 70n
  for (;;) {
    const next = ((degree - 1n) * estimate + of / estimate ** (degree - 1n)) / degree
    if (next >= estimate) return estimate
    estimate = next
  }
}

/** Pads the message to whole blocks of 16 words (§5.1) and compresses one after another (§6). */
function hash(bytes: Uint8Array, wordLength: 4 | 8): Bytes {
  constants ??= makeConstants()
  const blockLength = 16 * wordLength
  const padded = new Uint8Array(Math.ceil((bytes.length + 1 + 2 * wordLength) / blockLength) * blockLength)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, bytes.length / 2 ** 29)
  view.setUint32(padded.length - 4, bytes.length << 3)
  const narrow = wordLength === 4
  const state = constants.state.filter((_, index) => !(narrow && index % 2))
  for (let offset = 0; offset < padded.length; offset += blockLength) {
    for (let t = 0; t < blockLength / 4; t++) w[t] = view.getInt32(offset + 4 * t)
    const before = state.slice() // a to h, of 64-bit words high and low
    if (narrow) compress256(state, constants.rounds, before)
    else compress512(state, constants.rounds, before)
  }
  const digest = new Uint8Array(8 * wordLength)
  const words = new DataView(digest.buffer)
  state.forEach((word, index) => void words.setInt32(4 * index, word))
  return digest
}

// No array is taken apart below, and no state moved on: before engines compile them, both take longer than all the rest.

/** The word of a state that stays where it is. */
const at = (s: Int32Array, i: number): number => s[i & (s.length - 1)]!

/** The schedule of a block, which begins with its words. */
const w = new Int32Array(160)

const rotate = (word: number, count: number): number => (word >>> count) | (word << (32 - count))

/** §6.2.2. The state stays where it is: a stands one place further to the left each round. */
function compress256(s: Int32Array, k: Int32Array, before: Int32Array): void {
  for (let t = 0; t < 64; t++) {
    if (t > 15) {
      const x = w[t - 15]!
      const y = w[t - 2]!
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
      w[t] = s1 + w[t - 7]! + s0 + w[t - 16]!
    }
    const a = at(s, -t)
    const e = at(s, 4 - t)
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = at(s, 7 - t) + sum1 + ((e & at(s, 5 - t)) ^ (~e & at(s, 6 - t))) + k[2 * t]! + w[t]!
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    s[(3 - t) & 7]! += t1
    s[(7 - t) & 7] = t1 + sum0 + ((a & at(s, 1 - t)) ^ (a & at(s, 2 - t)) ^ (at(s, 1 - t) & at(s, 2 - t)))
  }
  for (let i = 0; i < 8; i++) s[i]! += before[i]!
}

/** The high word of a 64-bit word rotated right; with the words exchanged, the low one. */
const high = (hi: number, lo: number, count: number): number =>
  count < 32 ? rotateInto(hi, lo, count) : rotateInto(lo, hi, count - 32)
const rotateInto = (word: number, above: number, count: number): number =>
  (word >>> count) | (above << (32 - count))

/** What a sum of unsigned low words carries into the high one. */
const carry = (sum: number): number => (sum / 2 ** 32) | 0

/** §6.4.2, each 64-bit word as two: the low ones are added unsigned, and carry. */
function compress512(s: Int32Array, k: Int32Array, before: Int32Array): void {
  for (let t = 0; t < 160; t += 2) {
    if (t > 31) {
      const xh = w[t - 30]!
      const xl = w[t - 29]!
      const yh = w[t - 4]!
      const yl = w[t - 3]!
      const s0 = high(xl, xh, 1) ^ high(xl, xh, 8) ^ rotateInto(xl, xh, 7)
      const s1 = high(yl, yh, 19) ^ high(yl, yh, 61) ^ rotateInto(yl, yh, 6)
      const low = (s0 >>> 0) + (s1 >>> 0) + (w[t - 13]! >>> 0) + (w[t - 31]! >>> 0)
      const s0h = high(xh, xl, 1) ^ high(xh, xl, 8) ^ (xh >>> 7)
      const s1h = high(yh, yl, 19) ^ high(yh, yl, 61) ^ (yh >>> 6)
      w[t] = s0h + s1h + w[t - 14]! + w[t - 32]! + carry(low)
      w[t + 1] = low
    }
    round512(s, t, k[t]! + w[t]!, (k[t + 1]! >>> 0) + (w[t + 1]! >>> 0))
  }
  for (let i = 0; i < 16; i += 2) {
    const low = (s[i + 1]! >>> 0) + (before[i + 1]! >>> 0)
    s[i]! += before[i]! + carry(low)
    s[i + 1] = low
  }
}

function round512(s: Int32Array, t: number, kwHigh: number, kwLow: number): void {
  const ah = at(s, -t)
  const al = at(s, 1 - t)
  const eh = at(s, 8 - t)
  const el = at(s, 9 - t)
  const sum1 = high(el, eh, 14) ^ high(el, eh, 18) ^ high(el, eh, 41)
  const choice = (el & at(s, 11 - t)) ^ (~el & at(s, 13 - t))
  const low1 = (at(s, 15 - t) >>> 0) + (sum1 >>> 0) + (choice >>> 0) + kwLow
  const sum1h = high(eh, el, 14) ^ high(eh, el, 18) ^ high(eh, el, 41)
  const high1 = at(s, 14 - t) + sum1h + ((eh & at(s, 10 - t)) ^ (~eh & at(s, 12 - t))) + kwHigh + carry(low1)

  const sum0 = high(al, ah, 28) ^ high(al, ah, 34) ^ high(al, ah, 39)
  const majority = (al & at(s, 3 - t)) ^ (al & at(s, 5 - t)) ^ (at(s, 3 - t) & at(s, 5 - t))
  const low2 = (sum0 >>> 0) + (majority >>> 0)
  const sum0h = high(ah, al, 28) ^ high(ah, al, 34) ^ high(ah, al, 39)
  const high2 =
    sum0h + ((ah & at(s, 2 - t)) ^ (ah & at(s, 4 - t)) ^ (at(s, 2 - t) & at(s, 4 - t))) + carry(low2)

  const low = (at(s, 7 - t) >>> 0) + (low1 >>> 0)
  s[(6 - t) & 15]! += high1 + carry(low)
  s[(7 - t) & 15] = low
  const first = (low1 >>> 0) + (low2 >>> 0)
  s[(14 - t) & 15] = high1 + high2 + carry(first)
  s[(15 - t) & 15] = first
}

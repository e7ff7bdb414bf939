import type { Bytes } from '../../lib/bytes.ts'
/**
 * Reed–Solomon error correction over GF(2^8) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (ISO/IEC 18004
 * §7.5). The remainder of a division is kept as big-endian 32-bit words, and a table holds the generator
 * polynomial times every byte in that shape, so that each data codeword takes a shift and a few additions.
 */
export class ReedSolomon {
  /** Error correction codewords of a block. */
  readonly check: number
  readonly #words: number
  readonly #multiples: Int32Array
  readonly #remainder: Int32Array

  constructor(check: number) {
    this.check = check
    this.#words = (check + 3) >> 2
    this.#multiples = multiplesOf(generator(check), this.#words)
    this.#remainder = new Int32Array(this.#words)
  }

  /** Writes the check codewords of `data[from … to)` to `into`, from `at` on, `step` apart. */
  encode(data: Uint8Array, from: number, to: number, into: Uint8Array, at: number, step: number): void {
    const remainder = this.#remainder
    const multiples = this.#multiples
    const last = this.#words - 1
    remainder.fill(0)
    for (let i = from; i < to; i++) {
      let word = remainder[0]!
      const row = ((word >>> 24) ^ data[i]!) * (last + 1)
      for (let w = 0; w < last; w++) {
        const next = remainder[w + 1]!
        remainder[w] = ((word << 8) | (next >>> 24)) ^ multiples[row + w]!
        word = next
      }
      remainder[last] = (word << 8) ^ multiples[row + last]!
    }
    for (let i = 0; i < this.check; i++) into[at + i * step] = remainder[i >> 2]! >>> (24 - 8 * (i & 3))
  }
}

function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d)
    product ^= ((b >> bit) & 1) * a
  }
  return product
}

/** The coefficients of (x − 1)(x − 2)(x − 2^2)… below the leading one, highest first. */
function generator(degree: number): Bytes {
  const coefficients = new Uint8Array(degree)
  coefficients[degree - 1] = 1
  let root = 1
  for (let factor = 0; factor < degree; factor++) {
    for (let i = 0; i < degree; i++) {
      coefficients[i] = multiply(coefficients[i]!, root) ^ (coefficients[i + 1] ?? 0)
    }
    root = multiply(root, 2)
  }
  return coefficients
}

function multiplesOf(coefficients: Uint8Array, words: number): Int32Array {
  const multiples = new Int32Array(256 * words)
  for (let byte = 0; byte < 256; byte++) {
    for (const [i, coefficient] of coefficients.entries()) {
      multiples[byte * words + (i >> 2)]! |= multiply(coefficient, byte) << (24 - 8 * (i & 3))
    }
  }
  return multiples
}

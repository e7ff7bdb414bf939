/** How often the filter calls a serial a member that is none. */
const RATE = 1e-6

/** A Bloom filter of the size that is best for RATE: ln(1/rate) / ln(2)^2 bits a member, 20 hashes. */
export class BloomFilter {
  readonly bytes: Uint8Array
  readonly #bits: number
  readonly #hashes = Math.round(Math.log2(1 / RATE))

  constructor(members: number) {
    this.#bits = Math.ceil((members * Math.log(1 / RATE)) / Math.LN2 ** 2)
    this.bytes = new Uint8Array(Math.ceil(this.#bits / 8))
  }

  add(member: number): void {
    for (let hash = 0; hash < this.#hashes; hash++) {
      const bit = this.#place(member, hash)
      this.bytes[bit >> 3]! |= 1 << (bit & 7)
    }
  }

  has(member: number): boolean {
    for (let hash = 0; hash < this.#hashes; hash++) {
      const bit = this.#place(member, hash)
      if ((this.bytes[bit >> 3]! & (1 << (bit & 7))) === 0) return false
    }
    return true
  }

  /** Double hashing (Kirsch and Mitzenmacher, 2006). */
  #place(member: number, hash: number): number {
    const stride = (mixed(member ^ 0x85ebca6b) | 1) >>> 0
    return (mixed(member ^ 0x9e3779b9) + hash * stride) % this.#bits
  }
}

/** The finisher of MurmurHash3: every bit of the input touches every bit of the output. */
function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

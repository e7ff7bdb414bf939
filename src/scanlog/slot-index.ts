/**
 * A hash table of slots: which records have this hash? It holds numbers only, eight bytes or so a slot, for a
 * million objects in a Map would take some hundred megabytes. Whoever asks compares the records themselves.
 */
export class SlotIndex {
  readonly #hashOf: (slot: number) => number
  /** Of each bucket the first slot, and of each slot the next in its bucket: one more than the slot, 0 for none. */
  #heads: Uint32Array
  #next: Uint32Array

  /** `capacity` is a power of two, above every slot. */
  constructor(hashOf: (slot: number) => number, capacity: number) {
    this.#hashOf = hashOf
    this.#heads = new Uint32Array(capacity)
    this.#next = new Uint32Array(capacity)
  }

  add(slot: number): void {
    const bucket = this.#bucketOf(this.#hashOf(slot))
    this.#next[slot] = this.#heads[bucket]!
    this.#heads[bucket] = slot + 1
  }

  /** Takes out a slot that may be in. */
  remove(slot: number): void {
    const bucket = this.#bucketOf(this.#hashOf(slot))
    if (this.#heads[bucket] === slot + 1) {
      this.#heads[bucket] = this.#next[slot]!
      return
    }
    for (let at = this.first(this.#hashOf(slot)); at >= 0; at = this.after(at)) {
      if (this.#next[at] !== slot + 1) continue
      this.#next[at] = this.#next[slot]!
      return
    }
  }

  /** The first slot in a hash's bucket, or −1. */
  first(hash: number): number {
    return this.#heads[this.#bucketOf(hash)]! - 1
  }

  /** The next slot in the same bucket, or −1. */
  after(slot: number): number {
    return this.#next[slot]! - 1
  }

  grow(capacity: number): void {
    const [heads, next] = [this.#heads, this.#next]
    this.#heads = new Uint32Array(capacity)
    this.#next = new Uint32Array(capacity)
    for (const head of heads) {
      for (let slot = head - 1; slot >= 0; slot = next[slot]! - 1) this.add(slot)
    }
  }

  #bucketOf(hash: number): number {
    return hash & (this.#heads.length - 1)
  }
}

/** A hash of 32-bit words, spread over all its bits. */
export function mixWords(seed: number, ...words: readonly number[]): number {
  let hash = seed
  for (const word of words) {
    // The steps of MurmurHash3's finalizer.
    hash = Math.imul(hash ^ word, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash
}

/** A number from 0 to 2^53 − 1 as two words. */
export const halvesOf = (value: number): [number, number] => [value | 0, (value / 2 ** 32) | 0]

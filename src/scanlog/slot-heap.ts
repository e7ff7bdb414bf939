/** Slots in a binary heap, each once: the first in their order is at hand, and any can be taken out. */
export class SlotHeap {
  readonly #compare: (a: number, b: number) => number
  readonly #slots: number[] = []
  /** Where each slot stands, for those that are in. */
  #places = new Int32Array(64)

  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare
  }

  get size(): number {
    return this.#slots.length
  }

  /** The first, or undefined. */
  get first(): number | undefined {
    return this.#slots[0]
  }

  push(slot: number): void {
    if (slot >= this.#places.length) this.#grow(slot)
    this.#slots.push(slot)
    this.#rise(slot, this.#slots.length - 1)
  }

  /** Takes out the first. */
  pop(): number | undefined {
    const first = this.#slots[0]
    if (first !== undefined) this.remove(first)
    return first
  }

  /** Takes out a slot. False where it is not in. */
  remove(slot: number): boolean {
    const at = this.#places[slot] ?? 0
    if (this.#slots[at] !== slot) return false
    const last = this.#slots.pop()!
    if (last === slot) return true
    this.#rise(last, at)
    if (this.#slots[at] === last) this.#sink(last, at)
    return true
  }

  /** Takes out all, in their order. */
  drain(): number[] {
    const slots: number[] = []
    for (let slot = this.pop(); slot !== undefined; slot = this.pop()) slots.push(slot)
    return slots
  }

  /** Moves a slot up from an empty place to where it belongs. */
  #rise(slot: number, from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#compare(this.#slots[parent]!, slot) <= 0) break
      this.#put(this.#slots[parent]!, at)
      at = parent
    }
    this.#put(slot, at)
  }

  /** Moves a slot down. */
  #sink(slot: number, from: number): void {
    const slots = this.#slots
    let at = from
    for (;;) {
      let child = 2 * at + 1
      if (child >= slots.length) break
      if (child + 1 < slots.length && this.#compare(slots[child + 1]!, slots[child]!) < 0) child++
      if (this.#compare(slot, slots[child]!) <= 0) break
      this.#put(slots[child]!, at)
      at = child
    }
    this.#put(slot, at)
  }

  #put(slot: number, at: number): void {
    this.#slots[at] = slot
    this.#places[slot] = at
  }

  #grow(slot: number): void {
    const places = new Int32Array(2 ** Math.ceil(Math.log2(slot + 1)))
    places.set(this.#places)
    this.#places = places
  }
}

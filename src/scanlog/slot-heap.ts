/** Slots in a binary heap: the first of them in their order is at hand. */
export class SlotHeap {
  readonly #compare: (a: number, b: number) => number
  readonly #slots: number[] = []

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
    const slots = this.#slots
    let at = slots.length
    slots.push(slot)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#compare(slots[parent]!, slot) <= 0) break
      slots[at] = slots[parent]!
      at = parent
    }
    slots[at] = slot
  }

  /** Takes out the first. */
  pop(): number | undefined {
    const slots = this.#slots
    const first = slots[0]
    const last = slots.pop()
    if (last !== undefined && slots.length > 0) this.#sink(last)
    return first
  }

  /** Takes out all, in their order. */
  drain(): number[] {
    const slots: number[] = []
    for (let slot = this.pop(); slot !== undefined; slot = this.pop()) slots.push(slot)
    return slots
  }

  /** Puts a slot into the empty place at the top, and moves it down to where it belongs. */
  #sink(slot: number): void {
    const slots = this.#slots
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= slots.length) break
      if (child + 1 < slots.length && this.#compare(slots[child + 1]!, slots[child]!) < 0) child++
      if (this.#compare(slot, slots[child]!) <= 0) break
      slots[at] = slots[child]!
      at = child
    }
    slots[at] = slot
  }
}

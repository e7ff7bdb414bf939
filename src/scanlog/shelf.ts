import { SlotHeap } from './slot-heap.ts'

export interface ShelfOptions {
  readonly compare: (a: number, b: number) => number
  /** How many slots the shelf holds: the newest; and beside them, up to an eighth as many older ones that prove a copy. */
  readonly limit: number
  readonly provesCopy: (slot: number) => boolean
  /** Told of each slot that leaves. */
  readonly forget: (slot: number) => void
}

/** Room for the records of one kind, so that no other kind can push them out. */
export class Shelf {
  readonly #options: ShelfOptions
  readonly #newest: SlotHeap
  readonly #proofs: SlotHeap

  constructor(options: ShelfOptions) {
    this.#options = options
    this.#newest = new SlotHeap(options.compare)
    this.#proofs = new SlotHeap(options.compare)
  }

  /** Where the limit is reached: the oldest that is not there for a copy alone. */
  get oldest(): number | undefined {
    return this.#newest.size < this.#options.limit ? undefined : this.#newest.first
  }

  push(slot: number): void {
    this.#newest.push(slot)
  }

  /** Takes a slot out without forgetting it. */
  remove(slot: number): void {
    if (!this.#newest.remove(slot)) this.#proofs.remove(slot)
  }

  /** Forgets what is above the limit. */
  trim(): void {
    const { limit, provesCopy, forget } = this.#options
    while (this.#newest.size > limit) {
      const slot = this.#newest.pop()!
      if (provesCopy(slot)) this.#proofs.push(slot)
      else forget(slot)
    }
    while (this.#proofs.size > limit / 8) forget(this.#proofs.pop()!)
  }
}

import type { Kernel, KernelKey } from './kernel.ts'

/** Verifications without a table that cost as much as making one. */
const BREAK_EVEN = 80

/** What the tables know of a key. */
export interface TableUser extends KernelKey {
  slot?: Slot | undefined
  /** Verifications without a table since `since`. */
  plain: number
  since: number
}

/** Memory for one table. */
interface Slot {
  readonly table: number
  owner: TableUser
  lastUsed: number
}

/**
 * The tables of the keys in use, within a budget of memory. A key earns a table by as many verifications as
 * making it costs. Where memory is used up it takes that of the key least recently used, but only if that one
 * has been idle for longer than the newcomer took to earn its table: keys that take turns don't evict each other.
 */
export class TablePool {
  readonly #kernel: Kernel
  readonly #most: number
  readonly #slots: Slot[] = []
  #full = false
  #clock = 0

  /** @param budget bytes */
  constructor(kernel: Kernel, budget: number) {
    this.#kernel = kernel
    this.#most = Math.floor(budget / kernel.tableSize)
  }

  /**
   * The table for the next verification by this key; undefined where it has none. It stays where it is for as
   * many calls as a chunk has jobs. Between chunks only: it may make a table.
   */
  use(key: TableUser): number | undefined {
    this.#clock++
    if (key.slot === undefined && !this.#earns(key)) return undefined
    key.slot!.lastUsed = this.#clock
    return key.slot!.table
  }

  /** Counts a verification without a table; true if the key has now got one. */
  #earns(key: TableUser): boolean {
    if (key.plain === 0) key.since = this.#clock
    if (++key.plain < BREAK_EVEN) return false
    key.plain = 0
    key.slot = this.#newSlot(key) ?? this.#takeSlot(key)
    if (key.slot !== undefined) this.#kernel.buildTable(key.slot.table, key)
    return key.slot !== undefined
  }

  #newSlot(owner: TableUser): Slot | undefined {
    if (this.#full || this.#slots.length >= this.#most) return undefined
    const table = this.#kernel.allocateTable()
    if (table === undefined) {
      this.#full = true
      return undefined
    }
    const slot = { table, owner, lastUsed: this.#clock }
    this.#slots.push(slot)
    return slot
  }

  #takeSlot(owner: TableUser): Slot | undefined {
    let oldest = this.#slots[0]
    for (const slot of this.#slots) if (slot.lastUsed < oldest!.lastUsed) oldest = slot
    const patience = Math.max(this.#clock - owner.since, this.#kernel.chunk)
    if (oldest === undefined || this.#clock - oldest.lastUsed <= patience) return undefined
    oldest.owner.slot = undefined
    oldest.owner = owner
    return oldest
  }
}

import type { Kernel, KernelKey, Table, TableKind } from './kernel.ts'

/**
 * How many verifications without a table cost as much more as making it: of a key's entries, beside none; of its leaves,
 * beside entries; of the base point's leaves, which all keys use.
 */
export interface BreakEven extends Readonly<Record<TableKind, number>> {
  readonly baseLeaves: number
}

const BREAK_EVEN: BreakEven = { entries: 80, leaves: 1000, baseLeaves: 6000 }

/** What the tables know of a key. */
export interface TableUser extends KernelKey {
  readonly tables: Readonly<Record<TableKind, TableUse>>
}

/** What they know of its use of one kind. */
interface TableUse {
  slot?: Slot | undefined
  /** Verifications without such a table since `since`. */
  without: number
  since: number
}

/** Memory for one table. */
interface Slot extends Table {
  kind: TableKind
  owner: TableUse
  lastUsed: number
}

/** What a new key begins with. */
export const noTables = (): TableUser['tables'] => ({
  entries: { without: 0, since: 0 },
  leaves: { without: 0, since: 0 },
})

/**
 * The tables of the keys in use, within a budget of memory. A key earns a table by as many verifications as
 * making it costs. Where memory is used up it takes the least recently used one, but only if that has been idle for
 * longer than the newcomer took to earn its table: keys that take turns don't evict each other.
 */
export class TablePool {
  readonly #kernel: Kernel
  readonly #breakEven: BreakEven
  readonly #slots: Slot[] = []
  #most: number
  #full = false
  #clock = 0
  /** Whether the base point has leaves; undefined as long as they are not earned. */
  #base: boolean | undefined
  #withoutBase = 0

  /** @param budget bytes */
  constructor(kernel: Kernel, budget: number, breakEven = BREAK_EVEN) {
    this.#kernel = kernel
    this.#breakEven = breakEven
    if (!kernel.hasLeaves) this.#base = false
    this.#most = Math.floor(budget / kernel.tableSize)
  }

  /**
   * The table for the next verification by this key; undefined where it has none. It stays what it is for as
   * many calls as a chunk has jobs. Between chunks only: it may make a table.
   * @param inChunk whether leaves will do
   */
  use(key: TableUser, inChunk: boolean): Table | undefined {
    this.#clock++
    const leaves = inChunk && this.#base !== false ? this.#useKind(key, 'leaves') : undefined
    return leaves ?? this.#useKind(key, 'entries')
  }

  #useKind(key: TableUser, kind: TableKind): Table | undefined {
    const use = key.tables[kind]
    if (use.slot === undefined && !this.#earns(key, kind)) return undefined
    use.slot!.lastUsed = this.#clock
    return use.slot
  }

  /** Counts a verification without a table; true if the key has now got one. */
  #earns(key: TableUser, kind: TableKind): boolean {
    const use = key.tables[kind]
    if (use.without === 0) use.since = this.#clock
    use.without++
    if (kind === 'leaves' && !this.#earnsBase()) return false
    if (use.without < this.#breakEven[kind]) return false
    use.without = 0
    use.slot = this.#newSlot(use, kind) ?? this.#takeSlot(use, kind)
    if (use.slot !== undefined) this.#kernel.buildTable(use.slot, key)
    return use.slot !== undefined
  }

  /**
   * Counts a verification without leaves of the base point; true if they are there. They take the place of some tables, if
   * there is memory for them and one more.
   */
  #earnsBase(): boolean {
    if (this.#base !== undefined) return this.#base
    if (++this.#withoutBase < this.#breakEven.baseLeaves) return false
    const left = this.#most - Math.ceil(this.#kernel.baseLeavesSize / this.#kernel.tableSize)
    this.#base = left > this.#slots.length && this.#kernel.buildBaseLeaves()
    if (this.#base) this.#most = left
    return this.#base
  }

  #newSlot(owner: TableUse, kind: TableKind): Slot | undefined {
    if (this.#full || this.#slots.length >= this.#most) return undefined
    const address = this.#kernel.allocateTable()
    if (address === undefined) {
      this.#full = true
      return undefined
    }
    const slot = { address, kind, owner, lastUsed: this.#clock }
    this.#slots.push(slot)
    return slot
  }

  #takeSlot(owner: TableUse, kind: TableKind): Slot | undefined {
    let oldest = this.#slots[0]
    for (const slot of this.#slots) if (slot.lastUsed < oldest!.lastUsed) oldest = slot
    const patience = Math.max(this.#clock - owner.since, this.#kernel.chunk)
    if (oldest === undefined || this.#clock - oldest.lastUsed <= patience) return undefined
    oldest.owner.slot = undefined
    oldest.owner = owner
    oldest.kind = kind
    return oldest
  }
}

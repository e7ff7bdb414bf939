import { timeOf } from '../lib/dates.ts'
import { findRate, findTravel, inOrder, type Seen } from './findings.ts'
import type { Point } from './places.ts'
import type { LoggedScan, ScanMark } from './record.ts'
import { scanIdOf } from './record.ts'
import { RecordTable, type StampIdentity } from './record-table.ts'
import type { ScanRules } from './rules.ts'
import { SlotHeap } from './slot-heap.ts'
import type { Source } from './sources.ts'

/** Says that a scan was a mistake. Only its own place may. */
export interface UndoMark extends ScanMark, Source {}

export interface MemoryOptions {
  readonly limit: number
  readonly rules: ScanRules
  /** Where places lie, at the moment of asking. */
  readonly points: () => ReadonlyMap<string, Point>
}

/**
 * The set of records and undo marks that a log is. Both only grow, so it does not matter in which order or how
 * often they come; above the limit the newest stay, and beside them the older ones that prove a copy.
 */
export class ScanMemory {
  readonly table = new RecordTable()
  readonly #options: MemoryOptions
  readonly #newest = new SlotHeap(this.table.compare)
  readonly #proofs = new SlotHeap(this.table.compare)
  readonly #marks = new Map<string, UndoMark>()

  constructor(options: MemoryOptions) {
    this.#options = options
  }

  get size(): number {
    return this.table.size
  }

  /** Where the limit is reached: the time of the oldest record that is not there for a copy alone. */
  get since(): Date | undefined {
    const oldest = this.#newest.first
    if (oldest === undefined || this.#newest.size < this.#options.limit) return undefined
    return timeOf(this.table.time(oldest))
  }

  /** False for a record that was there already. Whoever has added what there is to add calls `trim`. */
  add(record: LoggedScan): boolean {
    const { slot, isNew } = this.table.add(record)
    if (!isNew) return false
    if (this.#marks.size > 0 && this.#marks.has(markKey(record))) this.table.markUndone(slot)
    this.#newest.push(slot)
    return true
  }

  /** False for a mark that was there already. */
  undo(mark: UndoMark): boolean {
    const key = markKey(mark)
    if (this.#marks.has(key)) return false
    this.#marks.set(key, mark)
    const slot = this.table.slotOf(mark)
    if (slot >= 0) this.table.markUndone(slot)
    return true
  }

  get marks(): Iterable<UndoMark> {
    return this.#marks.values()
  }

  /** Where and when a code was seen, but for one slot. */
  seen(code: Uint8Array, except = -1): Seen[] {
    const slots = this.table.withCode(code).filter((slot) => slot !== except)
    return slots.map((slot) => ({ time: this.table.time(slot), place: this.table.source(slot).place }))
  }

  /** Forgets what is above the limit. */
  trim(): void {
    const { limit } = this.#options
    while (this.#newest.size > limit) this.#forget(this.#newest.pop()!)
    while (this.#proofs.size > limit / 8) this.table.remove(this.#proofs.pop()!)
    if (this.#marks.size > limit) this.#trimMarks()
  }

  #forget(slot: number): void {
    if (this.#provesCopy(slot)) this.#proofs.push(slot)
    else this.table.remove(slot)
  }

  /** True for a record without which something strange could no longer be told. */
  #provesCopy(slot: number): boolean {
    if (this.table.isUndone(slot)) return false
    const record = this.table.record(slot)
    if (isVerified(record) && this.table.twinsOf(record).length > 0) return true
    const { rules, points } = this.#options
    const seen = inOrder(this.seen(record.code))
    const travel = findTravel(seen, points(), rules)
    const [from, to] = [travel?.from.time.getTime(), travel?.to.time.getTime()]
    const moment = timeOf(record.time).getTime()
    if (moment === from || moment === to) return true
    const rate = findRate(seen, rules)
    return rate !== undefined && rate.first.getTime() <= moment && moment <= rate.last.getTime()
  }

  #trimMarks(): void {
    const sorted = [...this.#marks].sort(([a, { time }], [b, other]) => time - other.time || (a < b ? -1 : 1))
    for (const [key] of sorted.slice(0, sorted.length - this.#options.limit)) this.#marks.delete(key)
  }
}

/** True for a scan that can show a stamp to be issued twice: found `valid` by this very log. */
export const isVerified = (scan: StampIdentity & Pick<LoggedScan, 'status'>): boolean =>
  scan.payload !== undefined && scan.status === 'valid'

const markKey = (mark: UndoMark): string => `${scanIdOf(mark)} ${mark.authority} ${mark.place}`

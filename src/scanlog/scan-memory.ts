import { timeOf } from '../lib/dates.ts'
import { findRate, findTravel, inOrder, type SeenAt } from './findings.ts'
import type { Point } from './places.ts'
import type { LoggedScan } from './record.ts'
import { RecordTable, type StampIdentity } from './record-table.ts'
import { mostAlike, type ScanRules } from './rules.ts'
import { Shelf } from './shelf.ts'
import type { ScanSource } from './sources.ts'
import { type UndoMark, UndoMarks } from './undo-marks.ts'

export interface MemoryOptions {
  /** This log's own place. */
  readonly place: string
  /** How many records this log keeps of its own, and how many of others'. */
  readonly limit: number
  readonly rules: ScanRules
  /** Where places lie, at the moment of asking. */
  readonly points: () => ReadonlyMap<string, Point>
}

/**
 * The set of records and undo marks that a log is. Both only grow, so it does not matter in which order or how
 * often they come; above the limits the newest stay, and beside them the older ones that prove a copy. What others
 * say has room of its own, so that no flood of it makes this log forget what it saw itself.
 */
export class ScanMemory {
  readonly table = new RecordTable()
  readonly #options: MemoryOptions
  readonly #mostAlike: number
  readonly #own: Shelf
  readonly #others: Shelf
  readonly #ownMarks: UndoMarks
  readonly #otherMarks: UndoMarks

  constructor(options: MemoryOptions) {
    this.#options = options
    this.#mostAlike = mostAlike(options.rules)
    const shelfOptions = {
      compare: this.table.compare,
      limit: options.limit,
      provesCopy: (slot: number) => this.#provesCopy(slot),
      forget: (slot: number) => this.table.remove(slot),
    }
    this.#own = new Shelf(shelfOptions)
    this.#others = new Shelf(shelfOptions)
    this.#ownMarks = new UndoMarks(options.limit)
    this.#otherMarks = new UndoMarks(options.limit)
  }

  get size(): number {
    return this.table.size
  }

  /** Where a limit is reached: the time of the oldest record from which on there are all. */
  get since(): Date | undefined {
    const oldest = [this.#own.oldest, this.#others.oldest].filter((slot) => slot !== undefined)
    if (oldest.length === 0) return undefined
    return timeOf(Math.max(...oldest.map((slot) => this.table.time(slot))))
  }

  /** False for a record that was there already. Whoever has added what there is to add calls `trim`. */
  add(record: LoggedScan): boolean {
    const { slot, isNew, isTakenOver } = this.table.add(record)
    if (isTakenOver) this.#others.remove(slot)
    if (isNew && this.#marksOf(record).has(record)) this.table.markUndone(slot)
    if (isNew || isTakenOver) {
      this.#shelfOf(slot).push(slot)
      this.#forgetAlike(slot)
    }
    return isNew
  }

  /** True for a record that is there. */
  has(record: LoggedScan): boolean {
    return this.table.slotOf(record) >= 0
  }

  /** False for a mark that was there already. */
  undo(mark: UndoMark): boolean {
    if (!this.#marksOf(mark).add(mark)) return false
    const slot = this.table.slotOf(mark)
    if (slot >= 0) this.table.markUndone(slot)
    return true
  }

  get marks(): Iterable<UndoMark> {
    return [...this.#ownMarks.values(), ...this.#otherMarks.values()]
  }

  /** Where and when a code was seen, but for one slot. */
  seen(code: Uint8Array, except = -1): SeenAt[] {
    const slots = this.table.withCode(code).filter((slot) => slot !== except)
    return slots.map((slot) => ({ time: this.table.time(slot), place: this.table.source(slot).place }))
  }

  /** Forgets what is above the limits. */
  trim(): void {
    for (const part of [this.#own, this.#others, this.#ownMarks, this.#otherMarks]) part.trim()
  }

  #shelfOf(slot: number): Shelf {
    return this.table.isOwn(slot) ? this.#own : this.#others
  }

  #marksOf({ place }: ScanSource): UndoMarks {
    return place === this.#options.place ? this.#ownMarks : this.#otherMarks
  }

  /** Forgets the oldest of those that tell of the same code at the same place, above their number. */
  #forgetAlike(slot: number): void {
    const oldest = this.table.oldestAlike(slot, this.#mostAlike)
    if (oldest < 0) return
    this.#shelfOf(oldest).remove(oldest)
    this.table.remove(oldest)
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
}

/** True for a scan that can show a stamp to be issued twice: found `valid` by this very log. */
export const isVerified = (scan: StampIdentity & Pick<LoggedScan, 'status'>): boolean =>
  scan.payload !== undefined && scan.status === 'valid'

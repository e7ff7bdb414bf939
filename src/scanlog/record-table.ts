import { type Columns, codeBytes, columnsOf, OWN, STATUS_BITS, UNDONE, wordsOfCode } from './columns.ts'
import { type LoggedScan, type ScanRecord, STATUSES } from './record.ts'
import { halvesOf, mixWords, SlotIndex } from './slot-index.ts'
import { type ScanSource, Sources } from './sources.ts'

const FIRST_CAPACITY = 1024

/** Which stamp, and what it says. */
export type StampIdentity = Pick<LoggedScan, 'authority' | 'facility' | 'product' | 'serial' | 'payload'>

/**
 * The records of a log, found by their code, by their identity (time, code and source) and, where they were
 * verified here, by their stamp. Each has a slot, a small number that it keeps until it is removed.
 */
export class RecordTable {
  readonly #sources = new Sources()
  readonly #free: number[] = []
  // So that nobody can choose codes that all fall into one bucket.
  readonly #seed = Math.floor(Math.random() * 2 ** 32)
  #capacity = FIRST_CAPACITY
  #columns: Columns = columnsOf(FIRST_CAPACITY)
  #used = 0
  readonly #byCode = new SlotIndex((slot) => this.#codeHash(slot), FIRST_CAPACITY)
  readonly #byIdentity = new SlotIndex((slot) => this.#identityHash(slot), FIRST_CAPACITY)
  readonly #byStamp = new SlotIndex((slot) => this.#stampHash(slot), FIRST_CAPACITY)

  get size(): number {
    return this.#used - this.#free.length
  }

  /** Puts a record in, and says in which slot; or that it was there already, and whether it became this log's own. */
  add(record: LoggedScan): { readonly slot: number; readonly isNew: boolean; readonly isTakenOver: boolean } {
    const slot = this.#free.pop() ?? this.#nextSlot()
    this.#write(slot, record)
    const known = this.#find(slot)
    if (known >= 0) {
      this.#free.push(slot)
      return { slot: known, isNew: false, isTakenOver: this.#takeOver(known, record) }
    }
    this.#byCode.add(slot)
    this.#byIdentity.add(slot)
    if (this.isOwn(slot)) this.#byStamp.add(slot)
    return { slot, isNew: true, isTakenOver: false }
  }

  remove(slot: number): void {
    this.#byCode.remove(slot)
    this.#byIdentity.remove(slot)
    if (this.isOwn(slot)) this.#byStamp.remove(slot)
    this.#free.push(slot)
    this.#columns.flags[slot] = 0
  }

  /** The slots of a code's scans that were not undone. */
  withCode(code: Uint8Array): number[] {
    const words = wordsOfCode(code)
    const slots: number[] = []
    for (let at = this.#byCode.first(mixWords(this.#seed, ...words)); at >= 0; at = this.#byCode.after(at)) {
      if (this.#hasCode(at, words) && !this.isUndone(at)) slots.push(at)
    }
    return slots
  }

  /**
   * The oldest of those that tell of the same code at the same place as a slot does, itself among them, where they are
   * more than `most`; −1 where they are not. This log's own count apart from others'.
   */
  oldestAlike(slot: number, max: number): number {
    const { source } = this.#columns
    const isOwn = this.isOwn(slot)
    let [count, oldest] = [1, slot]
    for (let at = this.#byCode.first(this.#codeHash(slot)); at >= 0; at = this.#byCode.after(at)) {
      if (at === slot || source[at] !== source[slot] || this.isOwn(at) !== isOwn) continue
      if (!this.#isSameCode(at, slot)) continue
      count++
      if (this.compare(at, oldest) < 0) oldest = at
    }
    return count > max ? oldest : -1
  }

  /** The slots of scans verified here, as `valid`, of stamps with this identity and another payload. */
  twinsOf(stamp: StampIdentity): number[] {
    const { authority, facility, product, serial, payload } = stamp
    const columns = this.#columns
    const slots: number[] = []
    const hash = this.#hashOfStamp(facility, product, serial)
    for (let at = this.#byStamp.first(hash); at >= 0; at = this.#byStamp.after(at)) {
      const same =
        columns.serial[at] === serial &&
        columns.product[at] === product &&
        columns.facility[at] === facility &&
        this.source(at).authority === authority
      const isValid = (columns.flags[at]! & STATUS_BITS) === STATUSES.indexOf('valid')
      if (same && isValid && columns.payload[at] !== payload && !this.isUndone(at)) slots.push(at)
    }
    return slots
  }

  /** The slot of an identity, or −1. */
  slotOf(scan: Pick<ScanRecord, 'time' | 'code'> & ScanSource): number {
    const slot = this.#free.pop() ?? this.#nextSlot()
    this.#write(slot, { ...scan, facility: 0, product: 0, serial: 0, status: 'invalid' })
    this.#free.push(slot)
    return this.#find(slot)
  }

  markUndone(slot: number): void {
    this.#columns.flags[slot]! |= UNDONE
  }

  isUndone(slot: number): boolean {
    return (this.#columns.flags[slot]! & UNDONE) !== 0
  }

  /** True for a scan that this very log has verified. */
  isOwn(slot: number): boolean {
    return (this.#columns.flags[slot]! & OWN) !== 0
  }

  time(slot: number): number {
    return this.#columns.time[slot]!
  }

  source(slot: number): ScanSource {
    return this.#sources.at(this.#columns.source[slot]!)
  }

  record(slot: number): LoggedScan {
    const { time, facility, product, serial, code, payload, flags } = this.#columns
    return {
      ...this.source(slot),
      facility: facility[slot]!,
      product: product[slot]!,
      serial: serial[slot]!,
      code: codeBytes(code, slot),
      time: time[slot]!,
      status: STATUSES[flags[slot]! & STATUS_BITS]!,
      ...(this.isOwn(slot) && { payload: payload[slot]! }),
    }
  }

  /** Every slot in use. */
  *slots(): Iterable<number> {
    const free = new Set(this.#free)
    for (let slot = 0; slot < this.#used; slot++) if (!free.has(slot)) yield slot
  }

  /** The order of records: by time, code and source. */
  readonly compare = (a: number, b: number): number => {
    const { time, code, source } = this.#columns
    if (time[a] !== time[b]) return time[a]! - time[b]!
    for (let i = 0; i < 4; i++) {
      const difference = code[4 * a + i]! - code[4 * b + i]!
      if (difference !== 0) return difference
    }
    return this.#sources.compare(source[a]!, source[b]!)
  }

  #nextSlot(): number {
    if (this.#used === this.#capacity) this.#grow()
    return this.#used++
  }

  #grow(): void {
    this.#capacity *= 2
    this.#columns = columnsOf(this.#capacity, this.#columns)
    for (const index of [this.#byCode, this.#byIdentity, this.#byStamp]) index.grow(this.#capacity)
  }

  #write(slot: number, record: LoggedScan): void {
    const columns = this.#columns
    columns.time[slot] = record.time
    columns.facility[slot] = record.facility
    columns.product[slot] = record.product
    columns.serial[slot] = record.serial
    columns.code.set(wordsOfCode(record.code), 4 * slot)
    columns.source[slot] = this.#sources.numberOf(record)
    columns.payload[slot] = record.payload ?? 0
    columns.flags[slot] = STATUSES.indexOf(record.status) | (record.payload === undefined ? 0 : OWN)
  }

  /** What this log verified itself goes before what another device said of the same scan. */
  #takeOver(slot: number, record: LoggedScan): boolean {
    if (record.payload === undefined || this.isOwn(slot)) return false
    const undone = this.#columns.flags[slot]! & UNDONE
    this.#write(slot, record)
    this.#columns.flags[slot]! |= undone
    this.#byStamp.add(slot)
    return true
  }

  /** The slot of the record that has the same identity, or −1. */
  #find(slot: number): number {
    const { time, code, source } = this.#columns
    const words = code.subarray(4 * slot, 4 * slot + 4)
    let at = this.#byIdentity.first(this.#identityHash(slot))
    while (at >= 0) {
      if (time[at] === time[slot] && source[at] === source[slot] && this.#hasCode(at, words)) return at
      at = this.#byIdentity.after(at)
    }
    return -1
  }

  #hasCode(slot: number, words: ArrayLike<number>): boolean {
    const { code } = this.#columns
    const at = 4 * slot
    return (
      code[at] === words[0] &&
      code[at + 1] === words[1] &&
      code[at + 2] === words[2] &&
      code[at + 3] === words[3]
    )
  }

  #isSameCode(a: number, b: number): boolean {
    const { code } = this.#columns
    for (let i = 0; i < 4; i++) if (code[4 * a + i] !== code[4 * b + i]) return false
    return true
  }

  #codeHash(slot: number): number {
    const { code } = this.#columns
    const at = 4 * slot
    return mixWords(this.#seed, code[at]!, code[at + 1]!, code[at + 2]!, code[at + 3]!)
  }

  #identityHash(slot: number): number {
    const { time, source } = this.#columns
    return mixWords(this.#codeHash(slot), ...halvesOf(time[slot]!), source[slot]!)
  }

  #stampHash(slot: number): number {
    const { facility, product, serial } = this.#columns
    return this.#hashOfStamp(facility[slot]!, product[slot]!, serial[slot]!)
  }

  #hashOfStamp(facility: number, product: number, serial: number): number {
    return mixWords(this.#seed, ...halvesOf(facility), ...halvesOf(product), ...halvesOf(serial))
  }
}

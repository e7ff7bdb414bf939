import { type ScanMark, scanIdOf } from './record.ts'
import type { ScanSource } from './sources.ts'

/** Says that a scan was a mistake. Only its own place may. */
export interface UndoMark extends ScanMark, ScanSource {}

/** A set of undo marks. Above the limit, and an eighth more, the newest stay. */
export class UndoMarks {
  readonly #limit: number
  readonly #marks = new Map<string, UndoMark>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** False for a mark that was there already. */
  add(mark: UndoMark): boolean {
    const key = keyOf(mark)
    if (this.#marks.has(key)) return false
    this.#marks.set(key, mark)
    return true
  }

  has(mark: UndoMark): boolean {
    return this.#marks.size > 0 && this.#marks.has(keyOf(mark))
  }

  values(): Iterable<UndoMark> {
    return this.#marks.values()
  }

  /** Forgets the oldest: many at once, because it sorts all. */
  trim(): void {
    if (this.#marks.size <= this.#limit * 1.125) return
    const sorted = [...this.#marks].sort(([a, { time }], [b, other]) => time - other.time || (a < b ? -1 : 1))
    for (const [key] of sorted.slice(0, sorted.length - this.#limit)) this.#marks.delete(key)
  }
}

const keyOf = (mark: UndoMark): string => `${scanIdOf(mark)} ${mark.authority} ${mark.place}`

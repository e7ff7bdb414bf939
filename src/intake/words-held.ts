import { fromHex, toHex } from '../lib/bytes.ts'
import { groupBy } from '../lib/group-by.ts'
import type { LoggedScan, ScanMark } from '../scanlog/record.ts'
import { RecordTable } from '../scanlog/record-table.ts'
import type { Counting } from './store.ts'
import type { ListNumbers, ScanDelivery, Witness, Word } from './word.ts'

/** Words in memory, a hundred bytes or so each: the table of scan logs, in which every witness is a place of its own. */
export class WordsHeld {
  readonly #table = new RecordTable()
  /** By the slot: when its word was taken. */
  readonly #taken: { readonly taken: number; readonly lists: ListNumbers }[] = []
  /** By what is undone: who says so. */
  readonly #undone = new Map<string, Set<string>>()

  get size(): number {
    return this.#table.size
  }

  /** The records of a delivery that are new, and how many of its marks are. */
  add(delivery: ScanDelivery): { readonly added: LoggedScan[]; readonly undone: number } {
    const { taken, lists, scans, undone } = delivery
    const of = { taken, lists }
    const added = scans.filter((scan) => {
      const { slot, isNew } = this.#table.add({ ...scan, place: placeOf({ ...delivery }) })
      if (isNew) this.#taken[slot] = of
      return isNew
    })
    return { added, undone: undone.filter((mark) => this.#mark(delivery, mark)).length }
  }

  /** Codes that could break a rule, of these or of all. */
  *doubtful(counting: Counting, codes?: readonly string[]): Iterable<string> {
    const counts = whoCounts(counting)
    for (const code of codes ?? this.#codes()) {
      const words = this.#words(counting.authority, code, counts)
      const places = new Set(words.map(({ place }) => place))
      if (places.size > 1 || words.length > counting.maxScans) yield code
    }
  }

  /** The words of codes that count and were not undone, of each place the newest. */
  words(counting: Counting, codes: readonly string[]): Word[] {
    const { authority, mostAlike } = counting
    const counts = whoCounts(counting)
    return codes.flatMap((code) => {
      const words = this.#words(authority, code, counts).filter(
        ({ time, place }) => !this.#isUndone(authority, { time, code, place }, counts),
      )
      return [...groupBy(words, ({ place }) => place).values()].flatMap((there) => newest(there, mostAlike))
    })
  }

  #words(authority: string, code: string, counts: ReadonlySet<string>): Word[] {
    return this.#table.withCode(fromHex(code)).flatMap((slot) => {
      const { place, ...record } = this.#table.record(slot)
      if (record.authority !== authority || !counts.has(place)) return []
      const { time, facility, product, serial, status } = record
      const word = { code, time, facility, product, serial, status, ...this.#taken[slot]! }
      return [{ ...word, ...witnessOf(place) }]
    })
  }

  *#codes(): Iterable<string> {
    const seen = new Set<string>()
    for (const slot of this.#table.slots()) {
      const code = toHex(this.#table.record(slot).code)
      if (seen.has(code)) continue
      seen.add(code)
      yield code
    }
  }

  #mark({ authority, ...witness }: ScanDelivery, { time, code }: ScanMark): boolean {
    const key = undoKey(authority, { time, code: toHex(code), place: witness.place })
    const said = this.#undone.get(key) ?? new Set()
    if (said.has(placeOf(witness))) return false
    this.#undone.set(key, said.add(placeOf(witness)))
    return true
  }

  #isUndone(
    authority: string,
    word: Pick<Word, 'time' | 'code' | 'place'>,
    counts: ReadonlySet<string>,
  ): boolean {
    return [...(this.#undone.get(undoKey(authority, word)) ?? [])].some((who) => counts.has(who))
  }
}

const undoKey = (authority: string, { time, code, place }: Pick<Word, 'time' | 'code' | 'place'>): string =>
  `${time}-${code} ${authority} ${place}`

/** A scanner's key has 64 digits. */
const placeOf = ({ scanner, place }: Witness): string => `${scanner} ${place}`
const witnessOf = (held: string): Witness => ({ scanner: held.slice(0, 64), place: held.slice(65) })

export const whoCounts = ({ witnesses }: Counting): ReadonlySet<string> => new Set(witnesses.map(placeOf))

/** True where all of them count. */
export const doAllCount = (counts: ReadonlySet<string>, witnesses: readonly Witness[]): boolean =>
  witnesses.every((witness) => counts.has(placeOf(witness)))

/** The words of so many moments, the newest. */
function newest(words: readonly Word[], max: number): Word[] {
  const times = [...new Set(words.map(({ time }) => time))].sort((a, b) => b - a)
  const from = times[max - 1] ?? -1
  return words.filter(({ time }) => time >= from)
}

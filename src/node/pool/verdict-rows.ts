import { type CborValue, copyValue } from '../../codec/cbor-value.ts'
import type { Stamp } from '../../stamp/stamp.ts'
import { judge, type Outcome, outcomeOf, type Prepared, type Setting, verdictOn } from '../../verify/check.ts'
import type { Candidate, Signatory } from '../../verify/keyring.ts'
import type { Verdict, Warning } from '../../verify/verdict.ts'
import { isPrepared } from '../../verify/verify-texts.ts'

/**
 * Verdicts on their way between threads, a row for each text of a task, in memory that the threads share: of each only
 * what it does not have in common with others. To clone verdicts as they are would take longer than to make them.
 */
export interface VerdictRows {
  /** COLUMNS numbers a row. */
  readonly places: Uint32Array
  /** Facility, product and serial of each row, where a signature held. */
  readonly numbers: Float64Array
  /** SEAL_LENGTH bytes a row, of which the seal may take fewer. */
  readonly seals: Uint8Array
}

/** Rows that no thread has but this one. */
export const newRows = (count: number): VerdictRows => ({
  numbers: new Float64Array(NUMBERS * count),
  places: new Uint32Array(COLUMNS * count),
  seals: new Uint8Array(SEAL_LENGTH * count),
})

/** What rows of a task have in common. */
export interface RowTables {
  readonly traits: readonly Traits[]
  readonly outcomes: readonly Told[]
}

/**
 * What a row of `places` has: 1 more than the place of its outcome, or 0 for a verdict that is only counted; 1 more than
 * the signatory's place in the keyring, or 0; further places.
 */
const COLUMN = { outcome: 0, signatory: 1, carrier: 2, traits: 3, sealLength: 4 } as const
export const COLUMNS = 5
export const NUMBERS = 3
export const SEAL_LENGTH = 16

/** What a stamp may state beside its numbers and its seal: runs have it in common. */
type Traits = Pick<Stamp, 'lot' | 'made' | 'expires' | 'extensions'>

/** An outcome; with its warnings where there is no signature behind it. */
interface Told {
  readonly outcome: Outcome
  readonly warnings?: readonly Warning[]
}

const CARRIERS = ['base45', 'digits', 'url', 'gs1'] as const

/** Writes rows of a task, and what they have in common. */
export class RowWriter {
  readonly #rows: VerdictRows
  readonly #setting: Setting
  readonly #isWanted: (status: Verdict['status']) => boolean
  readonly #traits = new Table<Traits>()
  readonly #outcomes = new Table<Told>()
  /** What the last stamp had without extensions, and where. */
  #lastTraits: (Omit<Traits, 'extensions'> & { readonly place: number }) | undefined
  /** How many rows there are up to the last that has a signature behind it. */
  #signed = 0

  /** @param isWanted of which outcomes more is wanted than to be counted */
  constructor(
    rows: VerdictRows,
    setting: Setting,
    isWanted: (status: Verdict['status']) => boolean = () => true,
  ) {
    this.#rows = rows
    this.#setting = setting
    this.#isWanted = isWanted
  }

  get tables(): RowTables {
    return { traits: this.#traits.entries, outcomes: this.#outcomes.entries }
  }

  /** A copy of the first rows. What is no stamp has neither numbers nor a seal: of such there may be very many. */
  first(count: number): VerdictRows {
    const { numbers, places, seals } = this.#rows
    const signed = Math.min(count, this.#signed)
    return {
      numbers: numbers.slice(0, NUMBERS * signed),
      places: places.slice(0, COLUMNS * count),
      seals: seals.slice(0, SEAL_LENGTH * signed),
    }
  }

  /** The rest of the steps for a text, and its row: false where that is not wanted. */
  write(text: number, one: Prepared | Verdict): boolean {
    const { places, numbers, seals } = this.#rows
    const [row, three] = [COLUMNS * text, NUMBERS * text]
    const signed = isPrepared(one) && one.signatory !== undefined ? one : undefined
    const told = signed
      ? { outcome: outcomeOf(signed.scan, signed.signatory!, this.#setting) }
      : unsigned(one, this.#setting)
    const isWanted = this.#isWanted(told.outcome.status)
    places[row + COLUMN.outcome] = isWanted ? 1 + this.#outcomes.place(told, nameOf(told)) : 0
    if (!isWanted) return false
    places[row + COLUMN.signatory] = signed
      ? 1 + this.#setting.keyring.all.indexOf(signed.signatory as Candidate)
      : 0
    if (!signed) return true
    this.#signed = text + 1
    const { stamp, carrier } = signed.scan
    const { facility, product, serial, seal } = stamp
    places[row + COLUMN.carrier] = CARRIERS.indexOf(carrier)
    places[row + COLUMN.traits] = this.#traitsPlace(stamp)
    places[row + COLUMN.sealLength] = seal?.length ?? 0
    if (seal !== undefined) seals.set(seal, SEAL_LENGTH * text)
    numbers[three] = facility
    numbers[three + 1] = product
    numbers[three + 2] = serial
    return true
  }

  /** The place of a stamp's traits: mostly that of the stamp before. */
  #traitsPlace(stamp: Stamp): number {
    const { lot, made, expires, extensions } = stamp
    const last = this.#lastTraits
    if (extensions) {
      const copy = copyValue(extensions as CborValue) as typeof extensions
      return this.#traits.add({ ...traitsOf(stamp), extensions: copy })
    }
    if (last && last.lot === lot && last.made === made && last.expires === expires) return last.place
    const place = this.#traits.place(traitsOf(stamp), `${lot} ${made} ${expires}`)
    this.#lastTraits = { lot, made, expires, place }
    return place
  }
}

/** Those that the stamp has: a verdict has no others either. */
function traitsOf(stamp: Stamp): Omit<Traits, 'extensions'> {
  const { facility: _, product: __, serial: ___, seal: ____, extensions: _____, ...traits } = stamp
  return traits
}

/** Reads the rows of a task. */
export class RowReader {
  readonly #rows: VerdictRows
  readonly #tables: RowTables
  readonly #setting: Setting
  /** What the last verdict was made of. */
  #like: Like | undefined

  constructor(rows: VerdictRows, tables: RowTables, setting: Setting) {
    this.#rows = rows
    this.#tables = tables
    this.#setting = setting
  }

  /** The verdict that a text's row tells; undefined for one that is only counted. */
  read(text: number): Verdict | undefined {
    const { places, numbers } = this.#rows
    const row = COLUMNS * text
    const place = places[row + COLUMN.outcome]!
    if (place === 0) return undefined
    const { outcome, warnings } = this.#tables.outcomes[place - 1]!
    const signatory = this.#setting.keyring.all[places[row + COLUMN.signatory]! - 1]
    if (signatory === undefined)
      return Object.assign(
        { ...outcome },
        { checkedAt: this.#setting.now, warnings: [...warnings!] },
      ) as Verdict
    const three = NUMBERS * text
    const [facility, product, serial] = [numbers[three]!, numbers[three + 1]!, numbers[three + 2]!]
    const stamp = { facility, product, serial, ...this.#tables.traits[places[row + COLUMN.traits]!] }
    const length = places[row + COLUMN.sealLength]!
    if (length > 0) Object.assign(stamp, { seal: this.#seal(text, length) })
    const carrier = CARRIERS[places[row + COLUMN.carrier]!]!
    return { stamp, carrier, ...this.#rest(stamp, signatory, outcome) } as Verdict
  }

  #seal(text: number, length: number): Uint8Array {
    const start = SEAL_LENGTH * text
    return new Uint8Array(this.#rows.seals.subarray(start, start + length))
  }

  /** All of a verdict but stamp and carrier. Most of a task are alike in it. */
  #rest(stamp: Stamp, signatory: Signatory, outcome: Outcome): Like['rest'] {
    const { facility, product } = stamp
    const like = this.#like
    const isLike = like?.outcome === outcome && like.signatory === signatory
    if (isLike && like.facility === facility && like.product === product) return like.rest
    const {
      stamp: _,
      carrier: __,
      ...rest
    } = verdictOn({ stamp, carrier: 'base45' }, signatory, outcome, this.#setting)
    this.#like = { outcome, signatory, facility, product, rest }
    return rest
  }
}

interface Like extends Pick<Stamp, 'facility' | 'product'> {
  readonly outcome: Outcome
  readonly signatory: Signatory
  readonly rest: Omit<Verdict, 'stamp' | 'carrier'>
}

function unsigned(one: Prepared | Verdict, setting: Setting): Told {
  const { checkedAt: _, warnings, ...outcome } = isPrepared(one) ? judge(one, setting) : one
  return { outcome: outcome as Outcome, warnings }
}

const nameOf = (told: Told): string => (told.outcome.status === 'valid' ? '' : JSON.stringify(told))

/** Entries that rows have in common. */
class Table<T> {
  readonly entries: T[] = []
  readonly #places = new Map<string, number>()

  add(entry: T): number {
    return this.entries.push(entry) - 1
  }

  /** The place of the entry of this name: of the first that had it. */
  place(entry: T, name: string): number {
    const known = this.#places.get(name)
    if (known !== undefined) return known
    const place = this.add(entry)
    this.#places.set(name, place)
    return place
  }
}

import { type CborValue, copyValue } from '../../codec/cbor-value.ts'
import { concatBytes } from '../../lib/bytes.ts'
import type { Stamp } from '../../stamp/stamp.ts'
import { judge, type Outcome, outcomeOf, type Prepared, type Setting, verdictOn } from '../../verify/check.ts'
import type { Candidate } from '../../verify/keyring.ts'
import type { Verdict, Warning } from '../../verify/verdict.ts'
import { isPrepared } from '../../verify/verify-texts.ts'

/**
 * Verdicts on their way between threads: of each only what it does not have in common with others. To clone verdicts as
 * they are would take longer than to make them.
 */
export interface VerdictRows {
  /** COLUMNS numbers a row. */
  readonly places: Uint32Array
  /** Facility, product and serial of each row, where a signature held. */
  readonly numbers: Float64Array
  readonly traits: readonly Traits[]
  readonly outcomes: readonly (Outcome | Unsigned)[]
  /** Seals, one behind the other. */
  readonly seals: Uint8Array
}

/** What a row of `places` has: which text; 1 more than the signatory's place in the keyring, or 0; further places. */
const COLUMN = { text: 0, signatory: 1, carrier: 2, traits: 3, outcome: 4, sealLength: 5 } as const
const COLUMNS = 6

/** What a stamp may state beside its numbers and its seal: runs have it in common. */
type Traits = Pick<Stamp, 'lot' | 'made' | 'expires' | 'extensions'>

/** A verdict without a signature behind it, and without its time. */
type Unsigned = Outcome & { readonly warnings: readonly Warning[] }

const CARRIERS = ['base45', 'digits', 'url', 'gs1'] as const

/** A text, by its place in the task, and what steps 1 to 6 came to. */
export interface Tried {
  readonly text: number
  readonly one: Prepared | Verdict
}

/**
 * The rest of the steps, and the verdicts as rows.
 * @param isWanted of which outcomes rows are wanted
 */
export function packVerdicts(
  all: readonly Tried[],
  setting: Setting,
  isWanted: (status: Verdict['status']) => boolean = () => true,
): VerdictRows {
  const places = new Uint32Array(COLUMNS * all.length)
  const numbers = new Float64Array(3 * all.length)
  const [traits, outcomes] = [new Table<Traits>(), new Table<Outcome | Unsigned>()]
  const seals: Uint8Array[] = []
  let count = 0
  for (const { text, one } of all) {
    const signed = isPrepared(one) && one.signatory !== undefined ? one : undefined
    const outcome = signed ? outcomeOf(signed.scan, signed.signatory!, setting) : unsigned(one, setting)
    if (!isWanted(outcome.status)) continue
    const [row, three] = [COLUMNS * count, 3 * count++]
    places[row + COLUMN.text] = text
    places[row + COLUMN.outcome] = outcomes.place(outcome, nameOf(outcome))
    if (signed === undefined) continue
    const { facility, product, serial, seal, extensions, ...others } = signed.scan.stamp
    places[row + COLUMN.signatory] = 1 + setting.keyring.all.indexOf(signed.signatory as Candidate)
    places[row + COLUMN.carrier] = CARRIERS.indexOf(signed.scan.carrier)
    places[row + COLUMN.traits] = extensions
      ? traits.add({ ...others, extensions: copyValue(extensions as CborValue) as typeof extensions })
      : traits.place(others, `${others.lot} ${others.made} ${others.expires}`)
    if (seal !== undefined) places[row + COLUMN.sealLength] = seals.push(seal) && seal.length
    numbers[three] = facility
    numbers[three + 1] = product
    numbers[three + 2] = serial
  }
  return {
    places: places.slice(0, COLUMNS * count),
    numbers: numbers.slice(0, 3 * count),
    traits: traits.entries,
    outcomes: outcomes.entries,
    seals: concatBytes(...seals),
  }
}

/** Tells each verdict, with the place of its text in the task. */
export function unpackVerdicts(
  { places, numbers, traits, outcomes, seals }: VerdictRows,
  setting: Setting,
  tell: (text: number, verdict: Verdict) => void,
): void {
  let sealed = 0
  for (let row = 0, three = 0; row < places.length; row += COLUMNS, three += 3) {
    const text = places[row + COLUMN.text]!
    const outcome = outcomes[places[row + COLUMN.outcome]!]!
    const signatory = setting.keyring.all[places[row + COLUMN.signatory]! - 1]
    if (signatory === undefined) {
      const { warnings, ...others } = outcome as Unsigned
      tell(text, { ...others, checkedAt: setting.now, warnings: [...warnings] } as Verdict)
      continue
    }
    const [facility, product, serial] = [numbers[three]!, numbers[three + 1]!, numbers[three + 2]!]
    const stamp = { facility, product, serial, ...traits[places[row + COLUMN.traits]!] }
    const length = places[row + COLUMN.sealLength]!
    if (length > 0) Object.assign(stamp, { seal: seals.slice(sealed, sealed + length) })
    sealed += length
    const carrier = CARRIERS[places[row + COLUMN.carrier]!]!
    tell(text, verdictOn({ stamp, carrier }, signatory, outcome, setting))
  }
}

function unsigned(one: Prepared | Verdict, setting: Setting): Unsigned {
  const { checkedAt: _, ...others } = isPrepared(one) ? judge(one, setting) : one
  return others as Unsigned
}

const nameOf = (outcome: Outcome): string => (outcome.status === 'valid' ? '' : JSON.stringify(outcome))

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

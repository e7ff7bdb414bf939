import {
  type ArgumentCheck,
  type ArgumentTable,
  aFunction,
  anyText,
  ifGiven,
  kindOf,
  listOf,
  objectOf,
  textOf,
  wholeNumber,
} from '../../lib/arguments.ts'
import { brandOf } from '../../lib/brand.ts'
import { checkBytes } from '../../lib/checks.ts'
import { secondOf } from '../../lib/dates.ts'
import { MAX_ID, MAX_KEY_ID } from '../../stamp/stamp.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import { aScope } from '../../trust/scope-argument.ts'
import type { Reservation } from '../job.ts'
import type { RunProduct } from './survey.ts'

/** Who signs, and how far the key may go. */
export interface Reach {
  readonly keyId: number
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** What the trust list lets the key stamp. */
  readonly scope: readonly ScopeRange[]
  /**
   * The highest serial that the published revocation list lets out, as `KeyRecord.watermark` answers;
   * undefined where it sets no limit.
   */
  readonly watermark?: (publicKey: Uint8Array, facility: number, product: number) => number | undefined
}

/** Serials that were given away, and the run that has them. */
export interface TakenSerials extends RunProduct {
  readonly id: string
  readonly first: number
  readonly last: number
}

export interface ReserveOptions {
  readonly now: Date
  /** SHA-256 of the fonts, in hexadecimal, where the job has a sheet. */
  readonly fonts?: string | undefined
  /** Asked before the reservation counts: throws for one that could not be printed. */
  readonly check?: ((run: Reservation) => void) | undefined
  /** Serials that others than the journal know to be given away: exports, or a record kept elsewhere. */
  readonly taken?: readonly TakenSerials[] | undefined
  /** The names of the journal's faults that people have looked at: those stop no reservation. */
  readonly accepted?: ReadonlySet<string> | undefined
}

const anId = wholeNumber(0, MAX_ID)
const publicKey: ArgumentCheck = (place, value) => checkBytes(place, value, 32)

export const reachFields: ArgumentTable<Reach> = {
  keyId: wholeNumber(0, MAX_KEY_ID),
  publicKey,
  scope: aScope,
  watermark: ifGiven(aFunction),
}

const taken: ArgumentTable<TakenSerials> = {
  id: textOf(60),
  facility: anId,
  product: anId,
  first: anId,
  last: anId,
}

export const reserveFields: ArgumentTable<ReserveOptions> = {
  now: secondOf,
  fonts: ifGiven(anyText),
  check: ifGiven(aFunction),
  taken: ifGiven(listOf(objectOf(taken))),
  accepted: ifGiven(kindOf('a Set of names', (value) => brandOf(value) === 'Set')),
}

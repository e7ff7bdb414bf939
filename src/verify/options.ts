import { anEngine, type Engine } from '../ed25519/engine.ts'
import {
  type ArgumentCheck,
  type ArgumentTable,
  ableTo,
  aFunction,
  aSignal,
  aSource,
  checkTable,
  ifGiven,
  listOf,
  wholeNumber,
} from '../lib/arguments.ts'
import type { Source } from '../lib/chunks.ts'
import { aDate } from '../lib/dates.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import { aTrustList, type TrustList } from '../trust/trust-list.ts'

export interface VerifierOptions {
  /** One list an authority. A public key may stand in one of them only. */
  readonly trustLists: readonly TrustList[]
  /** At most one for each of them. Without one, no stamp of an authority that names a revocation key is valid. */
  readonly revocationLists?: readonly RevocationList[] | undefined
  /** What verifies signatures: the engine that the lists were loaded with by default. */
  readonly engine?: Engine | undefined
  /** Seconds after its `issued` from which on a list counts as stale even before it expires. */
  readonly maxListAge?: number | undefined
  /**
   * Seconds by which the clock may be behind the newest list and still count as good, 0 to 86,400: 300 by default
   * (SPEC.md, "Verification").
   */
  readonly clockTolerance?: number | undefined
}

/** Seconds. */
const MAX_CLOCK_TOLERANCE = 86_400

const seconds: ArgumentCheck = (place, value) => {
  if (typeof value === 'number' && value > 0) return
  throw (typeof value === 'number' ? argumentRange : argumentType)(
    place,
    'a number of seconds above 0',
    value,
  )
}

export const verifierFields: ArgumentTable<VerifierOptions> = {
  trustLists: listOf(aTrustList, 1),
  revocationLists: ifGiven(listOf(ableTo('a loaded revocation list', 'ofKey'))),
  engine: ifGiven(anEngine),
  maxListAge: ifGiven(seconds),
  clockTolerance: ifGiven(wholeNumber(0, MAX_CLOCK_TOLERANCE)),
}

export interface VerifyOptions {
  /** The moment of the check, the same for every step. The system's clock, read once, by default. */
  readonly now?: Date | undefined
}

export const verifyFields: ArgumentTable<VerifyOptions> = { now: ifGiven(aDate) }

export interface VerifyManyOptions extends VerifyOptions {
  /** Ends the stream with its `reason`, once aborted. */
  readonly signal?: AbortSignal | undefined
  /** Told after every chunk how many texts have been checked so far. */
  readonly onProgress?: ((checked: number) => void) | undefined
  /**
   * How many texts are read before any is answered, 1 to 65536: 256 with an engine that is faster at many together,
   * otherwise 32. A live source wants 1.
   */
  readonly chunk?: number | undefined
}

const MAX_CHUNK = 65_536

export const verifyManyFields: ArgumentTable<VerifyManyOptions> = {
  ...verifyFields,
  signal: ifGiven(aSignal),
  onProgress: ifGiven(aFunction),
  chunk: ifGiven(wholeNumber(1, MAX_CHUNK)),
}

/** @throws an argument error, also for a text alone, which is an iterable of letters */
export function checkStream(texts: Source<string>, options: VerifyManyOptions = {}): VerifyManyOptions {
  aSource('texts', texts)
  return checkTable('options', options, verifyManyFields)
}

import type { Engine } from '../ed25519/engine.ts'
import type { Source } from '../lib/chunks.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import type { TrustList } from '../trust/trust-list.ts'
import { type Check, checkIn } from './check.ts'
import { createKeyring } from './keyring.ts'
import { pairLists } from './lists.ts'
import type { VerifyManyOptions, VerifyOptions } from './options.ts'
import type { ListAge, Verdict } from './verdict.ts'

export interface VerifierOptions {
  /** One list an authority. A public key may stand in one of them only. */
  readonly trustLists: readonly TrustList[]
  /** At most one for each of them. Without one, no stamp of an authority that names a revocation key is valid. */
  readonly revocationLists?: readonly RevocationList[]
  /** What verifies signatures: the engine that the lists were loaded with unless given. */
  readonly engine?: Engine
  /** Seconds after its `issued` from which on a list counts as stale even before it expires. */
  readonly maxListAge?: number
}

export interface Verifier {
  /**
   * Checks one scanned text (SPEC.md, "Verification"). Never throws on a scan, whatever the text.
   * @throws ArgumentTypeError or ArgumentRangeError for a `now` that is no date
   */
  verify(text: string, options?: VerifyOptions): Verdict
  /**
   * Checks a stream of texts: the verdicts that `verify` gives, in order and of one moment. Holds a chunk at a time,
   * however many there are, and lets other work run between chunks. Closes the source when it is left early; when the
   * source fails, the verdicts of what came before are given first.
   * @throws (the stream rejects with) ArgumentTypeError or ArgumentRangeError for options that can't be, what the
   * source or `onProgress` throws, or the `reason` of `signal`
   */
  verifyMany(texts: Source<string>, options?: VerifyManyOptions): AsyncGenerator<Verdict, void, undefined>
}

/**
 * A verifier for stamps of the authorities whose trust lists it is given. It holds no state: for newer lists
 * make a new one.
 * @throws ArgumentTypeError or ArgumentRangeError for options that can't be; VeristampError `key_shared`
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const at = createCheck(options)
  const { trustLists, engine } = options
  return {
    verify: (text, { now = new Date() } = {}) => verifyOne(text, at(now)),
    async *verifyMany(texts, options) {
      // Begun at once: a source like readline's loses what comes before somebody listens.
      const begun = (texts as AsyncIterable<string>)?.[Symbol.asyncIterator]?.()
      // Loaded when first asked for: a page that checks one text after another carries nothing for it.
      const { verifyStream } = await import('./verify-many.ts')
      yield* verifyStream(
        begun ? { [Symbol.asyncIterator]: () => begun } : texts,
        at,
        engine ? [engine] : trustLists.map((list) => list.engine),
        options,
      )
    },
  }
}

function verifyOne(text: string, { prepare, judge }: Check): Verdict {
  const one = prepare(text)
  if ('status' in one) return one
  one.signatory = one.candidates.find(({ key }) => key.verify(one.message, one.signature)) // step 6
  return judge(one)
}

/** What texts are checked with, at any moment. @throws what `createVerifier` throws */
export function createCheck(options: VerifierOptions): (now: Date) => Check {
  const {
    trustLists,
    revocationLists = [],
    engine,
    maxListAge = Number.POSITIVE_INFINITY,
  } = checkOptions(options)
  const authorities = pairLists(trustLists, revocationLists)
  const keyring = createKeyring(authorities, engine)
  const floor = newestIssued([...trustLists, ...revocationLists])
  return (now) =>
    checkIn({ authorities, keyring, floor, maxListAge, now: checkNow(now), standings: new Map() })
}

const newestIssued = (lists: readonly Pick<ListAge, 'issued'>[]): Date =>
  new Date(Math.max(...lists.map(({ issued }) => issued.getTime())))

function checkOptions(options: VerifierOptions): VerifierOptions {
  const { trustLists, revocationLists = [], maxListAge } = options ?? {}
  if (!Array.isArray(trustLists) || trustLists.length === 0) {
    throw argumentType('trustLists', 'loaded lists, one at least', trustLists)
  }
  if (!Array.isArray(revocationLists)) {
    throw argumentType('revocationLists', 'loaded lists', revocationLists)
  }
  if (maxListAge !== undefined && !(maxListAge > 0)) {
    throw argumentRange('maxListAge', 'a number of seconds above 0', maxListAge)
  }
  return options
}

function checkNow(now: unknown): Date {
  if (!(now instanceof Date)) throw argumentType('now', 'a Date', now)
  if (Number.isNaN(now.getTime())) throw argumentRange('now', 'a Date that is one', 'an invalid Date')
  return now
}

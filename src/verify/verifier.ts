import { isDate } from '../lib/brand.ts'
import { checkInteger } from '../lib/checks.ts'
import type { Source } from '../lib/chunks.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import { type Check, checkIn } from './check.ts'
import { createKeyring } from './keyring.ts'
import { pairLists } from './lists.ts'
import type { VerifierOptions, VerifyManyOptions, VerifyOptions } from './options.ts'
import type { Verdict } from './verdict.ts'

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
  return {
    verify: (text, { now = new Date() } = {}) => verifyOne(text, at(now)),
    async *verifyMany(texts, manyOptions) {
      // Begun at once: a source like readline's loses what comes before somebody listens.
      const begun = (texts as AsyncIterable<string>)?.[Symbol.asyncIterator]?.()
      // Loaded when first asked for: a page that checks one text after another carries nothing for it.
      const { verifyStream } = await import('./verify-many.ts')
      yield* verifyStream(texts, begun, at, options, manyOptions)
    },
  }
}

/** Seconds. */
const CLOCK_TOLERANCE = 300
const MAX_CLOCK_TOLERANCE = 86_400

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
    clockTolerance = CLOCK_TOLERANCE,
  } = checkOptions(options)
  const authorities = pairLists(trustLists, revocationLists)
  const keyring = createKeyring(authorities, engine)
  const newest = Math.max(...[...trustLists, ...revocationLists].map(({ issued }) => issued.getTime()))
  return (given) => {
    const now = checkNow(given)
    const time = now.getTime()
    const clockGood = time + clockTolerance * 1000 >= newest
    const moment = { now, clockGood, reached: Math.max(time, newest), maxListAge }
    return checkIn({ authorities, keyring, standings: new Map(), ...moment })
  }
}

function checkOptions(options: VerifierOptions): VerifierOptions {
  const { trustLists, revocationLists = [], maxListAge, clockTolerance } = options ?? {}
  if (!Array.isArray(trustLists) || trustLists.length === 0) {
    throw argumentType('trustLists', 'loaded lists, one at least', trustLists)
  }
  if (!Array.isArray(revocationLists)) {
    throw argumentType('revocationLists', 'loaded lists', revocationLists)
  }
  if (maxListAge !== undefined && !(maxListAge > 0)) {
    throw argumentRange('maxListAge', 'a number of seconds above 0', maxListAge)
  }
  if (clockTolerance !== undefined) checkInteger('clockTolerance', clockTolerance, MAX_CLOCK_TOLERANCE)
  return options
}

/** A copy, for verdicts carry it. */
function checkNow(now: unknown): Date {
  if (!isDate(now)) throw argumentType('now', 'a Date', now)
  if (Number.isNaN(now.getTime())) throw argumentRange('now', 'a valid Date', String(now))
  return new Date(now.getTime())
}

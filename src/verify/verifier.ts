import { checkTable } from '../lib/arguments.ts'
import type { Source } from '../lib/chunks.ts'
import type { Setting } from './check.ts'
import { createKeyring } from './keyring.ts'
import { pairLists } from './lists.ts'
import {
  checkStream,
  type VerifierOptions,
  type VerifyManyOptions,
  type VerifyOptions,
  verifierFields,
  verifyFields,
} from './options.ts'
import type { Verdict } from './verdict.ts'
import { verifyStream } from './verify-many.ts'
import { verifyTexts } from './verify-texts.ts'

export interface Verifier {
  /**
   * Checks one scanned text (SPEC.md, "Verification"). Never throws on a scan, whatever the text.
   * @throws ArgumentTypeError or ArgumentRangeError for anything but a text, such as a field that a request lacks, and for
   * bad options
   */
  verify(text: string, options?: VerifyOptions): Verdict
  /**
   * Checks a stream of texts: the verdicts that `verify` gives, in order and of one moment. Holds a chunk at a time,
   * however many there are, and lets other work run between chunks. Closes the source when it is left early; when the
   * source fails, the verdicts of what came before are given first.
   * @throws ArgumentTypeError or ArgumentRangeError, at once, for bad options. The stream rejects with what the
   * source or `onProgress` throws, and with the `reason` of `signal`
   */
  verifyMany(texts: Source<string>, options?: VerifyManyOptions): AsyncGenerator<Verdict, void, undefined>
}

/**
 * A verifier for stamps of the authorities whose trust lists it is given. It holds no state: for newer lists
 * make a new one.
 * @throws ArgumentTypeError or ArgumentRangeError for bad options; VeristampError `key_shared`
 * @example
 * ```ts
 * import { createVerifier } from 'veristamp/verify'
 *
 * const verifier = createVerifier({ trustLists: [trustList], revocationLists: [revocationList] })
 * const verdict = verifier.verify(scanned)
 * verdict.status // → 'valid'
 * verdict.stamp // → { facility: 12, product: 104, serial: 90001 }
 * verifier.verify('anything else').status // → 'invalid'
 * ```
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const at = createSetting(options)
  // Taken now: the caller may change what it gave.
  const { engine, trustLists } = options
  const lists = engine ? [{ engine }] : trustLists
  const fast = lists.find((list) => list.engine.verifyMany)?.engine
  return {
    verify(text, options) {
      const { now = new Date() } = options === undefined ? {} : checkTable('options', options, verifyFields)
      return verifyTexts([text], at(now))[0]!
    },
    verifyMany(texts, manyOptions) {
      const { now = new Date(), chunk = fast ? 256 : 32, ...flow } = checkStream(texts, manyOptions)
      return verifyStream(texts, at(now), { ...flow, chunk }, fast)
    },
  }
}

/** Seconds. */
const CLOCK_TOLERANCE = 300

/** What texts are checked with, at any moment. @throws what `createVerifier` throws */
export function createSetting(options: VerifierOptions): (now: Date) => Setting {
  const {
    trustLists,
    revocationLists = [],
    engine,
    maxListAge = Number.POSITIVE_INFINITY,
    clockTolerance = CLOCK_TOLERANCE,
  } = checkTable('options', options, verifierFields)
  const authorities = pairLists(trustLists, revocationLists)
  const keyring = createKeyring(authorities, engine)
  const newest = Math.max(...[...trustLists, ...revocationLists].map(({ issued }) => +issued))
  return (given) => {
    const time = +given
    const now = new Date(time) // a copy, because verdicts carry it
    const clockGood = time + clockTolerance * 1000 >= newest
    const moment = { now, clockGood, reached: Math.max(time, newest), maxListAge }
    return { authorities, keyring, standings: new Map(), ...moment }
  }
}

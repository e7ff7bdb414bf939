import type { Engine } from '../ed25519/engine.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import type { TrustList } from '../trust/trust-list.ts'
import { judge, type Prepared, prepare } from './check.ts'
import { createKeyring, type Signatory } from './keyring.ts'
import { pairLists } from './lists.ts'
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

export interface VerifyOptions {
  /** The moment of the check, the same for every step. The system's clock, read once, unless given. */
  readonly now?: Date
}

export interface Verifier {
  /**
   * Checks one scanned text (SPEC.md, "Verification"). Never throws on a scan, whatever the text.
   * @throws ArgumentTypeError or ArgumentRangeError for a `now` that is no date
   */
  verify(text: string, options?: VerifyOptions): Verdict
}

/**
 * A verifier for stamps of the authorities whose trust lists it is given. It holds no state: for newer lists
 * make a new one.
 * @throws ArgumentTypeError or ArgumentRangeError for options that can't be; VeristampError `key_shared`
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const {
    trustLists,
    revocationLists = [],
    engine,
    maxListAge = Number.POSITIVE_INFINITY,
  } = checkOptions(options)
  const authorities = pairLists(trustLists, revocationLists)
  const keyring = createKeyring(trustLists, engine)
  const floor = newestIssued([...trustLists, ...revocationLists])

  return {
    verify(text, { now = new Date() } = {}) {
      const setting = { authorities, keyring, floor, maxListAge, now: checkNow(now) }
      const prepared = prepare(text, setting)
      if ('status' in prepared) return prepared
      return judge(prepared, findSignatory(prepared), setting)
    },
  }
}

/** Step 6: the first candidate whose signature the scan bears. */
const findSignatory = ({ candidates, message, scan }: Prepared): Signatory | undefined =>
  candidates.find(({ key }) => key.verify(message, scan.signature))

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

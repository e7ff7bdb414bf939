import { breathe, checkAborted, unlessAborted } from '../lib/abort.ts'
import {
  type ArgumentCheck,
  type ArgumentTable,
  aFunction,
  aSignal,
  checkTable,
  ifGiven,
  wholeNumber,
} from '../lib/arguments.ts'
import { checkObject } from '../lib/checks.ts'
import { argumentRange, argumentType, VeristampError } from '../lib/errors.ts'
import { MAX_ID, ownStamp, type Stamp } from '../stamp/stamp.ts'
import type { Code } from './code.ts'
import { encodePayload, isPromise, type SigningKey, signStamp } from './sign-stamp.ts'

/** What a stamp says besides which one it is. */
export type Claims = Omit<Stamp, 'facility' | 'product' | 'serial'>

/** Stamps of one product with serials in a row, and the claims that all of them make. */
export interface IssueManyOptions extends Omit<Stamp, 'serial'> {
  /** The first serial. */
  readonly first: number
  readonly count: number
  /** Claims that differ from stamp to stamp, such as the seal. Asked once a serial, in order. */
  readonly claims?: ((serial: number) => Claims) | undefined
  /** How many signatures a signer that takes its time is asked for at once, 1 to 1024: 16 by default. */
  readonly concurrency?: number | undefined
  /** Ends the stream with its `reason`, once aborted. */
  readonly signal?: AbortSignal | undefined
}

/** Signatures by a signer that answers at once until other work may run: some 10 ms. */
const BREATH = 256
const MAX_AT_ONCE = 1024

/** A row of stamps that was checked, as far as it can be before its serials' own claims are known. */
export interface IssueRow {
  readonly first: number
  readonly count: number
  readonly concurrency: number
  readonly signal: AbortSignal | undefined
  /** The first stamp, without claims of its own. */
  readonly firstStamp: Stamp
  stampOf(serial: number): Stamp
}

/** Asked when the first stamp is encoded. */
const later: ArgumentCheck = () => {}

const fields: ArgumentTable<IssueManyOptions> = {
  facility: later,
  product: later,
  lot: later,
  made: later,
  expires: later,
  seal: later,
  extensions: later,
  first: wholeNumber(0, MAX_ID),
  count: wholeNumber(0, MAX_ID),
  claims: ifGiven(aFunction),
  concurrency: ifGiven(wholeNumber(1, MAX_AT_ONCE)),
  signal: ifGiven(aSignal),
}

/** @throws ArgumentTypeError or ArgumentRangeError; VeristampError `does_not_fit` */
export function checkRow(keyId: number, options: IssueManyOptions): IssueRow {
  const {
    first,
    count,
    claims,
    concurrency = 16,
    signal,
    facility,
    product,
    ...shared
  } = checkTable('options', options, fields)
  if (count > MAX_ID - first + 1)
    throw argumentRange('options.count', `at most ${MAX_ID - first + 1} from ${first} on`, count)
  const stampWith = (shared: Claims, own: Claims | undefined, serial: number): Stamp => {
    // Named before what is spread, for V8 is slow to add fields to a copy; and again, for claims change no name.
    const stamp = { facility, product, serial, ...shared, ...own }
    stamp.facility = facility
    stamp.product = product
    stamp.serial = serial
    return stamp
  }
  const given = stampWith(shared, undefined, first)
  encodePayload(keyId, given)
  const firstStamp = ownStamp(given)
  const stampOf = (serial: number): Stamp =>
    stampWith(firstStamp, claims && checkClaims(claims(serial)), serial)
  return { first, count, concurrency, signal, firstStamp, stampOf }
}

/** A promise says nothing yet: its stamps would be signed without the claims that it is for. */
function checkClaims(own: Claims): Claims {
  if (isPromise<unknown>(checkObject('claims', own))) throw argumentType('claims', 'claims', own)
  return own
}

/**
 * The codes of a row, in order. Signatures that take time are under way together, but never more than `concurrency`.
 * @throws (rejects with) VeristampError `signing_failed` that names the serial and has what was thrown as its `cause`,
 * or the `reason` of `signal`
 */
export async function* signRow(key: SigningKey, row: IssueRow): AsyncGenerator<Code, void, undefined> {
  const { first, count, concurrency, signal, stampOf } = row
  const underWay: (Code | Promise<Code>)[] = []
  for (let [started, given] = [0, 0]; given < count; given++) {
    checkAborted(signal)
    while (started < count && started - given < concurrency) {
      const code = signNamed(key, stampOf, first + started++)
      underWay.push(code)
      if (!isPromise(code)) break
      code.catch(() => {}) // told when its turn comes
    }
    const next = underWay.shift()!
    yield isPromise(next) ? await unlessAborted(next, signal) : next
    if (given % BREATH === BREATH - 1) await breathe()
  }
}

/** A failure says which serial it was. */
function signNamed(key: SigningKey, stampOf: IssueRow['stampOf'], serial: number): Code | Promise<Code> {
  const fail = (cause: unknown): never => {
    throw new VeristampError(
      'signing_failed',
      `serial ${serial}: not signed`,
      { fault: 'not_signed', serial },
      { cause },
    )
  }
  try {
    const code = signStamp(key, stampOf(serial))
    return isPromise(code) ? code.catch(fail) : code
  } catch (error) {
    return fail(error)
  }
}

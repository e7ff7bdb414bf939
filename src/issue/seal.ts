import { encodeCrockfordGroups } from '../codec/crockford.ts'
import { hmacSha256, vettedSha256 } from '../ed25519/noble/hashes.ts'
import { type ArgumentTable, bytesOf, checkTable, ifGiven, wholeNumber } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { checkBytes, checkInteger, copyBytes } from '../lib/checks.ts'
import { argumentRange } from '../lib/errors.ts'
import { commitmentTo, HIDDEN_CODE_LENGTH, MAX_HIDDEN_CODE_LENGTH } from '../stamp/seal.ts'
import { MAX_KEY_ID, ownStamp, type Stamp } from '../stamp/stamp.ts'
import { encodePayload } from './sign-stamp.ts'

export interface SealOptions {
  /** The id of the key that will sign the stamp: the seal holds for no other. */
  readonly keyId: number
  /**
   * What hidden codes are drawn with, at least 32 bytes. Keep it like the signing key: whoever has it knows every
   * hidden code of the run. The same secret draws the same codes again.
   */
  readonly secret: Uint8Array
  /** Bytes of the seal, 8 to 16; 10 by default. */
  readonly length?: number | undefined
}

export interface Sealed {
  /** The stamp with its seal, to be issued. */
  readonly stamp: Stamp
  /** What to print under the layer to scratch off, 16 letters: `7Z3K-…`. Never beside the symbol. */
  readonly hiddenCode: string
}

const fields: ArgumentTable<SealOptions> = {
  keyId: wholeNumber(0, MAX_KEY_ID),
  secret: bytesOf(),
  length: ifGiven(wholeNumber(8, 16)),
}

/**
 * Draws a stamp's hidden code and puts the seal on the stamp.
 * @param stamp a stamp without a seal
 * @throws ArgumentTypeError or ArgumentRangeError, also for a stamp that has a seal already
 * @example
 * ```ts
 * import { sealStamp } from 'veristamp'
 *
 * const secret = crypto.getRandomValues(new Uint8Array(32)) // of the run; keep it like the signing key
 * const { stamp, hiddenCode } = sealStamp({ facility: 12, product: 104, serial: 1 }, { keyId: 7, secret })
 * hiddenCode.length // → 19
 * const code = await issuer.issue(stamp) // prints the symbol; the hidden code goes under the layer
 * code.stamp.seal?.length // → 10
 * ```
 */
export function sealStamp(stamp: Stamp, options: SealOptions): Sealed {
  const { keyId, secret: given, length } = checkTable('options', options, fields)
  const secret = copyBytes('options.secret', given)
  if (secret.length < 32) throw argumentRange('options.secret', '32 bytes or more', secret)
  const unsealed = encodePayload(keyId, stamp)
  if (stamp.seal !== undefined) throw argumentRange('stamp.seal', 'none yet', stamp.seal)
  const hiddenCode = hiddenCodeOf(secret, unsealed)
  return {
    stamp: { ...ownStamp(stamp), seal: sealOf(unsealed, hiddenCode, length) },
    hiddenCode: writeHiddenCode(hiddenCode),
  }
}

/**
 * The hidden code of a payload without a seal, 10 bytes: the same again when a run is resumed.
 * @param secret of the run, at least 32 bytes, kept like a signing key
 */
export const hiddenCodeOf = (secret: Uint8Array, unsealed: Uint8Array): Bytes =>
  hmacSha256(secret, unsealed).slice(0, HIDDEN_CODE_LENGTH)

/**
 * The seal of a hidden code, 8 to 16 bytes.
 * @param unsealed the payload without the seal
 * @throws ArgumentRangeError for a hidden code below 80 bits: the seal is public, and whoever tries all shorter
 * codes finds the one that it stands for
 */
export function sealOf(unsealed: Uint8Array, hiddenCode: Uint8Array, length = 10): Bytes {
  checkInteger('length', length, 8, 16)
  const bytes = checkBytes('hiddenCode', hiddenCode)
  if (bytes.length < HIDDEN_CODE_LENGTH || bytes.length > MAX_HIDDEN_CODE_LENGTH) {
    const why = 'the seal is public, so a shorter code can be found by trying all'
    throw argumentRange('hiddenCode', `10 to ${MAX_HIDDEN_CODE_LENGTH} bytes (${why})`, bytes)
  }
  return vettedSha256(commitmentTo(unsealed, bytes)).slice(0, length)
}

/** A hidden code as it is printed: Crockford's base32 in groups of four letters, 16 for 10 bytes. */
export const writeHiddenCode = encodeCrockfordGroups

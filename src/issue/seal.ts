import { bytesOf, checkTable, ifGiven, type Table, wholeNumber } from '../lib/arguments.ts'
import { copyBytes } from '../lib/checks.ts'
import { argumentRange } from '../lib/errors.ts'
import { hiddenCodeOf, sealOf, writeHiddenCode } from '../stamp/seal.ts'
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
  /** Bytes of the seal, 8 to 16; 10 unless given. */
  readonly length?: number
}

export interface Sealed {
  /** The stamp with its seal, to be issued. */
  readonly stamp: Stamp
  /** What to print under the layer to scratch off, 16 letters: `7Z3K-…`. Never beside the symbol. */
  readonly hiddenCode: string
}

const fields: Table<SealOptions> = {
  keyId: wholeNumber(MAX_KEY_ID),
  secret: bytesOf(),
  length: ifGiven(wholeNumber(16, 8)),
}

/**
 * Draws a stamp's hidden code and puts the seal on the stamp.
 * @throws ArgumentTypeError or ArgumentRangeError, also for a stamp that has a seal already
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

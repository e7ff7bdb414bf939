import { encodeCbor } from '../codec/cbor.ts'
import type { Signer } from '../ed25519/signer.ts'
import { isBytes } from '../lib/brand.ts'
import type { Bytes } from '../lib/bytes.ts'
import { checkInteger } from '../lib/checks.ts'
import { signedMessage } from '../lib/contexts.ts'
import { VeristampError } from '../lib/errors.ts'
import { joinCode, MAX_PAYLOAD_LENGTH, SIGNATURE_LENGTH } from '../stamp/code.ts'
import { payloadToValue } from '../stamp/payload.ts'
import { checkStamp, MAX_KEY_ID, ownStamp, type Stamp } from '../stamp/stamp.ts'
import { Code } from './code.ts'

/** A signer and the id that its key goes by. */
export interface SigningKey {
  readonly keyId: number
  readonly signer: Signer
}

/**
 * The code of a stamp: at once where the signer answers at once.
 * @throws what `encodePayload` throws; VeristampError `signing_failed` for a signer that returns no signature
 */
export function signStamp({ keyId, signer }: SigningKey, given: Stamp): Code | Promise<Code> {
  const payload = encodePayload(keyId, given)
  const stamp = ownStamp(given)
  const finish = (signature: Uint8Array) => {
    if (!isBytes(signature) || signature.length !== SIGNATURE_LENGTH) {
      throw new VeristampError('signing_failed', 'signer: expected a signature of 64 bytes', {
        fault: 'wrong_length',
        length: isBytes(signature) ? signature.length : 0,
      })
    }
    return new Code(stamp, keyId, joinCode({ payload, signature }))
  }
  const signature = signer.sign(signedMessage('veristamp:stamp1', payload))
  return isPromise(signature) ? signature.then(finish) : finish(signature)
}

export const isPromise = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof (value as Promise<T> | undefined)?.then === 'function'

/**
 * The payload bytes of a stamp under a key id: `decodePayload` reads them back.
 * @throws an argument error, or VeristampError `does_not_fit` above 128 bytes
 */
export function encodePayload(keyId: number, stamp: Stamp): Bytes {
  const payload = encodeCbor(payloadToValue(checkInteger('keyId', keyId, 0, MAX_KEY_ID), checkStamp(stamp)))
  if (payload.length <= MAX_PAYLOAD_LENGTH) return payload
  throw new VeristampError(
    'does_not_fit',
    `stamp: a payload of ${payload.length} bytes, at most ${MAX_PAYLOAD_LENGTH} are allowed`,
    { what: 'payload', length: payload.length, max: MAX_PAYLOAD_LENGTH },
  )
}

import { encodeCbor } from '../codec/cbor-writer.ts'
import { nobleEngine } from '../ed25519/noble.ts'
import type { Signer } from '../ed25519/signer.ts'
import { checkBytes, checkInteger, checkObject } from '../lib/checks.ts'
import { signedMessage } from '../lib/contexts.ts'
import { argumentRange, argumentType, VeristampError } from '../lib/errors.ts'
import { joinCode, MAX_PAYLOAD_LENGTH, SIGNATURE_LENGTH } from '../stamp/code.ts'
import { payloadToValue } from '../stamp/payload.ts'
import { checkStamp, MAX_KEY_ID, type Stamp } from '../stamp/stamp.ts'
import { type ScopeRange, scopeFault } from '../trust/scope.ts'
import { Code } from './code.ts'

export interface IssuerOptions {
  /** The id that the trust list gives this key, 0 to 65535. Below 24 it takes one byte, below 256 two. */
  readonly keyId: number
  readonly signer: Signer
  /** What the key may stamp: nothing else is signed. Absent: anything, for verifiers to judge. */
  readonly scope?: readonly ScopeRange[]
}

export interface Issuer {
  readonly keyId: number
  readonly publicKey: Uint8Array
  /**
   * Signs one stamp.
   * @throws ArgumentTypeError or ArgumentRangeError for a field that can't be; VeristampError `out_of_scope`,
   * `does_not_fit` for a payload above 128 bytes, `signing_failed` for a signer that returns no signature
   */
  issue(stamp: Stamp): Promise<Code>
}

/**
 * An issuer signs stamps with one key.
 * @throws ArgumentTypeError or ArgumentRangeError, also for a public key that no verifier would accept
 */
export function createIssuer(options: IssuerOptions): Issuer {
  const { keyId, signer, scope } = checkObject('options', options)
  checkInteger('keyId', keyId, MAX_KEY_ID)
  if (typeof signer?.sign !== 'function') throw argumentType('signer', 'a Signer', signer)
  const publicKey = checkBytes('signer.publicKey', signer.publicKey, 32)
  const imported = nobleEngine.importKey(publicKey)
  if (!imported.ok) throw argumentRange('signer.publicKey', 'a sound public key', imported.reason)
  return {
    keyId,
    publicKey,
    async issue(stamp) {
      const payload = encodePayload(keyId, stamp)
      if (scope !== undefined) checkScope(scope, stamp)
      const signature = await signer.sign(signedMessage('veristamp:stamp1', payload))
      if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_LENGTH) {
        throw new VeristampError('signing_failed', 'signer: expected a signature of 64 bytes')
      }
      return new Code(stamp, keyId, joinCode({ payload, signature }))
    },
  }
}

/**
 * The payload bytes of a stamp under a key id: `decodePayload` reads them back.
 * @throws an argument error, or VeristampError `does_not_fit` above 128 bytes
 */
export function encodePayload(keyId: number, stamp: Stamp): Uint8Array {
  const payload = encodeCbor(payloadToValue(checkInteger('keyId', keyId, MAX_KEY_ID), checkStamp(stamp)))
  if (payload.length <= MAX_PAYLOAD_LENGTH) return payload
  throw new VeristampError(
    'does_not_fit',
    `stamp: a payload of ${payload.length} bytes, at most ${MAX_PAYLOAD_LENGTH} are allowed`,
  )
}

function checkScope(scope: readonly ScopeRange[], stamp: Stamp): void {
  const fault = scopeFault(scope, stamp, true)
  if (fault === undefined) return
  throw new VeristampError('out_of_scope', `stamp: ${fault} ${stamp[fault]} is outside this issuer's scope`)
}

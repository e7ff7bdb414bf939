import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { types } from 'node:util'
import type { Signer } from '../../ed25519/signer.ts'
import type { Bytes } from '../../lib/bytes.ts'
import { checkBytes } from '../../lib/checks.ts'
import { argumentType } from '../../lib/errors.ts'

/**
 * A signer for a private Ed25519 key held by node:crypto, as `createPrivateKey` or `generateKeyPair` give it.
 * OpenSSL signs as RFC 8032 §5.1.6 has it, so the same message always gets the same signature.
 * @throws ArgumentTypeError for anything but a private Ed25519 KeyObject
 * @example
 * ```ts
 * import { generateKeyPairSync } from 'node:crypto'
 * import { keyObjectSigner } from 'veristamp/node'
 *
 * const { privateKey } = generateKeyPairSync('ed25519')
 * const signer = keyObjectSigner(privateKey)
 * signer.publicKey.length // → 32
 * ```
 */
export function keyObjectSigner(privateKey: KeyObject): Signer {
  checkPrivateKey(privateKey)
  return {
    publicKey: publicKeyBytes(privateKey),
    deterministic: true,
    sign: (message) => new Uint8Array(sign(null, checkBytes('message', message), privateKey)),
  }
}

export function checkPrivateKey(key: unknown): void {
  const expected = 'a private Ed25519 KeyObject'
  if (!types.isKeyObject(key)) throw argumentType('privateKey', expected, key)
  const { type, asymmetricKeyType = 'symmetric' } = key
  if (type !== 'private' || asymmetricKeyType !== 'ed25519')
    throw argumentType('privateKey', expected, `${asymmetricKeyType} ${type} KeyObject`)
}

/** SubjectPublicKeyInfo of Ed25519 (RFC 8410 §4) has 12 bytes before those of the key. */
const SPKI_HEAD = 12

/**
 * The public key of a private one, 32 bytes. Never taken from a JWK: Node 20 holds a key's lock while it writes one, and
 * stands still for ever if it collects in that moment what the key was generated with, which needs the lock too.
 */
export const publicKeyBytes = (privateKey: KeyObject): Bytes =>
  new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD))

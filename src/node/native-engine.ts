import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Engine, ImportedKey, VerifyKey } from '../ed25519/engine.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { equalBytes } from '../lib/bytes.ts'

/** The encoding of the identity, (0, 1). */
const IDENTITY = new Uint8Array(32).fill(1, 0, 1)

// For a checked key OpenSSL's equation is ours: s < L, and the encoding of sB − hA compared with the bytes of R
// (ossl_ed25519_verify); a signature that isn't 64 bytes long is false. But OpenSSL takes keys that are not
// canonical, of small order or with torsion, so noble checks them. And newer Node answers false for any R of small
// order (https://github.com/nodejs/node/pull/64026). For a checked key sB − hA has no torsion, so that differs
// from the equation in one case: R is the identity. No honest signer makes it; noble answers for it.
class NativeKey implements VerifyKey {
  readonly publicKey: Uint8Array
  readonly #checked: VerifyKey
  readonly #key: KeyObject

  constructor(checked: VerifyKey) {
    this.publicKey = checked.publicKey
    this.#checked = checked
    this.#key = publicKeyObject(checked.publicKey)
  }

  verify(message: Uint8Array, signature: Uint8Array): boolean {
    if (equalBytes(signature.subarray(0, 32), IDENTITY)) return this.#checked.verify(message, signature)
    return verify(null, message, this.#key, signature)
  }
}

/** An Ed25519 public key of 32 bytes as node:crypto holds it, through its JWK (RFC 8037 §2). */
function publicKeyObject(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

function importKey(publicKey: Uint8Array): ImportedKey {
  const checked = nobleEngine.importKey(publicKey)
  return checked.ok ? { ok: true, key: new NativeKey(checked.key) } : checked
}

/**
 * Verification by node:crypto (OpenSSL): about 0.12 ms a signature, and some milliseconds once a key.
 * @example
 * ```ts
 * import { nativeEngine } from 'veristamp/node'
 * import { loadTrustList } from 'veristamp/verify'
 *
 * loadTrustList(trustListFile, { authority, roots, engine: nativeEngine }).ok // → true
 * ```
 */
export const nativeEngine: Engine = { name: 'native', importKey }

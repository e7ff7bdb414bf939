import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Engine, ImportedKey, VerifyKey } from '../ed25519/engine.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { equalBytes, toHex } from '../lib/bytes.ts'
import { copyBytes } from '../lib/checks.ts'

/** The encoding of the identity, (0, 1). */
const IDENTITY = new Uint8Array(32).fill(1, 0, 1)

// For a checked key OpenSSL's equation is ours: s < L, and the encoding of sB − hA compared with the bytes of R
// (ossl_ed25519_verify); a signature that isn't 64 bytes long is false. But OpenSSL takes keys that are not
// canonical, of small order or with torsion, so noble checks them. And newer Node answers false for any R of small
// order (https://github.com/nodejs/node/pull/64026). For a checked key sB − hA has no torsion, so that differs
// from the equation in one case: R is the identity. No honest signer makes it; noble answers for it.
class NativeKey implements VerifyKey {
  readonly publicKey: Uint8Array
  readonly #key: KeyObject

  /** @param publicKey one that passed noble's checks */
  constructor(publicKey: Uint8Array) {
    this.publicKey = publicKey
    this.#key = publicKeyObject(publicKey)
  }

  verify(message: Uint8Array, signature: Uint8Array): boolean {
    if (!equalBytes(signature.subarray(0, 32), IDENTITY)) return verify(null, message, this.#key, signature)
    const checked = nobleEngine.importKey(this.publicKey)
    return checked.ok && checked.key.verify(message, signature)
  }
}

/** An Ed25519 public key of 32 bytes as node:crypto holds it, through its JWK (RFC 8037 §2). */
function publicKeyObject(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

/**
 * Keys that passed, in hexadecimal: an authority's lists name the same ones again and again, and noble takes a millisecond
 * for each.
 */
const sound = new Set<string>()
/** Some 10 MB. */
const MAX_SOUND = 65_536

function importKey(given: Uint8Array): ImportedKey {
  const publicKey = copyBytes('publicKey', given)
  const name = toHex(publicKey)
  if (!sound.has(name)) {
    const checked = nobleEngine.importKey(publicKey)
    if (!checked.ok) return checked
    if (sound.size === MAX_SOUND) sound.clear()
    sound.add(name)
  }
  return { ok: true, key: new NativeKey(publicKey) }
}

/**
 * Verification by node:crypto (OpenSSL): about 0.12 ms a signature, and a millisecond for a key that it meets for the first time.
 * @example
 * ```ts
 * import { nativeEngine } from 'veristamp/node'
 * import { loadTrustList } from 'veristamp/verify'
 *
 * loadTrustList(trustListFile, { authority, roots, engine: nativeEngine }).ok // → true
 * ```
 */
export const nativeEngine: Engine = { name: 'native', importKey }

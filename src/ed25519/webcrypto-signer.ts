import { isBytes } from '../lib/brand.ts'
import type { Bytes } from '../lib/bytes.ts'
import { asciiBytes, equalBytes } from '../lib/bytes.ts'
import { checkFields, copyBytes } from '../lib/checks.ts'
import { argumentRange, argumentType, VeristampError } from '../lib/errors.ts'
import { nobleEngine } from './noble/engine.ts'
import type { Signer } from './signer.ts'

/** What is read of a WebCrypto `CryptoKey`; any runtime's CryptoKey fits, and no DOM types are needed. */
export interface WebCryptoKey {
  readonly type: string
  readonly extractable: boolean
  readonly algorithm: { readonly name: string }
  readonly usages: readonly string[]
}

/** An Ed25519 key pair of WebCrypto. `publicKey` may be its 32 bytes where the CryptoKey can't be exported. */
export interface WebCryptoKeyPair {
  readonly privateKey: WebCryptoKey
  readonly publicKey: WebCryptoKey | Uint8Array
}

interface Subtle {
  exportKey(format: 'raw', key: WebCryptoKey): Promise<ArrayBuffer>
  sign(algorithm: 'Ed25519', key: WebCryptoKey, message: Uint8Array): Promise<ArrayBuffer>
}

/** Signed to try the keys out. Nothing that counts begins so: every signing context begins `veristamp:`. */
const PROBE = 'veristamp signer probe'

/**
 * A signer for an Ed25519 key held by WebCrypto, which may be non-extractable.
 *
 * RFC 8032 signatures are deterministic, but not every WebCrypto makes them so: Apple's CryptoKit, and Safari
 * with it, mixes randomness into each one (https://github.com/w3c/webcrypto/issues/424). Such signatures
 * verify, but a resumed run would not come to the same stamps. So one fixed text is signed twice here, and
 * `deterministic` says whether the two were the same: that shows randomness up, and is as far as a try can
 * tell. The first of the two must verify under `publicKey`.
 *
 * @throws (rejects with) ArgumentTypeError for a key of another type, algorithm or usage; ArgumentRangeError
 * for a public key that isn't 32 bytes or isn't the private key's; VeristampError `signing_failed` without WebCrypto
 * @example
 * ```ts
 * import { type WebCryptoKeyPair, webCryptoSigner } from 'veristamp'
 *
 * // A key that no program can read, not even this one.
 * const keys = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
 * const signer = await webCryptoSigner(keys as WebCryptoKeyPair)
 * signer.publicKey.length // → 32
 * ```
 */
export async function webCryptoSigner(keys: WebCryptoKeyPair): Promise<Signer> {
  checkFields('keys', keys, { privateKey: true, publicKey: true })
  const privateKey = checkPrivateKey(keys.privateKey)
  const subtle = webCrypto()
  const publicKey = await publicKeyBytes(subtle, keys.publicKey)
  const sign = async (message: Uint8Array) =>
    new Uint8Array(await subtle.sign('Ed25519', privateKey, copyBytes('message', message)))
  const probe = asciiBytes(PROBE)
  const first = await sign(probe)
  const second = await sign(probe)
  if (!verifies(publicKey, probe, first))
    throw argumentRange('publicKey', 'the public key of privateKey', publicKey)
  return { publicKey, deterministic: equalBytes(first, second), sign }
}

function webCrypto(): Subtle {
  const { crypto } = globalThis as unknown as { crypto?: { subtle?: Subtle | undefined } | undefined }
  if (crypto?.subtle === undefined)
    throw new VeristampError('signing_failed', 'no WebCrypto here: browsers have it on https pages alone', {
      fault: 'no_webcrypto',
    })
  return crypto.subtle
}

function checkPrivateKey(key: unknown): WebCryptoKey {
  const expected = 'a private Ed25519 CryptoKey with the usage "sign"'
  if (!isCryptoKey(key)) throw argumentType('privateKey', expected, key)
  if (key.type !== 'private' || key.algorithm.name !== 'Ed25519' || !key.usages.includes('sign'))
    throw argumentType('privateKey', expected, `${described(key)} [${key.usages}]`)
  return key
}

async function publicKeyBytes(subtle: Subtle, key: unknown): Promise<Bytes> {
  const expected = 'an extractable public Ed25519 CryptoKey, or its 32 bytes'
  if (isBytes(key)) return copyBytes('publicKey', key, 32)
  if (!isCryptoKey(key)) throw argumentType('publicKey', expected, key)
  if (key.type !== 'public' || key.algorithm.name !== 'Ed25519' || !key.extractable)
    throw argumentType('publicKey', expected, `${key.extractable ? '' : 'non-extractable '}${described(key)}`)
  return new Uint8Array(await subtle.exportKey('raw', key))
}

function verifies(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const imported = nobleEngine.importKey(publicKey)
  return imported.ok && imported.key.verify(message, signature)
}

function isCryptoKey(value: unknown): value is WebCryptoKey {
  const key = value as Partial<WebCryptoKey> | null | undefined
  return typeof key?.algorithm?.name === 'string' && Array.isArray(key.usages)
}

const described = (key: WebCryptoKey): string => `${key.type} ${key.algorithm.name} key`

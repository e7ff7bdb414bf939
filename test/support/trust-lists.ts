import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import type { Engine, ImportedKey } from '../../src/ed25519/engine.ts'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { compareBytes, concatBytes, toHex } from '../../src/lib/bytes.ts'
import { type SigningContext, signedMessage } from '../../src/lib/contexts.ts'
import { publicKeyBytes } from '../../src/node/signers/key-object-signer.ts'
import { type TrustListContent, trustListContent } from '../../src/trust/content.ts'
import { type LoadedTrustList, type LoadTrustListOptions, loadTrustList } from '../../src/trust/load.ts'
import type { VersionedRoots } from '../../src/trust/roots.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'

/** Trust lists as authorities and attackers make them: signed by node:crypto, without the library's checks. */

export const AUTHORITY = 'quang-ninh.example'
export const ISSUED = new Date('2026-01-01T00:00:00Z')
export const NOW = new Date('2026-02-01T00:00:00Z')
export const EXPIRES = new Date('2026-07-01T00:00:00Z')

const signers = new Map<string, Signer>()
const PKCS8 = Uint8Array.from(Buffer.from('302e020100300506032b657004220420', 'hex'))

/** The key pair of a name: its seed is the SHA-256 of it. */
export function keyOf(name: string): Signer {
  const made = signers.get(name) ?? makeSigner(createHash('sha256').update(name).digest())
  signers.set(name, made)
  return made
}

function makeSigner(seed: Uint8Array): Signer {
  const secret = createPrivateKey({
    key: Buffer.from(concatBytes(PKCS8, seed)),
    format: 'der',
    type: 'pkcs8',
  })
  return {
    publicKey: publicKeyBytes(secret),
    deterministic: true,
    sign: (message) => Uint8Array.from(sign(null, message, secret)),
  }
}

export const keysOf = (...names: string[]): Signer[] => names.map(keyOf)

/** Roots with the keys of these names. */
export const rootsOf = (version: number, threshold: number, ...names: string[]): VersionedRoots => ({
  version,
  threshold,
  keys: keysOf(...names).map(({ publicKey }) => publicKey),
})

const imported = new Map<string, ImportedKey>()

/** noble's key checks, made once a key in all tests, and node:crypto's verification: for honest keys alike. */
export const fastEngine: Engine = {
  name: 'test',
  importKey(publicKey) {
    const identity = toHex(publicKey)
    const known = imported.get(identity) ?? importFast(publicKey)
    imported.set(identity, known)
    return known
  },
}

function importFast(publicKey: Uint8Array): ImportedKey {
  const checked = nobleEngine.importKey(publicKey)
  if (!checked.ok) return checked
  const x = Buffer.from(publicKey).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return {
    ok: true,
    key: {
      publicKey: publicKey.slice(),
      verify: (message, signature) => signature.length === 64 && verify(null, message, key, signature),
    },
  }
}

/** The body of a list: sequence 1, version 1 of the one root key `root`, one issuer, unless said otherwise. */
export const contentOf = (content: Partial<TrustListContent> = {}): TrustListContent => ({
  authority: AUTHORITY,
  sequence: 1,
  issued: ISSUED,
  expires: EXPIRES,
  roots: rootsOf(1, 1, 'root'),
  issuers: [issuerOf('issuer')],
  ...content,
})

export const issuerOf = (name: string, keyId = 1, facility = 1): TrustListContent['issuers'][number] => ({
  keyId,
  publicKey: keyOf(name).publicKey,
  name,
  scope: [{ facility, product: 2 }],
  notBefore: ISSUED,
  notAfter: new Date('2027-01-01T00:00:00Z'),
})

export const bodyOf = (content: Partial<TrustListContent> = {}): Uint8Array =>
  encodeCbor(writeShape(trustListContent, contentOf(content)))

/** A signed list, by the keys of these names. */
export const listOf = (content: Partial<TrustListContent>, ...names: string[]): Uint8Array =>
  documentOf(bodyOf(content), keysOf(...names))

export interface Forgery {
  readonly context?: string
  /** What the signers believe to sign. */
  readonly signedAs?: SigningContext
}

export function documentOf(body: Uint8Array, by: readonly Signer[], forgery: Forgery = {}): Uint8Array {
  const { context = 'veristamp:trust1', signedAs = context as SigningContext } = forgery
  const message = signedMessage(signedAs, body)
  const pairs = by.map(({ publicKey, sign }) => [publicKey, sign(message) as Uint8Array] as const)
  return envelopeBytes(
    context,
    body,
    [...pairs].sort(([a], [b]) => compareBytes(a, b)),
  )
}

export const envelopeBytes = (
  context: string,
  body: Uint8Array,
  pairs: readonly (readonly [Uint8Array, Uint8Array])[],
): Uint8Array => encodeCbor([context, body, pairs] as CborValue)

/** The list of bytes, under root version 1 with the one key `root` unless said otherwise. */
export const load = (bytes: Uint8Array, options: Partial<LoadTrustListOptions> = {}): LoadedTrustList =>
  loadTrustList(bytes, {
    authority: AUTHORITY,
    roots: rootsOf(1, 1, 'root'),
    engine: fastEngine,
    ...options,
  })

/** `ok`, or the reason for the refusal. */
export const outcome = (bytes: Uint8Array, options: Partial<LoadTrustListOptions> = {}): string => {
  const loaded = load(bytes, options)
  return loaded.ok ? 'ok' : loaded.reason
}

/** A list that must load. */
export function mustLoad(bytes: Uint8Array, options: Partial<LoadTrustListOptions> = {}): TrustList {
  const loaded = load(bytes, options)
  if (!loaded.ok) throw new Error(`refused: ${loaded.reason} ${loaded.detail ?? ''}`)
  return loaded.trustList
}

import { createPrivateKey, webcrypto } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { type WebCryptoKey, webCryptoSigner } from '../../src/ed25519/webcrypto-signer.ts'
import { ArgumentRangeError, ArgumentTypeError, VeristampError } from '../../src/lib/errors.ts'
import { describeSigner, pkcs8 } from './describe-signer.ts'
import { forgeKey, scalar, sign } from './forge.ts'
import { fromHex, RFC8032_VECTORS } from './vectors.ts'

const { subtle } = webcrypto
const [FIRST, SECOND] = [RFC8032_VECTORS[0]!, RFC8032_VECTORS[1]!]

const webPrivateKey = (seed: string) => subtle.importKey('pkcs8', pkcs8(seed), 'Ed25519', false, ['sign'])

const webPublicKey = (publicKey: string, extractable = true) =>
  subtle.importKey('raw', fromHex(publicKey), 'Ed25519', extractable, ['verify'])

describeSigner('webCryptoSigner', async (seed, publicKey) =>
  webCryptoSigner({ privateKey: await webPrivateKey(seed), publicKey: await webPublicKey(publicKey) }),
)

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('webCryptoSigner', () => {
  const ofFirst = async (parts: { privateKey?: unknown; publicKey?: unknown }): Promise<Signer> =>
    webCryptoSigner({
      privateKey: await webPrivateKey(FIRST.seed),
      publicKey: fromHex(FIRST.publicKey),
      ...(parts as object),
    })

  it('takes the 32 bytes of a public key, and keeps its own', async () => {
    const publicKey = Buffer.from(FIRST.publicKey, 'hex')
    const signer = await ofFirst({ publicKey })
    publicKey.fill(0)
    expect(signer.publicKey).toStrictEqual(fromHex(FIRST.publicKey))
  })
  it('refuses a public key that does not belong to the private one', async () => {
    const refused = ofFirst({ publicKey: await webPublicKey(SECOND.publicKey) })
    await expect(refused).rejects.toThrow(ArgumentRangeError)
    await expect(refused).rejects.toThrow('publicKey: expected the public key of privateKey')
  })
  it('refuses a public key of 31 bytes', async () => {
    await expect(ofFirst({ publicKey: new Uint8Array(31) })).rejects.toThrow(ArgumentRangeError)
  })

  it('refuses nothing at all, and a private key that comes without its pair', async () => {
    for (const keys of [undefined, null, await webPrivateKey(FIRST.seed)])
      await expect(webCryptoSigner(keys as never)).rejects.toThrow(ArgumentTypeError)
  })

  const otherKeys = (algorithm: object, usages: webcrypto.KeyUsage[]) =>
    subtle.generateKey(
      algorithm as webcrypto.EcKeyGenParams,
      true,
      usages,
    ) as Promise<webcrypto.CryptoKeyPair>
  const ecdsa = () => otherKeys({ name: 'ECDSA', namedCurve: 'P-256' }, ['sign', 'verify'])
  const x25519 = () => otherKeys({ name: 'X25519' }, ['deriveBits'])
  const verifyOnly = async (): Promise<WebCryptoKey> => {
    const { type, extractable, algorithm } = await webPrivateKey(FIRST.seed)
    return { type, extractable, algorithm, usages: ['verify'] }
  }

  const wrongPrivate: [string, () => unknown, string][] = [
    ['an ECDSA key', async () => (await ecdsa()).privateKey, '"private ECDSA key [sign]"'],
    ['an X25519 key', async () => (await x25519()).privateKey, '"private X25519 key [deriveBits]"'],
    ['a public key', () => webPublicKey(FIRST.publicKey), '"public Ed25519 key [verify]"'],
    ['a key that may not sign', verifyOnly, '"private Ed25519 key [verify]"'],
    [
      'a KeyObject',
      () => createPrivateKey({ key: pkcs8(FIRST.seed), format: 'der', type: 'pkcs8' }),
      'KeyObject',
    ],
    ['null', () => null, 'null'],
    ['nothing', () => undefined, 'undefined'],
  ]
  it.each(wrongPrivate)('refuses %s as private key', async (_, key, got) => {
    const refused = ofFirst({ privateKey: await key() })
    await expect(refused).rejects.toThrow(ArgumentTypeError)
    await expect(refused).rejects.toThrow(
      `privateKey: expected a private Ed25519 CryptoKey with the usage "sign", got ${got}`,
    )
  })

  const wrongPublic: [string, () => unknown, string][] = [
    ['a private key', () => webPrivateKey(FIRST.seed), '"non-extractable private Ed25519 key"'],
    ['an ECDSA key', async () => (await ecdsa()).publicKey, '"public ECDSA key"'],
    [
      'a key that can not be exported',
      () => webPublicKey(FIRST.publicKey, false),
      '"non-extractable public Ed25519 key"',
    ],
    ['a text', () => FIRST.publicKey.slice(0, 8), `"${FIRST.publicKey.slice(0, 8)}"`],
  ]
  it.each(wrongPublic)('refuses %s as public key', async (_, key, got) => {
    const refused = ofFirst({ publicKey: await key() })
    await expect(refused).rejects.toThrow(ArgumentTypeError)
    await expect(refused).rejects.toThrow(
      `publicKey: expected an extractable public Ed25519 CryptoKey, or its 32 bytes, got ${got}`,
    )
  })

  it('claims no determinism for a WebCrypto that signs with fresh randomness, as Safari does', async () => {
    const key = forgeKey(scalar('hedged'))
    let count = 0
    const hedged = async (_algorithm: string, _key: unknown, message: Uint8Array) =>
      sign(key, message, scalar(`hedged ${count++}`)).buffer
    vi.stubGlobal('crypto', { subtle: { sign: hedged } })
    const signer = await ofFirst({ publicKey: key.publicKey })
    expect(signer.deterministic).toBe(false)
    const message = fromHex(SECOND.message)
    const imported = nobleEngine.importKey(signer.publicKey)
    expect(imported.ok && imported.key.verify(message, await signer.sign(message))).toBe(true)
  })
  it('says so where there is no WebCrypto', async () => {
    const parts = { privateKey: await webPrivateKey(FIRST.seed), publicKey: fromHex(FIRST.publicKey) }
    vi.stubGlobal('crypto', {})
    const refused = webCryptoSigner(parts)
    await expect(refused).rejects.toThrow(VeristampError)
    await expect(refused).rejects.toMatchObject({ code: 'signing_failed' })
  })
})

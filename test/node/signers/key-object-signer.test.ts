import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { ArgumentTypeError } from '../../../src/lib/errors.ts'
import { keyObjectSigner } from '../../../src/node/signers/key-object-signer.ts'
import { describeSigner, pkcs8 } from '../../ed25519/describe-signer.ts'
import { fromHex, RFC8032_VECTORS } from '../../ed25519/vectors.ts'

const FIRST = RFC8032_VECTORS[0]!

const keyObject = (seed: string) => createPrivateKey({ key: pkcs8(seed), format: 'der', type: 'pkcs8' })

describeSigner('keyObjectSigner', (seed) => keyObjectSigner(keyObject(seed)))

describe('keyObjectSigner', () => {
  const wrong: [string, unknown, string][] = [
    ['a public key', createPublicKey(keyObject(FIRST.seed)), '"ed25519 public KeyObject"'],
    ['an X25519 key', generateKeyPairSync('x25519').privateKey, '"x25519 private KeyObject"'],
    ['an Ed448 key', generateKeyPairSync('ed448').privateKey, '"ed448 private KeyObject"'],
    ['a secret key', createSecretKey(Buffer.alloc(32)), '"symmetric secret KeyObject"'],
    ['a seed', fromHex(FIRST.seed), '32 bytes'],
    ['nothing', undefined, 'undefined'],
  ]
  it.each(wrong)('refuses %s', (_, key, got) => {
    const create = () => keyObjectSigner(key as never)
    expect(create).toThrow(ArgumentTypeError)
    expect(create).toThrow(`privateKey: expected a private Ed25519 KeyObject, got ${got}`)
  })

  it('takes no key’s public half from a JWK: Node 20 may stand still while it writes one', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const exported = vi.spyOn(Object.getPrototypeOf(publicKey), 'export')
    const { publicKey: bytes } = keyObjectSigner(privateKey)
    expect(exported.mock.calls.map(([options]) => options)).toEqual([{ format: 'der', type: 'spki' }])
    exported.mockRestore()
    expect(publicKey.export({ format: 'der', type: 'spki' }).subarray(12)).toEqual(Buffer.from(bytes))
  })
})

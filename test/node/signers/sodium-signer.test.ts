import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError } from '../../../src/lib/errors.ts'
import { type SodiumNative, sodiumSigner } from '../../../src/node/signers/sodium-signer.ts'
import { describeSigner } from '../../ed25519/describe-signer.ts'
import { fromHex } from '../../ed25519/vectors.ts'

const sodium = loadSodium()

/** Its binary doesn't load on every machine. */
function loadSodium(): SodiumNative | undefined {
  try {
    return createRequire(import.meta.url)('sodium-native')
  } catch {
    return undefined
  }
}

describe.skipIf(sodium === undefined)('with sodium-native', () => {
  describeSigner('sodiumSigner', (seed) => sodiumSigner(sodium!, fromHex(seed)))

  it('sodiumSigner keeps its key when the seed is wiped', async () => {
    const seed = new Uint8Array(32).fill(1)
    const [kept, signer] = [sodiumSigner(sodium!, seed.slice()), sodiumSigner(sodium!, seed)]
    seed.fill(0)
    expect(await signer.sign(seed)).toEqual(await kept.sign(seed))
  })

  it('sodiumSigner needs a seed of 32 bytes', () => {
    expect(() => sodiumSigner(sodium!, 'seed' as never)).toThrow(ArgumentTypeError)
    expect(() => sodiumSigner(sodium!, new Uint8Array(64))).toThrow(ArgumentRangeError)
  })
})

describe('sodiumSigner', () => {
  it.each([undefined, null, {}, { crypto_sign_detached: 1 }])('needs the module: %o is not it', (wrong) => {
    const create = () => sodiumSigner(wrong as never, new Uint8Array(32))
    expect(create).toThrow(ArgumentTypeError)
    expect(create).toThrow(/^sodium: expected the module sodium-native/)
  })
})

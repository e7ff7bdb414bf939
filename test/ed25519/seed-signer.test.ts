import { describe, expect, it } from 'vitest'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { describeSigner } from './describe-signer.ts'
import { fromHex, RFC8032_VECTORS } from './vectors.ts'

describeSigner('seedSigner', (seed) => seedSigner(fromHex(seed)))

describe('seedSigner', () => {
  const { seed, message, signature } = RFC8032_VECTORS[0]!

  it('keeps a seed of its own when it comes in a Buffer that is wiped afterwards', () => {
    const bytes = Buffer.from(seed, 'hex')
    const signer = seedSigner(bytes)
    bytes.fill(0)
    expect(signer.sign(fromHex(message))).toEqual(fromHex(signature))
  })
  it('refuses a seed in hexadecimal', () => {
    expect(() => seedSigner(seed as never)).toThrow(ArgumentTypeError)
    expect(() => seedSigner(seed as never)).toThrow('seed: expected a Uint8Array of 32 bytes, got "9d61b19d')
  })
  it.each([0, 31, 33, 64])('refuses a seed of %i bytes', (length) => {
    const create = () => seedSigner(new Uint8Array(length))
    expect(create).toThrow(ArgumentRangeError)
    expect(create).toThrow(`seed: expected a Uint8Array of 32 bytes, got ${length} bytes`)
  })
})

import { getPublicKey, hashes, sign } from '@noble/ed25519'
import { copyBytes } from '../../lib/checks.ts'
import type { Signer } from '../signer.ts'
import { vettedSha512 } from './hashes.ts'

/**
 * A signer for a 32-byte RFC 8032 seed held in memory, signing through @noble/ed25519.
 * @param seed 32 random bytes, the private key: whoever has them can stamp
 * @throws ArgumentTypeError or ArgumentRangeError unless `seed` is 32 bytes
 * @example
 * ```ts
 * import { seedSigner } from 'veristamp'
 *
 * const signer = seedSigner(crypto.getRandomValues(new Uint8Array(32)))
 * signer.publicKey.length // → 32
 * ```
 */
export function seedSigner(seed: Uint8Array): Signer {
  const secret = copyBytes('seed', seed, 32)
  // noble's slot for SHA-512 is process-wide: it is filled on use and never taken from someone else.
  hashes.sha512 ??= vettedSha512
  return {
    publicKey: getPublicKey(secret),
    deterministic: true,
    sign(message) {
      hashes.sha512 ??= vettedSha512
      return sign(copyBytes('message', message), secret)
    },
  }
}

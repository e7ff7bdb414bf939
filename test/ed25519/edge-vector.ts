import type { KeyFault } from '../../src/ed25519/engine.ts'
import { asciiBytes, toHex } from '../../src/lib/bytes.ts'
import { forgeKey, scalar, sign } from './forge.ts'
import { decodeNumber } from './reference.ts'

/**
 * The edge cases of Ed25519 verification, each made to fail for one reason or none. What an engine must answer
 * follows from how a case is made; no verifier is asked. The equation is that of SPEC.md: a canonical,
 * torsion-free key that isn't of small order; s < L; and encode(sB − hA) equal to the bytes of R.
 *
 * - s = r + h·a and R = encode(rB) is valid, whatever r and a ≠ 0 are, for then sB − hA = rB.
 * - A wrong key's signature still satisfies sB − hA = R where one can be made, so that the key alone is wrong.
 * - R with torsion added, and h made anew for it, is what cofactored verifiers accept and ours don't: sB − hA
 *   has no torsion. The same goes for R of small order with s = h·a, except for the identity, where
 *   sB − hA is R and the signature is valid.
 * - s + L is s modulo L, so s < L alone refuses it. No one can make a valid signature for a chosen s (h depends
 *   on R), so s = 0, s = L and such fail by the equation too.
 */
export interface EdgeVector {
  readonly name: string
  /** Hexadecimal, as are `message` and `signature`. */
  readonly publicKey: string
  readonly message: string
  readonly signature: string
  /** What is wrong with the key; `valid` is false then. */
  readonly keyFault: KeyFault | null
  readonly valid: boolean
}

export const KEY = forgeKey(scalar('edge key'))
export const NONCE = scalar('edge nonce')
export const MESSAGE = asciiBytes('veristamp ed25519 edge case')
export const GOOD = sign(KEY, MESSAGE, NONCE)
export const GOOD_R = GOOD.subarray(0, 32)
export const GOOD_S = decodeNumber(GOOD.subarray(32))

interface Parts {
  readonly key?: Uint8Array
  readonly message?: Uint8Array
  readonly signature?: Uint8Array
}

/** A case that is the good signature but for the parts given. */
export function vector(name: string, parts: Parts, outcome: KeyFault | 'valid' | 'invalid'): EdgeVector {
  return {
    name,
    publicKey: toHex(parts.key ?? KEY.publicKey),
    message: toHex(parts.message ?? MESSAGE),
    signature: toHex(parts.signature ?? GOOD),
    keyFault: outcome === 'valid' || outcome === 'invalid' ? null : outcome,
    valid: outcome === 'valid',
  }
}

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

export const order = (i: number): number => [1, 8, 4, 8, 2, 8, 4, 8][i]!

import fc from 'fast-check'
import { equalBytes } from '../../src/lib/bytes.ts'
import {
  answer,
  type ForgedKey,
  flipped,
  forgeKey,
  joined,
  NON_CANONICAL_SMALL_ORDER,
  scalar,
  sign,
  TORSION,
} from './forge.ts'
import { add, challenge, decodeNumber, encode, L, mod, multiplyBase, parts } from './reference.ts'

/** A signature that someone may try, under a key whose secret we know. */
export interface Attempt {
  readonly key: ForgedKey
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/**
 * Whether the attempt satisfies the equation. With the secret known, sB − hA is (s − h·a)B: one multiplication
 * of the base point, and an exact answer for any bytes.
 */
export function holds({ key, message, signature }: Attempt): boolean {
  const split = parts(signature)
  if (split === undefined) return false
  const r = mod(split.s - challenge(split.r, key.publicKey, message) * key.a, L)
  return equalBytes(encode(multiplyBase(r)), split.r)
}

const KEYS = Array.from({ length: 16 }, (_, i) => forgeKey(scalar(`attempt key ${i}`)))

const anyKey = fc.constantFrom(...KEYS)
const anyMessage = fc.uint8Array({ maxLength: 200, size: 'max' })
const anyScalar = fc.bigInt({ min: 1n, max: L - 1n })

const genuine: fc.Arbitrary<Attempt> = fc
  .tuple(anyKey, anyMessage, anyScalar)
  .map(([key, message, r]) => ({ key, message, signature: sign(key, message, r) }))

/** The same R with another s. */
const withS = ({ signature }: Attempt, s: bigint): Partial<Attempt> => ({
  signature: joined(signature.subarray(0, 32), s),
})

/** One change to a genuine signature. The last four kinds break the range of s or a length; the equation decides the others. */
const changed = fc.oneof(
  change(fc.nat(255), (attempt, bit) => ({ signature: flipped(attempt.signature, bit) })),
  change(fc.nat(251), (attempt, bit) => ({ signature: flipped(attempt.signature, 256 + bit) })),
  change(fc.nat(8 * 200 - 1), (attempt, bit) => ({ message: flipped(attempt.message, bit) })),
  change(anyMessage, (_, message) => ({ message })),
  change(anyKey, (_, key) => ({ key })),
  change(anyScalar, withS),
  change(fc.constantFrom(...TORSION), withTorsion),
  change(fc.constantFrom(...TORSION.map(encode)), answeredFor),
  change(fc.constantFrom(...NON_CANONICAL_SMALL_ORDER.map(([, bytes]) => bytes)), answeredFor),
  change(fc.bigInt({ min: 1n, max: 14n }), (attempt, k) =>
    withS(attempt, decodeNumber(attempt.signature.subarray(32)) + k * L),
  ),
  change(fc.bigInt({ min: L, max: 2n ** 256n - 1n }), withS),
  change(fc.nat(63), (attempt, length) => ({ signature: attempt.signature.slice(0, length) })),
  change(fc.uint8Array({ minLength: 64, maxLength: 64 }), (_, signature) => ({ signature })),
)

function change<T>(
  how: fc.Arbitrary<T>,
  apply: (attempt: Attempt, how: T) => Partial<Attempt>,
): fc.Arbitrary<Attempt> {
  return fc.tuple(genuine, how).map(([attempt, value]) => ({ ...attempt, ...apply(attempt, value) }))
}

/** rB + torsion for rB, with h made anew: what cofactored verifiers accept. */
function withTorsion(attempt: Attempt, torsion: (typeof TORSION)[number]): Partial<Attempt> {
  const { r, s } = parts(attempt.signature)!
  const nonce = mod(s - challenge(r, attempt.key.publicKey, attempt.message) * attempt.key.a, L)
  const bytesOfR = encode(add(multiplyBase(nonce), torsion))
  return { signature: answer(attempt.key, attempt.message, nonce, bytesOfR) }
}

/** R of small order with s = h·a. */
function answeredFor({ key, message }: Attempt, bytesOfR: Uint8Array): Partial<Attempt> {
  return { signature: answer(key, message, 0n, bytesOfR) }
}

/** Genuine signatures and changed ones, about as many of each. */
export const anyAttempt: fc.Arbitrary<Attempt> = fc.oneof(genuine, changed)

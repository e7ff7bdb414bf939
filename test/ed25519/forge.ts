import { asciiBytes, concatBytes, equalBytes } from '../../src/lib/bytes.ts'
import {
  add,
  challenge,
  decodeLeniently,
  decodeNumber,
  encode,
  encodeNumber,
  expectedR,
  IDENTITY,
  L,
  mod,
  multiply,
  multiplyBase,
  P,
  type Point,
  sha512,
} from './reference.ts'

/** Making signatures out of their numbers, good and bad, so that their answer is known before anyone is asked. */

/** A key with its secret scalar a, so A = aB + torsion. */
export interface ForgedKey {
  readonly a: bigint
  readonly publicKey: Uint8Array
}

/** A number from 0 to L − 1 that is the same for the same label, on every run. */
export const scalar = (label: string): bigint =>
  mod(
    sha512(asciiBytes(label)).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n),
    L,
  )

/** The bytes that a label stands for, `length` of them. */
export function filler(label: string, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, i) => sha512(asciiBytes(`${label} ${i}`)))
  return concatBytes(...blocks).slice(0, length)
}

/** The bytes with one bit turned over, counted from the lowest of the first byte. */
export const flipped = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))

export function forgeKey(a: bigint, torsion: Point = IDENTITY): ForgedKey {
  return { a, publicKey: encode(add(multiplyBase(a), torsion)) }
}

export const joined = (r: Uint8Array, s: bigint): Uint8Array => concatBytes(r, encodeNumber(s))

/** The signature with these bytes of R whose s = r + h·a; it is valid when they are the encoding of rB. */
export function answer(key: ForgedKey, message: Uint8Array, r: bigint, bytesOfR: Uint8Array): Uint8Array {
  return joined(bytesOfR, mod(r + challenge(bytesOfR, key.publicKey, message) * key.a, L))
}

/** A valid signature with the nonce r, which RFC 8032 derives from a seed and the equation leaves open. */
export const sign = (key: ForgedKey, message: Uint8Array, r: bigint): Uint8Array =>
  answer(key, message, r, encode(multiplyBase(r)))

/** i·T for i from 0 to 7, with T of order 8: all the points of small order. */
export const TORSION: readonly Point[] = torsionPoints()

function torsionPoints(): Point[] {
  for (let y = 2n; ; y++) {
    const point = decodeLeniently(encodeNumber(y))
    const torsion = point && multiply(L, point)
    if (torsion && multiply(4n, torsion).Y !== multiply(4n, torsion).Z)
      return Array.from({ length: 8 }, (_, i) => multiply(BigInt(i), torsion))
  }
}

/** Every second spelling of a point of small order: y + p, or the sign of an x that is 0. */
export const NON_CANONICAL_SMALL_ORDER: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['y = 1 with the sign bit (identity)', encodeNumber(1n | (1n << 255n))],
  ['y = p + 1 (identity)', encodeNumber(P + 1n)],
  ['y = p + 1 with the sign bit (identity)', encodeNumber((P + 1n) | (1n << 255n))],
  ['y = p - 1 with the sign bit (order 2)', encodeNumber((P - 1n) | (1n << 255n))],
  ['y = p (order 4)', encodeNumber(P)],
  ['y = p with the sign bit (order 4)', encodeNumber(P | (1n << 255n))],
]

/**
 * A signature that the equation holds for although A has torsion: R has to hold −hA's torsion, and h depends
 * on R, so nonces are tried until one fits (1 in 8 does).
 */
export function signWithTorsion(key: ForgedKey, message: Uint8Array, label: string): Uint8Array {
  for (let round = 0; ; round++) {
    const r = scalar(`${label} ${round}`)
    const bytesOfR = encode(add(multiplyBase(r), TORSION[round % 8]!))
    const signature = answer(key, message, r, bytesOfR)
    const s = decodeNumber(signature.subarray(32))
    if (equalBytes(encode(expectedR(key.publicKey, message, bytesOfR, s)), bytesOfR)) return signature
  }
}

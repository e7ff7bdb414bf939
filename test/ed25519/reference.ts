import { createHash } from 'node:crypto'
import type { KeyFault } from '../../src/ed25519/engine.ts'
import { concatBytes, equalBytes } from '../../src/lib/bytes.ts'

/**
 * Ed25519 verification by the textbook (RFC 8032 §5.1), to judge engines by: plain, slow, public data only.
 * The curve is −x² + y² = 1 + d·x²·y² over the integers modulo p, in extended coordinates
 * x = X/Z, y = Y/Z, x·y = T/Z.
 */
export interface Point {
  readonly X: bigint
  readonly Y: bigint
  readonly Z: bigint
  readonly T: bigint
}

export const P = 2n ** 255n - 19n
/** The order of the base point. */
export const L = 2n ** 252n + 27742317777372353535851937790883648493n

/** The residue of `value`, from 0 to modulus − 1. */
export const mod = (value: bigint, modulus = P): bigint => ((value % modulus) + modulus) % modulus

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let square = mod(base); exponent > 0n; exponent >>= 1n, square = (square * square) % P)
    if (exponent & 1n) result = (result * square) % P
  return result
}

/** 1/value, by Euclid's algorithm; of 0 it is 0. */
function invert(value: bigint): bigint {
  let [a, b, x, y] = [P, mod(value), 0n, 1n]
  while (b !== 0n) {
    const quotient = a / b
    ;[a, b, x, y] = [b, a - quotient * b, y, x - quotient * y]
  }
  return mod(x)
}

const D = mod(-121665n * invert(121666n))
const SQRT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n)

const affine = (x: bigint, y: bigint): Point => ({ X: x, Y: y, Z: 1n, T: mod(x * y) })

export const IDENTITY: Point = affine(0n, 1n)

/** RFC 8032 §5.1.4; the law is complete, so doubling needs no formula of its own. */
export function add(p: Point, q: Point): Point {
  const a = (p.Y - p.X) * (q.Y - q.X)
  const b = (p.Y + p.X) * (q.Y + q.X)
  const c = mod(p.T * 2n * D) * q.T
  const d = p.Z * 2n * q.Z
  const [e, f, g, h] = [mod(b - a), mod(d - c), mod(d + c), mod(b + a)]
  return { X: mod(e * f), Y: mod(g * h), Z: mod(f * g), T: mod(e * h) }
}

export const negate = (p: Point): Point => ({ X: mod(-p.X), Y: p.Y, Z: p.Z, T: mod(-p.T) })

/** n·P for n ≥ 0, by doubling and adding. */
export function multiply(n: bigint, p: Point): Point {
  let result = IDENTITY
  for (let double = p; n > 0n; n >>= 1n, double = add(double, double))
    if (n & 1n) result = add(result, double)
  return result
}

/** A little-endian number of 32 bytes. */
export function encodeNumber(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))
}

export function decodeNumber(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

/** RFC 8032 §5.1.2: y, with the lowest bit of x at the top. */
export function encode(p: Point): Uint8Array {
  const z = invert(p.Z)
  return encodeNumber(mod(p.Y * z) | ((mod(p.X * z) & 1n) << 255n))
}

/** The point that lenient decoders take these 32 bytes for: y may be p or more, and −0 is 0. */
export function decodeLeniently(bytes: Uint8Array): Point | undefined {
  const value = decodeNumber(bytes)
  const y = mod(value & (2n ** 255n - 1n))
  const square = mod((y * y - 1n) * invert(D * y * y + 1n)) // x², by the equation of the curve
  let x = power(square, (P + 3n) / 8n)
  if (mod(x * x) !== square) x = mod(x * SQRT_OF_MINUS_ONE)
  if (mod(x * x) !== square) return undefined
  return affine((x & 1n) === value >> 255n ? x : mod(-x), y)
}

const isIdentity = (p: Point): boolean => p.X === 0n && p.Y === p.Z

/** What is wrong with a public key, or null. A point is canonical when it encodes to the bytes it came from. */
export function keyFault(publicKey: Uint8Array): KeyFault | null {
  if (publicKey.length !== 32) return 'key_length'
  const point = decodeLeniently(publicKey)
  if (point === undefined || !equalBytes(encode(point), publicKey)) return 'key_not_canonical'
  if (isIdentity(multiply(8n, point))) return 'key_small_order'
  return isIdentity(multiply(L, point)) ? null : 'key_torsion'
}

/** SHA-512 by the platform: what is judged here brings its own. */
export const sha512 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha512').update(bytes).digest())

/** h of RFC 8032 §5.1.7: SHA-512(R ‖ A ‖ message) modulo L. */
export function challenge(r: Uint8Array, publicKey: Uint8Array, message: Uint8Array): bigint {
  return decodeNumber(sha512(concatBytes(r, publicKey, message))) % L
}

/** R and s of 64 bytes whose s is below L. */
export function parts(signature: Uint8Array): { r: Uint8Array; s: bigint } | undefined {
  if (signature.length !== 64) return undefined
  const s = decodeNumber(signature.subarray(32))
  return s < L ? { r: signature.subarray(0, 32), s } : undefined
}

/** sB − hA, which a signature's R has to be. Says nothing about the key: it must decode. */
export function expectedR(publicKey: Uint8Array, message: Uint8Array, r: Uint8Array, s: bigint): Point {
  const minusA = negate(decodeLeniently(publicKey)!)
  return add(multiplyBase(s), multiply(challenge(r, publicKey, message), minusA))
}

/** The one equation of SPEC.md for a key that has no fault. */
export function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const split = parts(signature)
  return split !== undefined && equalBytes(encode(expectedR(publicKey, message, split.r, split.s)), split.r)
}

export const BASE: Point = decodeLeniently(encodeNumber(mod(4n * invert(5n))))!

let byteMultiples: Point[][] | undefined

/** n·B for 0 ≤ n < 2²⁵⁶: the sum of byteᵢ·256ⁱ·B, each read from a table. */
export function multiplyBase(n: bigint): Point {
  byteMultiples ??= tableOfBase()
  return encodeNumber(n).reduce((sum, byte, i) => add(sum, byteMultiples![i]![byte]!), IDENTITY)
}

function tableOfBase(): Point[][] {
  const rows: Point[][] = []
  for (let unit = BASE; rows.length < 32; unit = multiply(256n, unit)) {
    const row = [IDENTITY]
    while (row.length < 256) row.push(add(row.at(-1)!, unit))
    rows.push(row)
  }
  return rows
}

import type { Engine, ImportedKey, VerifyKey } from '../../../src/ed25519/engine.ts'
import { sha512 } from '../../../src/ed25519/sha2.ts'
import { concatBytes, equalBytes, toHex } from '../../../src/lib/bytes.ts'

/**
 * The engine of this page, in the place of noble's: no secret key comes here, so it has a third of noble's bytes and of
 * its time, before the phone's own compiler has warmed up. It passes all that the other engines pass.
 */

const P = 2n ** 255n - 19n
/** The order of the base point: L in RFC 8032 §5.1. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n
const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n
const ROOT_OF_MINUS_1 = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n
/** The base point, as RFC 8032 writes it. */
const BASE = new Uint8Array(32).fill(0x66).fill(0x58, 0, 1)
let base: Point | undefined

const times = (a: bigint, b: bigint): bigint => (a * b) % P
/** From 0 on: a remainder has the sign of what is divided. */
const modulo = (a: bigint): bigint => ((a % P) + P) % P

/** a^(2^count). */
function squared(a: bigint, count: number): bigint {
  for (let i = 0; i < count; i++) a = times(a, a)
  return a
}

/** a^(2^count − 1). */
function ones(a: bigint, count: number): bigint {
  if (count === 1) return a
  const half = count >> 1
  const power = ones(a, half)
  const both = times(squared(power, half), power)
  return count % 2 ? times(squared(both, 1), a) : both
}

/** 1/a: a^(2^255 − 21). */
const inverse = (a: bigint): bigint => times(squared(ones(a, 250), 5), times(squared(a, 3), ones(a, 2)))

/** Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
type Point = readonly [x: bigint, y: bigint, z: bigint, t: bigint]

const ZERO: Point = [0n, 1n, 1n, 0n]

/** Of any two points (RFC 8032 §5.1.4). */
function sum([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = times(y1 - x1, y2 - x2)
  const b = times(y1 + x1, y2 + x2)
  const c = times(2n * t1, times(D, t2))
  const d = 2n * times(z1, z2)
  return pointOf(b - a, d - c, d + c, b + a)
}

/** @param isLast whether a sum comes next: a doubling needs no T */
function double([x, y, z]: Point, isLast = true): Point {
  const a = times(x, x)
  const b = times(y, y)
  const g = b - a
  return pointOf(times(x + y, x + y) - a - b, g - 2n * times(z, z), g, -a - b, isLast)
}

const pointOf = (e: bigint, f: bigint, g: bigint, h: bigint, withT = true): Point => [
  times(e, f),
  times(g, h),
  times(f, g),
  withT ? times(e, h) : 0n,
]

/** sB + hA, two bits of both a step (Straus). */
function combined(s: bigint, h: bigint, point: Point): Point {
  base ??= decodePoint(BASE)!
  const table = [ZERO]
  for (let i = 1; i < 16; i++) table[i] = i < 4 ? sum(table[i - 1]!, point) : sum(table[i - 4]!, base)
  let result = ZERO
  for (let shift = 252n; shift >= 0n; shift -= 2n) {
    const step = Number(4n * ((s >> shift) & 3n) + ((h >> shift) & 3n))
    result = double(double(result, false), step > 0)
    if (step > 0) result = sum(result, table[step]!)
  }
  return result
}

const isZero = ([x, y, z]: Point): boolean => modulo(x) === 0n && modulo(y - z) === 0n

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`)

/** RFC 8032 §5.1.3; undefined for what no point is written as. */
function decodePoint(bytes: Uint8Array): Point | undefined {
  const all = littleEndian(bytes)
  const [y, isOdd] = [BigInt.asUintN(255, all), all >> 255n]
  const u = times(y, y) - 1n
  const v = times(D, u + 1n) + 1n
  const v3 = times(v, times(v, v))
  const w = times(u, times(v, times(v3, v3)))
  const root = times(times(u, v3), times(squared(ones(w, 250), 2), w))
  const square = times(v, times(root, root))
  const isRoot = modulo(square - u) === 0n
  if (y >= P || !(isRoot || modulo(square + u) === 0n)) return undefined
  const x = modulo(isRoot ? root : times(root, ROOT_OF_MINUS_1))
  if (x === 0n && isOdd) return undefined
  const signed = (x & 1n) === isOdd ? x : P - x
  return [signed, y, 1n, times(signed, y)]
}

/** RFC 8032 §5.1.2. */
function encodePoint([x, y, z]: Point): Uint8Array {
  const over = inverse(z)
  let left = modulo(times(y, over)) | ((modulo(times(x, over)) & 1n) << 255n)
  return Uint8Array.from({ length: 32 }, () => {
    const byte = Number(left & 255n)
    left >>= 8n
    return byte
  })
}

const keyOf = (publicKey: Uint8Array, [x, y, z, t]: Point): VerifyKey => ({
  publicKey,
  verify(message, signature) {
    if (signature.length !== 64) return false
    const r = signature.subarray(0, 32)
    const s = littleEndian(signature.subarray(32))
    if (s >= L) return false
    const h = littleEndian(sha512(concatBytes(r, publicKey, message))) % L
    return equalBytes(encodePoint(combined(s, h, [-x, y, z, -t])), r)
  },
})

function importKey(given: Uint8Array): ImportedKey {
  if (given.length !== 32) return { ok: false, reason: 'key_length' }
  const publicKey = Uint8Array.from(given)
  const point = decodePoint(publicKey)
  if (point === undefined) return { ok: false, reason: 'key_not_canonical' }
  if (isZero(double(double(double(point))))) return { ok: false, reason: 'key_small_order' }
  if (!isZero(combined(0n, L, point))) return { ok: false, reason: 'key_torsion' }
  return { ok: true, key: keyOf(publicKey, point) }
}

export const pageEngine: Engine = { name: 'page', importKey }

export { pageEngine as nobleEngine }

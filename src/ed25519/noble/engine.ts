import { Point } from '@noble/ed25519'
import { concatBytes, equalBytes, toHex } from '../../lib/bytes.ts'
import { copyBytes } from '../../lib/checks.ts'
import type { Engine, ImportedKey, VerifyKey } from '../engine.ts'
import { sha512 } from '../sha2.ts'

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`)

const decodePoint = (bytes: Uint8Array): Point | undefined => {
  try {
    return Point.fromBytes(bytes, false)
  } catch (error) {
    // Not on the curve, y ≥ p, or the sign bit of x = 0. Anything else says nothing of the key.
    if (/^bad (point|number)/.test((error as Error).message)) return undefined
    throw error
  }
}

/**
 * sB + hA with the doublings of both together (Straus). noble's multiples of B are as fast, once it has made a table of
 * them; that takes longer than most pages verify in their lives. All of this is public, so time may tell of it.
 */
function sumOf(s: bigint, h: bigint, point: Point): Point {
  const both = Point.BASE.add(point)
  let sum = Point.ZERO
  for (let bit = 1n << 252n; bit > 0n; bit >>= 1n) {
    sum = sum.double()
    if (s & bit) sum = sum.add(h & bit ? both : Point.BASE)
    else if (h & bit) sum = sum.add(point)
  }
  return sum
}

// noble's own `verify` is cofactored, another equation: so the check is built from its point arithmetic.
const nobleKey = (publicKey: Uint8Array, point: Point): VerifyKey => ({
  publicKey,
  verify(message, signature) {
    if (signature.length !== 64) return false
    const r = signature.subarray(0, 32)
    const s = littleEndian(signature.subarray(32))
    const order = Point.CURVE().n // L in RFC 8032 §5.1
    if (s >= order) return false
    const h = littleEndian(sha512(concatBytes(r, publicKey, message))) % order
    return equalBytes(sumOf(s, h, point.negate()).toBytes(), r)
  },
})

function importKey(given: Uint8Array): ImportedKey {
  const publicKey = copyBytes('publicKey', given)
  if (publicKey.length !== 32) return { ok: false, reason: 'key_length' }
  const point = decodePoint(publicKey)
  if (point === undefined) return { ok: false, reason: 'key_not_canonical' }
  if (point.isSmallOrder()) return { ok: false, reason: 'key_small_order' }
  if (!point.isTorsionFree()) return { ok: false, reason: 'key_torsion' }
  return { ok: true, key: nobleKey(publicKey, point) }
}

/**
 * Verification by @noble/ed25519: runs everywhere, about 1.5 ms a signature.
 * @example
 * ```ts
 * import { loadTrustList, nobleEngine } from 'veristamp/verify'
 *
 * // What is used where no engine is given.
 * loadTrustList(trustListFile, { authority, roots, engine: nobleEngine }).ok // → true
 * ```
 */
export const nobleEngine: Engine = { name: 'noble', importKey }

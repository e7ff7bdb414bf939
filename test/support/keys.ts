/** Public keys that no verifier accepts. */

const P = 2n ** 255n - 19n

/** A point of order four: y = 0. */
export const SMALL_ORDER_KEY = new Uint8Array(32)

/** y is above the field's prime. */
export const NOT_CANONICAL_KEY = new Uint8Array(32).fill(0xff)

/** The key's point (x, y) and the point of order two added up: (−x, −y), outside the prime-order group. */
export function withTorsion(publicKey: Uint8Array): Uint8Array {
  const encoded = BigInt(`0x${Buffer.from(publicKey).reverse().toString('hex')}`)
  const [sign, y] = [encoded >> 255n, encoded & (2n ** 255n - 1n)]
  const turned = ((1n - sign) << 255n) | (P - y)
  return Uint8Array.from(Buffer.from(turned.toString(16).padStart(64, '0'), 'hex')).reverse()
}

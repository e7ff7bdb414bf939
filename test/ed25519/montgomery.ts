import { type Point as Extended, L, mod, P } from './reference.ts'

/** The curve as the kernel's tree has it, v² = u³ + Au² + u, by the textbook: undefined is the identity. */
export type Point = readonly [u: bigint, v: bigint] | undefined

const A = 486662n

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let square = mod(base); exponent > 0n; exponent >>= 1n, square = (square * square) % P)
    if (exponent & 1n) result = (result * square) % P
  return result
}

const invert = (value: bigint): bigint => power(value, P - 2n)

/** A root of −(A + 2). Either will do: they make opposite v. */
const SCALE = rootOf(mod(-(A + 2n)))

function rootOf(square: bigint): bigint {
  const root = power(square, (P + 3n) / 8n)
  return mod(root * root) === square ? root : mod(root * power(2n, (P - 1n) / 4n))
}

/** RFC 7748 §4.1: u = (1 + y)/(1 − y), v = √−(A + 2) · u/x. */
export function fromEdwards({ X, Y, Z }: Extended): Point {
  if (X === 0n) return undefined
  const u = mod((Z + Y) * invert(Z - Y))
  return [u, mod(SCALE * u * Z * invert(X))]
}

export const opposite = (p: Point): Point => p && [p[0], mod(-p[1])]

/** Whether two points are equal but for the sign of v, which hangs on the root that someone chose. */
export const areAlike = (p: Point, q: Point): boolean =>
  p === undefined || q === undefined ? p === q : p[0] === q[0] && (p[1] === q[1] || p[1] === mod(-q[1]))

/** The digits, ±1, ±3, …, of an odd number below 2^254, lowest first. */
export function oddDigits(number: bigint, width: number): bigint[] {
  const count = Math.floor((253 + width) / width)
  const [base, shifted] = [2n ** BigInt(width), (number - 1n) / 2n + 2n ** BigInt(width * count - 1)]
  return Array.from({ length: count }, (_, j) => 2n * ((shifted >> BigInt(width * j)) % base) + 1n - base)
}

/** The scalar, or L more where it is even. */
export const madeOdd = (scalar: bigint): bigint => (scalar % 2n === 1n ? scalar : scalar + L)

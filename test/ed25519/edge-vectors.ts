import type { KeyFault } from '../../src/ed25519/engine.ts'
import { asciiBytes, concatBytes, toHex } from '../../src/lib/bytes.ts'
import {
  answer,
  type ForgedKey,
  filler,
  flipped,
  forgeKey,
  joined,
  NON_CANONICAL_SMALL_ORDER,
  scalar,
  sign,
  signWithTorsion,
  TORSION,
} from './forge.ts'
import { add, decodeLeniently, decodeNumber, encode, encodeNumber, L, multiplyBase, P } from './reference.ts'

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

const KEY = forgeKey(scalar('edge key'))
const NONCE = scalar('edge nonce')
const MESSAGE = asciiBytes('veristamp ed25519 edge case')
const GOOD = sign(KEY, MESSAGE, NONCE)
const GOOD_R = GOOD.subarray(0, 32)
const GOOD_S = decodeNumber(GOOD.subarray(32))

interface Parts {
  readonly key?: Uint8Array
  readonly message?: Uint8Array
  readonly signature?: Uint8Array
}

/** A case that is the good signature but for the parts given. */
function vector(name: string, parts: Parts, outcome: KeyFault | 'valid' | 'invalid'): EdgeVector {
  return {
    name,
    publicKey: toHex(parts.key ?? KEY.publicKey),
    message: toHex(parts.message ?? MESSAGE),
    signature: toHex(parts.signature ?? GOOD),
    keyFault: outcome === 'valid' || outcome === 'invalid' ? null : outcome,
    valid: outcome === 'valid',
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

// One SHA-512 block holds R, A and 47 bytes; the next blocks end at 175 and so on.
const MESSAGE_LENGTHS = [0, 1, 16, 31, 46, 47, 48, 63, 64, 65, 128, 174, 175, 176, 303, 304, 1023]

const ordinary = (): EdgeVector[] =>
  MESSAGE_LENGTHS.map((length) => {
    const label = `ordinary ${length}`
    const key = forgeKey(scalar(`${label} key`))
    const message = filler(`${label} message`, length)
    const signature = sign(key, message, scalar(`${label} nonce`))
    return vector(
      `ordinary: a message of ${length} bytes`,
      { key: key.publicKey, message, signature },
      'valid',
    )
  })

/** Sums that have equal, opposite or known points in them, where incomplete addition formulas break. */
function knownPoints(): EdgeVector[] {
  const keys: [string, bigint][] = [
    ['A = B', 1n],
    ['A = -B', L - 1n],
    ['A = 2B', 2n],
    ['A = 8B', 8n],
  ]
  const nonces: [string, bigint][] = [
    ['R = B', 1n],
    ['R = -B', L - 1n],
    ['R = 2B', 2n],
    ['R = A', KEY.a],
    ['R = -A', L - KEY.a],
    ['R = A + B', KEY.a + 1n],
  ]
  const made = (name: string, key: ForgedKey, r: bigint) =>
    vector(`known points: ${name}`, { key: key.publicKey, signature: sign(key, MESSAGE, r) }, 'valid')
  return [
    ...keys.map(([name, a]) => made(name, forgeKey(a), NONCE)),
    ...nonces.map(([name, r]) => made(name, KEY, r)),
    ...keys.map(([name, a]) => made(`${name}, R = B`, forgeKey(a), 1n)),
  ]
}

const order = (i: number): number => [1, 8, 4, 8, 2, 8, 4, 8][i]!

function smallOrderKeys(): EdgeVector[] {
  const made = (name: string, publicKey: Uint8Array, fault: KeyFault) =>
    vector(name, { key: publicKey, signature: signWithTorsion({ a: 0n, publicKey }, MESSAGE, name) }, fault)
  return [
    ...TORSION.map((point, i) =>
      made(`small-order key: ${i}T, order ${order(i)}`, encode(point), 'key_small_order'),
    ),
    ...NON_CANONICAL_SMALL_ORDER.map(([name, bytes]) =>
      made(`small-order key, not canonical: ${name}`, bytes, 'key_not_canonical'),
    ),
  ]
}

const torsionKeys = (): EdgeVector[] =>
  upTo(7).map((j) => {
    const name = `torsion key: A + ${j + 1}T, order ${order(j + 1)}`
    const key = forgeKey(scalar(name), TORSION[j + 1]!)
    return vector(
      name,
      { key: key.publicKey, signature: signWithTorsion(key, MESSAGE, `${name} nonce`) },
      'key_torsion',
    )
  })

/** No one knows a secret for these, so their signatures are another key's. */
function undecodableKeys(): EdgeVector[] {
  const withSigns = (name: string, y: bigint) =>
    [0n, 1n].map((sign) =>
      vector(`${name}, sign ${sign}`, { key: encodeNumber(y | (sign << 255n)) }, 'key_not_canonical'),
    )
  const onCurve = (y: bigint) => decodeLeniently(encodeNumber(y)) !== undefined
  const small = upTo(17).map((i) => BigInt(i) + 2n)
  return [
    ...small.filter(onCurve).flatMap((y) => withSigns(`key not canonical: y = p + ${y}`, P + y)),
    ...small.filter((y) => !onCurve(y)).flatMap((y) => withSigns(`key off the curve: y = ${y}`, y)),
  ]
}

function pointsR(): EdgeVector[] {
  const answered = (bytesOfR: Uint8Array) => answer(KEY, MESSAGE, 0n, bytesOfR)
  return [
    ...TORSION.map((point, i) =>
      vector(
        `small-order R: ${i}T, order ${order(i)}`,
        { signature: answered(encode(point)) },
        i === 0 ? 'valid' : 'invalid',
      ),
    ),
    ...NON_CANONICAL_SMALL_ORDER.map(([name, bytes]) =>
      vector(`R not canonical: ${name}`, { signature: answered(bytes) }, 'invalid'),
    ),
    ...upTo(7).map((j) => {
      const bytesOfR = encode(add(multiplyBase(NONCE), TORSION[j + 1]!))
      const signature = answer(KEY, MESSAGE, NONCE, bytesOfR)
      return vector(`torsion in R: rB + ${j + 1}T, order ${order(j + 1)}`, { signature }, 'invalid')
    }),
  ]
}

function scalars(): EdgeVector[] {
  const withS = (name: string, s: bigint) => vector(name, { signature: joined(GOOD_R, s) }, 'invalid')
  const multiples = upTo(15).map((i) => BigInt(i) + 1n)
  return [
    ...multiples
      .filter((k) => GOOD_S + k * L < 2n ** 256n)
      .map((k) => withS(`s not reduced: s + ${k}L`, GOOD_S + k * L)),
    ...[252n, 253n, 254n, 255n].map((bit) => withS(`s with bit ${bit} set`, GOOD_S | (1n << bit))),
    withS('s with its four top bits set', GOOD_S | (15n << 252n)),
    withS('s = 0', 0n),
    withS('s = 1', 1n),
    withS('s = L - 1', L - 1n),
    withS('s = L', L),
    withS('s = L + 1', L + 1n),
    withS('s = 2^252', 2n ** 252n),
    withS('s = 2^253 - 1', 2n ** 253n - 1n),
    withS('s = 2^256 - 1', 2n ** 256n - 1n),
    withS('s = L - s', L - GOOD_S),
  ]
}

function lengths(): EdgeVector[] {
  const extended = concatBytes(GOOD, GOOD)
  return [
    ...[0, 1, 32, 63, 65, 96, 128].map((length) =>
      vector(`length: a signature of ${length} bytes`, { signature: extended.slice(0, length) }, 'invalid'),
    ),
    ...[0, 1, 31, 33, 64].map((length) => {
      const key = concatBytes(KEY.publicKey, KEY.publicKey).slice(0, length)
      return vector(`length: a key of ${length} bytes`, { key }, 'key_length')
    }),
  ]
}

function altered(): EdgeVector[] {
  const withSignature = (name: string, signature: Uint8Array) =>
    vector(`altered: ${name}`, { signature }, 'invalid')
  const withMessage = (name: string, message: Uint8Array) =>
    vector(`altered: ${name}`, { message }, 'invalid')
  return [
    withSignature('all zeros', new Uint8Array(64)),
    withSignature('R all zeros', joined(new Uint8Array(32), GOOD_S)),
    ...[0, 100, 254].map((bit) => withSignature(`bit ${bit} of R`, flipped(GOOD, bit))),
    withSignature('the sign of R', flipped(GOOD, 255)),
    ...[0, 100, 251].map((bit) => withSignature(`bit ${bit} of s`, flipped(GOOD, 256 + bit))),
    withSignature('R and s swapped', concatBytes(GOOD.subarray(32), GOOD_R)),
    withMessage('a bit of the message', flipped(MESSAGE, 7)),
    withMessage('a message cut by a byte', MESSAGE.slice(0, -1)),
    withMessage('a zero after the message', concatBytes(MESSAGE, new Uint8Array(1))),
    withMessage('no message', new Uint8Array()),
    vector('altered: another key', { key: forgeKey(scalar('another key')).publicKey }, 'invalid'),
    vector('altered: the key negated', { key: flipped(KEY.publicKey, 255) }, 'invalid'),
  ]
}

export function edgeVectors(): EdgeVector[] {
  return [
    ...ordinary(),
    ...knownPoints(),
    ...smallOrderKeys(),
    ...torsionKeys(),
    ...undecodableKeys(),
    ...pointsR(),
    ...scalars(),
    ...lengths(),
    ...altered(),
  ]
}

/** What test/vectors/ed25519-edges.json holds. */
export const edgeVectorsText = (): string => `${JSON.stringify(edgeVectors(), null, 2)}\n`

import { concatBytes } from '../../src/lib/bytes.ts'
import {
  type EdgeVector,
  GOOD,
  GOOD_R,
  GOOD_S,
  KEY,
  MESSAGE,
  NONCE,
  order,
  upTo,
  vector,
} from './edge-vector.ts'
import {
  answer,
  flipped,
  forgeKey,
  joined,
  NON_CANONICAL_SMALL_ORDER,
  scalar,
  sign,
  TORSION,
} from './forge.ts'
import { add, decodeNumber, encode, L, mod, multiplyBase } from './reference.ts'

export function pointsR(): EdgeVector[] {
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

/** R is the identity, as in a valid case above, but with an s that isn't h·a. */
export function identityR(): EdgeVector[] {
  const r = encode(TORSION[0]!)
  const s = decodeNumber(answer(KEY, MESSAGE, 0n, r).subarray(32))
  const withS = (name: string, s: bigint) =>
    vector(`identity R: ${name}`, { signature: joined(r, s) }, 'invalid')
  return [
    withS('s = 0', 0n),
    withS('s = h·a + 1', mod(s + 1n, L)),
    withS('s = h·a + L', s + L),
    withS('the s of another R', GOOD_S),
    vector('identity R: no s', { signature: r }, 'invalid'),
  ]
}

export function scalars(): EdgeVector[] {
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

/** A valid signature whose s is below 2^248: 1 in 16 is. */
function endingInZero(): Uint8Array {
  for (let round = 0; ; round++) {
    const signature = sign(KEY, MESSAGE, scalar(`short s ${round}`))
    if (signature[63] === 0) return signature
  }
}

export function lengths(): EdgeVector[] {
  const extended = concatBytes(GOOD, GOOD)
  return [
    ...[0, 1, 32, 63, 65, 96, 128].map((length) =>
      vector(`length: a signature of ${length} bytes`, { signature: extended.slice(0, length) }, 'invalid'),
    ),
    // Read as a number of any length, s is the same with zeros after it, or without the zero at its end.
    ...[1, 32, 64].map((zeros) =>
      vector(
        `length: a signature with ${zeros} zeros after it`,
        { signature: concatBytes(GOOD, new Uint8Array(zeros)) },
        'invalid',
      ),
    ),
    vector(
      'length: a signature cut by the zero at its end',
      { signature: endingInZero().slice(0, -1) },
      'invalid',
    ),
    ...[0, 1, 31, 33, 64].map((length) => {
      const key = concatBytes(KEY.publicKey, KEY.publicKey).slice(0, length)
      return vector(`length: a key of ${length} bytes`, { key }, 'key_length')
    }),
  ]
}

export function altered(): EdgeVector[] {
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

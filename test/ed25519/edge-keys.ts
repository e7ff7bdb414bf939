import type { KeyFault } from '../../src/ed25519/engine.ts'
import { type EdgeVector, MESSAGE, order, upTo, vector } from './edge-vector.ts'
import { forgeKey, NON_CANONICAL_SMALL_ORDER, scalar, signWithTorsion, TORSION } from './forge.ts'
import { decodeLeniently, encode, encodeNumber, P } from './reference.ts'

export function smallOrderKeys(): EdgeVector[] {
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

export const torsionKeys = (): EdgeVector[] =>
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
export function undecodableKeys(): EdgeVector[] {
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

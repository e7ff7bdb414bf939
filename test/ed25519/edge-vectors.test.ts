import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asciiBytes, equalBytes } from '../../src/lib/bytes.ts'
import { CCTV_VECTORS } from './cctv.ts'
import { edgeVectorsText } from './edge-vectors.ts'
import {
  add,
  decodeLeniently,
  decodeNumber,
  encode,
  expectedR,
  keyFault,
  L,
  multiply,
  negate,
  verify,
} from './reference.ts'
import { cctvAnswer, EDGE_VECTORS, fromHex, RFC8032_VECTORS } from './vectors.ts'

describe('the edge cases of Ed25519', () => {
  it('are in the committed file as the generator makes them', () => {
    const path = new URL('../vectors/ed25519-edges.json', import.meta.url)
    expect(readFileSync(path, 'utf8')).toBe(edgeVectorsText())
  })
  it('have a name of their own each', () => {
    expect(new Set(EDGE_VECTORS.map(({ name }) => name)).size).toBe(EDGE_VECTORS.length)
  })
  it('hold every fault of a key, valid signatures and invalid ones', () => {
    const outcomes = new Set(EDGE_VECTORS.map((vector) => vector.keyFault ?? vector.valid))
    const faults = ['key_length', 'key_not_canonical', 'key_small_order', 'key_torsion']
    expect(outcomes).toEqual(new Set([...faults, true, false]))
  })
  it.each(EDGE_VECTORS)('are answered alike by textbook arithmetic: $name', (vector) => {
    const publicKey = fromHex(vector.publicKey)
    expect(keyFault(publicKey)).toBe(vector.keyFault)
    if (vector.keyFault === null)
      expect(verify(publicKey, fromHex(vector.message), fromHex(vector.signature))).toBe(vector.valid)
  })
})

/** Cases whose names begin so, with the point sB − hA that R has to be (s taken modulo L, the key leniently). */
const casesOf = (prefix: string) =>
  EDGE_VECTORS.filter(({ name }) => name.startsWith(prefix)).map((vector) => {
    const signature = fromHex(vector.signature)
    const r = signature.subarray(0, 32)
    const s = decodeNumber(signature.subarray(32)) % L
    const expected = expectedR(fromHex(vector.publicKey), fromHex(vector.message), r, s)
    return { name: vector.name, r, expected }
  })

/** Whether two points differ in nothing but torsion: cofactored verification. */
function equalButForTorsion(r: Uint8Array, expected: ReturnType<typeof decodeLeniently>): boolean {
  const difference = multiply(8n, add(decodeLeniently(r)!, negate(expected!)))
  return difference.X === 0n
}

describe('the edge cases fail for one reason', () => {
  it.each([...casesOf('small-order key'), ...casesOf('torsion key')])(
    'the key alone: the equation holds for $name',
    ({ r, expected }) => {
      expect(equalBytes(encode(expected), r)).toBe(true)
    },
  )
  it.each(casesOf('s not reduced'))('the range alone: the equation holds for $name', ({ r, expected }) => {
    expect(equalBytes(encode(expected), r)).toBe(true)
  })
  it.each([...casesOf('small-order R'), ...casesOf('R not canonical'), ...casesOf('torsion in R')])(
    'the bytes of R alone: a lenient, cofactored verifier accepts $name',
    ({ r, expected }) => {
      expect(equalButForTorsion(r, expected)).toBe(true)
    },
  )
})

describe('the textbook arithmetic itself', () => {
  it.each(RFC8032_VECTORS)('verifies RFC 8032 $name', ({ publicKey, message, signature }) => {
    expect(keyFault(fromHex(publicKey))).toBe(null)
    expect(verify(fromHex(publicKey), fromHex(message), fromHex(signature))).toBe(true)
  })
  const without = CCTV_VECTORS === undefined ? ' (skipped: VERISTAMP_CCTV does not say where they are)' : ''
  it.skipIf(CCTV_VECTORS === undefined)(`answers the CCTV vectors as their flags have it${without}`, () => {
    const wrong = CCTV_VECTORS!.filter((vector) => {
      const publicKey = fromHex(vector.key)
      const answer = keyFault(publicKey) ?? verify(publicKey, asciiBytes(vector.msg), fromHex(vector.sig))
      return answer !== cctvAnswer(vector)
    })
    expect(wrong).toEqual([])
  })
})

import { expect, it, vi } from 'vitest'
import { equalBytes } from '../../src/lib/bytes.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { NON_CANONICAL_SMALL_ORDER, TORSION } from '../ed25519/forge.ts'
import { encode } from '../ed25519/reference.ts'
import { EDGE_VECTORS, fromHex } from '../ed25519/vectors.ts'

const smallOrder = () => [...TORSION.map(encode), ...NON_CANONICAL_SMALL_ORDER.map(([, bytes]) => bytes)]

/** What newer Node releases answer for R of small order: https://github.com/nodejs/node/pull/64026 */
vi.mock('node:crypto', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:crypto')>()
  const verify = (...[algorithm, message, key, signature]: Parameters<typeof original.verify>) =>
    !smallOrder().some((r) => equalBytes(r, (signature as Uint8Array).subarray(0, 32))) &&
    original.verify(algorithm, message, key, signature)
  return { ...original, verify }
})

const answered = EDGE_VECTORS.filter(({ keyFault }) => keyFault === null)

it.each(answered)('a Node that refuses R of small order changes no answer: $name', (vector) => {
  const imported = nativeEngine.importKey(fromHex(vector.publicKey))
  const answer = imported.ok && imported.key.verify(fromHex(vector.message), fromHex(vector.signature))
  expect(answer).toBe(vector.valid)
})

import { describe, expect, it } from 'vitest'
import type { Engine, KeyFault } from '../../src/ed25519/engine.ts'
import { asciiBytes } from '../../src/lib/bytes.ts'
import { type CctvVector, cctvAnswer, EDGE_VECTORS, fromHex, RFC8032_VECTORS } from './vectors.ts'

/** What is wrong with the key, or whether the signature holds. */
type Answer = KeyFault | boolean

function ask(engine: Engine, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Answer {
  const imported = engine.importKey(publicKey)
  return imported.ok ? imported.key.verify(message, signature) : imported.reason
}

/**
 * The suite that every engine passes, in any runtime.
 * @param cctv the vectors of C2SP/CCTV, where they are at hand
 */
export function describeEngine(name: string, engine: Engine, cctv?: readonly CctvVector[]): void {
  describe(`the ${name} engine`, () => {
    it('says its name', () => {
      expect(engine.name).toBe(name)
    })
    describe('answers the edge case', () => {
      it.each(EDGE_VECTORS)('$name', ({ publicKey, message, signature, keyFault, valid }) => {
        const answer = ask(engine, fromHex(publicKey), fromHex(message), fromHex(signature))
        expect(answer).toBe(keyFault ?? valid)
      })
    })
    it.each(RFC8032_VECTORS)('verifies RFC 8032 $name', ({ publicKey, message, signature }) => {
      expect(ask(engine, fromHex(publicKey), fromHex(message), fromHex(signature))).toBe(true)
    })
    const without = cctv === undefined ? ' (skipped: VERISTAMP_CCTV does not say where they are)' : ''
    it.skipIf(cctv === undefined)(`answers the CCTV vectors as the equation has it${without}`, () => {
      expect(cctv!.length).toBeGreaterThanOrEqual(914)
      expect(cctv!.filter((vector) => askCctv(engine, vector) !== cctvAnswer(vector))).toEqual([])
    })
    describeKeys(engine)
  })
}

const askCctv = (engine: Engine, { key, msg, sig }: CctvVector): Answer =>
  ask(engine, fromHex(key), asciiBytes(msg), fromHex(sig))

function describeKeys(engine: Engine): void {
  const { publicKey, message, signature } = RFC8032_VECTORS[2]!

  it('gives the public key back as it was imported', () => {
    const imported = engine.importKey(fromHex(publicKey))
    expect(imported.ok && imported.key.publicKey).toEqual(fromHex(publicKey))
  })
  it('keeps a key of its own, whatever becomes of the bytes it was imported from', () => {
    const bytes = fromHex(publicKey)
    const imported = engine.importKey(bytes)
    bytes.fill(0)
    expect(imported.ok && imported.key.verify(fromHex(message), fromHex(signature))).toBe(true)
  })
  it.skipIf(typeof Buffer === 'undefined')('does so for a Buffer too, whose slices are views', () => {
    const bytes = Buffer.from(publicKey, 'hex')
    const imported = engine.importKey(bytes)
    bytes.fill(0)
    const verified =
      imported.ok && imported.key.verify(Buffer.from(message, 'hex'), Buffer.from(signature, 'hex'))
    expect(verified).toBe(true)
  })
  it('answers from one key again and again, whatever it answered before', () => {
    const imported = engine.importKey(fromHex(publicKey))
    const tries = [signature, '00', signature, 'ff'.repeat(64), signature].map(fromHex)
    const answers = tries.map((bytes) => imported.ok && imported.key.verify(fromHex(message), bytes))
    expect(answers).toEqual([true, false, true, false, true])
  })
}

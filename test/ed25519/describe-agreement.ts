import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine, VerifyKey } from '../../src/ed25519/engine.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { tally } from '../support/laws.ts'
import { type Attempt, anyAttempt, holds } from './attempts.ts'

/** Puts `rounds` random signatures, genuine and changed, to all engines at once. */
export function describeAgreement(engines: readonly Engine[], rounds: number): void {
  const names = engines.map(({ name }) => name).join(' and ')
  describe(`${names} agree`, () => {
    it(`on ${rounds} random signatures, with each other and the equation`, {
      timeout: 60_000 + rounds * 60,
    }, () => {
      const ask = withImportedKeys()
      const seen = { valid: 0, refused: 0 }
      fc.assert(
        fc.property(anyAttempt, (attempt) => {
          const expected = holds(attempt)
          seen[expected ? 'valid' : 'refused']++
          for (const engine of engines) expect(ask(engine, attempt), engine.name).toBe(expected)
        }),
        { numRuns: rounds },
      )
      expect(Math.min(seen.valid, seen.refused)).toBeGreaterThan(tally(rounds / 4))
    })
  })
}

/** Asks engines, importing each key but once for each. */
function withImportedKeys(): (engine: Engine, attempt: Attempt) => boolean {
  const keys = new Map<string, VerifyKey>()
  const keyOf = (engine: Engine, publicKey: Uint8Array): VerifyKey => {
    const name = `${engine.name} ${toHex(publicKey)}`
    const known = keys.get(name)
    if (known !== undefined) return known
    const imported = engine.importKey(publicKey)
    if (!imported.ok) throw new Error(`${engine.name} refuses a good key: ${imported.reason}`)
    keys.set(name, imported.key)
    return imported.key
  }
  return (engine, { key, message, signature }) => keyOf(engine, key.publicKey).verify(message, signature)
}

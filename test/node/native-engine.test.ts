import { describe, expect, it } from 'vitest'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { CCTV_VECTORS } from '../ed25519/cctv.ts'
import { describeAgreement } from '../ed25519/describe-agreement.ts'
import { describeEngine } from '../ed25519/describe-engine.ts'
import { runs } from '../support/laws.ts'

// VERISTAMP_ROUNDS: how many random signatures the engines are compared on.
const rounds = Number(process.env.VERISTAMP_ROUNDS ?? runs(300, 100))

describeEngine('native', nativeEngine, CCTV_VECTORS)
describeAgreement([nobleEngine, nativeEngine], rounds)

describe('nativeEngine', () => {
  it('answers for a key that it met before as for a new one, whatever became of the bytes it was given', () => {
    const { publicKey, sign } = seedSigner(new Uint8Array(32).fill(77))
    const message = new Uint8Array([1, 2, 3])
    const signature = sign(message) as Uint8Array
    const given = new Uint8Array(publicKey)
    for (let times = 0; times < 3; times++) {
      const imported = nativeEngine.importKey(given)
      given[0]! ^= 1
      expect(imported.ok && imported.key.verify(message, signature)).toBe(true)
      const other = nativeEngine.importKey(given)
      expect(other.ok && other.key.verify(message, signature)).toBe(false)
      given[0]! ^= 1
    }
  })

  it('refuses a bad key each time', () => {
    const identity = new Uint8Array(32).fill(1, 0, 1)
    for (let times = 0; times < 2; times++)
      expect(nativeEngine.importKey(identity)).toEqual({ ok: false, reason: 'key_small_order' })
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nobleEngine } from '../../../src/ed25519/noble/engine.ts'
import { CCTV_VECTORS } from '../../../test/ed25519/cctv.ts'
import { describeAgreement } from '../../../test/ed25519/describe-agreement.ts'
import { describeEngine } from '../../../test/ed25519/describe-engine.ts'
import { runs } from '../../../test/support/laws.ts'
import { pageEngine } from '../src/ed25519.ts'

const rounds = runs(300, 100)

describeEngine('page', pageEngine, CCTV_VECTORS)
describeAgreement([nobleEngine, pageEngine], rounds)

test("The page's engine takes the keys that noble takes, of random bytes", () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const [expected, imported] = [nobleEngine, pageEngine].map((engine) => engine.importKey(bytes))
      const [fault, found] = [expected!, imported!].map((each) => (each.ok ? 'none' : each.reason))
      seen.add(fault!)
      expect(found).toBe(fault)
    }),
    { numRuns: rounds },
  )
  expect([...seen].sort()).toEqual(['key_not_canonical', 'key_torsion', 'none'])
})

test.each([0, 31, 33])("The page's engine refuses a key of %i bytes", (length) => {
  expect(pageEngine.importKey(new Uint8Array(length))).toEqual({ ok: false, reason: 'key_length' })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOf, dayOf, MAX_DAY } from '../../src/lib/dates.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { issue, NOW, PREFIX, press, pressEntry, trustListWith } from '../support/fixtures.ts'
import { runs } from '../support/laws.ts'

const MAX = Number.MAX_SAFE_INTEGER

/** What the press may stamp here: ids of every width, from a catalogue's to a whole GLN and GTIN. */
const PRODUCTS = [
  { facility: 0, product: 0 },
  { facility: 12, product: 104 },
  { facility: 65_535, product: 65_536 },
  { facility: 8_935_000_000_128, product: 18_935_000_000_125 },
  { facility: MAX, product: MAX },
]

const today = dayOf('today', NOW.toISOString().slice(0, 10))
const day = (min: number, max: number) => fc.integer({ min: min, max: max }).map(dateOf)

const LOT_LETTERS = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
const claims = fc.record(
  {
    lot: fc.string({ unit: fc.constantFrom(...LOT_LETTERS), minLength: 1, maxLength: 20 }),
    made: day(0, today),
    expires: day(today, MAX_DAY),
    seal: fc.uint8Array({ minLength: 8, maxLength: 16 }),
    extensions: fc.dictionary(fc.integer({ min: 16, max: 23 }).map(String), fc.maxSafeNat(), {
      minKeys: 1,
      maxKeys: 3,
    }),
  },
  { requiredKeys: [] },
)

const serial = fc.oneof(fc.constantFrom(0, 23, 24, 255, 256, 65_536, 2 ** 32, MAX), fc.maxSafeNat())

const stamps: fc.Arbitrary<Stamp> = fc
  .tuple(fc.constantFrom(...PRODUCTS), serial, claims)
  .map(([ids, serial, { extensions, ...rest }]) => ({
    ...ids,
    serial,
    ...rest,
    ...(extensions && {
      extensions: new Map(Object.entries(extensions).map(([key, value]) => [Number(key), value])),
    }),
  }))

describe('a stamp', () => {
  it('that was issued is verified as it was, in every carrier and under every key id', async () => {
    const keyIds = [0, 7, 24, 256, 65_535]
    const verifiers = new Map(
      await Promise.all(
        keyIds.map(async (keyId) => {
          const trustList = await trustListWith({
            issuers: [{ ...pressEntry, keyId, scope: PRODUCTS }],
            catalogue: { facilities: [], products: [] },
          })
          return [keyId, createVerifier({ trustLists: [trustList] })] as const
        }),
      ),
    )
    const law = fc.asyncProperty(stamps, fc.constantFrom(...keyIds), async (stamp, keyId) => {
      const code = await issue(stamp, press, keyId)
      const texts = { base45: code.toText(), digits: code.toText('digits'), url: code.toUrl(PREFIX) }
      for (const [carrier, text] of Object.entries(texts)) {
        const verdict = verifiers.get(keyId)!.verify(text, { now: NOW })
        expect(verdict).toMatchObject({ status: 'valid', carrier, issuer: { keyId } })
        expect(verdict).toHaveProperty('stamp', stamp)
      }
    })
    await fc.assert(law, { numRuns: runs(100) })
  })
})

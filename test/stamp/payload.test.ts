import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { MAX_DAY } from '../../src/lib/dates.ts'
import { decodePayload } from '../../src/stamp/code.ts'
import { payloadFromValue, payloadToValue } from '../../src/stamp/payload.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import { cborValue, stamp, uint } from '../support/arbitraries.ts'
import { hex, malformedDetail } from '../support/bytes.ts'
import { runs, tally } from '../support/laws.ts'

const MAX = Number.MAX_SAFE_INTEGER
const encode = (keyId: number, stamp: Stamp) => encodeCbor(payloadToValue(keyId, stamp))
const detailOf = (value: CborValue) => malformedDetail(() => payloadFromValue(value))
const withClaims = (...claims: [number | string, CborValue][]): CborValue => [
  7,
  12,
  104,
  90_001,
  new Map(claims),
]

describe('payloads', () => {
  it('are spelled as SPEC.md spells its example', () => {
    const bytes = hex('84 07 0c 1868 1a00015f91')
    const stamp = { facility: 12, product: 104, serial: 90_001 }
    expect(encode(7, stamp)).toEqual(bytes)
    expect(decodePayload(bytes)).toEqual({ keyId: 7, stamp, unsupportedClaims: [] })
  })

  it('spell each claim under its key, in ascending order', () => {
    const stamp: Stamp = {
      facility: 1,
      product: 2,
      serial: 3,
      extensions: new Map<number, CborValue>([
        [23, 'x'],
        [16, [1]],
      ]),
      seal: hex('00 11 22 33 44 55 66 77'),
      expires: '1970-01-03',
      made: '1970-01-02',
      lot: 'A1',
    }
    const claims = '01 624131  02 01  03 02  04 48 0011223344556677  10 8101  17 6178'
    expect(encode(0, stamp)).toEqual(hex(`85 00 01 02 03 a6 ${claims}`))
    expect(decodePayload(encode(0, stamp)).stamp).toEqual(stamp)
  })

  it('are read back whatever the stamp, within 128 bytes', () => {
    fc.assert(
      fc.property(uint(65535), stamp, (keyId, stamp) => {
        const bytes = encode(keyId, stamp)
        expect(bytes.length).toBeLessThanOrEqual(128)
        expect(decodePayload(bytes)).toEqual({ keyId, stamp, unsupportedClaims: [] })
      }),
      { numRuns: runs(500) },
    )
  })

  it('have one spelling: a value that is accepted and understood is written again just so', () => {
    const id = uint()
    const claimValue = fc.oneof(
      uint(),
      fc.constantFrom('A1', 'lot 2'),
      fc.uint8Array({ minLength: 6, maxLength: 18 }),
    )
    const claims = fc
      .uniqueArray(fc.tuple(fc.nat(24), claimValue), { selector: ([key]) => key, maxLength: 4 })
      // In ascending order, as the reader of CBOR gives them.
      .map((entries) => new Map<number, CborValue>(entries.sort(([a], [b]) => a - b)))
    let accepted = 0
    fc.assert(
      fc.property(id, id, id, id, claims, (keyId, facility, product, serial, claims) => {
        const head = [keyId, facility, product, serial]
        for (const value of [head, [...head, claims]]) {
          if (detailOf(value) !== undefined) continue
          const payload = payloadFromValue(value)
          if (payload.unsupportedClaims.length > 0) continue
          accepted++
          expect(encodeCbor(payloadToValue(payload.keyId, payload.stamp))).toEqual(encodeCbor(value))
        }
      }),
      { numRuns: runs(1000, 100) },
    )
    expect(accepted).toBeGreaterThan(tally(300))
  })

  it('take 5 bytes at the least and 31 without claims at the most', () => {
    expect(encode(0, { facility: 0, product: 0, serial: 0 })).toHaveLength(5)
    expect(encode(65535, { facility: MAX, product: MAX, serial: MAX })).toHaveLength(31)
  })

  it('hold integers to 2^53 − 1 in each place', () => {
    const stamp = { facility: MAX, product: MAX - 1, serial: MAX - 2 }
    expect(decodePayload(encode(65535, stamp))).toEqual({ keyId: 65535, stamp, unsupportedClaims: [] })
    const beyond = hex('84 00 00 00 1b0020000000000000')
    expect(malformedDetail(() => decodePayload(beyond))).toBe('cbor_integer_range')
  })
})

describe('the head of a payload', () => {
  it.each<[string, CborValue, string]>([
    ['a number', 5, 'payload_shape'],
    ['a map', new Map(), 'payload_shape'],
    ['no fields', [], 'payload_shape'],
    ['three fields', [7, 12, 104], 'payload_shape'],
    ['six fields', [7, 12, 104, 90_001, new Map([[1, 'A']]), 0], 'payload_shape'],
    ['a key id that is a text', ['7', 12, 104, 90_001], 'payload_integer'],
    ['a facility that is bytes', [7, Uint8Array.of(12), 104, 90_001], 'payload_integer'],
    ['a product that is an array', [7, 12, [104], 90_001], 'payload_integer'],
    ['a serial that is a map', [7, 12, 104, new Map()], 'payload_integer'],
    ['a key id above 65535', [65536, 12, 104, 90_001], 'payload_key_id'],
    ['claims that are an array', [7, 12, 104, 90_001, []], 'payload_claims'],
    ['claims that are a number', [7, 12, 104, 90_001, 0], 'payload_claims'],
    ['claims that are empty', [7, 12, 104, 90_001, new Map()], 'payload_claims'],
  ])('may not be %s', (_what, value, detail) => {
    expect(detailOf(value)).toBe(detail)
    expect(malformedDetail(() => decodePayload(encodeCbor(value)))).toBe(detail)
  })

  it('takes the greatest key id', () => {
    expect(payloadFromValue([65535, 0, 0, 0]).keyId).toBe(65535)
  })
})

describe('a claim', () => {
  it.each<[string, [number | string, CborValue], string | undefined]>([
    ['key 0', [0, 0], 'claim_key'],
    ['key 24', [24, 0], 'claim_key'],
    ['the greatest key', [MAX, 0], 'claim_key'],
    ['a text as key', ['lot', 'A1'], 'claim_key'],
    ['an empty lot', [1, ''], 'claim_lot'],
    ['a lot of 20 characters', [1, 'A'.repeat(20)], undefined],
    ['a lot of 21 characters', [1, 'A'.repeat(21)], 'claim_lot'],
    ['a lot outside set 82', [1, 'A#1'], 'claim_lot'],
    ['a lot that is bytes', [1, Uint8Array.of(65)], 'claim_lot'],
    ['a lot that is a number', [1, 1], 'claim_lot'],
    ['the first day', [2, 0], undefined],
    ['the last day', [2, MAX_DAY], undefined],
    ['a day after the last', [2, MAX_DAY + 1], 'claim_date'],
    ['a greatest day', [2, MAX], 'claim_date'],
    ['a day that is a text', [2, '2026-01-01'], 'claim_date'],
    ['the last expiry', [3, MAX_DAY], undefined],
    ['an expiry after the last day', [3, MAX_DAY + 1], 'claim_date'],
    ['a seal of 7 bytes', [4, new Uint8Array(7)], 'claim_seal'],
    ['a seal of 8 bytes', [4, new Uint8Array(8)], undefined],
    ['a seal of 16 bytes', [4, new Uint8Array(16)], undefined],
    ['a seal of 17 bytes', [4, new Uint8Array(17)], 'claim_seal'],
    ['a seal that is a text', [4, 'sealseal'], 'claim_seal'],
  ])('with %s', (_what, claim, detail) => {
    expect(detailOf(withClaims(claim))).toBe(detail)
  })

  it('from 5 to 15 is critical: named as unsupported, and not returned', () => {
    for (let key = 5; key <= 15; key++) {
      const payload = payloadFromValue(withClaims([1, 'A'], [key, 'new']))
      expect(payload.unsupportedClaims).toEqual([key])
      expect(payload.stamp).toEqual({ facility: 12, product: 104, serial: 90_001, lot: 'A' })
    }
    expect(payloadFromValue(withClaims([5, 0], [15, 0])).unsupportedClaims).toEqual([5, 15])
  })

  it('from 16 to 23 is returned as it came', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 23 }), cborValue(2), (key, value) => {
        const payload = payloadFromValue(withClaims([key, value]))
        expect(payload.unsupportedClaims).toEqual([])
        expect(payload.stamp.extensions).toEqual(new Map([[key, value]]))
      }),
    )
  })

  it('is absent from the stamp where the payload has none', () => {
    const { stamp } = payloadFromValue(withClaims([3, 0]))
    expect(Object.keys(stamp)).toEqual(['facility', 'product', 'serial', 'expires'])
  })
})

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Encoder } from 'cbor-x'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCrockford } from '../../src/codec/crockford.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { fingerprintOf } from '../../src/trust/pins.ts'
import { runs } from '../support/laws.ts'
import { fingerprintVectors } from './fingerprints.generate.ts'

interface Vector {
  readonly name: string
  readonly authority: string
  readonly roots: { readonly version: number; readonly threshold: number; readonly keys: string[] }
}

const file = readFileSync(new URL('fingerprints.json', import.meta.url), 'utf8')
const { valid, refused }: { valid: (Vector & { fingerprint: string })[]; refused: Vector[] } =
  JSON.parse(file)
const spec = readFileSync(new URL('../../docs/spec/pins.md', import.meta.url), 'utf8')

const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const pinsOf = ({ authority, roots }: Vector) => ({
  authority,
  roots: { ...roots, keys: roots.keys.map(fromHex) },
})
const oracle = new Encoder({ tagUint8Array: false })

describe('the file of fingerprints', () => {
  it('is what the generator makes', () => {
    expect(file).toBe(fingerprintVectors())
  })

  it("begins with the specification's example", () => {
    const [{ authority, roots, fingerprint }] = valid as [(typeof valid)[number]]
    const prose = spec.replace(/\s+/g, ' ')
    expect(prose).toContain(
      `The authority \`${authority}\` with root version ${roots.version}, threshold ${roots.threshold} and the key ` +
        `\`${roots.keys[0]}\` has the fingerprint \`${fingerprint}\`.`,
    )
  })

  it('has one fingerprint for the keys in two orders, and another for everything else', () => {
    const prints = valid.map(({ fingerprint }) => fingerprint)
    expect(prints[1]).toBe(prints[2])
    expect(new Set(prints).size).toBe(prints.length - 1)
  })
})

describe('a fingerprint', () => {
  it.each(valid)('is what node:crypto and cbor-x make of it: $name', (vector) => {
    const { authority, roots, fingerprint } = vector
    expect(fingerprintOf(pinsOf(vector))).toBe(fingerprint)
    expect(fingerprint).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    // From 2^32 up cbor-x writes a bigint as an integer.
    const version = roots.version < 2 ** 32 ? roots.version : BigInt(roots.version)
    const keys = [...roots.keys].sort().map((key) => Buffer.from(key, 'hex'))
    const said = oracle.encode([authority, version, roots.threshold, keys])
    const digest = createHash('sha256').update('veristamp:pins-1').update(said).digest()
    expect(Buffer.from(decodeCrockford(fingerprint))).toEqual(digest.subarray(0, 10))
  })

  it.each(refused)('is none of pins with $name', (vector) => {
    expect(() => fingerprintOf(pinsOf(vector))).toThrow(ArgumentRangeError)
  })

  it('is none of what are no pins', () => {
    const pins = pinsOf(valid[0]!)
    const { authority, roots } = pins
    for (const wrong of [
      undefined,
      null,
      'pins',
      {},
      { authority },
      { roots },
      { ...pins, treshold: 2 },
      { authority, roots: { ...roots, treshold: 2 } },
      { authority, roots: null },
      { authority, roots: { ...roots, keys: 'keys' } },
      { authority, roots: { ...roots, keys: valid[0]!.roots.keys } },
      { authority, roots: { ...roots, threshold: '1' } },
      { authority: 5, roots },
    ]) {
      expect(() => fingerprintOf(wrong as never)).toThrow(ArgumentTypeError)
    }
  })

  it('is of root version 1 where none is given, as it is where lists are loaded', () => {
    const { authority, roots } = pinsOf(valid[0]!)
    const { version: _, ...rest } = roots
    expect(fingerprintOf({ authority, roots: rest })).toBe(valid[0]!.fingerprint)
  })

  it('is the same for the keys in any order, and leaves them in theirs', () => {
    const { authority, roots } = pinsOf(valid.at(-1)!)
    fc.assert(
      fc.property(fc.shuffledSubarray(roots.keys, { minLength: 16 }), (keys) => {
        const given = [...keys]
        expect(fingerprintOf({ authority, roots: { ...roots, keys } })).toBe(valid.at(-1)!.fingerprint)
        expect(keys).toEqual(given)
      }),
      { numRuns: runs(20) },
    )
  })
})

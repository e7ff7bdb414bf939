import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as digitalBazaar from '@digitalbazaar/base45'
import base45 from 'base45'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase45, encodeBase45 } from '../../src/codec/base45.ts'
import { asciiBytes } from '../../src/lib/bytes.ts'
import { malformedDetail } from '../support/bytes.ts'
import { runs, tally } from '../support/laws.ts'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

describe('the examples of RFC 9285', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('writes %s as %s and reads it back', (plain, text) => {
    expect(encodeBase45(asciiBytes(plain))).toBe(text)
    expect(decodeBase45(text)).toEqual(asciiBytes(plain))
  })

  it('refuses GGW, which §6 names as too large for two bytes', () => {
    expect(decodeBase45('FGW')).toEqual(Uint8Array.of(0xff, 0xff))
    expect(malformedDetail(() => decodeBase45('GGW'))).toBe('base45_overflow')
  })
})

describe('base45', () => {
  it('reads back whatever it writes, as both other implementations do', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase45(bytes)
        expect(decodeBase45(text)).toEqual(bytes)
        expect(text).toBe(base45.encode(bytes))
        expect(text).toBe(digitalBazaar.encode(bytes.slice()))
        expect(Uint8Array.from(base45.decode(text))).toEqual(bytes)
      }),
      { numRuns: runs(300) },
    )
  })

  it('writes as much at a time as a list in a store has', () => {
    for (const length of [4095, 4096, 4097, 8192, 1_000_001]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * i) >> 3)
      expect(encodeBase45(bytes) === base45.encode(bytes), `${length} bytes`).toBe(true)
    }
  })

  it('writes texts that take no more memory than their letters', () => {
    setFlagsFromString('--expose-gc')
    const gc: () => void = runInNewContext('gc')
    const code = new Uint8Array(76).fill(200)
    gc()
    const before = process.memoryUsage().heapUsed
    const texts = Array.from({ length: 10_000 }, () => encodeBase45(code))
    gc()
    expect((process.memoryUsage().heapUsed - before) / texts.length).toBeLessThan(400)
  })

  it('accepts a text only if the strict implementation does, and writes it again just so', () => {
    const letter = fc.oneof(
      { weight: 50, arbitrary: fc.constantFrom(...LETTERS) },
      fc.string({ unit: 'binary' }),
    )
    let accepted = 0
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 12 }), (letters) => {
        const text = letters.join('')
        const detail = malformedDetail(() => decodeBase45(text))
        // The other table is 256 letters long: past its end it reads undefined, which it takes for a digit 0.
        const beyond = [...text].some((character) => character.charCodeAt(0) > 255)
        if (!beyond) expect(detail === undefined).toBe(isAccepted(() => digitalBazaar.decode(text)))
        if (detail !== undefined) return
        accepted++
        expect(encodeBase45(decodeBase45(text))).toBe(text)
      }),
      { numRuns: runs(3000, 250) },
    )
    expect(accepted).toBeGreaterThan(tally(100))
  })

  it('reads exactly the 256 one-byte texts among all of two letters', () => {
    const accepted = [...LETTERS].flatMap((first) =>
      [...LETTERS].filter((second) => malformedDetail(() => decodeBase45(first + second)) === undefined),
    )
    expect(accepted).toHaveLength(256)
  })

  it('reads exactly the 65536 two-byte texts among all of three letters', () => {
    let accepted = 0
    for (const first of LETTERS)
      for (const second of LETTERS)
        for (const third of LETTERS)
          if (malformedDetail(() => decodeBase45(first + second + third)) === undefined) accepted++
    expect(accepted).toBe(65536)
  })

  it.each([
    ['A', 'base45_length'],
    ['AAAA', 'base45_length'],
    ['aA', 'base45_letter'],
    ['A_', 'base45_letter'],
    ['AA,', 'base45_letter'],
    ['A\n', 'base45_letter'],
    ['A\u0130', 'base45_letter'],
    ['A\u{1f600}', 'base45_letter'],
    ['AA\0', 'base45_letter'],
    ['::', 'base45_overflow'],
    ['U5', undefined],
    ['V5', 'base45_overflow'],
    [':::', 'base45_overflow'],
  ])('answers %j with %s', (text, detail) => {
    expect(malformedDetail(() => decodeBase45(text))).toBe(detail)
  })
})

function isAccepted(decode: () => unknown): boolean {
  try {
    decode()
    return true
  } catch {
    return false
  }
}

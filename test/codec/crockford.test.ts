import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCrockford, encodeCrockford } from '../../src/codec/crockford.ts'
import { Malformed } from '../../src/lib/errors.ts'

describe("Crockford's base32", () => {
  it.each<[string, number[]]>([
    ['', []],
    ['00', [0]],
    ['ZW', [0xff]],
    ['04', [1]],
    // 5-bit groups 0 1 2 … 15: the whole first half of the alphabet.
    ['0123456789ABCDEF', [0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf]],
    ['GHJKMNPQRSTVWXYZ', [0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6, 0x75, 0xbe, 0x77, 0xdf]],
  ])('%j', (text, bytes) => {
    expect(encodeCrockford(Uint8Array.from(bytes))).toBe(text)
    expect([...decodeCrockford(text)]).toEqual(bytes)
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(decodeCrockford(encodeCrockford(bytes))).toEqual(bytes)
      }),
    )
  })

  it('writes as many letters as 5 bits each take', () => {
    for (const length of [1, 4, 5, 10, 11]) {
      expect(encodeCrockford(new Uint8Array(length))).toHaveLength(Math.ceil((8 * length) / 5))
    }
  })

  it('forgives case, hyphens, spaces, and letters that look like digits', () => {
    const bytes = decodeCrockford('0110ABCD')
    for (const typed of ['oIlOabcd', '0110-ABCD', ' 01 10 - ab cd', 'O1L0aBcD']) {
      expect(decodeCrockford(typed)).toEqual(bytes)
    }
  })

  it('skips all of Unicode’s white space and dashes that a keyboard may put in, and no letter that it prints', () => {
    const skipped = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter((unit) => {
      try {
        return decodeCrockford(unit).length === 0
      } catch {
        return false
      }
    })
    for (const unit of skipped) {
      expect(unit, unit.codePointAt(0)!.toString(16)).toMatch(
        /[\p{White_Space}\p{Pd}\p{Cf}\u2043\u2212\u30fc\uff70]/u,
      )
    }
    const spaces = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter((unit) =>
      /\p{White_Space}/u.test(unit),
    )
    expect(skipped).toEqual(expect.arrayContaining(spaces))
  })

  it.each(['U', 'ABCDEFGU', 'Ü', '!', '0_', '٣', 'ß', 'ı', 'ſſ'])('refuses the letter in %j', (typed) => {
    expect(() => decodeCrockford(typed)).toThrow(new Malformed('crockford_letter'))
  })

  it.each(['0', '000', '01', 'ZZ', '000000'])('refuses %j, which no bytes are written as', (typed) => {
    expect(() => decodeCrockford(typed)).toThrow(new Malformed('crockford_length'))
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeUtf16 } from '../../src/codec/utf16.ts'
import { runs } from '../support/laws.ts'

const byte = fc.oneof(fc.constantFrom(0xd8, 0xdb, 0xdc, 0xdf, 0xfe, 0xff, 0x00, 0x41), fc.nat(255))

describe('UTF-16', () => {
  it.each([
    ['utf-16le', false],
    ['utf-16be', true],
  ])('is read as TextDecoder reads %s', (encoding, bigEndian) => {
    const oracle = new TextDecoder(encoding, { ignoreBOM: true })
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), (given) => {
        // TextDecoder joins a first half at the end with the byte that is left over.
        fc.pre(given.length % 2 === 0)
        const bytes = Uint8Array.from(given)
        expect(decodeUtf16(bytes, bigEndian)).toBe(oracle.decode(bytes))
      }),
      { numRuns: runs(5_000) },
    )
  })

  it('is read where it is long, and where a byte is left over', () => {
    const text = 'Chè 🍵 '.repeat(5_000)
    const bytes = Buffer.from(text, 'utf16le')
    expect(decodeUtf16(bytes)).toBe(text)
    expect(decodeUtf16(Buffer.concat([bytes, Buffer.of(0x41)]))).toBe(`${text}\ufffd`)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '../../src/codec/utf8.ts'
import { hex, malformedDetail } from '../support/bytes.ts'
import { runs } from '../support/laws.ts'

/** TextDecoder's answer, the law where it exists: undefined for what it refuses. */
function byOracle(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const decoded = (bytes: Uint8Array): string | undefined =>
  malformedDetail(() => decodeUtf8(bytes)) === 'cbor_utf8' ? undefined : decodeUtf8(bytes)

/** Bytes at which decoders part, so that sequences of them are often nearly right. */
const telling = fc.constantFrom(
  ...hex('00 41 7f 80 8f 90 9f a0 bf c0 c1 c2 df e0 e1 ec ed ee ef f0 f1 f3 f4 f5 f7 f8 fb fe ff bb'),
)
const nearlyRight = fc.array(telling, { maxLength: 12 }).map((bytes) => Uint8Array.from(bytes))
const mutated = fc
  .tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), fc.integer({ min: 0, max: 255 }))
  .map(([text, at, byte]) => {
    const bytes = new TextEncoder().encode(text)
    bytes[at % bytes.length] = byte
    return bytes
  })
const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 20 }), nearlyRight, mutated)

describe('UTF-8', () => {
  it('is read as TextDecoder reads it, which refuses what is none', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => void expect(decoded(bytes)).toBe(byOracle(bytes))),
      { numRuns: runs(20_000) },
    )
  })

  it('is read with U+FFFD in place of faults as TextDecoder has them', () => {
    const oracle = new TextDecoder('utf-8', { ignoreBOM: true })
    fc.assert(
      fc.property(anyBytes, (bytes) => void expect(decodeUtf8(bytes, true)).toBe(oracle.decode(bytes))),
      { numRuns: runs(20_000) },
    )
  })

  it('is written as TextEncoder writes it, single surrogates too', () => {
    const oracle = new TextEncoder()
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.integer({ min: 0xd700, max: 0xe0ff })).map((units) => String.fromCharCode(...units)),
    )
    fc.assert(
      fc.property(texts, (text) => void expect([...encodeUtf8(text)]).toEqual([...oracle.encode(text)])),
    )
  })

  it.each([
    ['two bytes for what takes one', 'c0 80'],
    ['two bytes for the last letter that takes one', 'c1 bf'],
    ['three bytes for what takes two', 'e0 9f bf'],
    ['four bytes for what takes three', 'f0 8f bf bf'],
    ['the first surrogate', 'ed a0 80'],
    ['the last surrogate', 'ed bf bf'],
    ['the first number above U+10FFFF', 'f4 90 80 80'],
    ['a first byte of five', 'f8 88 80 80 80'],
    ['a byte that follows nothing', '41 80'],
    ['a letter cut off', '41 e2 82'],
    ['a letter cut off by another', 'e2 82 41'],
  ])('refuses %s', (_, bytes) => {
    expect(malformedDetail(() => decodeUtf8(hex(bytes)))).toBe('cbor_utf8')
  })

  it('reads texts that are longer than what a call takes as arguments', () => {
    const text = `${'Chè Đường Hoa 🍵 '.repeat(20_000)}\ufeff`
    expect(decodeUtf8(new TextEncoder().encode(text))).toBe(text)
  })
})

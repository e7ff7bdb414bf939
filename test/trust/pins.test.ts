import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/lib/bytes.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { keyOfText } from '../../src/trust/key-text.ts'
import { decodePins, encodePins, fingerprintOf, type Pins } from '../../src/trust/pins.ts'
import { runs } from '../support/laws.ts'

const keys = fc.uniqueArray(fc.uint8Array({ minLength: 32, maxLength: 32 }), {
  selector: toHex,
  minLength: 1,
  maxLength: 16,
})
const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/)
const address = fc
  .tuple(
    fc.array(label, { minLength: 1, maxLength: 4 }),
    fc.option(fc.integer({ min: 1, max: 9999 }).filter((port) => port !== 443)),
    fc.array(fc.stringMatching(/^[\w.~-]{1,12}$/), { maxLength: 4 }),
  )
  .filter(
    ([labels, , path]) =>
      !labels.some((each) => each.startsWith('xn-')) && !path.some((each) => /^\.\.?$/.test(each)),
  )
  .map(
    ([labels, port, path]) =>
      `https://${labels.join('.')}${port === null ? '' : `:${port}`}/${path.map((each) => `${each}/`).join('')}`,
  )

const somePins: fc.Arbitrary<Pins> = keys.chain((keys) =>
  fc.record(
    {
      authority: fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,63}$/),
      roots: fc.record({
        version: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        threshold: fc.integer({ min: 1, max: keys.length }),
        keys: fc.constant(keys),
      }),
      lists: address,
      place: fc
        .string({ minLength: 1, maxLength: 200, unit: 'grapheme' })
        .filter(({ length }) => length <= 200),
    },
    { requiredKeys: ['authority', 'roots'] },
  ),
)

const sorted = (pins: Pins) => ({
  ...pins,
  roots: { ...pins.roots, keys: [...pins.roots.keys].sort(Buffer.compare) },
})

describe('pins', () => {
  it('read as they were written, and keep their fingerprint', () => {
    fc.assert(
      fc.property(somePins, (pins) => {
        const decoded = decodePins(encodePins(pins))
        expect(decoded).toEqual({ ok: true, pins: sorted(pins) })
        if (decoded.ok) expect(fingerprintOf(decoded.pins)).toBe(fingerprintOf(pins))
      }),
    )
  })

  it('have one spelling, whatever the order of the keys', () => {
    fc.assert(
      fc.property(somePins, fc.infiniteStream(fc.nat()), (pins, order) => {
        const keys = pins.roots.keys
          .map((key) => ({ key, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ key }) => key)
        expect(encodePins({ ...pins, roots: { ...pins.roots, keys } })).toBe(encodePins(pins))
      }),
    )
  })

  it('name addresses as URL spells them', () => {
    fc.assert(
      fc.property(address, (lists) => {
        expect(new URL(lists).href).toBe(lists)
      }),
    )
  })

  it('have keys in hexadecimal digits of either case or in base64url, as node:buffer reads them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const hex = Buffer.from(key).toString('hex')
        for (const text of [hex, hex.toUpperCase(), Buffer.from(key).toString('base64url')]) {
          expect(keyOfText(text)).toEqual(key)
        }
      }),
    )
    // Two more spellings of the last byte, which node:buffer reads too.
    expect(keyOfText('A'.repeat(43))).toEqual(new Uint8Array(32))
    for (const last of 'BCD') expect(keyOfText('A'.repeat(42) + last)).toBeUndefined()
  })

  it('never throw for a text, and are read alike once they are written anew', () => {
    const changed = fc
      .tuple(somePins, fc.nat(), fc.nat({ max: 3 }), fc.string({ maxLength: 4 }))
      .map(([pins, at, cut, put]) => {
        const text = encodePins(pins)
        const from = at % text.length
        return text.slice(0, from) + put + text.slice(from + cut)
      })
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), changed)
    fc.assert(
      fc.property(texts, (text) => {
        const decoded = decodePins(text)
        if (decoded.ok)
          expect(decodePins(encodePins(decoded.pins))).toEqual({ ok: true, pins: sorted(decoded.pins) })
        else
          expect(decoded.reason).toMatch(
            /^(too_long|not_json|wrong_kind|repeated_field|unknown_field|bad_field)$/,
          )
      }),
      { numRuns: runs(1000) },
    )
  })

  it('are refused in a moment where they are nested or long', () => {
    for (const text of [
      '['.repeat(16_384),
      '{"a":'.repeat(3000),
      '"'.repeat(16_384),
      `"${'\\'.repeat(16_000)}`,
    ]) {
      expect(decodePins(text)).toEqual({ ok: false, reason: 'not_json' })
    }
    expect(decodePins(' '.repeat(2 ** 26))).toEqual({ ok: false, reason: 'too_long' })
  })

  it('are argument errors where they are no text, or can be no verifier’s', () => {
    for (const none of [undefined, null, 5, {}, new Uint8Array(3)]) {
      expect(() => decodePins(none as never)).toThrow(ArgumentTypeError)
    }
    const pins: Pins = { authority: 'a', roots: { threshold: 1, keys: [new Uint8Array(32)] } }
    for (const wrong of [
      { lists: 'http://tem.example/' },
      { lists: 'https://tem.example/lists' },
      { lists: 'https://tem.example/%2e%2e/' },
      { lists: `https://tem.example/${'a'.repeat(200)}/` },
      { place: '' },
      { place: 'x'.repeat(201) },
      { place: '\ud800' },
    ]) {
      expect(() => encodePins({ ...pins, ...wrong })).toThrow(ArgumentRangeError)
    }
    expect(() => encodePins({ ...pins, plase: 'x' } as never)).toThrow('did you mean place?')
  })
})

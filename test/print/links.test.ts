import fc from 'fast-check'
import { create } from 'qrcode'
import { describe, expect, it } from 'vitest'
import type { Level } from '../../src/print/level.ts'
import { createPress } from '../../src/print/press/press.ts'
import { symbol } from '../../src/print/symbol.ts'
import { encodeUrl } from '../../src/stamp/carrier.ts'
import { encodeLink } from '../../src/stamp/gs1-link.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import { signedCode } from '../support/codes.ts'
import { runs } from '../support/laws.ts'

/** Links of GS1, and addresses with `#`: texts in which QR's modes are mixed. */

const PREFIX = 'HTTPS://TEM.EXAMPLE/'
const cider: Stamp = { facility: 12, product: 8_935_000_000_120, serial: 90_001 }
const linkOf = (claims: Partial<Stamp>, prefix = PREFIX) =>
  encodeLink(signedCode(7, { ...cider, ...claims }), prefix)
const LOT = 'L0123'
const seal = new Uint8Array(10).fill(0xab)

const link = fc
  .record({
    serial: fc.maxSafeNat(),
    lot: fc.constantFrom(undefined, 'L1', 'a.b-c', '%/("', 'aB1aB1aB1', '1234567890', 'abcdefghijklmnopqrst'),
    expires: fc.constantFrom(undefined, '2027-01-31'),
    made: fc.constantFrom(undefined, '2026-01-31'),
  })
  .map((claims) => linkOf(claims))
const hashed = fc
  .maxSafeNat()
  .map((serial) => encodeUrl(signedCode(7, { ...cider, serial }), 'HTTPS://TEM.EXAMPLE/#'))
const text = fc.oneof(link, hashed)
const level = fc.constantFrom<Level>('L', 'M', 'Q', 'H')

describe('the symbol of a link', () => {
  it.each<[string, Partial<Stamp>, number, number]>([
    ['no claim', {}, 5, 6],
    ['lot and expiry', { lot: LOT, expires: '2027-01-31' }, 6, 7],
    ['lot, day made and expiry', { lot: LOT, made: '2026-01-31', expires: '2027-01-31' }, 6, 8],
    ['a seal of 10 bytes', { seal }, 6, 7],
  ])('with %s has the version that the docs promise', (_, claims, low, medium) => {
    const made = linkOf(claims)
    expect([symbol(made, { level: 'L' }).version, symbol(made).version]).toEqual([low, medium])
  })

  it('behind a prefix of 24 letters has version 6 and 7', () => {
    const made = linkOf({}, 'HTTPS://TEM.EXAMPLE/QNI/')
    expect([symbol(made, { level: 'L' }).version, symbol(made).version]).toEqual([6, 7])
  })

  it('is never larger than qrcode makes it by itself', () => {
    fc.assert(
      fc.property(text, level, (text, level) => {
        const theirs = create(text, { errorCorrectionLevel: level })
        expect(symbol(text, { level }).version).toBeLessThanOrEqual(theirs.version)
      }),
      { numRuns: runs(200) },
    )
  })

  it('is the same from the press, module for module and mask for mask', () => {
    fc.assert(
      fc.property(text, level, (text, level) => {
        const [one, pressed] = [symbol(text, { level }), createPress({ level }).symbol(text)]
        expect([pressed.version, pressed.mask, pressed.size]).toEqual([one.version, one.mask, one.size])
        expect(Buffer.compare(pressed.modules, one.modules)).toBe(0)
      }),
      { numRuns: runs(200) },
    )
  })

  it('takes no version more for the # in an address', () => {
    const code = signedCode(7, { facility: 12, product: 104, serial: 90_001 })
    const versionOf = (prefix: string) => symbol(encodeUrl(code, prefix)).version
    expect(versionOf('HTTPS://TEM.EXAMPLE/#')).toBe(versionOf('HTTPS://TEM.EXAMPLE/'))
  })
})

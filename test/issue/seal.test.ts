import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sealOf, sealStamp } from '../../src/issue/seal.ts'
import { encodePayload } from '../../src/issue/sign-stamp.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { encodeText, encodeUrl } from '../../src/stamp/carrier.ts'
import { verifySeal, withoutSeal } from '../../src/stamp/seal.ts'
import { stamp as anyStamp } from '../support/arbitraries.ts'
import { signedCode } from '../support/codes.ts'

const secret = new Uint8Array(32).fill(9)
const keyId = 7
const plain = { facility: 12, product: 104, serial: 90_001 }
const { stamp, hiddenCode } = sealStamp(plain, { keyId, secret })
const text = encodeText(signedCode(keyId, stamp), 'base45')

describe('a sealed stamp', () => {
  it('is what DESIGN says, computed by node:crypto', () => {
    const unsealed = Buffer.from('84070c18681a00015f91', 'hex')
    expect(Buffer.from(encodePayload(keyId, plain))).toEqual(unsealed)
    const code = createHmac('sha256', secret).update(unsealed).digest().subarray(0, 10)
    const hash = createHash('sha256').update('veristamp:seals1').update(unsealed).update(code).digest()
    expect(Buffer.from(stamp.seal!)).toEqual(hash.subarray(0, 10))
    expect(BigInt(`0x${code.toString('hex')}`).toString(32)).toBe(fromCrockford(hiddenCode))
  })

  it('draws the same hidden code when a run is resumed, and another for every serial and secret', () => {
    expect(sealStamp(plain, { keyId, secret }).hiddenCode).toBe(hiddenCode)
    const others = [
      sealStamp({ ...plain, serial: 90_002 }, { keyId, secret }),
      sealStamp(plain, { keyId: 8, secret }),
      sealStamp(plain, { keyId, secret: new Uint8Array(32) }),
      sealStamp({ ...plain, lot: 'A' }, { keyId, secret }),
    ]
    expect(new Set([hiddenCode, ...others.map((each) => each.hiddenCode)]).size).toBe(5)
  })

  it('has a seal of 8 to 16 bytes, 10 unless told otherwise', () => {
    expect(stamp.seal).toHaveLength(10)
    for (const length of [8, 16]) {
      const sealed = sealStamp(plain, { keyId, secret, length })
      expect(sealed.stamp.seal).toHaveLength(length)
      const scanned = encodeText(signedCode(keyId, sealed.stamp), 'digits')
      expect(verifySeal(scanned, sealed.hiddenCode)).toEqual({ ok: true })
    }
    for (const length of [7, 17])
      expect(() => sealStamp(plain, { keyId, secret, length })).toThrow(/^options\.length: /)
  })

  it('cannot be sealed twice, nor with a short secret', () => {
    expect(() => sealStamp(stamp, { keyId, secret })).toThrow(/^stamp\.seal: /)
    expect(() => sealStamp(plain, { keyId, secret: new Uint8Array(31) })).toThrow(ArgumentRangeError)
    expect(() => sealStamp(plain, { keyId, secret: 'secret' as never })).toThrow(ArgumentTypeError)
  })
})

/** The letters as a number in base 32 of 0-9 and a-v, as BigInt writes it. */
function fromCrockford(letters: string): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const digits = [...letters.replaceAll('-', '')].map((letter) => alphabet.indexOf(letter).toString(32))
  return digits.join('').replace(/^0+/, '')
}

describe('a hidden code', () => {
  it('is 16 letters in four groups', () => {
    expect(hiddenCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  })

  it('holds for its stamp in every carrier', () => {
    const code = signedCode(keyId, stamp)
    for (const scanned of [
      text,
      encodeText(code, 'digits'),
      encodeUrl(code, 'HTTPS://A.B/'),
      `${text}\r\n`,
    ]) {
      expect(verifySeal(scanned, hiddenCode)).toEqual({ ok: true })
    }
  })

  it('holds when it is typed as people type', () => {
    const zeros = sealWith(new Uint8Array(10))
    for (const typed of ['0000000000000000', 'OOOO-oooo-0000-0000', ' 0000 0000 0000 0000 ']) {
      expect(verifySeal(zeros, typed)).toEqual({ ok: true })
    }
    expect(verifySeal(text, hiddenCode.toLowerCase().replaceAll('-', ''))).toEqual({ ok: true })
  })

  it('holds for no other stamp', () => {
    const other = sealStamp({ ...plain, serial: 90_002 }, { keyId, secret })
    expect(verifySeal(text, other.hiddenCode)).toEqual({ ok: false, reason: 'hidden_code_wrong' })
  })

  it.each([
    ['hidden_code_letter', 'UUUU-UUUU-UUUU-UUUU'],
    ['hidden_code_length', hiddenCode.slice(0, -1)],
    ['hidden_code_length', ''],
    ['hidden_code_length', '0'.repeat(8)],
    ['hidden_code_length', '0'.repeat(100)],
    ['hidden_code_length', '-'.repeat(1_000_000)],
  ])('that is mistyped gets the reason %s', (reason, typed) => {
    expect(verifySeal(text, typed)).toEqual({ ok: false, reason })
  })

  it('is asked of sealed stamps only', () => {
    const unsealed = encodeText(signedCode(keyId, plain), 'base45')
    expect(verifySeal(unsealed, hiddenCode)).toEqual({ ok: false, reason: 'unsealed' })
    for (const scanned of ['', 'hello', '7', '\t'.repeat(1_000_000)]) {
      expect(verifySeal(scanned, hiddenCode)).toEqual({ ok: false, reason: 'malformed' })
    }
  })

  it('is a mistake of the caller where it is no text, and accuses nobody', () => {
    for (const missing of [undefined, null, 7, {}] as unknown as string[]) {
      expect(() => verifySeal(missing, hiddenCode)).toThrow(/^text: expected a text, got /)
      expect(() => verifySeal(text, missing)).toThrow(/^hiddenCode: expected a text, got /)
    }
  })

  it('below 80 bits is refused, and the error says why', () => {
    const short = () => sealOf(encodePayload(keyId, plain), new Uint8Array(9))
    expect(short).toThrow(ArgumentRangeError)
    expect(short).toThrow(/the seal is public, so a shorter code can be found by trying all/)
  })
})

function sealWith(hidden: Uint8Array): string {
  const seal = sealOf(encodePayload(keyId, plain), hidden)
  return encodeText(signedCode(keyId, { ...plain, seal }), 'base45')
}

describe('a payload without its seal', () => {
  it('is what would have been written without one, whatever else it claims', () => {
    fc.assert(
      fc.property(anyStamp, fc.uint8Array({ minLength: 8, maxLength: 16 }), (each, seal) => {
        const { seal: _, ...unsealed } = each
        fc.pre(Object.keys(unsealed).length < 8)
        const sealed = encodePayload(keyId, { ...unsealed, seal })
        expect(withoutSeal(sealed)).toEqual(encodePayload(keyId, unsealed))
      }),
    )
  })
})

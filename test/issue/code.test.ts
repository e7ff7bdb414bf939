import { describe, expect, it } from 'vitest'
import { encodeBase45 } from '../../src/codec/base45.ts'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import { decodeText } from '../../src/stamp/carrier.ts'
import { issue, PREFIX, stamp } from '../support/fixtures.ts'

const code = await issue(stamp)
const asNumber = BigInt(`0x${Buffer.from(code.bytes).toString('hex')}`).toString()

describe('the texts of a code', () => {
  it('are base45 unless asked otherwise', () => {
    expect(code.toText()).toBe(encodeBase45(code.bytes))
    expect(code.toText('base45')).toBe(code.toText())
  })

  it('are its bytes as one decimal number for digits', () => {
    expect(code.toText('digits')).toBe(asNumber)
  })

  it('are the prefix and the digits for a url', () => {
    expect(code.toUrl(PREFIX)).toBe(PREFIX + asNumber)
  })

  it('carry the same bytes, each in its carrier', () => {
    const texts = [code.toText('base45'), code.toText('digits'), code.toUrl(PREFIX)]
    expect(texts.map(decodeText)).toEqual([
      { carrier: 'base45', code: code.bytes },
      { carrier: 'digits', code: code.bytes },
      { carrier: 'url', code: code.bytes, prefix: PREFIX },
    ])
  })

  it.each([
    'HTTP://TEM.VN/',
    'https://tem.vn/',
    'HTTPS://TEM.VN',
    'HTTPS:///',
    'HTTPS://TEM.VN/?Q=/',
    `HTTPS://${'A'.repeat(56)}/`,
  ])('are refused behind the prefix %s', (prefix) => {
    expect(() => code.toUrl(prefix)).toThrow(ArgumentRangeError)
    expect(() => code.toUrl(prefix)).toThrow(/^prefix: /)
  })

  it('may stand behind a prefix of 64 characters', () => {
    const prefix = `HTTPS://${'A'.repeat(55)}/`
    expect(prefix).toHaveLength(64)
    expect(code.toUrl(prefix)).toBe(prefix + asNumber)
  })
})

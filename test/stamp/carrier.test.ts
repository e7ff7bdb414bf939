import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import {
  type CarrierText,
  decodeText,
  encodeText,
  encodeUrl,
  MAX_BASE45_LENGTH,
  MAX_DIGITS_LENGTH,
  MAX_TEXT_LENGTH,
} from '../../src/stamp/carrier.ts'
import { MAX_CODE_LENGTH, MIN_CODE_LENGTH } from '../../src/stamp/code.ts'
import { checkPrefix, isPrefix, MAX_PREFIX_LENGTH } from '../../src/stamp/prefix.ts'
import { malformedDetail } from '../support/bytes.ts'
import { signedCode } from '../support/codes.ts'
import { runs, tally } from '../support/laws.ts'

const PREFIX_LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.:/-'
const BASE45_LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

const prefix = fc
  .tuple(
    fc.constantFrom(...PREFIX_LETTERS.slice(0, 36)),
    fc.string({ unit: fc.constantFrom(...PREFIX_LETTERS), maxLength: 54 }),
  )
  .map(([first, rest]) => `HTTPS://${first}${rest}/`)
  .chain((path) => fc.constantFrom(path, `${path}#`))

/** Codes as this version and later ones have them. */
const code = fc
  .tuple(
    fc.integer({ min: 0x50, max: 0xff }).filter((first) => ![0x82, 0x83, 0xea].includes(first)),
    fc.uint8Array({ minLength: MIN_CODE_LENGTH - 1, maxLength: MAX_CODE_LENGTH - 1 }),
  )
  .map(([first, rest]) => Uint8Array.of(first, ...rest))

const detailOf = (text: string) => malformedDetail(() => decodeText(text))

const writeAgain = ({ carrier, code, prefix }: CarrierText) =>
  carrier === 'url' ? encodeUrl(code, prefix!) : encodeText(code, carrier as 'base45' | 'digits')

/** 192 bytes that take as many digits and letters as they can. */
const longest = new Uint8Array(MAX_CODE_LENGTH).fill(0xff)
const digits = (length: number) => '9'.repeat(length)

describe('every carrier', () => {
  it('gives back the code, and is told by its text alone', () => {
    fc.assert(
      fc.property(code, prefix, (code, prefix) => {
        expect(decodeText(encodeText(code, 'base45'))).toEqual({ carrier: 'base45', code })
        expect(decodeText(encodeText(code, 'digits'))).toEqual({ carrier: 'digits', code })
        expect(decodeText(encodeUrl(code, prefix))).toEqual({ carrier: 'url', code, prefix })
      }),
      { numRuns: runs(300) },
    )
  })

  it('has one spelling: a text that is accepted is written again just so', () => {
    const letters = fc.string({ unit: fc.constantFrom(...BASE45_LETTERS), maxLength: 12 })
    const number = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 12 })
    const url = fc
      .tuple(
        fc.oneof(
          prefix,
          letters.map((text) => `HTTPS://${text}`),
        ),
        number,
      )
      .map((parts) => parts.join(''))
    const accepted = { base45: 0, digits: 0, url: 0, gs1: 0 }
    fc.assert(
      fc.property(fc.oneof(letters, number, url, fc.string({ maxLength: 6 })), (text) => {
        if (detailOf(text) !== undefined) return
        const carried = decodeText(text)
        accepted[carried.carrier]++
        expect(writeAgain(carried)).toBe(text)
      }),
      { numRuns: runs(3000, 1000) },
    )
    const { gs1: _, ...made } = accepted
    expect(Math.min(...Object.values(made))).toBeGreaterThan(tally(50))
  })

  it('has one spelling also after a letter of a good text was changed, lost or added', () => {
    const text = fc.tuple(code, prefix, fc.nat(2)).map(([code, prefix, carrier]) => {
      return carrier === 2 ? encodeUrl(code, prefix) : encodeText(code, carrier === 1 ? 'digits' : 'base45')
    })
    const put = fc.constantFrom('', ...BASE45_LETTERS, '\n', 'a')
    let accepted = 0
    fc.assert(
      fc.property(text, fc.nat(), put, fc.nat(1), (text, at, put, taken) => {
        const place = at % text.length
        const mutated = text.slice(0, place) + put + text.slice(place + taken)
        if (detailOf(mutated) !== undefined) return
        accepted++
        expect(writeAgain(decodeText(mutated))).toBe(mutated)
      }),
      { numRuns: runs(1000, 100) },
    )
    expect(accepted).toBeGreaterThan(tally(50))
  })

  it("spells SPEC.md's example", () => {
    const code = signedCode(7, { facility: 12, product: 104, serial: 90_001 })
    const number =
      '8359531925111796869004248116268121156873283897247880864889812959781867406973132413071644013759292838193798249740286456572751491368196387133518860492054594828419804659460947932427'
    expect(encodeText(code, 'digits')).toBe(number)
    const prefix = 'HTTPS://TEM.EXAMPLE/QNI/'
    expect(encodeUrl(code, prefix)).toBe(prefix + number)
    expect(decodeText(prefix + number)).toEqual({ carrier: 'url', code, prefix })
    expect(encodeText(code, 'base45')).toBe(
      '4VG N1A7D100U3C-MDXETC-MA+2L.MFKT8X89.4N/34DDBAH+GN.XG12CPZ6Z*AKH6/03E:6848TXQ%M3J7JO$Q+AP6LARD9970.1EFVCE7O%ZE',
    )
  })
})

describe('the bounds of a text', () => {
  it('are just what the longest code needs', () => {
    expect(encodeText(longest, 'base45')).toHaveLength(MAX_BASE45_LENGTH)
    expect(encodeText(longest, 'digits')).toHaveLength(MAX_DIGITS_LENGTH)
    expect(MAX_TEXT_LENGTH).toBeGreaterThan(MAX_PREFIX_LENGTH + MAX_DIGITS_LENGTH)
  })

  it('let the longest base45 through, and nothing longer', () => {
    expect(decodeText('A'.repeat(288))).toMatchObject({ carrier: 'base45' })
    expect(detailOf('A'.repeat(289))).toBe('text_length')
    expect(detailOf('A'.repeat(290))).toBe('text_length')
    expect(detailOf('A'.repeat(291))).toBe('text_length')
  })

  it('let the longest digits through, and nothing longer', () => {
    expect(decodeText(digits(463))).toMatchObject({ carrier: 'digits' })
    expect(detailOf(digits(464))).toBe('text_length')
    expect(detailOf(digits(527))).toBe('text_length')
  })

  it('let the longest url through, with nothing longer on either side of its last slash', () => {
    const prefix = `HTTPS://${'A'.repeat(55)}/`
    expect(prefix).toHaveLength(64)
    expect(decodeText(prefix + digits(463))).toMatchObject({ carrier: 'url', prefix })
    expect(detailOf(`HTTPS://${'A'.repeat(56)}/${digits(10)}`)).toBe('text_prefix')
    expect(detailOf(`HTTPS://A/${digits(464)}`)).toBe('text_length')
    expect(detailOf(prefix + digits(464))).toBe('text_length')
    expect(detailOf(`HTTPS://${'A'.repeat(56)}/${digits(463)}`)).toBe('text_prefix')
  })
})

describe('a text is refused', () => {
  it.each([
    ['', 'text_empty'],
    ['A', 'base45_length'],
    ['AAAA', 'base45_length'],
    ['aa', 'base45_letter'],
    ['4V\n', 'base45_letter'],
    ['AA_', 'base45_letter'],
    ['::', 'base45_overflow'],
    [':::', 'base45_overflow'],
    ['0', 'digits_leading_zero'],
    ['0123', 'digits_leading_zero'],
    ['HTTPS://', 'text_prefix'],
    ['HTTPS:///', 'text_prefix'],
    ['HTTPS:///1', 'text_prefix'],
    ['HTTPS://123', 'text_prefix'],
    ['HTTPS://.A/1', 'text_prefix'],
    ['HTTPS://-A/1', 'text_prefix'],
    ['HTTPS://A B/1', 'text_prefix'],
    ['HTTPS://a/1', 'text_prefix'],
    ['HTTPS://A?Q=/1', 'gs1_link'],
    ['HTTPS://U@A/1', 'text_prefix'],
    ['HTTPS://A%2F/1', 'text_prefix'],
    ['HTTPS://A/', 'digits_letter'],
    ['HTTPS://A/1A', 'digits_letter'],
    ['HTTPS://A/1 ', 'digits_letter'],
    ['HTTPS://A/-1', 'digits_letter'],
    ['HTTPS://A/٣', 'digits_letter'],
    ['HTTPS://A/0', 'digits_leading_zero'],
    ['HTTPS://A/012', 'digits_leading_zero'],
    ['https://a/123', 'base45_length'],
    ['https://a/1234', 'base45_letter'],
  ])('%j: %s', (text, detail) => {
    expect(detailOf(text)).toBe(detail)
  })

  it('rather than trimmed: a space in front is a letter of base45, one behind fits no group', () => {
    expect(decodeText(' 0')).toEqual({ carrier: 'base45', code: Uint8Array.of(36) })
    expect(decodeText(' 12345').carrier).toBe('base45')
    expect(detailOf('12 ')).toBe('base45_overflow')
    expect(detailOf('1234 ')).toBe('base45_overflow')
  })
})

describe('a prefix', () => {
  it.each([
    'HTTPS://A/',
    'HTTPS://1/',
    'HTTPS://TEM.EXAMPLE:8443/QNI-2/',
    'HTTPS://A//',
    `HTTPS://${'A'.repeat(55)}/`,
  ])('may be %s', (prefix) => {
    expect(isPrefix(prefix)).toBe(true)
    expect(checkPrefix(prefix)).toBe(prefix)
  })

  it.each([
    '',
    '/',
    'HTTPS://',
    'HTTPS:///',
    'HTTPS://A',
    'HTTPS://A/1',
    'HTTP://A/',
    'https://a/',
    ' HTTPS://A/',
    'HTTPS://A/\n',
    'HTTPS://A B/',
    'HTTPS://A?/',
    'HTTPS://./',
    `HTTPS://${'A'.repeat(56)}/`,
  ])('may not be %j', (prefix) => {
    expect(isPrefix(prefix)).toBe(false)
    expect(() => encodeUrl(longest, prefix)).toThrow(ArgumentRangeError)
  })

  it.each([[undefined], [null], [['HTTPS://A/']]])('may not be %s, which is no text', (prefix) => {
    expect(() => encodeUrl(longest, prefix as unknown as string)).toThrow(/^prefix: expected HTTPS/)
  })
})

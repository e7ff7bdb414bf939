import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit } from '../../src/codec/check-digit.ts'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import { decodeText } from '../../src/stamp/carrier.ts'
import { decodePayload, MAX_CODE_LENGTH, splitCode } from '../../src/stamp/code.ts'
import { encodeLink, MAX_LINK_LENGTH } from '../../src/stamp/gs1-link.ts'
import { isLinkPrefix } from '../../src/stamp/prefix.ts'
import { readText } from '../../src/stamp/scan.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import { malformedDetail } from '../support/bytes.ts'
import { signedCode } from '../support/codes.ts'
import { gs1Data, hasGs1Data, whyNoGs1Data } from '../support/gs1-data.ts'
import { runs, tally } from '../support/laws.ts'

const PREFIX = 'HTTPS://TEM.EXAMPLE/'
const SET_82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

const gtin = fc
  .integer({ min: 6_554, max: 9_999_999_999_999 })
  .map((digits) => digits * 10 + checkDigit(String(digits)))
const lot = fc
  .string({ unit: fc.constantFrom(...SET_82), minLength: 1, maxLength: 20 })
  .filter((text) => text !== '.' && text !== '..')
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const stamp: fc.Arbitrary<Stamp> = fc
  .record(
    {
      facility: fc.maxSafeNat(),
      product: gtin,
      serial: fc.oneof(fc.nat(1e6), fc.maxSafeNat()),
      lot,
      days: fc.tuple(day, day).map((days) => days.sort()),
      seal: fc.uint8Array({ minLength: 8, maxLength: 16 }),
      extensions: fc.constant(new Map([[16, 'chè']])),
    },
    { requiredKeys: ['facility', 'product', 'serial'] },
  )
  .map(({ days, ...rest }) => ({ ...rest, ...(days && { made: days[0]!, expires: days[1]! }) }))
const code = fc.tuple(fc.nat(65_535), stamp).map(([keyId, stamp]) => signedCode(keyId, stamp))
const prefix = fc.constantFrom(
  PREFIX,
  'HTTPS://A/',
  'HTTPS://1234:8443/QNI/1/12345/',
  `HTTPS://${'A'.repeat(55)}/`,
)

const detailOf = (text: string) => malformedDetail(() => decodeText(text))
const stampIn = (code: Uint8Array) => decodePayload(splitCode(code).payload).stamp

describe('a link of GS1', () => {
  it('gives back the code that every other carrier has, and is written again just so', () => {
    fc.assert(
      fc.property(code, prefix, (code, prefix) => {
        const link = encodeLink(code, prefix)
        expect(decodeText(link)).toEqual({ carrier: 'gs1', prefix, code })
        expect(encodeLink(decodeText(link).code, prefix)).toBe(link)
      }),
      { numRuns: runs(1000) },
    )
  })

  it('has one spelling also after a letter was changed, lost or added', () => {
    const put = fc.constantFrom('', ...SET_82, '%2F', '%2f', '#', '~', '\n')
    let accepted = 0
    fc.assert(
      fc.property(code, fc.nat(), put, fc.nat(1), (code, at, put, taken) => {
        const link = encodeLink(code, PREFIX)
        const place = at % link.length
        const mutated = link.slice(0, place) + put + link.slice(place + taken)
        if (detailOf(mutated) !== undefined) return
        const carried = decodeText(mutated)
        if (carried.carrier !== 'gs1' || 'later' in readText(mutated)) return
        accepted++
        expect(encodeLink(carried.code, carried.prefix!)).toBe(mutated)
      }),
      { numRuns: runs(4000, 1000) },
    )
    expect(accepted).toBeGreaterThan(tally(200))
  })

  it('with another GTIN, serial, lot or day has another payload, so that no signature holds for it', () => {
    fc.assert(
      fc.property(code, stamp, (code, other) => {
        const own = stampIn(code)
        const changed = encodeLink(signedCode(0, { ...other, facility: own.facility }), PREFIX)
        const link = encodeLink(code, PREFIX)
        const v = link.slice(link.indexOf('v='))
        const forged = changed.slice(0, changed.indexOf('v=')) + v
        if (forged === link || detailOf(forged) !== undefined) return
        expect(splitCode(decodeText(forged).code).payload).not.toEqual(splitCode(code).payload)
      }),
      { numRuns: runs(1000) },
    )
  })

  it('keeps within its bounds, with all that a stamp can say', () => {
    const full: Stamp = {
      ...{ facility: Number.MAX_SAFE_INTEGER, product: 99_999_999_999_997, serial: Number.MAX_SAFE_INTEGER },
      ...{
        lot: '/'.repeat(20),
        made: '2098-12-31',
        expires: '2099-12-31',
        seal: new Uint8Array(16).fill(255),
      },
    }
    const room = 128 - splitCode(signedCode(65_535, full)).payload.length
    const extensions = new Map([[23, new Uint8Array(room - 3).fill(255)]])
    const code = signedCode(65_535, { ...full, extensions })
    expect(code).toHaveLength(MAX_CODE_LENGTH)
    const link = encodeLink(code, `HTTPS://${'A'.repeat(55)}/`)
    expect(decodeText(link).code).toEqual(code)
    expect(link.length).toBeLessThanOrEqual(MAX_LINK_LENGTH)
  })

  it("spells SPEC.md's example", () => {
    const code = signedCode(7, { facility: 12, product: 8_935_000_000_120, serial: 90_001 })
    expect(encodeLink(code, PREFIX).replace(/v=.*/, 'v=')).toBe(
      'HTTPS://TEM.EXAMPLE/01/08935000000120/21/90001?v=',
    )
  })
})

describe('no link of GS1', () => {
  const tea: Stamp = { facility: 12, product: 8_935_000_000_120, serial: 1 }
  it.each<[string, Partial<Stamp>, RegExp]>([
    ['a product of a catalogue', { product: 104 }, /^stamp\.product: /],
    ['a GTIN with a wrong check digit', { product: 8_935_000_000_121 }, /^stamp\.product: /],
    ['a number longer than a GTIN', { product: 100_000_000_000_007 }, /^stamp\.product: /],
    ['a lot of one dot', { lot: '.' }, /^stamp\.lot: /],
    ['a lot of two dots', { lot: '..' }, /^stamp\.lot: /],
    ['a day made before 2000', { made: '1999-12-31' }, /^stamp\.made: /],
    ['an expiry after 2099', { expires: '2100-01-01' }, /^stamp\.expires: /],
  ])('says %s', (_, change, message) => {
    const make = () => encodeLink(signedCode(0, { ...tea, ...change }), PREFIX)
    expect(make).toThrow(ArgumentRangeError)
    expect(make).toThrow(message)
  })

  it.each([
    'HTTPS://A',
    'HTTPS://A/#',
    'HTTPS://A/01/',
    'HTTPS://A/B/414/',
    'HTTPS://A/8003/B/',
    'http://a/',
    'HTTPS://A/?',
  ])('stands behind %s', (prefix) => {
    expect(isLinkPrefix(prefix)).toBe(false)
    expect(() => encodeLink(signedCode(0, tea), prefix)).toThrow(ArgumentRangeError)
  })

  it.each(['HTTPS://12/', 'HTTPS://A/1/', 'HTTPS://A/12345/', 'HTTPS://A:8443/01A/'])(
    '%s stands before one',
    (prefix) => {
      expect(decodeText(encodeLink(signedCode(0, tea), prefix)).prefix).toBe(prefix)
    },
  )
})

/** `(01)0893…(10)L\(1(21)5` by its AIs. */
const elementsIn = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/\((\d{2,4})\)((?:\\\(|[^(])*)/g)].map(([, ai, value]) => [
      ai!,
      value!.replaceAll('\\(', '('),
    ]),
  )

const yymmdd = (date: string | undefined) => date?.slice(2).replaceAll('-', '')

describe.skipIf(!hasGs1Data)(`GS1's own engine${whyNoGs1Data}`, () => {
  interface Row {
    readonly uri: string
    readonly ok: boolean
    readonly elements?: string
  }
  const { rows } = hasGs1Data ? (JSON.parse(gs1Data('link-answers.json')) as { rows: Row[] }) : { rows: [] }

  /** Theirs is any number, which says nothing to GS1; ours can belong to any link. */
  const link = encodeLink(signedCode(7, { facility: 12, product: 8_935_000_000_120, serial: 1 }), PREFIX)
  const withOurs = (uri: string) => uri.replaceAll(/\bv=\d+/g, link.slice(link.indexOf('v=')))

  it.each([
    ['as it is', (uri: string) => uri, -1],
    ['with our v', withOurs, 90],
  ])('reads from a link %s what we read, and refuses none that we take', (_, change, least) => {
    const taken = rows.filter(({ uri }) => malformedDetail(() => readText(change(uri))) === undefined)
    expect(rows.length).toBeGreaterThan(160)
    expect(taken.length).toBeGreaterThan(least)
    for (const { uri, ok, elements } of taken) {
      expect(ok, uri).toBe(true)
      const read = readText(change(uri))
      if ('later' in read) continue
      const { product, lot, serial, made, expires } = read.stamp
      const ours = {
        '01': String(product).padStart(14, '0'),
        ...{ '10': lot, '11': yymmdd(made), '17': yymmdd(expires), '21': String(serial) },
      }
      const said = Object.entries(ours).filter(([, value]) => value !== undefined)
      expect([...elementsIn(elements!)].sort(), uri).toEqual(said.sort())
    }
  })
})

describe.skipIf(!hasGs1Data)(`GS1's syntax dictionary${whyNoGs1Data}`, () => {
  /** `10 ? X..20 req=…`: how long a value may be, of which letters, and whether it may stand in the query. */
  const ruleOf = (ai: string) => {
    const line = gs1Data('gs1-syntax-dictionary.txt').match(new RegExp(`^${ai} .*$`, 'm'))![0]
    const [, flags, spec] = /^\d+\s+([*?]*)\s*(\S+)/.exec(line)!
    return { isAttribute: flags!.includes('?'), spec: spec!, line }
  }

  it('has nothing against a link that we make', () => {
    const rules = Object.fromEntries(['01', '10', '11', '17', '21'].map((ai) => [ai, ruleOf(ai)]))
    expect(rules['01']!.line).toMatch(/dlpkey=22,10,21/)
    fc.assert(
      fc.property(code, (code) => {
        const { pathname, searchParams } = new URL(encodeLink(code, PREFIX))
        const path = pathname.slice(1).split('/')
        const keys = path.filter((_, index) => index % 2 === 0)
        expect(['01,21', '01,10,21']).toContain(keys.join())
        const pairs = keys.map((key, index): [string, string] => [
          key,
          decodeURIComponent(path[2 * index + 1]!),
        ])
        for (const [key, value] of searchParams) {
          if (key === 'v') continue
          expect(rules[key]!.isAttribute).toBe(true)
          pairs.push([key, value])
        }
        for (const [ai, value] of pairs) {
          const [, type, range, most] = /^([NX])(\.\.)?(\d+)/.exec(rules[ai]!.spec)!
          expect(value).toMatch(type === 'N' ? /^\d+$/ : /^[!"%-?A-Z_a-z]+$/)
          if (range === undefined) expect(value).toHaveLength(Number(most))
          else expect(value.length).toBeLessThanOrEqual(Number(most))
        }
      }),
      { numRuns: runs(500) },
    )
  })
})

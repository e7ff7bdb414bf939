import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentTypeError } from '../../src/lib/errors.ts'
import { decodeText, encodeText, encodeUrl, stripEnds } from '../../src/stamp/carrier.ts'
import { encodeLink } from '../../src/stamp/gs1-link.ts'
import { tidyScan } from '../../src/stamp/tidy.ts'
import { readScan } from '../../src/verify/scan.ts'
import { stamp } from '../support/arbitraries.ts'
import { signedCode } from '../support/codes.ts'
import { runs, tally } from '../support/laws.ts'

const PREFIX = 'HTTPS://TEM.EXAMPLE/QNI/'
const isMalformed = (text: string): boolean => {
  const scan = readScan(text)
  return 'reason' in scan && scan.reason === 'malformed'
}

// Key ids 0 to 25 begin base45 with every letter that there is.
const code = fc
  .tuple(fc.oneof(fc.nat(25), fc.constant(8)), stamp)
  .map(([keyId, stamp]) => signedCode(keyId, stamp))
const laterCode = code.map((bytes) => Uint8Array.of(0x9d, ...bytes.subarray(1)))
const spelled = (bytes: fc.Arbitrary<Uint8Array>) =>
  fc
    .tuple(bytes, fc.constantFrom('base45', 'digits', 'url'))
    .map(([code, carrier]) =>
      carrier === 'url' ? encodeUrl(code, PREFIX) : encodeText(code, carrier as 'base45' | 'digits'),
    )

/** Codes of products with a GTIN, as links. */
const link = fc
  .tuple(fc.nat(25), fc.constantFrom(undefined, 'L-01', 'A/%b', '(.)'), fc.nat(1e9))
  .map(([keyId, lot, serial]) =>
    encodeLink(
      signedCode(keyId, { facility: 12, product: 8_935_000_000_120, serial, lot, expires: '2027-01-31' }),
      'HTTPS://TEM.EXAMPLE/',
    ),
  )
const wornLink = link.map((printed) => ({
  printed,
  text: ` ${printed
    .replace('HTTPS://TEM.EXAMPLE', 'https://tem.Example')
    .replaceAll('%2F', '%2f')
    .replace('%28', '(')
    .replace('?', '/?fbclid=x&')}&utm_source=b#\n`,
}))

const EDGES = '\0\t\n\v\r\u0002\u001d \u0085\u00a0\u200b\u200e\u2028\u202a\u2066\u3000\ufeff"\'<>=\u201c'
const edge = fc.string({ unit: fc.constantFrom(...EDGES), maxLength: 12 })
const mark = fc.constantFrom('', ']Q1', ']Q3', ']C1', ']d2', ']Q2\\000026', '\u00ef\u00bb\u00bf')
const query = fc.constantFrom('', '?', '?utm_source=a&fbclid=b', '/?x=1', '/', '?&&', '?a;b=c#')

/** What may happen to an address on its way. */
const worn = (text: string, query: string): string => {
  if (!text.startsWith(PREFIX)) return text
  const digits = text.slice(PREFIX.length)
  return `https://tem.Example/Q%4EI/%3${digits[0]}${digits.slice(1)}${query}`
}
const untidy = (code: fc.Arbitrary<Uint8Array>) =>
  fc
    .tuple(edge, mark, edge, spelled(code), query, edge)
    .map(([before, mark, space, text, query, behind]) => ({
      text: before + mark + space + worn(text, query) + behind,
      printed: text,
    }))

/** Anything: texts of codes with something changed, and texts of the letters that mean something here. */
const anyText = fc.oneof(
  untidy(code).map(({ text }) => text),
  wornLink.map(({ text }) => text),
  link,
  spelled(fc.oneof(code, laterCode)),
  fc.tuple(spelled(code), fc.nat(600), fc.string({ maxLength: 3 })).map(([text, at, put]) => {
    return text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1)
  }),
  fc.string({ unit: fc.constantFrom(...EDGES, ...'HTTPShttps://?#&;=%41v]Q1G'), maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
)

describe('tidyScan', () => {
  it('leaves every text that is not malformed as it is', () => {
    const ends = fc.string({ unit: fc.constantFrom(...'\r\n\t'), maxLength: 4 })
    fc.assert(
      fc.property(spelled(fc.oneof(code, laterCode)), ends, ends, (text, before, behind) => {
        const scanned = before + text + behind
        if (!isMalformed(scanned)) expect(tidyScan(scanned)).toBe(scanned)
      }),
      { numRuns: runs(300) },
    )
  })

  it('gives back what was printed, whatever was done to it', () => {
    fc.assert(
      fc.property(fc.oneof(untidy(code), wornLink), ({ text, printed }) => {
        const tidied = tidyScan(text)
        expect(isMalformed(text) ? tidied : stripEnds(tidied)).toBe(printed)
      }),
      { numRuns: runs(500) },
    )
  })

  it('gives back base45 that a tool trimmed, whatever it begins with', () => {
    let cut = 0
    fc.assert(
      fc.property(code, (bytes) => {
        const text = encodeText(bytes, 'base45')
        if (text !== text.trim()) cut++
        expect(tidyScan(text.trim())).toBe(text)
        expect(tidyScan(` ${text} `)).toBe(text)
      }),
      { numRuns: runs(500, 100) },
    )
    expect(cut).toBeGreaterThan(tally(20))
  })

  it('changes nothing the second time, and a text only into one that is not malformed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tidied = tidyScan(text)
        expect(tidyScan(tidied)).toBe(tidied)
        if (tidied !== text) expect([isMalformed(text), isMalformed(tidied)]).toEqual([true, false])
      }),
      { numRuns: runs(1000) },
    )
  })

  it('never gives another code than the one that came, with a bit flipped or not', () => {
    fc.assert(
      fc.property(code, fc.nat(), edge, mark, query, (bytes, at, edge, mark, query) => {
        const flipped = Uint8Array.from(bytes)
        flipped[at % bytes.length]! ^= 1 << (at % 8)
        // A first byte of 0 has no digits.
        if (flipped[0] === 0) return
        for (const text of [encodeText(flipped, 'base45'), worn(encodeUrl(flipped, PREFIX), query)]) {
          const tidied = tidyScan(mark + edge + text + edge)
          if (!isMalformed(tidied)) expect(decodeText(stripEnds(tidied)).code).not.toEqual(bytes)
        }
      }),
      { numRuns: runs(500) },
    )
  })

  it('keeps a prefix that no list allows: a host is never made another', () => {
    const host = fc.string({ unit: fc.constantFrom(...'abAB01.-:@\\%ſıé/?#&'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(code, host, (bytes, host) => {
        const scanned = `https://${host}/${encodeText(bytes, 'digits')}`
        const tidied = tidyScan(scanned)
        if (tidied === scanned) return
        const end = host.search(/[/?#]/)
        const site = `${end < 0 ? host : host.slice(0, end)}/`
        expect(decodeText(tidied).prefix!.slice('HTTPS://'.length)).toMatch(
          new RegExp(`^${site.toUpperCase().replace(/[.]/g, '\\.')}`),
        )
      }),
      { numRuns: runs(500) },
    )
  })

  it('takes 4096 units, and time that grows with their number alone', () => {
    const text = encodeText(signedCode(7, { facility: 12, product: 104, serial: 1 }), 'digits')
    expect(tidyScan(text.padStart(4096))).toBe(text)
    expect(tidyScan(text.padStart(4097))).toBe(text.padStart(4097))
    const rest = (unit: string) => unit.repeat(4096 / unit.length)
    const slow = [' ', ']Q1', '%', '%4', '?', '&', ';', '/', 'https://', '#', '\0'].flatMap((unit) => [
      `${rest(unit).slice(0, 4000)}x`,
      `x${rest(unit).slice(0, 4000)}x`,
      `https://a${rest(unit).slice(0, 4000)}x`,
    ])
    const begun = performance.now()
    for (let round = 0; round < 20; round++) for (const each of slow) tidyScan(each)
    // 660 texts: some 60 ms, and above 3 s where a pattern goes back over what it has seen.
    expect(performance.now() - begun).toBeLessThan(1500)
  })

  it.each([undefined, null, 7, {}, ['1'], Object('1')])('is misused with %s', (text) => {
    expect(() => tidyScan(text as string)).toThrow(ArgumentTypeError)
    expect(() => tidyScan(text as string)).toThrow('text: expected a text, got')
  })
})

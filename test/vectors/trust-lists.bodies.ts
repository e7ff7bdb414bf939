import type { CborValue } from '../../src/codec/cbor-value.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import { EXAMPLE, PROVINCE, root, SCANNING } from './lists.ts'

/** Bodies of trust lists with one field changed. */

/** SPEC.md's example, with a catalogue and scanners. */
export const FULL: TrustListContent = {
  ...EXAMPLE,
  catalogue: PROVINCE.catalogue!,
  scanners: SCANNING.scanners,
}

/** The last second of 9999. */
const LAST = 253_402_300_799

type Entries = [key: string | number, value: CborValue][]
const map = (...entries: Entries): CborValue => new Map(entries)
const facility = (id: number, ...more: Entries): CborValue => map(['id', id], ['name', 'x'], ...more)
const product = (id: number, facility: number, ...more: Entries): CborValue =>
  map(['id', id], ['facility', facility], ['name', 'x'], ...more)

/** What verifiers take. */
export const VALID_BODIES: [name: string, path: string, value: CborValue][] = [
  ['sequence 0', 'sequence', 0],
  ['expiry in the last second of 9999', 'expires', LAST],
  ['an issuer from the first second to the last', 'issuers.0.notAfter', LAST],
  ['scanners that are an empty array', 'scanners', []],
  ['one prefix twice', 'prefixes', [EXAMPLE.prefixes![0]!, EXAMPLE.prefixes![0]!]],
  ['no issuer', 'issuers', []],
  ['a gln whose check digit is wrong', 'catalogue.facilities.0.gln', '8935000000129'],
  ['a gtin whose check digit is wrong', 'catalogue.products.0.gtin', '8935000000124'],
  ['a product of which more is said', 'catalogue.products.0', product(104, 12, ['district', map([1, 'x'])])],
  ['a place of 200 units, 100 characters', 'scanners.0.place', '🏪'.repeat(100)],
  ['a scanner at a pole', 'scanners.0.position', '+90.00+000'],
  ['a scanner at the other pole, on the date line', 'scanners.0.position', '-90-180.000'],
  ['a scanner just east of the date line', 'scanners.0.position', '+00.0001+179.9999'],
]

/** Bodies that the root signed though they break the format; `undefined` takes the field out. */
export const MALFORMED_BODIES: [name: string, path: string, value: CborValue | undefined, detail?: string][] =
  [
    ...[
      'authority',
      'sequence',
      'issued',
      'expires',
      'roots',
      'roots.version',
      'roots.threshold',
      'roots.keys',
      'issuers',
      'issuers.0.keyId',
      'issuers.0.publicKey',
      'issuers.0.name',
      'issuers.0.scope',
      'issuers.0.scope.0.facility',
      'issuers.0.scope.0.first',
      'issuers.0.scope.0.last',
      'issuers.0.notBefore',
      'issuers.0.notAfter',
      'revocationEpoch',
      'prefixes',
      'catalogue',
      'catalogue.facilities',
      'catalogue.facilities.0.id',
      'catalogue.facilities.0.name',
      'catalogue.products',
      'catalogue.products.0.id',
      'catalogue.products.0.facility',
      'catalogue.products.0.name',
      'scanners.0.publicKey',
      'scanners.0.place',
    ].map(missing),
    ['an authority in upper case', 'authority', 'VN-QUANGNINH'],
    ['an authority of 65 letters', 'authority', 'x'.repeat(65)],
    ['expiry at issue', 'expires', EXAMPLE.issued.getTime() / 1000],
    ['an issue after 9999', 'issued', LAST + 1],
    ['an expiry after 9999', 'expires', LAST + 1],
    ['a threshold of 0', 'roots.threshold', 0],
    ['a threshold above the keys', 'roots.threshold', 2],
    ['a root key twice', 'roots.keys', [root.publicKey, root.publicKey]],
    ['a root key of 31 bytes', 'roots.keys.0', new Uint8Array(31), 'field:roots.keys[0]'],
    ['root version 0', 'roots.version', 0],
    ['a key id of 65536', 'issuers.0.keyId', 65_536, 'field:issuers[0].keyId'],
    ['a public key of 33 bytes', 'issuers.0.publicKey', new Uint8Array(33), 'field:issuers[0].publicKey'],
    ['an issuer whose name is empty', 'issuers.0.name', '', 'field:issuers[0].name'],
    [
      'a range that ends before it begins',
      'issuers.0.scope.0.first',
      100_000,
      'field:issuers[0].scope[0].last',
    ],
    ['a validity that ends before it begins', 'issuers.0.notAfter', 0, 'field:issuers[0].notAfter'],
    ['a validity that begins after 9999', 'issuers.0.notBefore', LAST + 1, 'field:issuers[0].notBefore'],
    ['a validity that ends after 9999', 'issuers.0.notAfter', LAST + 1, 'field:issuers[0].notAfter'],
    ['a revocation key of 31 bytes', 'revocationKey', new Uint8Array(31)],
    ['a prefix without its last stroke', 'prefixes.0', 'HTTPS://TEM.QUANGNINH.VN', 'field:prefixes[0]'],
    ['a prefix in lower case', 'prefixes.0', 'https://tem.quangninh.vn/', 'field:prefixes[0]'],
    ['a product of no facility', 'catalogue.products', [product(104, 14)]],
    ['one id for two facilities', 'catalogue.facilities', [facility(12), facility(13), facility(12)]],
    ['one id for two products of a facility', 'catalogue.products', [product(104, 12), product(104, 12)]],
    ['one id for products of two facilities', 'catalogue.products', [product(104, 12), product(104, 13)]],
    [
      'a gln that is a number',
      'catalogue.facilities.0.gln',
      8_935_000_000_128,
      'field:catalogue.facilities[0].gln',
    ],
    ['a gln of 12 digits', 'catalogue.facilities.0.gln', '893500000012', 'field:catalogue.facilities[0].gln'],
    [
      'a gtin that is a number',
      'catalogue.products.0.gtin',
      8_935_000_000_128,
      'field:catalogue.products[0].gtin',
    ],
    ['a gtin of 11 digits', 'catalogue.products.0.gtin', '89350000001', 'field:catalogue.products[0].gtin'],
    ['six stars', 'catalogue.products.0.stars', 6, 'field:catalogue.products[0].stars'],
    [
      'a field of a product that a number names',
      'catalogue.products.0',
      product(104, 12, [1, 'x']),
      'field:catalogue.products[0]',
    ],
    [
      'a field of a facility that a number names',
      'catalogue.facilities.0',
      facility(12, [1, 'x']),
      'field:catalogue.facilities[0]',
    ],
    ['scanners that are no array', 'scanners', new Map()],
    ['a place without a letter', 'scanners.0.place', '', 'field:scanners[0].place'],
    ['a place of 201 units', 'scanners.0.place', 'x'.repeat(201), 'field:scanners[0].place'],
    ['a place of 202 units, 101 characters', 'scanners.0.place', '🏪'.repeat(101), 'field:scanners[0].place'],
    ...[
      ['in words', 'Móng Cái'],
      ['beyond a pole', '+90.0001+107.9660'],
      ['beyond the date line', '+21.5246+180.0001'],
      ['at longitude −199.9', '+21.5246-199.9'],
      ['with a point and no decimals', '+21.+107.9660'],
      ['without signs', '21.5246,107.9660'],
      ['with longitude in two digits', '+21.5246+07.9660'],
      ['of 25 units', '+21.52460000+107.96600000'],
      ['with a stroke behind', '+21.5246+107.9660/'],
    ].map(([name, text]): [string, string, CborValue, string] => [
      `a position ${name}`,
      'scanners.0.position',
      text!,
      'field:scanners[0].position',
    ]),
  ]

function missing(path: string): (typeof MALFORMED_BODIES)[number] {
  const place = path.replace(/\.(\d+)/g, '[$1]')
  return [`no ${place}`, path, undefined, `field:${place}`]
}

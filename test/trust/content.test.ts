import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { MAX_SECOND } from '../../src/lib/dates.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { signTrustList } from '../../src/trust/sign.ts'
import { bodyWith, forgeDocument, withValue } from '../support/bodies.ts'
import {
  AUTHORITY,
  content,
  gardenEntry,
  kilnEntry,
  pressEntry,
  revoker,
  root,
  trustListWith,
} from '../support/fixtures.ts'
import { keyOf } from '../support/trust-lists.ts'

const SCANNERS = [
  { publicKey: keyOf('gate').publicKey, place: 'Móng Cái', position: '+21.5246+107.966' },
  { publicKey: keyOf('market').publicKey, place: 'Hạ Long' },
]
const BODY = bodyWith({ scanners: SCANNERS })
const load = (document: Uint8Array) => loadTrustList(document, { authority: AUTHORITY, roots: content.roots })
const loadBody = (body: CborValue) => load(forgeDocument(body))

function loaded(body: CborValue) {
  const result = loadBody(body)
  if (result.ok) return result.trustList
  throw new Error(`${result.reason}: ${result.detail}`)
}

describe('a trust list that was loaded', () => {
  it('says what was drafted', async () => {
    const full = { ...content, revocationKey: revoker.publicKey, revocationEpoch: 3 }
    const trustList = await trustListWith(full)
    const { authority, sequence, issued, expires, prefixes, catalogue, revocationEpoch } = full
    expect(trustList).toMatchObject({
      authority,
      sequence,
      issued,
      expires,
      prefixes,
      catalogue,
      revocationEpoch,
    })
    expect(trustList.issuers).toMatchObject([
      pressEntry,
      { ...kilnEntry, scope: [{ facility: 13, first: 0, last: Number.MAX_SAFE_INTEGER }] },
      { ...gardenEntry, scope: [{ facility: 12, product: 105, first: 0, last: Number.MAX_SAFE_INTEGER }] },
    ])
    expect(trustList.revocationKey?.publicKey).toEqual(revoker.publicKey)
    expect(trustList.roots).toMatchObject({ version: 1, threshold: 1, keys: [{ publicKey: root.publicKey }] })
    expect(trustList.rollbackProtected).toBe(false)
  })

  it('has defaults for what was left out', async () => {
    const { prefixes, catalogue, ...min } = content
    const result = load(await signTrustList({ ...min, issuers: [] }, [root]))
    expect(result).toMatchObject({
      ok: true,
      trustList: {
        issuers: [],
        prefixes: [],
        catalogue: { facilities: [], products: [] },
        revocationEpoch: 0,
        revocationKey: undefined,
        scanners: [],
      },
    })
  })

  it('is known by the SHA-256 of its body', async () => {
    const document = await signTrustList(content, [root])
    const digest = createHash('sha256').update(decodeEnvelope(document).body).digest()
    expect(load(document)).toMatchObject({ trustList: { digest: new Uint8Array(digest) } })
  })

  it('finds issuers by key id, facilities and products by theirs', async () => {
    const trustList = await trustListWith()
    const keysWith = (keyId: number) => trustList.issuersWith(keyId).map(({ publicKey }) => publicKey)
    expect(keysWith(7)).toEqual([pressEntry.publicKey, kilnEntry.publicKey])
    expect(keysWith(300)).toEqual([gardenEntry.publicKey])
    expect(keysWith(8)).toEqual([])
    expect(trustList.facility(12)).toEqual(content.catalogue!.facilities[0])
    expect(trustList.product(105)).toEqual(content.catalogue!.products[1])
    expect([trustList.facility(104), trustList.product(12)]).toEqual([undefined, undefined])
  })
})

describe('scanners', () => {
  it('are told as they were drafted, and by a list of before they were known not at all', async () => {
    expect(loaded(BODY).scanners).toEqual(SCANNERS)
    expect((await trustListWith({ scanners: SCANNERS })).scanners).toEqual(SCANNERS)
    expect(loaded(withValue(BODY, 'scanners', undefined)).scanners).toEqual([])
  })

  it.each([['-00.5-000.5'], ['+20+107'], ['+20.951712+107.074812']])(
    'stand wherever ISO 6709 can say: %s',
    (position) => {
      expect(loaded(withValue(BODY, 'scanners.0.position', position)).scanners[0]).toMatchObject({ position })
    },
  )
})

describe('fields that this version does not know', () => {
  it.each(['later', 'roots.later', 'issuers.0.later', 'issuers.0.scope.0.later', 'catalogue.later'])(
    'are passed over: %s',
    (path) => {
      const known = JSON.stringify(loaded(BODY), (key, value) => (key === 'digest' ? undefined : value))
      const trustList = loaded(withValue(BODY, path, new Map([['x', [1, 'y']]])))
      expect(JSON.stringify(trustList, (key, value) => (key === 'digest' ? undefined : value))).toBe(known)
    },
  )

  it('survive in the catalogue, from the draft to the loaded list', async () => {
    const later = { district: 'Hải Hà', area: 3, photo: Uint8Array.of(1, 2), awards: [2024, ['OCOP']] }
    const facilities = [{ id: 12, name: 'Chè Hải Hà', ...later, deep: new Map([['x', new Map([[1, 2]])]]) }]
    const products = [{ id: 104, facility: 12, name: 'Chè', ...later }]
    const trustList = await trustListWith({ issuers: [], catalogue: { facilities, products } })
    expect(trustList.facility(12)).toEqual(facilities[0])
    expect(trustList.product(104)).toEqual(products[0])
  })

  it('are fields and nothing more when they are called __proto__', () => {
    const trustList = loaded(withValue(BODY, 'catalogue.facilities.0.__proto__', new Map([['gln', 'x']])))
    const facility = trustList.facility(12)!
    expect(Object.getPrototypeOf(facility)).toBe(Object.prototype)
    expect(Object.keys(facility)).toContain('__proto__')
  })
})

const KEYS = (count: number) => Array.from({ length: count }, (_, index) => new Uint8Array(32).fill(index))
const [KEY_31, KEY_33] = [new Uint8Array(31), new Uint8Array(33)]
const x = (length: number) => 'x'.repeat(length)

/** Where, and what is wrong there; the detail names the place unless another is given. */
const WRONG: [path: string, wrong: (CborValue | undefined)[], detail?: string][] = [
  ['authority', [undefined, '', 5, 'VN', '-vn', 'vn quang ninh', 'ninh–bình', `a${x(64)}`]],
  ['sequence', [undefined, '5', new Map()]],
  ['issued', [undefined, '2026-01-05', MAX_SECOND + 1]],
  ['expires', [undefined, 0, content.issued.getTime() / 1000, MAX_SECOND + 1]],
  ['roots', [undefined, [], root.publicKey]],
  ['roots.version', [undefined, 0, '1']],
  ['roots.threshold', [undefined, 0, 2, 17]],
  ['roots.keys', [undefined, new Map(), KEYS(17), [root.publicKey, root.publicKey]]],
  ['roots.keys', [[]], 'field:roots.threshold'],
  ['roots.keys.0', [KEY_31, KEY_33, '', 0], 'field:roots.keys[0]'],
  ['issuers', [undefined, new Map(), Array(2 ** 14 + 1).fill(0)]],
  ['issuers.0', [[], 0, 'x'], 'field:issuers[0]'],
  ['issuers.1.keyId', [undefined, 65_536, '7'], 'field:issuers[1].keyId'],
  ['issuers.1.publicKey', [undefined, KEY_31, KEY_33, x(32)], 'field:issuers[1].publicKey'],
  ['issuers.1.name', [undefined, '', 7, x(201)], 'field:issuers[1].name'],
  ['issuers.1.scope', [undefined, new Map(), Array(4097).fill(0)], 'field:issuers[1].scope'],
  ['issuers.1.scope.0', [0, []], 'field:issuers[1].scope[0]'],
  ['issuers.1.scope.0.facility', [undefined, '13'], 'field:issuers[1].scope[0].facility'],
  ['issuers.1.scope.0.product', ['104'], 'field:issuers[1].scope[0].product'],
  ['issuers.0.scope.0.first', [undefined, '1'], 'field:issuers[0].scope[0].first'],
  ['issuers.0.scope.0.first', [100_000], 'field:issuers[0].scope[0].last'],
  ['issuers.0.scope.0.last', [undefined, 0, '9'], 'field:issuers[0].scope[0].last'],
  ['issuers.2.notBefore', [undefined, MAX_SECOND + 1], 'field:issuers[2].notBefore'],
  ['issuers.2.notAfter', [undefined, 0, MAX_SECOND + 1], 'field:issuers[2].notAfter'],
  ['revocationKey', [KEY_31, KEY_33, 0]],
  ['revocationEpoch', [undefined, '0']],
  ['prefixes', [undefined, 'HTTPS://TEM.VN/', Array(65).fill('HTTPS://TEM.VN/')]],
  [
    'prefixes.0',
    ['', 'HTTPS://TEM.VN', 'HTTPS:///', 'https://tem.vn/', `HTTPS://${x(57)}`],
    'field:prefixes[0]',
  ],
  ['scanners', [0, new Map(), Array(4097).fill(0)]],
  ['scanners.0', [[], 0], 'field:scanners[0]'],
  ['scanners.1.publicKey', [undefined, KEY_31, KEY_33], 'field:scanners[1].publicKey'],
  ['scanners.1.place', [undefined, '', 7, x(201)], 'field:scanners[1].place'],
  [
    'scanners.0.position',
    ['', 'x', '20.9+107.0', '+20.9 +107.0', '+91.0+107.0', '+20.9+207.0', '+20.+107.', '+20.9+107.0/', 20],
    'field:scanners[0].position',
  ],
  ['catalogue', [undefined, []]],
  ['catalogue.facilities', [undefined, new Map(), Array(2 ** 16 + 1).fill(0)]],
  ['catalogue.facilities', [[facility(12), facility(12), facility(13)]]],
  ['catalogue.facilities', [[facility(13)]], 'field:catalogue.products'],
  ['catalogue.facilities.0', [[], new Map([[1, 2]])], 'field:catalogue.facilities[0]'],
  ['catalogue.facilities.0.id', [undefined, '12'], 'field:catalogue.facilities[0].id'],
  ['catalogue.facilities.0.name', [undefined, '', x(201)], 'field:catalogue.facilities[0].name'],
  [
    'catalogue.facilities.0.gln',
    ['893500000012', '89350000001280', 8_935_000_000_128],
    'field:catalogue.facilities[0].gln',
  ],
  ['catalogue.facilities.0.address', ['', x(501), 0], 'field:catalogue.facilities[0].address'],
  ['catalogue.products', [undefined, new Map(), [product(104), product(104)], [product(104, 99)]]],
  ['catalogue.products.0.id', [undefined, '104'], 'field:catalogue.products[0].id'],
  ['catalogue.products.0.facility', [undefined, '12'], 'field:catalogue.products[0].facility'],
  ['catalogue.products.0.name', [undefined, '', x(201)], 'field:catalogue.products[0].name'],
  [
    'catalogue.products.0.gtin',
    ['1234567', '123456789', '12345678901', x(13), 12_345_678],
    'field:catalogue.products[0].gtin',
  ],
  ['catalogue.products.0.stars', [0, 6, '5'], 'field:catalogue.products[0].stars'],
  ['catalogue.products.0.image', ['', x(501)], 'field:catalogue.products[0].image'],
]

function facility(id: number): CborValue {
  return new Map<string, CborValue>([
    ['id', id],
    ['name', 'x'],
  ])
}

function product(id: number, facility = 12): CborValue {
  return new Map<string, CborValue>([
    ['id', id],
    ['facility', facility],
    ['name', 'x'],
  ])
}

describe('a body that the root signed is malformed', () => {
  it.each(WRONG)('with a wrong %s', (path, wrong, detail = `field:${path}`) => {
    const results = wrong.map((value) => loadBody(withValue(BODY, path, value)))
    expect(results).toEqual(wrong.map(() => ({ ok: false, reason: 'malformed', detail })))
  })

  it('as bytes that are no canonical CBOR', () => {
    const details = [
      [Uint8Array.of(), 'cbor_truncated'],
      [Uint8Array.of(0xbf, 0xff), 'cbor_indefinite'],
      [Uint8Array.of(...encodeCbor(BODY), 0), 'cbor_trailing_bytes'],
      [Uint8Array.of(0xa2, 0x61, 0x62, 0, 0x61, 0x61, 0), 'cbor_key_order'],
      [Uint8Array.of(0xa2, 0x61, 0x61, 0, 0x61, 0x61, 0), 'cbor_key_order'],
    ] as const
    for (const [bytes, detail] of details)
      expect(load(forgeDocument(bytes))).toEqual({ ok: false, reason: 'malformed', detail })
  })

  it('as another value than a map', () => {
    for (const value of [0, 'x', [], [BODY]] as CborValue[])
      expect(loadBody(encodeCbor(value))).toEqual({ ok: false, reason: 'malformed', detail: 'field:' })
  })
})

import { describe, expect, it } from 'vitest'
import { VeristampError } from '../../src/lib/errors.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import { describeTrustList } from '../../src/trust/describe.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { draftTrustList, encodeTrustDraft, signTrustList } from '../../src/trust/sign.ts'
import { bodyWith, forgeDocument } from '../support/bodies.ts'
import { content, kilnEntry, press, pressEntry, root, signerFrom } from '../support/fixtures.ts'
import { NOT_CANONICAL_KEY, SMALL_ORDER_KEY, withTorsion } from '../support/keys.ts'

const load = (document: Uint8Array) =>
  loadTrustList(document, { authority: content.authority, roots: content.roots })

const crowd = (size: number) =>
  Array.from({ length: size }, (_, index) => ({
    ...pressEntry,
    publicKey: signerFrom(index * 3).publicKey,
    scope: [{ facility: 12, product: 104, first: index, last: index }],
  }))
const scoped = (...scopes: TrustListContent['issuers'][number]['scope'][]) => ({
  issuers: scopes.map((scope, index) => ({ ...crowd(8)[index]!, keyId: index, scope })),
})

/** One thing wrong with a list that is well formed: no verifier loads it, and draftTrustList refuses to make it. */
const FAULTS: [string, Partial<TrustListContent>, reason: string, detail: string][] = [
  ['nine keys under one id', { issuers: crowd(9) }, 'key_id_crowded', 'key id 7'],
  [
    'a key that stands under two ids',
    { issuers: [pressEntry, { ...kilnEntry, keyId: 8, publicKey: press.publicKey }] },
    'public_key_repeated',
    Buffer.from(press.publicKey).toString('hex'),
  ],
  [
    "an issuer's key of small order",
    { issuers: [pressEntry, { ...kilnEntry, publicKey: SMALL_ORDER_KEY }] },
    'public_key',
    'issuers[1].publicKey: key_small_order',
  ],
  [
    "an issuer's key that is not canonical",
    { issuers: [{ ...pressEntry, publicKey: NOT_CANONICAL_KEY }] },
    'public_key',
    'issuers[0].publicKey: key_not_canonical',
  ],
  [
    "an issuer's key with torsion",
    { issuers: [{ ...pressEntry, publicKey: withTorsion(press.publicKey) }] },
    'public_key',
    'issuers[0].publicKey: key_torsion',
  ],
  [
    'a revocation key of small order',
    { revocationKey: SMALL_ORDER_KEY },
    'public_key',
    'revocationKey: key_small_order',
  ],
  [
    "a scanner's key that is an issuer's",
    { scanners: [{ publicKey: press.publicKey, place: 'x' }] },
    'public_key_repeated',
    Buffer.from(press.publicKey).toString('hex'),
  ],
  [
    'two keys that share a serial',
    scoped([{ facility: 12, product: 104, last: 9 }], [{ facility: 12, product: 104, first: 9 }]),
    'scope_overlap',
    '"last":9}',
  ],
  [
    'one key that has a serial twice',
    scoped([
      { facility: 12, product: 104, last: 9 },
      { facility: 12, product: 104, first: 5, last: 5 },
    ]),
    'scope_overlap',
    '"facility":12',
  ],
  [
    'a key for all products beside one for one of them',
    scoped([{ facility: 12 }], [{ facility: 12, product: 104 }]),
    'scope_overlap',
    '"facility":12',
  ],
  [
    "a scope over another facility's product",
    scoped([{ facility: 13, product: 104 }]),
    'catalogue_conflict',
    'product 104: of facility 12, not 13',
  ],
]

describe('a trust list that is well formed and signed is refused', () => {
  it.each(FAULTS)('for %s', (_, changes, reason, detail) => {
    const refused = load(forgeDocument(bodyWith(changes)))
    expect(refused).toEqual({ ok: false, reason, detail: expect.stringContaining(detail) })
  })

  it('and not drafted in the first place', () => {
    for (const [, changes, reason] of FAULTS) {
      const draft = () => draftTrustList({ ...content, ...changes })
      expect(draft).toThrow(expect.objectContaining({ code: 'bad_document' }))
      expect(draft).toThrow(`trust list: ${reason} (`)
    }
  })
})

describe('a trust list is accepted', () => {
  it.each<[string, Partial<TrustListContent>]>([
    ['eight keys under one id', { issuers: crowd(8) }],
    [
      'ranges that touch',
      scoped([{ facility: 12, product: 104, last: 9 }], [{ facility: 12, product: 104, first: 10 }]),
    ],
    [
      'the same serials of two products',
      scoped([{ facility: 12, product: 104 }], [{ facility: 12, product: 105 }]),
    ],
    ['the same serials of two facilities', scoped([{ facility: 12 }], [{ facility: 13 }])],
    ['a product that the catalogue does not have', scoped([{ facility: 99, product: 98 }])],
    ['an issuer that may stamp nothing', scoped([])],
  ])('with %s', (_, changes) => {
    expect(load(forgeDocument(bodyWith(changes)))).toMatchObject({ ok: true })
    expect(draftTrustList({ ...content, ...changes })).toMatchObject({ authority: content.authority })
  })
})

describe('drafting a trust list', () => {
  it.each<[string, unknown]>([
    ['authority', { authority: 'VN' }],
    ['sequence', { sequence: -1 }],
    ['issued', { issued: '2026-01-05' }],
    ['expires', { expires: content.issued }],
    ['roots.threshold', { roots: { ...content.roots, threshold: 2 } }],
    ['issuers[0].keyId', { issuers: [{ ...pressEntry, keyId: 65_536 }] }],
    [
      'issuers[0].scope[0].last',
      { issuers: [{ ...pressEntry, scope: [{ facility: 1, first: 2, last: 1 }] }] },
    ],
    ['prefixes[0]', { prefixes: ['https://tem.vn/'] }],
    ['catalogue.products', { catalogue: { facilities: [], products: [{ id: 1, facility: 2, name: 'x' }] } }],
  ])('names a wrong %s', (place, changes) => {
    const draft = () => draftTrustList({ ...content, ...(changes as Partial<TrustListContent>) })
    expect(draft).toThrow(expect.objectContaining({ code: expect.stringMatching(/^argument_/) }))
    expect(draft).toThrow(`${place}: expected`)
  })

  it('gives back plain content, copied, which describes itself as its document does', () => {
    const draft = draftTrustList(content)
    expect(draft).toMatchObject({ prefixes: content.prefixes ?? [], revocationEpoch: 0 })
    expect(draft.issuers[0]!.publicKey).not.toBe(content.issuers[0]!.publicKey)
    expect(encodeTrustDraft({ ...draft, sequence: 9 })).toEqual(encodeTrustDraft({ ...content, sequence: 9 }))
    expect(describeTrustList(draft)).toEqual(describeTrustList(encodeTrustDraft(content)))
  })

  it('makes the same document as signing the same content', async () => {
    expect(await signTrustList(content, [])).toEqual(encodeTrustDraft(draftTrustList(content)))
    expect(await signTrustList(content, [root])).toEqual(forgeDocument(bodyWith()))
  })

  it('fails with a signer that does not sign', async () => {
    const failure = signTrustList(content, [{ ...root, sign: press.sign }])
    await expect(failure).rejects.toBeInstanceOf(VeristampError)
    await expect(failure).rejects.toMatchObject({ code: 'signing_failed' })
  })
})

import type { ValidateFunction } from 'ajv'
import { beforeAll, describe, expect, it } from 'vitest'
import { linksetOf, type TrustList } from '../../src/gs1.ts'
import { gs1Data, hasGs1Data, whyNoGs1Data } from '../support/gs1-data.ts'
import { catalogue, SQUID, SQUID_GTIN } from '../support/gs1-facts.ts'
import { expectValid, schemaOf } from '../support/gs1-schemas.ts'
import { listOf, mustLoad } from '../support/trust-lists.ts'

const listWith = (...prefixes: string[]): TrustList =>
  mustLoad(listOf({ issuers: [], prefixes, catalogue }, 'root'))
const trustList = listWith('HTTPS://TEM.EXAMPLE/QNI/', 'HTTPS://OTHER.EXAMPLE/')
const page = `https://tem.example/QNI/01/${SQUID_GTIN}`
const to = (href: string, title: string) => [{ href, title, hreflang: ['vi'], type: 'text/html' }]

describe('the linkset of a product', () => {
  it('leads to its page, as the first prefix has it', () => {
    expect(linksetOf(trustList, SQUID)).toEqual({
      linkset: [
        {
          anchor: `https://id.gs1.org/01/${SQUID_GTIN}`,
          itemDescription: 'Chả mực',
          'https://ref.gs1.org/voc/defaultLink': to(page, 'Chả mực'),
          'https://ref.gs1.org/voc/traceability': to(page, 'Truy xuất nguồn gốc: Chả mực'),
        },
      ],
    })
  })

  it('leads to certificates and other pages where they are given', () => {
    const options = {
      page: 'https://htx.example/cha-muc',
      traceability: 'https://truyxuat.example/?p=104',
      certification: 'https://htx.example/ocop.pdf',
    }
    const [entry] = linksetOf(trustList, SQUID, options).linkset
    const hrefs = ['defaultLink', 'traceability', 'certificationInfo'].map(
      (type) => entry![`https://ref.gs1.org/voc/${type}`]![0]!.href,
    )
    expect(hrefs).toEqual(Object.values(options))
  })

  it('leads to the site where the prefix ends in /#', () => {
    const [entry] = linksetOf(listWith('HTTPS://TEM.EXAMPLE/#'), SQUID).linkset
    expect(entry!['https://ref.gs1.org/voc/defaultLink']![0]!.href).toBe('https://tem.example/')
  })

  it('needs a GTIN and an address', () => {
    expect(() => linksetOf(trustList, 106)).toThrow(
      'product: expected a product with a GTIN (Miến dong has none)',
    )
    expect(() => linksetOf(listWith(), SQUID)).toThrow('options.page: expected an address')
    expect(() => linksetOf(trustList, SQUID, { page: 'javascript:alert(1)' })).toThrow(
      'options.page: expected',
    )
  })
})

describe.skipIf(!hasGs1Data)(`by the schemas of GS1${whyNoGs1Data}`, () => {
  let validate: ValidateFunction
  beforeAll(() => {
    validate = schemaOf('gs1-linkset-schema.json')
  })
  const linksets = [
    linksetOf(trustList, SQUID),
    linksetOf(trustList, SQUID, { certification: 'https://htx.example/ocop' }),
  ]

  it('a linkset is valid, and their own examples are what they are said to be', () => {
    for (const linkset of linksets) expectValid(validate, linkset)
    expectValid(validate, JSON.parse(gs1Data('valid-gs1-example.json')))
    expect(validate(JSON.parse(gs1Data('invalid-gs1-example.json')))).toBe(false)
  })

  it('a linkset is valid for RFC 9264 too, which has no description of the item', () => {
    const plain = schemaOf('linkset-schema.json')
    for (const { linkset } of linksets) {
      expectValid(plain, { linkset: linkset.map(({ itemDescription, ...entry }) => entry) })
    }
  })
})

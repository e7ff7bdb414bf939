import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigit } from '../../src/codec/check-digit.ts'
import { readRegistry, writeRegistry } from '../../src/registry/registry.ts'
import type { Catalogue, Facility, Product } from '../../src/trust/catalogue.ts'
import { runs } from '../support/laws.ts'
import { bytes, catalogueOf } from './files.ts'

const letter = fc.constantFrom(
  ...'aZ9 ,;"\'\n\t=-@',
  ...'ảấậẻếệỉịỏốộơợủứựỳỹđĐ',
  'e\u0301x',
  '🦑',
  '\\',
  '\u00a0',
)
const text = fc.string({ unit: letter, minLength: 1, maxLength: 30 }).map((text) => text.normalize('NFC'))
const label = text.filter((text) => text.trim() !== '')
const line = label.filter((text) => !/[\t\n]/.test(text))
const digits = (length: number, first: number) =>
  fc
    .tuple(fc.integer({ min: first, max: 9 }), fc.integer({ min: 0, max: 10 ** (length - 2) - 1 }))
    .map(([lead, rest]) => `${lead}${String(rest).padStart(length - 2, '0')}`)
    .map((all) => all + checkDigit(all))
const key = (lengths: number[], first = 0) =>
  fc.constantFrom(...lengths).chain((length) => digits(length, first))
const id = (lengths: number[]) =>
  fc.oneof(
    fc.nat(65535),
    key(lengths)
      .map(Number)
      .filter((id) => id > 65535),
  )

const KNOWN = ['id', 'facility', 'name', 'gln', 'gtin', 'address', 'stars', 'image']
const unknownName = fc
  .oneof(label, fc.constantFrom('__proto__', 'constructor', 'toString', 'length', 'unit'))
  .filter((name) => !KNOWN.includes(name))
const unknownFields = fc.array(fc.tuple(unknownName, text), { maxLength: 4 })

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

/** An entry without its undefined fields, and with the unknown ones as own fields whatever their names. */
const entry = (known: object, unknown: readonly (readonly [string, string])[]): object =>
  Object.fromEntries([...Object.entries(known).filter(([, value]) => value !== undefined), ...unknown])

const facility = fc
  .tuple(
    fc.record({ id: id([13]), name: line, gln: optional(key([13])), address: optional(text) }),
    unknownFields,
  )
  .map(([known, unknown]) => entry(known, unknown) as Facility)

const product = (facilities: readonly Facility[]) =>
  fc
    .tuple(
      fc.record({
        id: id([8, 12, 13, 14]),
        facility: fc.constantFrom(...facilities.map((one) => one.id)),
        name: line,
        gtin: optional(key([8, 12, 13, 14])),
        stars: optional(fc.integer({ min: 1, max: 5 })),
        image: optional(fc.constantFrom('https://a.vn/1.jpg?x=1#2', 'ảnh/trà hoa.jpg', 'a.png')),
      }),
      unknownFields,
    )
    .map(([known, unknown]) => entry(known, unknown) as Product)

/** Ids are distinct, and so are GTINs. */
const byId = {
  comparator: (a: Facility | Product, b: Facility | Product) =>
    keysOf(a).some((key) => keysOf(b).includes(key)),
}
const keysOf = ({ id, gtin, gln }: Facility | Product) =>
  [id, Number(gtin ?? Number.NaN), Number(gln ?? Number.NaN)].filter((key) => !Number.isNaN(key))
const catalogue = fc.uniqueArray(facility, { ...byId, maxLength: 6 }).chain((facilities) =>
  fc.record({
    facilities: fc.constant(facilities),
    products:
      facilities.length === 0
        ? fc.constant([])
        : fc.uniqueArray(product(facilities), { ...byId, maxLength: 12 }),
  }),
)

/** Own fields only, sorted, so that `__proto__` is compared like any other. */
const comparable = ({ facilities, products }: Catalogue) =>
  [facilities, products].map((entries) =>
    entries.map((one) => Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))),
  )

const written = ({ facilities, products }: Catalogue): string[] => {
  const files = writeRegistry({ facilities, products })
  return [files.facilities, files.products].map((file) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(file),
  )
}

describe('a catalogue', () => {
  test('that is written and read is the same, whatever its texts', () => {
    fc.assert(
      fc.property(catalogue, (catalogue) => {
        const read = readRegistry(writeRegistry(catalogue))
        if (!read.ok) throw new Error(JSON.stringify(read.faults))
        expect(comparable(read.catalogue)).toEqual(comparable(catalogue))
      }),
      { numRuns: runs(300) },
    )
  })

  test('is written as plain CSV, with quotes only where they are needed', () => {
    const facilities = [
      { id: 1, name: 'Bến Gió', gln: '0614141000012', address: 'Xã Đông Xá, Vân Đồn', ghichú: '' },
    ]
    const products = [
      { id: 7, facility: 1, name: 'Mắm "nhĩ"', stars: 4, unit: '=1+1' },
      { id: 8, facility: 1, name: 'Mắm tép', đạm: '35' },
    ]
    expect(written({ facilities, products })).toEqual([
      'id,name,gln,address,ghichú\n1,Bến Gió,0614141000012,"Xã Đông Xá, Vân Đồn",\n',
      'id,facility,name,gtin,stars,image,unit,đạm\n7,1,"Mắm ""nhĩ""",,4,,=1+1,\n8,1,Mắm tép,,,,,35\n',
    ])
  })

  test('without facilities and products is written as two headers', () => {
    expect(written({ facilities: [], products: [] })).toEqual([
      'id,name,gln,address\n',
      'id,facility,name,gtin,stars,image\n',
    ])
  })

  test('keeps the columns that the library does not know, and leaves out their empty cells', () => {
    const { facilities, products } = catalogueOf(
      'district,id,name,gln,address,\nBa Chẽ,1,Mây Ngàn,,,\n,2,Suối Lá,0614141000012,,\n',
      'unit,image,stars,gtin,name,facility,id,facility name\nhộp,,5,,Trà hoa vàng,2,104,Suối Lá\n',
    )
    expect(facilities).toEqual([
      { id: 1, name: 'Mây Ngàn', district: 'Ba Chẽ' },
      { id: 2, name: 'Suối Lá', gln: '0614141000012' },
    ])
    expect(products).toEqual([
      { id: 104, facility: 2, name: 'Trà hoa vàng', stars: 5, unit: 'hộp', 'facility name': 'Suối Lá' },
    ])
  })

  const base: Facility = { id: 1, name: 'Bến Gió' }
  test.each([
    [
      'an id that is a text',
      { ...base, id: '1' },
      TypeError,
      'catalogue.facilities[0].id: expected a number',
    ],
    [
      'a field that is a number',
      { ...base, staff: 12 },
      TypeError,
      'facilities[0].staff: expected a text, got 12',
    ],
    ['a field that holds bytes', { ...base, logo: bytes('x') }, TypeError, 'expected a text, got 1 bytes'],
    [
      'no name',
      { id: 1 },
      RangeError,
      'catalogue.facilities: expected rows that can be written, got name "": Every row',
    ],
    [
      'half an id',
      { ...base, id: 1.5 },
      RangeError,
      'catalogue.facilities: expected rows that can be written, got id "1.5": Write',
    ],
    [
      'a wrong check digit',
      { ...base, gln: '9521005000007' },
      RangeError,
      'got gln "9521005000007": The check digit',
    ],
    ['a letter cut in two', { ...base, name: 'a\ud83e' }, RangeError, 'name "a\ufffd"'],
    ['a lone carriage return', { ...base, name: 'a\rb' }, RangeError, 'U+000D'],
    ['a field without a name', { ...base, '': 'x' }, RangeError, 'no name in the header'],
    [
      'two names that NFC makes one',
      { ...base, é: '1', 'e\u0301': '2' },
      RangeError,
      'already a column named é',
    ],
  ])('with %s is not written', (_, facility, kind, message) => {
    const write = () => writeRegistry({ facilities: [facility as Facility], products: [] })
    expect(write).toThrow(kind)
    expect(write).toThrow(message)
  })

  test('is not read from anything but bytes', () => {
    const files = { facilities: 'id,name,gln,address\n', products: bytes('') } as unknown as Parameters<
      typeof readRegistry
    >[0]
    expect(() => readRegistry(files)).toThrow(
      'facilities: expected a Uint8Array, got "id,name,gln,address\\n"',
    )
  })
})

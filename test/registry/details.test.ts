import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainFault } from '../../src/registry/messages.ts'
import { writeRegistry } from '../../src/registry/registry.ts'
import { readTaxCode } from '../../src/registry/tax-code.ts'
import type { RegistryDetails } from '../../src/trust/details.ts'
import { runs } from '../support/laws.ts'
import { briefly, catalogueOf, FACILITIES, faultsOf, notesOf, PRODUCTS, reading } from './files.ts'

const detailsOf = (...files: Parameters<typeof reading>): RegistryDetails => {
  const read = reading(...files)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.details
}
const HEADER = 'id,facility,name,gtin,stars,image'

describe('the columns that portals ask for', () => {
  test('come back apart, and leave the catalogue as it is', () => {
    const facilities =
      'id,name,gln,address,Mã số thuế,Mã định danh\n1,Bến Gió,,,0100109106,HTX-07\n2,Lửa Đất,,,,\n'
    const products = `${HEADER},Thương hiệu,Xuất xứ,Tiêu chuẩn,Chứng nhận,Cảnh báo,Hạn sử dụng
1,1,Nước mắm nhĩ,,,,Bến Gió,Vân Đồn,TCVN 5107:2018,OCOP 5 sao,"Chứa cá
và muối",24 tháng
2,2,Bình hoa,,,,,,,,,\n`
    expect(detailsOf(facilities, products)).toEqual({
      facilities: new Map([[1, { taxCode: '0100109106', identifier: 'HTX-07' }]]),
      products: new Map([
        [
          1,
          {
            brand: 'Bến Gió',
            origin: 'Vân Đồn',
            standards: 'TCVN 5107:2018',
            certificates: 'OCOP 5 sao',
            warnings: 'Chứa cá\nvà muối',
            shelfLife: '24 tháng',
          },
        ],
      ]),
    })
    expect(catalogueOf(facilities, products)).toEqual({
      facilities: [
        { id: 1, name: 'Bến Gió' },
        { id: 2, name: 'Lửa Đất' },
      ],
      products: [
        { id: 1, facility: 1, name: 'Nước mắm nhĩ' },
        { id: 2, facility: 2, name: 'Bình hoa' },
      ],
    })
  })

  test.each([
    ['brand,origin,standards,certificates,warnings,shelfLife'],
    ['Brand,ORIGIN,Standard,Certificate,Warning,Shelf life'],
    ['THƯƠNG HIỆU,Nguồn gốc,Tiêu chuẩn áp dụng,Giấy chứng nhận,Thông tin cảnh báo,HSD'],
    ['nhan_hieu,xuat_xu,tieu_chuan,chung_chi,khuyen_cao,thoi_han_su_dung'],
  ])('may be named %s', (names) => {
    const { products } = detailsOf(undefined, `${HEADER},${names}\n1,1,Na dai,,,,a,b,c,d,e,f\n`)
    const [brand, origin, standards, certificates, warnings, shelfLife] = 'abcdef'
    expect(products.get(1)).toEqual({ brand, origin, standards, certificates, warnings, shelfLife })
  })

  test('may all be missing, as in every registry until now', () => {
    expect(detailsOf(FACILITIES, PRODUCTS)).toEqual({ facilities: new Map(), products: new Map() })
  })

  test('are named in no fault about the header', () => {
    expect(faultsOf('Mây,Núi\n1,x\n')[0]?.message).not.toContain('taxCode')
  })

  test('leave a second column that could be one of them as it was', () => {
    const products = `${HEADER},Xuất xứ,Nguồn gốc\n1,1,Na dai,,,,Đông Triều,vườn nhà\n`
    expect(detailsOf(undefined, products).products.get(1)).toEqual({ origin: 'Đông Triều' })
    expect(catalogueOf(undefined, products).products[0]).toMatchObject({ 'Nguồn gốc': 'vườn nhà' })
  })

  test('have lengths', () => {
    const row = (brand: number, origin: number, shelf: number) =>
      `${HEADER},brand,origin,shelfLife\n1,1,Na,,,,${'b'.repeat(brand)},${'o'.repeat(origin)},${'s'.repeat(shelf)}\n`
    expect(
      faultsOf(undefined, row(201, 1001, 101)).map(({ column, reason }) => [column?.name, reason]),
    ).toEqual([
      ['brand', 'field_too_long'],
      ['origin', 'field_too_long'],
      ['shelfLife', 'field_too_long'],
    ])
    expect(detailsOf(undefined, row(200, 1000, 100)).products.size).toBe(1)
  })

  test('are written where there is something in them, and read back the same', () => {
    const catalogue = catalogueOf()
    const details: RegistryDetails = {
      facilities: new Map([[2, { taxCode: '0100109106-001' }]]),
      products: new Map([[1, { origin: 'Vân Đồn', warnings: 'Chứa "cá"' }]]),
    }
    const files = writeRegistry(catalogue, details)
    expect(new TextDecoder().decode(files.facilities).split('\n')[0]).toBe('id,name,gln,address,taxCode')
    const read = reading(files.facilities, files.products)
    expect(read).toMatchObject({ ok: true, catalogue, details })
  })

  test('are refused where they are of nothing, or are none', () => {
    const none = new Map()
    const write = (details: object) => () => writeRegistry(catalogueOf(), details as RegistryDetails)
    expect(write({ facilities: new Map([[9, {}]]), products: none })).toThrow(
      'details.facilities.get(9): expected the id of one of catalogue.facilities, got 9',
    )
    expect(write({ facilities: new Map([[1, { tax: 'x' }]]), products: none })).toThrow('tax')
    expect(write({ facilities: {}, products: none })).toThrow('a Map')
    expect(write({ facilities: new Map([[1, { taxCode: '0100109107' }]]), products: none })).toThrow(
      'tenth digit',
    )
  })
})

describe('a tax code', () => {
  test.each([
    ['0100109106', '0100109106'],
    ['0100047516', '0100047516'],
    ['0100109106-001', '0100109106-001'],
    ['0100109106001', '0100109106-001'],
    ['022085001234', '022085001234'],
  ])('%s is read as %s', (text, code) => expect(readTaxCode(text)).toBe(code))

  test.each([
    ['0100109107', 'nth digit doesn', 'tenth'],
    ['100109106', '0100109106', 'zero in front'],
    ['01001091060', 'or the 12 of a citizen', '10 digits'],
    ['0100109106-01', 'or the 12 of a citizen', '10 digits'],
    ['MST 0100109106', 'or the 12 of a citizen', '10 digits'],
  ])('%s is told apart', (text, ...said) => {
    const facilities = `id,name,gln,address,taxCode\n1,Bến Gió,,,${text}\n`
    const [fault] = faultsOf(facilities, `${HEADER}\n`)
    for (const each of said) expect(fault?.message).toContain(each)
    expect(explainFault(fault!, 'vi')).toMatch(/mã số thuế/i)
  })

  test('has one right tenth digit at the most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (nine) => {
        const good = [...'0123456789'].filter(
          (digit) => typeof readTaxCode(String(nine).padStart(9, '0') + digit) === 'string',
        )
        expect(good.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: runs(300) },
    )
  })
})

describe('GTINs and GLNs as ids', () => {
  const digitsOf = (products: string) => faultsOf(undefined, `${HEADER}\n${products}`).map(briefly)

  test('are told by their check digit at once', () => {
    expect(digitsOf('8935000000121,1,Na,,,\n08935000000121,1,Na,,,\n893500000,1,Na,,,\n')).toEqual([
      'products 2:1 id bad_check_digit "8935000000121"',
      'products 3:1 id bad_check_digit "08935000000121"',
      'products 4:1 id bad_length "893500000"',
    ])
    expect(faultsOf('id,name,gln,address\n18935000000014,Bến Gió,,\n').map(briefly)[0]).toContain(
      'bad_length',
    )
  })

  test('make a note where another key stands beside them', () => {
    const facilities = 'id,name,gln,address\n8935000000014,Bến Gió,8935000000021,\n'
    const products = `${HEADER}\n8935000000120,8935000000014,Na,8935000000137,,\n00036000291452,8935000000014,Na bở,036000291452,,\n`
    const notes = notesOf(facilities, products)
    expect(notes.map(briefly)).toEqual([
      'facilities 2:3 gln other_key "8935000000021"',
      'products 2:4 gtin other_key "8935000000137"',
    ])
    expect(notes[1]?.message).toContain('8935000000120')
    expect(explainFault(notes[1]!, 'vi')).toContain('8935000000120')
  })

  test('point from a GLN to the facility that has it beside a small id', () => {
    const [fault] = faultsOf(FACILITIES, `${HEADER}\n1,9521005000006,Na,,,\n`)
    expect(fault).toMatchObject({ reason: 'unknown_facility', facts: { id: 1 } })
    expect(fault?.message).toContain('It is the GLN of facility 1')
    expect(explainFault(fault!, 'vi')).toContain('GLN của cơ sở 1')
  })
})

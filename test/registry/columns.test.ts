import { describe, expect, test } from 'vitest'
import { briefly, bytes, catalogueOf, FACILITIES, faultsOf, notesOf, PRODUCTS } from './files.ts'

const plain = catalogueOf()
const rowsOf = (file: string): string => file.slice(file.indexOf('\n'))
const headed = (facilities: string, products: string) =>
  catalogueOf(facilities + rowsOf(FACILITIES), products + rowsOf(PRODUCTS))

describe('the columns of a registry', () => {
  test.each([
    ['in other case', 'ID,Name,GLN,Address', 'Id,FACILITY,NAME,Gtin,Stars,IMAGE'],
    [
      'with blanks around them',
      ' id , name,gln ,\taddress',
      'id , facility\t,  name,gtin, stars ,image\u00a0',
    ],
    [
      'of the library’s words',
      'facility_id,Facility Name,gln-code,Address',
      'product-id,facility_id,Product Name,barcode,OCOP stars,Picture',
    ],
    ['in Vietnamese', 'Mã,Tên cơ sở,Mã GLN,Địa chỉ', 'Mã,Mã cơ sở,Tên sản phẩm,Mã vạch,Số sao,Hình ảnh'],
    ['in capitals', 'MÃ CƠ SỞ,TÊN,GLN,ĐỊA CHỈ', 'MÃ SẢN PHẨM,MÃ CƠ SỞ,TÊN,GTIN,SỐ SAO,HÌNH ẢNH'],
    ['without marks', 'Ma,Ten,GLN,Dia chi', 'Ma,Ma co so,Ten san pham,Ma GTIN,So sao,Hinh anh'],
    [
      'with underscores and signs',
      'Ma_co_so,Ten*,gln:,Dia-chi',
      'ma_sp,ma_co_so,ten_sp,gtin,so_sao (OCOP),anh',
    ],
  ])('may be named %s', (_, facilities, products) => {
    expect(headed(facilities, products)).toEqual(plain)
    expect(headed(facilities.normalize('NFD'), products.normalize('NFD'))).toEqual(plain)
  })

  test.each([
    ['semicolons', ';', ''],
    ['tabs', '\t', ''],
    ['semicolons and a line that says so', ';', 'sep=;\n'],
    ['tabs and a line that says so', '\t', '"sep=\t"\n'],
    ['commas and a line that says so', ',', 'SEP=,\r\n'],
  ])('may be separated by %s', (_, delimiter, line) => {
    const [facilities, products] = [FACILITIES, PRODUCTS].map(
      (file) => `${line}${file.replaceAll(',', delimiter)}`,
    )
    expect(catalogueOf(facilities, products)).toEqual(plain)
    expect(catalogueOf(`\ufeff${facilities}`, bytes(`\ufeff${products}`))).toEqual(plain)
  })

  test('may have semicolons and commas in one file, and quotes around either', () => {
    const facilities = 'id;name;gln;address\n1;"Bến; Gió";;Xã Đông Xá, Vân Đồn\n2;"Lửa ""Đất""";;\n'
    expect(catalogueOf(facilities).facilities).toEqual([
      { id: 1, name: 'Bến; Gió', address: 'Xã Đông Xá, Vân Đồn' },
      { id: 2, name: 'Lửa "Đất"' },
    ])
  })

  test('may stand below titles, and faults keep their lines', () => {
    const title = '"DANH SÁCH CƠ SỞ\nnăm 2026",,,\n,,,\nBan hành: 1/3/2026,,,\n'
    expect(catalogueOf(title + FACILITIES)).toEqual(plain)
    expect(faultsOf(`${title}${FACILITIES}x,Mây Ngàn,,\n`).map(briefly)).toEqual([
      'facilities 8:1 id not_a_number "x"',
    ])
  })

  test('are not looked for below the first ten rows', () => {
    const title = (rows: number) => 'Danh sách,,,\n'.repeat(rows)
    expect(catalogueOf(title(9) + FACILITIES)).toEqual(plain)
    expect(faultsOf(title(10) + FACILITIES).map(briefly)).toEqual([
      'facilities 1 - missing_header "Danh sách,,,"',
    ])
  })

  test('may be followed by empty cells, and rows of blanks are none', () => {
    const facilities = FACILITIES.replaceAll('\n', '\n \t, ,\u00a0,\n').replace('Vân Đồn', 'Vân Đồn,, ')
    expect(catalogueOf(facilities)).toEqual(plain)
    expect(faultsOf(FACILITIES.replace('Vân Đồn', 'Vân Đồn,, x')).map(({ reason }) => reason)).toContain(
      'wrong_field_count',
    )
  })

  test('without a name that is known are one fault with a hint, and none a row', () => {
    const many = (header: string, row: string) => `${header}\n${row.repeat(500)}`
    const faults = faultsOf(undefined, many('id,facility,nmae,gtin,stars,image', '1,1,Na dai,,,\n'))
    expect(faults.filter(({ reason }) => reason === 'missing_column')).toMatchObject([
      {
        value: 'name',
        facts: { name: 'name', like: 'nmae' },
        message: 'There is no column named name. Is it "nmae"?',
      },
    ])
    expect(faultsOf(undefined, many('a,b,c,d,e,f', '1,1,Na dai,,,\n')).map(briefly)).toEqual([
      'products 1 - missing_header "a,b,c,d,e,f"',
    ])
    expect(faultsOf('Mã cớ sở|Tên\n', many('x', 'y\n')).map(({ reason }) => reason)).toEqual([
      'bad_delimiter',
      'missing_header',
    ])
  })

  test('that mean one thing twice are told once, and the library’s own name counts first', () => {
    const facilities = 'Mã,Tên,GLN,Địa chỉ,Mã số\n1,Bến Gió,,,x\n'
    expect(faultsOf(facilities, 'id,facility,name,gtin,stars,image\n').map(briefly)).toEqual([
      'facilities 1:5 Mã số duplicate_column "Mã số"',
    ])
    const kept = catalogueOf(
      'id,name,gln,address,Mã\n1,Bến Gió,,,B-07\n',
      'id,facility,name,gtin,stars,image\n',
    )
    expect(kept.facilities).toEqual([{ id: 1, name: 'Bến Gió', Mã: 'B-07' }])
  })
})

describe('a row without an id', () => {
  const header = 'id,facility,name,gtin,stars,image\n'

  test('has its GTIN as its id, and a facility its GLN', () => {
    const facilities = 'id,name,gln,address\n,Bến Gió,0614141000012,\n'
    const products = `${header},614141000012,Na dai,036000291452,,\n,0614141000012,Na bở,09521005000020,,\n`
    expect(catalogueOf(facilities, products)).toEqual({
      facilities: [{ id: 614141000012, name: 'Bến Gió', gln: '0614141000012' }],
      products: [
        { id: 36000291452, facility: 614141000012, name: 'Na dai', gtin: '036000291452' },
        { id: 9521005000020, facility: 614141000012, name: 'Na bở', gtin: '09521005000020' },
      ],
    })
  })

  test('may be of a file without ids at all', () => {
    const { products } = catalogueOf(undefined, 'facility,name,gtin,stars,image\n1,Na dai,036000291452,,\n')
    expect(products).toEqual([{ id: 36000291452, facility: 1, name: 'Na dai', gtin: '036000291452' }])
  })

  test('and without a key is a fault; where no row could have an id, one for all', () => {
    expect(faultsOf(undefined, `${header},1,Na dai,,,\n ,1,Na dai,1,,\n`).map(briefly)).toEqual([
      'products 2:1 id missing_value ""',
      'products 3:4 gtin bad_length "1"',
    ])
    const facilities = `name,gln,address,idd\n${'Bến Gió,,,1\n'.repeat(200)}`
    expect(faultsOf(facilities, PRODUCTS)).toMatchObject([
      { reason: 'missing_column', value: 'id', facts: { like: 'idd' }, line: 1 },
    ])
  })

  test('may not have the key that another has as its id', () => {
    const facilities = 'id,name,gln,address\n,Bến Gió,9521005000006,\n,Lửa Đất,9521005000006,\n'
    expect(faultsOf(facilities, header).map(briefly)).toEqual([
      'facilities 3:3 gln duplicate_id "9521005000006"',
    ])
    const products = `${header},1,Na dai,036000291452,,\n,1,Na bở,0036000291452,,\n36000291452,1,Na,,,\n`
    expect(faultsOf(undefined, products).map(briefly)).toEqual([
      'products 3:4 gtin duplicate_gtin "0036000291452"',
      'products 4:1 id duplicate_gtin "36000291452"',
    ])
  })
})

describe('a GLN of two facilities', () => {
  test('is noted, also where it is an id', () => {
    const facilities = `${FACILITIES}3,Mây Ngàn,9521005000006,\n9521005000006,Nắng Núi,,\n`
    expect(notesOf(facilities).map(briefly)).toEqual([
      'facilities 4:3 gln shared_gln "9521005000006"',
      'facilities 5:1 id shared_gln "9521005000006"',
    ])
    expect(notesOf(facilities)[0]).toMatchObject({ facts: { id: 3, other: 1, line: 2 } })
  })
})

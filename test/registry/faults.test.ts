import { describe, expect, test } from 'vitest'
import type { RegistryFaultReason } from '../../src/registry/kinds.ts'
import { briefly, FACILITIES, faultsOf, PRODUCTS } from './files.ts'

const HEADER = 'id,name,gln,address\n'
const PRODUCT_HEADER = 'id,facility,name,gtin,stars,image\n'
const many = (count: number, row: string): string => HEADER + row.repeat(count)
const columns = (count: number): string =>
  `id,name,gln,address,${Array.from({ length: count - 4 }, (_, at) => `c${at}`).join()}\n`

interface Case {
  missingLetters?: (name: string) => string[]
  facilities?: string
  products?: string
  faults: string[]
}

/** One registry for each reason, faulty in that way alone. The type sees to it that none is forgotten. */
const CASES: Record<RegistryFaultReason, Case> = {
  file_too_large: {
    products: ' '.repeat(16 * 1024 * 1024 + 1),
    faults: ['products 1 - file_too_large ""'],
  },
  bad_encoding: {
    products: `${PRODUCT_HEADER}1,1,Ch\ufffd m\ufffdc,,,\n`,
    faults: ['products 2:3 name bad_encoding "Ch\ufffd m\ufffdc"'],
  },
  empty_file: { products: '\n\n', faults: ['products 1 - empty_file ""'] },
  bad_delimiter: {
    facilities: '\nid|name|gln|address\n1|Bến Gió||\n',
    faults: ['facilities 2 - bad_delimiter "id|name|gln|address"'],
  },
  missing_header: {
    facilities: 'Cơ sở OCOP,2026,,\n1,Bến Gió,,\n2,Lửa Đất,,\n',
    faults: ['facilities 1 - missing_header "Cơ sở OCOP,2026,,"'],
  },
  missing_column: {
    facilities: 'address,id,name\n,1,Bến Gió\n,2,Lửa Đất\n',
    faults: ['facilities 1 - missing_column "gln"'],
  },
  too_many_columns: {
    facilities: columns(101),
    faults: [`facilities 1 - too_many_columns ${JSON.stringify(columns(101).trim())}`],
  },
  too_many_rows: {
    facilities: `${FACILITIES}${',,,\n'.repeat(65_535)}`,
    faults: ['facilities 65538 - too_many_rows ""'],
  },
  too_many_faults: {
    facilities: many(50_001, 'x,,,\n'),
    products: PRODUCT_HEADER,
    faults: ['facilities 50002 - too_many_faults ""'],
  },
  duplicate_column: {
    facilities: 'id,name,gln,address,name\n1,Bến Gió,,,x\n2,Lửa Đất,,,x\n',
    faults: ['facilities 1:5 name duplicate_column "name"'],
  },
  unnamed_column: {
    facilities: 'id,name,gln,address,,\n1,Bến Gió,,,,\n2,Lửa Đất,,,,gốm\n',
    faults: ['facilities 3:6  unnamed_column "gốm"'],
  },
  bad_quote: {
    facilities: `${FACILITIES}3,"Mây Ngàn,,\n4,Nắng "Núi",,\n5,"Đồi" Sở,,\n6,Suối Lá,,\n`,
    faults: [
      'facilities 4:2 name bad_quote "3,\\"Mây Ngàn,,"',
      'facilities 5:2 name bad_quote "4,Nắng \\"Núi\\",,"',
      'facilities 6:2 name bad_quote "5,\\"Đồi\\" Sở,,"',
    ],
  },
  row_too_long: {
    facilities: `${FACILITIES}3,${'x'.repeat(99_997)},,\n`,
    faults: [`facilities 4 - row_too_long "3,${'x'.repeat(998)}"`],
  },
  wrong_field_count: {
    facilities: `${FACILITIES}3,Mây Ngàn,\n4,Nắng Núi,,Húc Động,Bình Liêu\n`,
    faults: ['facilities 4 - wrong_field_count "3"', 'facilities 5 - wrong_field_count "5"'],
  },
  field_too_long: {
    facilities:
      'id,name,gln,address,note\n1,Bến Gió,,,\n2,Lửa Đất,,,\n' +
      `3,${'x'.repeat(201)},,${'y'.repeat(501)},${'z'.repeat(1_001)}\n` +
      `4,${'x'.repeat(200)},,${'y'.repeat(500)},${'z'.repeat(1_000)}\n`,
    faults: [
      `facilities 4:2 name field_too_long "${'x'.repeat(201)}"`,
      `facilities 4:4 address field_too_long "${'y'.repeat(501)}"`,
      `facilities 4:5 note field_too_long "${'z'.repeat(1_000)}"`,
    ],
  },
  unsafe_text: {
    products: `${PRODUCT_HEADER}1,1,"Na\0dai",,,\n2,1,Na \u202edai,,,"a\rb"\n`,
    faults: [
      'products 2:3 name unsafe_text "Na\\u0000dai"',
      'products 3:3 name unsafe_text "Na \u202edai"',
      'products 3:6 image unsafe_text "a\\rb"',
    ],
  },
  line_break: {
    facilities: `${FACILITIES}3,"Mây\nNgàn",,"Ba\nChẽ"\n`,
    products: `${PRODUCT_HEADER}1,1,"Na\tdai",,,\n`,
    faults: ['facilities 4:2 name line_break "Mây\\nNgàn"', 'products 2:3 name line_break "Na\\tdai"'],
  },
  letters_not_in_font: {
    missingLetters: (name) => [...name].filter((letter) => '🍵ท'.includes(letter)),
    facilities: `${FACILITIES}3,HTX ท,,🍵\n`,
    products: `${PRODUCT_HEADER}1,1,Trà 🍵,,,\n`,
    faults: [
      'facilities 4:2 name letters_not_in_font "HTX ท"',
      'products 2:3 name letters_not_in_font "Trà 🍵"',
    ],
  },
  missing_value: {
    products: `${PRODUCT_HEADER},1,Na dai,,,\n2,,Na dai,,,\n3,1," ",,,\n`,
    faults: [
      'products 2:1 id missing_value ""',
      'products 3:2 facility missing_value ""',
      'products 4:3 name missing_value " "',
    ],
  },
  not_a_number: {
    products: `${PRODUCT_HEADER}1.0,1,Na dai,,,\n2,một,Na dai,,,\n3,1,Na dai,8-938,,\n-4,1,Na dai,,,\n0x5,1,Na dai,,,\n`,
    faults: [
      'products 2:1 id not_a_number "1.0"',
      'products 3:2 facility not_a_number "một"',
      'products 4:4 gtin not_a_number "8-938"',
      'products 5:1 id not_a_number "-4"',
      'products 6:1 id not_a_number "0x5"',
    ],
  },
  rounded_number: {
    facilities: `${FACILITIES}3,Mây Ngàn,"9,52E+12",\n`,
    products: `${PRODUCT_HEADER}1,1,Na dai,8.93E+12,,\n8.93850E+12,1,Na dai,,,\n3,9.52E12,Na dai,9e+12,,\n`,
    faults: [
      'facilities 4:3 gln rounded_number "9,52E+12"',
      'products 2:4 gtin rounded_number "8.93E+12"',
      'products 3:1 id rounded_number "8.93850E+12"',
      'products 4:2 facility rounded_number "9.52E12"',
      'products 4:4 gtin rounded_number "9e+12"',
    ],
  },
  lost_zeros: {
    facilities: `${FACILITIES}3,Mây Ngàn,614141000012,\n`,
    products: `${PRODUCT_HEADER}1,1,Na dai,36000291452,,\n2,1,Na dai,1234565,,\n3,1,Na dai,1200000005,,\n`,
    faults: [
      'facilities 4:3 gln lost_zeros "614141000012"',
      'products 2:4 gtin lost_zeros "36000291452"',
      'products 3:4 gtin lost_zeros "1234565"',
      'products 4:4 gtin lost_zeros "1200000005"',
    ],
  },
  key_too_small: {
    products: `${PRODUCT_HEADER}00012348,1,Na dai,,,\n,1,Na dai,00012348,,\n3,0000000012348,Na dai,,,\n`,
    faults: [
      'products 2:1 id key_too_small "00012348"',
      'products 3:4 gtin key_too_small "00012348"',
      'products 4:2 facility key_too_small "0000000012348"',
    ],
  },
  leading_zero: {
    products: `${PRODUCT_HEADER}007,1,Na dai,,,\n036000291453,1,Na dai,,,\n3,01,Na dai,,,\n`,
    faults: [
      'products 2:1 id leading_zero "007"',
      'products 3:1 id leading_zero "036000291453"',
      'products 4:2 facility leading_zero "01"',
    ],
  },
  out_of_range: {
    products: `${PRODUCT_HEADER}65536,1,Na dai,,,\n65535,1,Na dai,,,\n0,1,Na dai,,,\n`,
    faults: ['products 2:1 id out_of_range "65536"'],
  },
  bad_length: {
    facilities: `${FACILITIES}96385074,Mây Ngàn,96385074,\n`,
    products: `${PRODUCT_HEADER}123456789,1,Na dai,,,\n2,1,Na dai,123,,\n`,
    faults: [
      'facilities 4:1 id bad_length "96385074"',
      'facilities 4:3 gln bad_length "96385074"',
      'products 2:1 id bad_length "123456789"',
      'products 3:4 gtin bad_length "123"',
    ],
  },
  bad_check_digit: {
    facilities: `${FACILITIES}9521005000007,Mây Ngàn,9521006000006,\n`,
    products: `${PRODUCT_HEADER}96385075,1,Na dai,036000291453,,\n`,
    faults: [
      'facilities 4:1 id bad_check_digit "9521005000007"',
      'facilities 4:3 gln bad_check_digit "9521006000006"',
      'products 2:1 id bad_check_digit "96385075"',
      'products 2:4 gtin bad_check_digit "036000291453"',
    ],
  },
  bad_tax_code: {
    facilities:
      'id,name,gln,address,taxCode\n1,Bến Gió,,,0100109106\n2,Lửa Đất,,,0100109107\n3,Mây Ngàn,,,100109106\n4,Suối Lá,,,1234\n',
    faults: [
      'facilities 3:5 taxCode bad_tax_code "0100109107"',
      'facilities 4:5 taxCode bad_tax_code "100109106"',
      'facilities 5:5 taxCode bad_tax_code "1234"',
    ],
  },
  bad_stars: {
    products: `${PRODUCT_HEADER}1,1,Na dai,,6,\n2,1,Na dai,,0,\n3,1,Na dai,,4.5,\n4,1,Na dai,,bốn,\n`,
    faults: [
      'products 2:5 stars bad_stars "6"',
      'products 3:5 stars bad_stars "0"',
      'products 4:5 stars bad_stars "4.5"',
      'products 5:5 stars bad_stars "bốn"',
    ],
  },
  duplicate_id: {
    facilities: `${FACILITIES}1,Mây Ngàn,,\n`,
    products: `${PRODUCTS}2,1,Na dai,,,\n2,1,Na bở,,,\n`,
    faults: [
      'facilities 4:1 id duplicate_id "1"',
      'products 4:1 id duplicate_id "2"',
      'products 5:1 id duplicate_id "2"',
    ],
  },
  duplicate_gtin: {
    products:
      `${PRODUCT_HEADER}1,1,Na dai,036000291452,,\n2,1,Na bở,0036000291452,,\n3,1,Na,00036000291452,,\n` +
      '036000291452,1,Na bở,,,\n96385074,1,Na dai,,,\n6,1,Na dai,96385074,,\n',
    faults: [
      'products 3:4 gtin duplicate_gtin "0036000291452"',
      'products 4:4 gtin duplicate_gtin "00036000291452"',
      'products 5:1 id duplicate_gtin "036000291452"',
      'products 7:4 gtin duplicate_gtin "96385074"',
    ],
  },
  bad_image: {
    products:
      PRODUCT_HEADER +
      [
        ...[
          'javascript:alert(1)',
          ' JavaScript:alert(1)',
          'data:image/png;base64\u002cAAAA',
          'http://a.vn/1.png',
        ],
        ...[
          'file:///etc/passwd',
          '/etc/passwd',
          '//a.vn/1.png',
          '\\\\a\\b.png',
          'C:\\a.png',
          'c:a.png',
          '../a.png',
        ],
        ...[
          'a/../../b.png',
          'a/%2e%2e/b.png',
          './a.png',
          'a//b.png',
          'pictures/',
          'https://',
          'https:///a.png',
        ],
        ...['https://a.vn@b.vn/1.png', 'https:\\\\a.vn', 'https://a.vn/a b', 'a.png?x', 'x:y'],
      ]
        .map((image, at) => `${at},1,Na dai,,,${image.replace('\u002c', '.')}\n`)
        .join(''),
    faults: Array.from({ length: 23 }, (_, at) =>
      expect.stringContaining(`products ${at + 2}:6 image bad_image`),
    ),
  },
  unknown_facility: {
    products: `${PRODUCTS}3,3,Na dai,,,\n`,
    faults: ['products 4:2 facility unknown_facility "3"'],
  },
}

describe('a registry', () => {
  test.each(Object.entries(CASES))(
    'is refused for %s, with the place',
    (reason, { facilities, products, missingLetters, faults }) => {
      const found = faultsOf(facilities, products, missingLetters).filter((fault) => fault.reason === reason)
      expect(found.map(briefly)).toEqual(faults)
      for (const { message } of found) expect(message).toMatch(/^[A-Z].*\.$/)
    },
  )

  test.each(Object.entries(CASES).filter(([reason]) => reason !== 'too_many_faults'))(
    'with the fault %s alone has no other',
    (_, { facilities, products, missingLetters, faults }) => {
      expect(faultsOf(facilities, products, missingLetters).map(briefly)).toEqual(faults)
    },
  )
})

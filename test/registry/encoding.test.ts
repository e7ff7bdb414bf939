import { describe, expect, test } from 'vitest'
import { concatBytes } from '../../src/lib/bytes.ts'
import { briefly, bytes, catalogueOf, FACILITIES, faultsOf, PRODUCTS } from './files.ts'

const HEADER = 'id,facility,name,gtin,stars,image\n'
const BOM = Uint8Array.of(0xef, 0xbb, 0xbf)

/** 'Chả mực' as Windows-1258 has it: tone marks follow their letters. */
const CHA_MUC_1258 = Uint8Array.of(0x43, 0x68, 0x61, 0xd2, 0x20, 0x6d, 0xfd, 0xf2, 0x63)

const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian)
  return new Uint8Array(view.buffer)
}

describe('the encoding of a registry', () => {
  const plain = catalogueOf()

  test('may begin with a byte order mark', () => {
    expect(catalogueOf(concatBytes(BOM, bytes(FACILITIES)), concatBytes(BOM, bytes(PRODUCTS)))).toEqual(plain)
  })

  test('may end its lines in CRLF, some of them or all', () => {
    const crlf = PRODUCTS.replaceAll('\n', '\r\n')
    expect(catalogueOf(FACILITIES.replace('\n', '\r\n'), crlf)).toEqual(plain)
  })

  test('may leave out the last line break, or add blank lines and rows', () => {
    expect(
      catalogueOf(FACILITIES.trimEnd(), `\n${PRODUCTS.replaceAll('\n', '\n\n,,,,,\n""\n')}\n\r\n`),
    ).toEqual(plain)
  })

  test('of a cell in Windows-1258 is found where it stands, and so are all the others', () => {
    const row = (id: number) => [bytes(`${id},1,"Na\ndai`), CHA_MUC_1258, bytes('",,4,\n')]
    const products = concatBytes(bytes(HEADER), ...row(1), bytes('2,1,Chả mực,,4,\n'), ...row(3))
    expect(faultsOf(undefined, products).map(briefly)).toEqual([
      'products 2:3 name bad_encoding "Na\\ndaiCha\ufffd m\ufffd\ufffdc"',
      'products 5:3 name bad_encoding "Na\\ndaiCha\ufffd m\ufffd\ufffdc"',
    ])
  })

  test('of a column name is found too', () => {
    const facilities = concatBytes(bytes('id,name,gln,address,'), CHA_MUC_1258, bytes('\n1,Bến Gió,,,\n'))
    expect(faultsOf(facilities, HEADER).map(briefly)).toEqual([
      'facilities 1:5 Cha\ufffd m\ufffd\ufffdc bad_encoding "Cha\ufffd m\ufffd\ufffdc"',
    ])
  })

  test.each([
    ['cut in the middle of a letter', [0xe1, 0xba]],
    ['longer than needed', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ])('of a letter that is %s is refused', (_, letter) => {
    const products = concatBytes(bytes(`${HEADER}1,1,`), Uint8Array.from(letter), bytes(',,,\n'))
    const [fault, ...others] = faultsOf(undefined, products)
    expect(others).toEqual([])
    expect(fault).toMatchObject({ reason: 'bad_encoding', line: 2, column: { name: 'name', number: 3 } })
  })

  test.each([
    ['little endian', true, ''],
    ['big endian', false, ''],
    ['little endian with a byte order mark', true, '\ufeff'],
    ['big endian with a byte order mark', false, '\ufeff'],
  ])('may be UTF-16 in %s, with tabs as spreadsheets save it', (_, littleEndian, mark) => {
    const tabs = PRODUCTS.replaceAll(',', '\t').replaceAll('\n', '\r\n')
    expect(catalogueOf(utf16(mark + FACILITIES, littleEndian), utf16(mark + tabs, littleEndian))).toEqual(
      plain,
    )
  })

  test('of half a letter of UTF-16 is found where it stands', () => {
    const products = utf16(`\ufeff${HEADER}1,1,Na \ud83c dai,,,\n`, true)
    expect(faultsOf(undefined, products).map(briefly)).toEqual([
      'products 2:3 name bad_encoding "Na \ufffd dai"',
    ])
  })

  test.each([true, false])('UTF-32 is named once, for the whole file', (littleEndian) => {
    const wide = [...`\ufeff${FACILITIES}`]
      .map((letter) => (littleEndian ? `${letter}\0` : `\0${letter}`))
      .join('')
    expect(faultsOf(utf16(wide, littleEndian)).map(briefly)).toEqual(['facilities 1 - bad_encoding ""'])
  })

  test('may end its lines in CR, as old Macs do', () => {
    expect(catalogueOf(FACILITIES.replaceAll('\n', '\r'), PRODUCTS.replaceAll('\n', '\r'))).toEqual(plain)
  })

  test('of names and column names becomes Unicode NFC', () => {
    const facilities = `id,name,gln,address,${'địa phương'.normalize('NFD')}\n1,${'Chả mực'.normalize('NFD')},,,${'Cẩm Phả'.normalize('NFD')}\n`
    expect(catalogueOf(facilities, HEADER).facilities).toEqual([
      {
        id: 1,
        name: 'Chả mực'.normalize('NFC'),
        ['địa phương'.normalize('NFC')]: 'Cẩm Phả'.normalize('NFC'),
      },
    ])
  })
})

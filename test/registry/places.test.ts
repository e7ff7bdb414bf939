import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitRows } from '../../src/registry/csv.ts'
import { runs } from '../support/laws.ts'
import { briefly, faultsOf } from './files.ts'

const csvText = fc.string({ unit: fc.constantFrom('"', '"', ',', ',', '\n', '\n', 'a', 'ế'), maxLength: 60 })

describe('the place of a fault', () => {
  test('is right after quoted fields of several lines, within a row and below it', () => {
    const facilities = [
      'id,name,gln,"ghi\nchú",address',
      '1,"Mây\nNgàn",x,"a',
      '',
      'b","Ba Chẽ\n\u0001"',
      '',
      '2,,,,',
    ].join('\n')
    const expected = [
      'facilities 3:2 name line_break "Mây\\nNgàn"',
      'facilities 4:3 gln not_a_number "x"',
      'facilities 6:5 address unsafe_text "Ba Chẽ\\n\\u0001"',
      'facilities 9:2 name missing_value ""',
    ]
    const products = 'id,facility,name,gtin,stars,image\n'
    expect(faultsOf(facilities, products).map(briefly)).toEqual(expected)
    expect(faultsOf(facilities.replaceAll('\n', '\r\n'), products).map(briefly)).toEqual(expected)
  })

  test('is told for all faults of both files at once, in the order of the files', () => {
    const facilities = 'name,id,gln,address,name\n,1,,,\nBến Gió,1,12,,\nLửa Đất\nĐồi Sở,x,y,"z\n'
    const products =
      'id,facility,name,gtin,stars,image\n1,9,,9521005000021,9,\u0007\n1,1,Na dai,,,\n3,"1"2,Na dai,,,\n4,1,,,,\n'
    expect(faultsOf(facilities, products).map(briefly)).toEqual([
      'facilities 1:5 name duplicate_column "name"',
      'facilities 2:1 name missing_value ""',
      'facilities 3:2 id duplicate_id "1"',
      'facilities 3:3 gln bad_length "12"',
      'facilities 4 - wrong_field_count "1"',
      'facilities 5:4 address bad_quote "Đồi Sở,x,y,\\"z"',
      'products 2:2 facility unknown_facility "9"',
      'products 2:3 name missing_value ""',
      'products 2:4 gtin bad_check_digit "9521005000021"',
      'products 2:5 stars bad_stars "9"',
      'products 2:6 image unsafe_text "\\u0007"',
      'products 3:1 id duplicate_id "1"',
      'products 4:2 facility bad_quote "3,\\"1\\"2,Na dai,,,"',
      'products 5:3 name missing_value ""',
    ])
  })

  test('is told for faults of the header along with those of the rows', () => {
    const facilities = 'id,title,gln,địa\u0000điểm\n1,Bến Gió,1,\n'
    expect(faultsOf(facilities, 'id,facility,name,gtin,stars,image\n').map(briefly)).toEqual([
      'facilities 1 - missing_column "name"',
      'facilities 1 - missing_column "address"',
      'facilities 1:4 địa\u0000điểm unsafe_text "địa\\u0000điểm"',
      'facilities 2:3 gln bad_length "1"',
    ])
  })

  test('of a facility does not make its products faulty, where its id can still be made out', () => {
    const facilities = 'id,name,gln,address\n1,"Bến" Gió,,\n2,Lửa Đất\n3,,,\n'
    const products = 'id,facility,name,gtin,stars,image\n1,1,a,,,\n2,2,b,,,\n3,3,c,,,\n'
    expect(faultsOf(facilities, products).map(({ reason }) => reason)).toEqual([
      'bad_quote',
      'wrong_field_count',
      'missing_value',
    ])
  })

  test('of a facilities file that cannot be read is not told again for every product', () => {
    expect(faultsOf('', 'id,facility,name,gtin,stars,image\n1,1,Na dai,,,\n').map(briefly)).toEqual([
      'facilities 1 - empty_file ""',
    ])
  })

  test('of an unclosed quote is its own row, however long the file is', () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `${at + 2},Bến Gió,,`).join('\n')
    const faults = faultsOf(
      `id,name,gln,address\n1,"Bến Gió,,\n${rows}\n`,
      'id,facility,name,gtin,stars,image\n',
    )
    expect(faults.map(briefly)).toEqual(['facilities 2:2 name bad_quote "1,\\"Bến Gió,,"'])
  })
})

describe('a row of CSV', () => {
  test('stands on the line that it says, whatever the text', () => {
    fc.assert(
      fc.property(csvText, (text) => {
        const lines = text.split('\n')
        for (const { line, source } of splitRows(text)) expect(lines[line - 1]).toBe(source)
      }),
    )
  })

  test('is cut as csv-parse cuts the whole text, and refused where csv-parse refuses the whole', () => {
    fc.assert(
      fc.property(csvText, (text) => {
        const rows = [...splitRows(text)]
        const whole = () =>
          parse(text, { relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n' })
        if (rows.some(({ broken }) => broken)) expect(whole).toThrow()
        else expect(rows.map(({ cells }) => cells.map((cell) => cell.text))).toEqual(whole())
      }),
      { numRuns: runs(2_000) },
    )
  })

  test('that is sound is read, whatever stands before it', () => {
    fc.assert(
      fc.property(csvText, (text) => {
        const rows = [...splitRows(`${text}\n${'sound,'.repeat(17_000)}\nlast,row`)]
        expect(rows.at(-1)?.cells.map((cell) => cell.text)).toEqual(['last', 'row'])
      }),
      { numRuns: runs(50) },
    )
  })
})

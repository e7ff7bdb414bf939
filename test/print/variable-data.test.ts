import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLines, ndjsonLines } from '../../src/print/variable-data.ts'

const rows = [
  { serial: 90_001, product: 'Chả mực "giã tay", Hạ Long', code: ' 1+2=3' },
  { serial: 90_002, product: 'Sá\r\nsùng', code: '=0' },
]
const anyRow = fc.record({ a: fc.string(), 'b, "c"': fc.integer(), Đ: fc.string({ unit: 'grapheme' }) })

describe('variable data as CSV', () => {
  it('quotes every field', () => {
    expect([...csvLines(rows)]).toEqual([
      '"serial","product","code"\r\n',
      '"90001","Chả mực ""giã tay"", Hạ Long"," 1+2=3"\r\n',
      '"90002","Sá\r\nsùng","=0"\r\n',
    ])
  })

  it('is read back by a CSV reader', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1 }), (many) => {
        const file = [...csvLines(many)].join('')
        const read = parse(file, { columns: true, record_delimiter: '\r\n' })
        expect(read).toEqual(many.map((row) => ({ ...row, 'b, "c"': String(row['b, "c"']) })))
      }),
    )
  })
})

describe('variable data as NDJSON', () => {
  it('is an object a line', () => {
    const lines = [...ndjsonLines(rows)]
    expect(lines.every((line) => /^[^\n]*\n$/.test(line))).toBe(true)
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows)
  })
})

describe.each([
  ['CSV', csvLines],
  ['NDJSON', ndjsonLines],
])('%s', (_, write) => {
  it('takes rows one by one, as they are asked for', () => {
    let made = 0
    function* endless() {
      for (;;) yield { serial: made++ }
    }
    const lines = write(endless())
    for (let i = 0; i < 3; i++) lines.next()
    expect(made).toBeLessThan(4)
  })

  it('takes the same columns in any order', () => {
    const [first, second] = [
      { a: 'x', b: 'y' },
      { b: 'y', a: 'x' },
    ]
    const lines = [...write([first, second])]
    expect(lines.at(-1)).toBe(lines.at(-2))
  })

  it('refuses a row with other columns, and fields that are neither text nor number', () => {
    expect(() => [...write([{ a: '' }, { a: '', b: '' }])]).toThrow(/^row: expected the columns a/)
    expect(() => [...write([{ a: '' }, { b: '' }])]).toThrow(/^row\.a: /)
    expect(() => [...write([{ a: Number.NaN }])]).toThrow(/^row\.a: /)
    expect(() => [...write([{ a: null as never }])]).toThrow(/^row\.a: /)
  })

  it('is empty without rows', () => expect([...write([])]).toEqual([]))
})

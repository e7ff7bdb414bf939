import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeIn, layoutFinder } from '../../src/stamp/code-lines.ts'
import { runs } from '../support/laws.ts'

/** Cells of a row by a pattern, in which each cell has a separator before it. */
function cellsByPattern(row: string, separator: string): string[] {
  const cell = new RegExp(`${separator}(?:"((?:[^"]|"")*)"|([^${separator}]*))`, 'g')
  return [...`${separator}${row}`.matchAll(cell)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare!,
  )
}

const row = fc.string({ unit: fc.constantFrom('"', '""', ',', ';', 'a', ' ', '",'), maxLength: 20 })

describe('a cell of a table', () => {
  it('is the one that a parser of the whole row finds', () =>
    fc.assert(
      fc.property(row, fc.constantFrom(',', ';', '\t'), fc.nat({ max: 5 }), (row, separator, column) => {
        const cells = cellsByPattern(row, separator)
        const isEmpty = cells.every((cell) => cell.trim() === '')
        expect(codeIn(row, { kind: 'cell', separator, column })).toBe(
          isEmpty ? undefined : (cells[column] ?? ''),
        )
      }),
      { numRuns: runs(20_000) },
    ))

  it.each([
    [',code', 1, 'code'],
    [',,code', 2, 'code'],
    [',,code', 1, ''],
    ['"",code', 1, 'code'],
    ['"a,""b""",code', 0, 'a,"b"'],
    ['a,code', 2, ''],
    [',,', 1, undefined],
    ['" ",', 0, undefined],
  ])('of %j, number %d, is %j', (row, column, cell) => {
    expect(codeIn(row, { kind: 'cell', separator: ',', column })).toBe(cell)
  })

  it('takes linear time, whatever the quotes', () => {
    const start = process.cpuUsage()
    for (const unit of ['"', '""', '",', '"",', '"",""', '"a""'])
      codeIn(unit.repeat(100_000), { kind: 'cell', separator: ',', column: 100_000 })
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000)
  })
})

describe('a field of NDJSON', () => {
  it.each([
    ['{"code":"A"}', 'A'],
    ['{"text":"B"}', 'B'],
    ['{"code":null,"text":"B"}', 'B'],
    ['{"code":1}', undefined],
    ['null', undefined],
    ['7', undefined],
    ['"A"', undefined],
    ['[', '['],
    ['{"code":', '{"code":'],
  ])('of the line %s is %j', (line, text) => {
    expect(codeIn(line, { kind: 'field' })).toBe(text)
  })
})

describe('how a file is written', () => {
  const found = (...lines: string[]) => {
    const find = layoutFinder()
    return lines.map(find).at(-1)
  }

  it.each<[string[], ReturnType<ReturnType<typeof layoutFinder>>]>([
    [[''], 'more'],
    [['', 'sep=;'], 'more'],
    [['a;b'], 'more'],
    [['a;b', '1;2'], 'none'],
    [['{"a":1}'], 'none'],
    [['code'], { layout: { kind: 'line' }, isHeading: true }],
    [['Mã tem'], { layout: { kind: 'line' }, isHeading: true }],
    [['NO CODE'], { layout: { kind: 'line' }, isHeading: false }],
    [['{"code":"A"}'], { layout: { kind: 'field' }, isHeading: false }],
    [['', 'serial,code'], { layout: { kind: 'cell', separator: ',', column: 1 }, isHeading: true }],
    [[';code'], { layout: { kind: 'cell', separator: ';', column: 1 }, isHeading: true }],
  ])('%j: %j', (lines, layout) => {
    expect(found(...lines)).toEqual(layout)
  })
})

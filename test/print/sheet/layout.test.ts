import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError } from '../../../src/lib/errors.ts'
import { type Box, type Layout, type LayoutOptions, layOut } from '../../../src/print/sheet/layout.ts'
import { checkStock, STOCKS, type Stock, type StockName } from '../../../src/print/sheet/stock.ts'

const names = Object.keys(STOCKS) as StockName[]
const still = {
  offset: { right: 0, down: 0 },
  scale: { across: 1, down: 1 },
  dots: undefined,
  hiddenSize: undefined,
  design: 2,
} as const
const HAIR = 1e-6

const isWithin = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left - HAIR &&
  inner.top >= outer.top - HAIR &&
  inner.left + inner.width <= outer.left + outer.width + HAIR &&
  inner.top + inner.height <= outer.top + outer.height + HAIR

const inset = ({ left, top, width, height }: Box): Box => ({
  left: left + 1.5,
  top: top + 1.5,
  width: width - 3,
  height: height - 3,
})

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width - HAIR &&
  b.left < a.left + a.width - HAIR &&
  a.top < b.top + b.height - HAIR &&
  b.top < a.top + a.height - HAIR

/** What holds for every layout. The quiet zone is part of `symbol`, so it stays within its own label. */
function checkLaws(stock: Stock, { cells, dots, module, ...layout }: Layout, options: LayoutOptions): void {
  const { dpi, size, hiddenSize } = options
  const page = { left: 0, top: 0, width: stock.pageWidth, height: stock.pageHeight }
  expect(cells).toHaveLength(stock.columns * stock.rows)
  expect(Number.isInteger(dots) && dots >= 1).toBe(true)
  expect(module).toBeCloseTo((dots * 25.4) / dpi, 9)
  for (const [index, { label, symbol, text, hidden }] of cells.entries()) {
    expect(isWithin(label, page), 'a label leaves the page').toBe(true)
    expect(isWithin(symbol, label), 'a quiet zone leaves its label').toBe(true)
    expect(isWithin(text, label), 'text leaves its label').toBe(true)
    expect(overlap(text, symbol), 'text in a quiet zone').toBe(false)
    expect(symbol.width).toBeCloseTo((size + 8) * module, 9)
    if (options.design === 2) {
      const quiet = 4 * module
      const dark = {
        left: symbol.left + quiet,
        top: symbol.top + quiet,
        width: size * module,
        height: size * module,
      }
      expect(isWithin(dark, inset(label)), 'modules nearer than 1.5 mm to the edge').toBe(true)
      expect(isWithin(text, inset(label)), 'words nearer than 1.5 mm to the edge').toBe(true)
    }
    expect(hidden === undefined).toBe(hiddenSize === undefined)
    if (hidden !== undefined) {
      expect(isWithin(hidden, text), 'a hidden code outside the text').toBe(true)
      expect(hidden.width).toBeCloseTo(((hiddenSize! + 8) * layout.hiddenDots! * 25.4) / dpi, 9)
      expect(layout.hiddenDots).toBeLessThanOrEqual(dots)
    }
    const { left, top } = hidden ?? symbol
    for (const length of [symbol.left, symbol.top, left, top]) {
      const inDots = (length * dpi) / 25.4
      expect(inDots, 'not a whole dot').toBeCloseTo(Math.round(inDots), 6)
    }
    for (const other of cells.slice(Math.max(0, index - stock.columns - 1), index)) {
      expect(overlap(label, other.label), 'labels overlap').toBe(false)
    }
  }
}

const length = (min: number, max: number) =>
  fc.integer({ min: min * 10, max: max * 10 }).map((tenths) => tenths / 10)

/** A page around some labels. */
const anyStock: fc.Arbitrary<Stock> = fc
  .record({
    columns: fc.integer({ min: 1, max: 6 }),
    rows: fc.integer({ min: 1, max: 6 }),
    labelWidth: length(15, 100),
    labelHeight: length(15, 100),
    left: length(0, 20),
    top: length(0, 20),
    gapAcross: length(0, 10),
    gapDown: length(0, 10),
    right: length(0, 20),
    bottom: length(0, 20),
  })
  .map(({ right, bottom, ...stock }) => ({
    ...stock,
    pageWidth: stock.left + stock.columns * (stock.labelWidth + stock.gapAcross) - stock.gapAcross + right,
    pageHeight: stock.top + stock.rows * (stock.labelHeight + stock.gapDown) - stock.gapDown + bottom,
  }))

describe('the layout', () => {
  it.each(names)('of %s keeps every law at 203, 300 and 600 dpi', (name) => {
    for (const dpi of [203, 300, 600]) {
      for (const hiddenSize of [undefined, 21]) {
        for (const design of [1, 2] as const) {
          const options = { ...still, dpi, size: 41, hiddenSize, design }
          checkLaws(STOCKS[name], layOut(checkStock('stock', name), options), options)
        }
      }
    }
  })

  it('of any geometry keeps every law', () => {
    const versions = fc.integer({ min: 3, max: 12 })
    const dpis = fc.constantFrom(203, 300, 305, 600, 1200)
    let drawn = 0
    fc.assert(
      fc.property(
        anyStock,
        versions,
        dpis,
        fc.constantFrom(undefined, 21),
        (stock, version, dpi, hiddenSize) => {
          const options = { ...still, dpi, size: 17 + 4 * version, hiddenSize }
          let layout: Layout
          try {
            layout = layOut(checkStock('stock', stock), options)
          } catch (error) {
            expect(error).toMatchObject({ code: 'does_not_fit' })
            return
          }
          drawn++
          checkLaws(stock, layout, options)
        },
      ),
      { numRuns: 200, seed: 3 },
    )
    expect(drawn).toBeGreaterThan(150)
  })

  it('takes as many dots a module as there is room for, or as many as are wanted', () => {
    const options = { ...still, dpi: 600, size: 41 }
    const { dots } = layOut(STOCKS['a4-65'], options)
    // 21.2 mm are 500 dots at 600 dpi, and 49 modules with the quiet zone.
    expect(dots).toBe(10)
    expect(layOut(STOCKS['a4-65'], { ...options, dots: 6 }).dots).toBe(6)
    expect(() => layOut(STOCKS['a4-65'], { ...options, dots: 11 })).toThrow(/with 11 dots a module/)
  })

  it('moves and stretches labels, but no module', () => {
    const options = { ...still, dpi: 600, size: 41 }
    const plain = layOut(STOCKS['a4-24'], options)
    const offset = { right: 1, down: -2 }
    const moved = layOut(STOCKS['a4-24'], { ...options, offset, scale: { across: 1.01, down: 0.99 } })
    for (const [index, { label }] of moved.cells.entries()) {
      const before = plain.cells[index]!.label
      expect(label.left).toBeCloseTo(before.left * 1.01 + 1, 9)
      expect(label.top).toBeCloseTo(before.top * 0.99 - 2, 9)
      expect(label.width).toBeCloseTo(before.width * 1.01, 9)
      expect(label.height).toBeCloseTo(before.height * 0.99, 9)
    }
    expect(moved.module).toBe(plain.module)
    checkLaws(STOCKS['a4-24'], moved, options)
  })

  it('refuses to move labels off the page', () => {
    const far = () => layOut(STOCKS['a4-24'], { ...still, dpi: 600, size: 41, offset: { right: 8, down: 0 } })
    expect(far).toThrow(ArgumentRangeError)
    expect(far).toThrow(/^offset and scale: expected labels that stay on the page/)
  })
})

describe('a stock', () => {
  const own = STOCKS['a4-65']

  it.each<[string, unknown]>([
    ['stock', 'a4-66'],
    ['stock', 'toString'],
    ['stock.columns', { ...own, columns: 0 }],
    ['stock.rows', { ...own, rows: 1.5 }],
    ['stock.labelWidth', { ...own, labelWidth: 0 }],
    ['stock.left', { ...own, left: -1 }],
    ['stock.gapDown', { ...own, gapDown: Number.NaN }],
    ['stock.pageWidth', { ...own, pageWidth: 1e9 }],
    ['stock', { ...own, columns: 6 }],
    ['stock', { ...own, rows: 14 }],
    ['stock', { ...own, rows: 1e9 }],
  ])('with a fault in %s is refused', (place, stock) => {
    expect(() => checkStock('stock', stock as Stock)).toThrow(ArgumentRangeError)
    expect(() => checkStock('stock', stock as Stock)).toThrow(new RegExp(`^${place.replace('.', '\\.')}: `))
  })

  it('is a name or an object', () => {
    for (const stock of [null, undefined, 7])
      expect(() => checkStock('stock', stock as never)).toThrow(ArgumentTypeError)
    expect(() => checkStock('stock', { ...own, left: '1' } as never)).toThrow(ArgumentTypeError)
  })
})

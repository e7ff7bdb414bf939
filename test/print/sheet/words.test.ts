import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PdfDocument } from '../../../src/print/sheet/document.ts'
import type { Label } from '../../../src/print/sheet/label.ts'
import { layOut } from '../../../src/print/sheet/layout.ts'
import { compose } from '../../../src/print/sheet/second/compose.ts'
import { Composer } from '../../../src/print/sheet/second/composer.ts'
import type { Composition } from '../../../src/print/sheet/second/composition.ts'
import { STOCKS, type StockName } from '../../../src/print/sheet/stock.ts'
import type { LabelTemplate, SheetLanguage } from '../../../src/print/sheet/words.ts'
import { readRegistry } from '../../../src/registry/registry.ts'
import { fonts } from '../../support/labels.ts'
import { areWhole } from '../../support/laws.ts'

/** What labels say, and how large. */

const POINTS = 72 / 25.4
const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../examples/quang-ninh/${name}`, import.meta.url)))

const pdf = new PdfDocument({ width: 100, height: 100, fonts, title: '', created: new Date(0) })
pdf.addPage()
const measure = (text: string, font: 'regular' | 'bold') => pdf.widthOf(text, font, 1000) / 1000

function composerOf(
  stock: StockName,
  { language = 'vi', template = 'classic', symbol = false, dpi = 300 }: Partial<Choice> = {},
) {
  const layout = layOut(STOCKS[stock], {
    ...{ dpi, size: 41, hiddenSize: symbol ? 21 : undefined, dots: undefined, design: 2 },
    offset: { right: 0, down: 0 },
    scale: { across: 1, down: 1 },
  })
  const composer = new Composer(measure, { layout, language, template, logo: 2.5 })
  return { composer, text: layout.cells[0]!.text }
}

interface Choice {
  readonly language: SheetLanguage
  readonly template: LabelTemplate
  readonly symbol: boolean
  readonly dpi: number
}

/** The labels of the province: the longest names, or all of them. */
function provinceLabels(): Label[] {
  const reading = readRegistry({ facilities: read('facilities.csv'), products: read('products.csv') })
  if (!reading.ok) throw new Error('registry')
  const { products, facilities } = reading.catalogue
  const facilityOf = new Map(facilities.map(({ id, name }) => [id, name]))
  const labels = products.map(({ name, facility, stars }) => ({
    ...{ text: 'A', serial: 90_001, product: name, facility: facilityOf.get(facility), stars },
  }))
  const longest = [...labels].sort((a, b) => lengthOf(b) - lengthOf(a))
  return areWhole ? labels : longest.slice(0, 12)
}
const lengthOf = ({ product = '', facility = '' }: Label) => product.length + facility.length

const sizesOf = ({ lines }: Composition, font: string) =>
  lines.filter((line) => line.font === font).map(({ size }) => size)

function checkRules(composition: Composition, { width, height }: { width: number; height: number }): void {
  const { lines, serial, stars, logo, cuts } = composition
  const [wide, high] = [width * POINTS + 1e-6, height * POINTS + 1e-6]
  for (const { text, font, size, left, top } of lines) {
    expect(size, text).toBeGreaterThanOrEqual(5)
    expect(left + measure(text, font) * size, text).toBeLessThanOrEqual(wide)
    expect(top, text).toBeGreaterThanOrEqual(-1e-6)
    expect(top + size, text).toBeLessThanOrEqual(high)
  }
  expect(serial.length).toBeGreaterThan(0)
  for (const { place } of serial) {
    expect(place.size).toBeGreaterThanOrEqual(6)
    expect(place.left + measure(place.text, place.font) * place.size).toBeLessThanOrEqual(wide)
    expect(place.top + place.size).toBeLessThanOrEqual(high)
  }
  if (stars) expect(stars.left + stars.count * stars.size).toBeLessThanOrEqual(wide)
  if (logo) expect(logo.left + logo.width).toBeLessThanOrEqual(wide)
  const names = sizesOf(composition, 'bold')
  // Product, then all else; only the serial has a smallest size of its own.
  if (cuts.length === 0 && names.length > 0)
    expect(Math.max(...sizesOf(composition, 'regular'), 0)).toBeLessThanOrEqual(names[0]!)
}

describe('the words of every stock', () => {
  const labels = provinceLabels()
  const claims = { lot: 'T3-2026', made: '2026-03-01', expires: '2027-03-01' }

  it.each(Object.keys(STOCKS) as StockName[])('of %s keep the rules of print', (stock) => {
    for (const language of ['vi', 'en'] as const)
      for (const template of ['classic', 'minimal', 'logo'] as const) {
        const { composer, text } = composerOf(stock, { language, template })
        for (const label of labels) {
          checkRules(composer.of(label), text)
          const sealed = { ...label, ...claims, hiddenCode: 'AAAA-AAAA-AAAA-AAAA' }
          const room = { width: text.width, height: text.height - composer.place.height / POINTS }
          const composition = composer.of(sealed)
          checkRules(composition, room)
          for (const { size } of composer.place.caption) expect(size).toBeLessThanOrEqual(5)
        }
      }
  })

  it.each<[StockName, boolean, number]>([
    ['a4-65', false, 2],
    ['a4-65', true, 0],
    ['roll-35x22x3', false, 4],
    ['a4-21', true, 0],
  ])('of %s have room for a caption and a code below them', (stock, symbol, rows) => {
    const { composer, text } = composerOf(stock, { symbol })
    const { caption, frame, code } = composer.place
    for (const each of caption) {
      expect(measure(each.text, each.font) * each.size).toBeLessThanOrEqual(text.width * POINTS)
      expect(each.top + each.size).toBeLessThanOrEqual(frame.top + 0.5)
    }
    expect(frame.top + frame.height).toBeLessThanOrEqual(text.height * POINTS + 1e-6)
    expect(code).toHaveLength(symbol ? 0 : rows)
    for (const { place } of code) expect(place.size).toBeGreaterThanOrEqual(5)
    const letters = 'ABCD-EFGH-JKMN-PQRS'
    const printed = code.map(({ from, to }) => letters.slice(from, to)).join('-')
    expect(printed).toBe(symbol ? '' : letters)
  })
})

describe('the words of a label', () => {
  const label: Label = { text: 'A', serial: 90_001 }

  it('take a second line before they shrink', () => {
    const { composer, text } = composerOf('a4-21')
    const product = 'Chả mực giã tay Hạ Long'
    const { lines } = composer.of({ ...label, product })
    const names = lines.filter(({ font }) => font === 'bold')
    expect(names.length).toBeGreaterThan(1)
    expect(names[0]!.size).toBeGreaterThan((text.width * POINTS) / measure(product, 'bold'))
  })

  it('are as large as the largest that fits', () => {
    const { composer } = composerOf('roll-60x40')
    expect(sizesOf(composer.of({ ...label, product: 'Sá sùng' }), 'bold')).toEqual([14])
  })

  it('are cut after a whole word, and say what is left of them', () => {
    const { composer } = composerOf('a4-65')
    const { cuts, lines } = composer.of({ ...label, product: 'Rất dài '.repeat(30).trim() })
    expect(cuts).toEqual([{ field: 'product', printed: expect.stringMatching(/^(Rất dài )+(Rất )?…$/) }])
    expect(lines.map(({ text }) => text).join(' ')).toBe(cuts[0]!.printed)
  })

  it('are letters of a word that alone is too long', () => {
    const { composer } = composerOf('a4-65')
    const { cuts } = composer.of({ ...label, product: 'x'.repeat(60) })
    expect(cuts).toEqual([{ field: 'product', printed: expect.stringMatching(/^x{10,}…$/) }])
  })

  it('leave nothing out where there is room', () => {
    const { composer } = composerOf('roll-60x40')
    const all = { ...label, product: 'Chè', facility: 'HTX', stars: 5, lot: 'L-7', made: '2026-03-01' }
    const { cuts, lines, stars } = composer.of({ ...all, expires: '2027-03-01' })
    expect(cuts).toEqual([])
    expect(stars?.count).toBe(5)
    expect(lines.map(({ text }) => text).join(' ')).toBe('Chè HTX OCOP Lô L-7 NSX 01/03/2026 HSD 01/03/2027')
  })

  it('are the language of the labels', () => {
    const { composer } = composerOf('roll-60x40', { language: 'en' })
    const { lines } = composer.of({ ...label, lot: 'L-7', expires: '2027-03-01' })
    expect(lines.map(({ text }) => text).join(' ')).toBe('Lot L-7 Exp. 2027-03-01')
    expect(composer.serialText(label)).toBe('No. 90001')
  })

  it('are name and serial alone in the minimal template', () => {
    const { composer } = composerOf('a4-24', { template: 'minimal' })
    const { lines, stars } = composer.of({ ...label, product: 'Chè', facility: 'HTX', stars: 5, lot: 'L-7' })
    expect([lines.map(({ text }) => text), stars]).toEqual([['Chè'], undefined])
  })

  it('break a serial in two only where it is too long for its smallest letters', () => {
    const { composer } = composerOf('a4-65')
    const { serial } = composer.of({ ...label, serial: Number.MAX_SAFE_INTEGER })
    expect(serial.length).toBeGreaterThan(1)
    expect(new Set(serial.map(({ place }) => place.size))).toEqual(new Set([6]))
    const text = composer.serialText({ ...label, serial: Number.MAX_SAFE_INTEGER })
    expect(
      serial
        .map(({ from, to }) => text.slice(from, to))
        .join('')
        .replace(/\s/g, ''),
    ).toBe(`Số${Number.MAX_SAFE_INTEGER}`)
  })

  it('are refused where not even a serial has room', () => {
    const request = { words: {}, lines: [], between: ' ', serial: 'Số 00000', template: 'classic' } as const
    const room = { logo: undefined, width: 40, height: 6, centred: false }
    expect(() => compose(measure, { ...request, ...room })).toThrow(
      expect.objectContaining({ code: 'does_not_fit', details: expect.objectContaining({ what: 'words' }) }),
    )
    expect(compose(measure, { ...request, ...room, height: 7 }).cuts).toEqual([])
  })
})

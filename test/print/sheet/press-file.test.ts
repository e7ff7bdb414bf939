import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { svgLogo } from '../../../src/print/drawing/svg-logo.ts'
import type { SheetOptions } from '../../../src/print/sheet/options.ts'
import type { PdfOptions } from '../../../src/print/sheet/pdf-options.ts'
import { TEST_TEXT } from '../../../src/print/sheet/roll.ts'
import { createSheet } from '../../../src/print/sheet/sheet.ts'
import { STOCKS, type Stock } from '../../../src/print/sheet/stock.ts'
import { decodeText } from '../../../src/stamp/carrier.ts'
import { tidyScan } from '../../../src/stamp/tidy.ts'
import { inflated } from '../../support/first-sheets.ts'
import { fileOf, fonts, labelsOf } from '../../support/labels.ts'

/** What a press's workflow asks of a PDF, read from the file. */

const POINTS = 72 / 25.4
const LOGO = svgLogo(
  '<svg viewBox="0 0 20 10"><rect width="20" height="10" fill="#a00"/><circle cx="9" cy="5" r="3" fill="white"/></svg>',
)

async function press(options: Partial<SheetOptions>, run: PdfOptions = {}, count = 70): Promise<string> {
  const sheet = createSheet({ stock: 'a4-65', fonts, version: 7, ...options })
  return inflated(await fileOf(sheet.pdf(labelsOf(count, { sealed: true }), run))).toString('latin1')
}

const boxesIn = (pdf: string, name: string): number[][] =>
  [...pdf.matchAll(new RegExp(`/${name} \\[([^\\]]*)\\]`, 'g'))].map(([, box]) => box!.split(' ').map(Number))

/** Operators that set a colour: none but black and white in gray, which presses print with black ink alone. */
const coloursIn = (content: string): string[] =>
  [...content.matchAll(/(?:^|\s)((?:[\d.]+ )*)(g|G|rg|RG|k|K|cs|CS|sc|SC|scn|SCN|sh|ri)(?=\s)/g)].map(
    ([, values, name]) => `${values}${name}`,
  )

/** Contents of pages and of drawings, without the bits of symbols. */
const contentsOf = (pdf: string): string =>
  [...pdf.matchAll(/(?:1 0 0 -1 0 [\d.]+ cm|\/Subtype \/Form)[\s\S]*?endobj/g)]
    .map(([content]) => content.replace(/ID [\s\S]*?\nEI/g, 'ID EI'))
    .join('\n')

/** A title as PDF writes letters that ASCII lacks. */
const titleIn = (pdf: string): string => {
  const [, object] = /\/Title (\d+) 0 R/.exec(pdf)!
  const [, written] = new RegExp(`\\n${object} 0 obj\\n\\(([\\s\\S]*?)\\)\\nendobj`).exec(pdf)!
  const bytes = Buffer.from(written!.replace(/\\([()\\])/g, '$1'), 'latin1')
  return bytes.subarray(2).swap16().toString('utf16le')
}

describe('a PDF for a press', () => {
  it('is PDF 1.7 with a title and a language, and is printed in its own size', async () => {
    const pdf = await press({ title: 'Chè (A & B)', language: 'en' })
    expect(pdf).toMatch(/^%PDF-1\.7\n/)
    expect(titleIn(pdf)).toBe('Chè (A & B)')
    expect(pdf).toMatch(/\/Lang \(en\)/)
    expect(pdf).toMatch(/\/ViewerPreferences \d+ 0 R/)
    expect(pdf).toMatch(/\/DisplayDocTitle true\n\/PrintScaling \/None/)
    expect(await press({})).toMatch(/\/Lang \(vi\)/)
  })

  it('says on every page what is left when it is cut, and how far colour may run over', async () => {
    for (const stock of ['a4-65', 'a4-21', 'roll-35x22x3'] as const) {
      const pdf = await press({ stock, dpi: 300 })
      const [media, trim, bleed] = ['MediaBox', 'TrimBox', 'BleedBox'].map((name) => boxesIn(pdf, name))
      expect(trim!.length).toBe(media!.length)
      expect(bleed!.length).toBe(media!.length)
      const { pageHeight, left, top, columns, rows, labelWidth, labelHeight, gapAcross, gapDown } = STOCKS[
        stock
      ] as Stock
      const right = left + columns * (labelWidth + gapAcross) - gapAcross
      const bottom = top + rows * (labelHeight + gapDown) - gapDown
      const labels = [left, pageHeight - bottom, right, pageHeight - top].map((each) => each * POINTS)
      for (const [i, each] of trim!.entries()) {
        for (const [side, value] of each.entries()) expect(value).toBeCloseTo(labels[side]!, 2)
        const [inner, outer] = [bleed![i]!, media![i]!]
        for (const side of [0, 1]) {
          expect(inner[side]!).toBeLessThanOrEqual(each[side]! + 0.01)
          expect(inner[side]!).toBeGreaterThanOrEqual(outer[side]! - 0.01)
          expect(inner[side + 2]!).toBeGreaterThanOrEqual(each[side + 2]! - 0.01)
          expect(inner[side + 2]!).toBeLessThanOrEqual(outer[side + 2]! + 0.01)
        }
      }
    }
  })

  it('has black alone, whatever colours a logo had', async () => {
    for (const options of [{}, { template: 'logo', logo: LOGO }] as const) {
      const pdf = contentsOf(await press({ stock: 'a4-21', ...options }, { cropMarks: 'labels' }))
      const colours = coloursIn(pdf)
      expect(colours.length).toBeGreaterThan(1)
      expect(new Set(colours)).toEqual(new Set('logo' in options ? ['0 g', '0 G', '1 g'] : ['0 g', '0 G']))
      expect(pdf).not.toMatch(/\/DeviceRGB|\/DeviceCMYK|\/ICCBased|\/Subtype \/Image/)
      expect(pdf.match(/\/IM true/g)!.length).toBeGreaterThan(20)
    }
  })

  it('has all its fonts in it', async () => {
    const pdf = await press({})
    const names = [...pdf.matchAll(/\/Type \/Font\n[\s\S]*?endobj/g)].map(([font]) => font)
    expect(names.length).toBeGreaterThanOrEqual(4)
    const descriptors = [...pdf.matchAll(/\/Type \/FontDescriptor[\s\S]*?endobj/g)].map(([each]) => each)
    expect(descriptors).toHaveLength(2)
    for (const each of descriptors) expect(each).toMatch(/\/FontFile2 \d+ 0 R/)
    expect(pdf).not.toMatch(/\/BaseFont \/(Helvetica|Times|Courier)/)
  })

  it('draws the logo once, however many labels show it', async () => {
    const pdf = await press({ stock: 'a4-21', template: 'logo', logo: LOGO }, {}, 63)
    expect(pdf.match(/\/Subtype \/Form/g)).toHaveLength(1)
    expect(pdf.match(/\/Logo Do/g)!.length).toBe(63)
  })

  it('has marks at the corners of all labels where that is asked for, and none on a label', async () => {
    const plate = { ...STOCKS['a4-40'], columns: 2, rows: 3, gapAcross: 4, gapDown: 4 }
    const linesOf = async (cropMarks: PdfOptions['cropMarks']) => {
      const pdf = contentsOf(await press({ stock: plate }, { cropMarks }, 1))
      const number = '(-?[\\d.]+)'
      const pattern = new RegExp(`${number} ${number} m ${number} ${number} l S`, 'g')
      return [...pdf.matchAll(pattern)].map(([, ...at]) => at.map(Number))
    }
    expect(await linesOf(undefined)).toEqual([])
    const marks = await linesOf('labels')
    // Two at each of four corners.
    expect(marks).toHaveLength(6 * 8)
    const { cells } = createSheet({ stock: plate, fonts, version: 7 }).layout
    for (const [fromX, fromY, toX, toY] of marks)
      for (const { label } of cells) {
        const [x, y] = [(fromX! + toX!) / 2 / POINTS, (fromY! + toY!) / 2 / POINTS]
        const isInside =
          x > label.left && x < label.left + label.width && y > label.top && y < label.top + label.height
        expect(isInside).toBe(false)
      }
    expect((await linesOf(true)).length).toBeLessThan(marks.length)
  })
})

const canRead = spawnSync('pdftotext', ['-v']).error === undefined

describe.skipIf(!canRead)(
  `what stands beside the labels${canRead ? '' : ' (skipped: poppler-utils is not installed)'}`,
  () => {
    let folder: string
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'veristamp-'))
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    /** Lines of each page, with where they stand in points from the top. */
    async function pagesOf(options: Partial<SheetOptions>, run: PdfOptions, count: number) {
      const sheet = createSheet({ stock: 'a4-65', fonts, version: 7, ...options })
      const file = join(folder, 'sheet.pdf')
      writeFileSync(file, await fileOf(sheet.pdf(labelsOf(count), run)))
      const xml = execFileSync('pdftotext', ['-bbox-layout', file, '-'], { encoding: 'utf8' })
      return xml
        .split('<page ')
        .slice(1)
        .map((page) =>
          [...page.matchAll(/<line [^>]*yMin="([\d.]+)"[^>]*>([\s\S]*?)<\/line>/g)].map(([, top, words]) => ({
            top: Number(top),
            text: [...words!.matchAll(/<word [^>]*>([^<]*)</g)].map(([, word]) => word).join(' '),
          })),
        )
    }

    it('is the run, the page and its serials, outside the trim', async () => {
      const footer = { run: '12-104-7-3', pages: 9, page: 4 }
      const pages = await pagesOf({}, { footer, start: 60 }, 70)
      const { top, rows, labelHeight } = STOCKS['a4-65']
      const edge = (top + rows * labelHeight) * POINTS
      const footers = pages.map((lines) => lines.filter((each) => each.top > edge))
      expect(footers.map((lines) => lines.map(({ text }) => text).join(' '))).toEqual([
        '12-104-7-3 · trang 4/9 · số 90001 đến 90006',
        '12-104-7-3 · trang 5/9 · số 90007 đến 90070',
      ])
      const hidden = await pagesOf({ language: 'en' }, { footer, layer: 'hidden' }, 2)
      expect(hidden[0]!.map(({ text }) => text)).toEqual([
        '12-104-7-3 · page 4 of 9 · serials 90001 to 90002 · hidden codes',
      ])
    })

    it('is nothing where the paper ends with the labels', async () => {
      const pages = await pagesOf(
        { stock: 'roll-50x30', dpi: 300 },
        { footer: { run: '12-104-7-3', pages: 1 } },
        1,
      )
      expect(pages[0]!.map(({ text }) => text).join(' ')).not.toContain('12-104')
    })

    it('begins a roll: its number and serials, then test labels, then the labels', async () => {
      const roll = { run: '12-104-7-3', number: 2, of: 7, first: 90_001, last: 90_006 }
      const pages = await pagesOf({ stock: 'roll-35x22x3', dpi: 300 }, { roll }, 6)
      const texts = pages.map((lines) => lines.map(({ text }) => text).join(' '))
      expect(texts).toHaveLength(4)
      for (const each of ['Cuộn 2/7', '12-104-7-3', '90001 đến 90006']) expect(texts[0]).toContain(each)
      expect(texts[1]).toContain('NHÃN THỬ')
      expect(texts[1]).toContain('Không phải tem')
      expect(texts[1]).not.toMatch(/\d{5}/)
      expect(texts[2]).toContain('Số 90001')
      expect(texts[3]).toContain('Số 90006')
    })
  },
)

describe('a test label', () => {
  it('is never a stamp, however its code is tidied up', () => {
    const spoiled = [` ${TEST_TEXT}`, `${TEST_TEXT} `, TEST_TEXT.toLowerCase(), `]Q1${TEST_TEXT}`]
    // No carrier has such a text, so no verifier comes as far as a signature.
    for (const text of [TEST_TEXT, ...spoiled])
      expect(() => decodeText(tidyScan(text)), text).toThrow(expect.objectContaining({ name: 'Malformed' }))
  })
})

import { createPress, type Press } from '../press/press.ts'
import { cropMarks, labelMarks, symbolContent } from './content.ts'
import type { LabelDesign } from './design.ts'
import { type LinePlace, PdfDocument, POINTS, type PressMarks } from './document.ts'
import { FirstDesign } from './first/design.ts'
import { checkLabel, type Label } from './label.ts'
import type { Box, Cell, Layout } from './layout.ts'
import type { CheckedOptions } from './options.ts'
import type { PdfOptions, SheetFooter, SheetRoll } from './pdf-options.ts'
import { rollLeader, TEST_TEXT, testLabel } from './roll.ts'
import { composerOptions } from './second/composer.ts'
import { LOGO_FORM, SecondDesign } from './second/design.ts'
import { logoForm } from './second/logo-form.ts'
import type { Stock } from './stock.ts'
import { SHEET_WORDS, type SheetWords } from './words.ts'

const FOOTER_SIZE = 6
/** Millimetres that a footer needs below the labels, or above. */
const FOOTER_ROOM = 4
/** Millimetres of the bleed. */
const BLEED = 3

export function openDocument(
  { stock, fonts, title, created, design, language, logo }: CheckedOptions,
  layout: Layout,
) {
  const [width, height] = [stock.pageWidth * POINTS, stock.pageHeight * POINTS]
  const press = design === 1 ? undefined : pressMarks(stock, layout, language)
  const pdf = new PdfDocument({ width, height, fonts, title, created, press })
  if (logo !== undefined) pdf.addForm(LOGO_FORM, logoForm(logo), 1, 1)
  return pdf
}

/** Around all labels; boxes of PDF count from the bottom. */
function pressMarks(stock: Stock, { cells }: Layout, language: string): PressMarks {
  const { pageWidth, pageHeight } = stock
  const { left, top, right, bottom } = edgesOf(cells)
  const box = (bleed: number) =>
    [
      Math.max(0, left - bleed),
      Math.max(0, pageHeight - bottom - bleed),
      Math.min(pageWidth, right + bleed),
      Math.min(pageHeight, pageHeight - top + bleed),
    ].map((millimetres) => millimetres * POINTS)
  return { language, trim: box(0), bleed: box(BLEED) }
}

function edgesOf(cells: readonly Cell[]) {
  const labels = cells.map(({ label }) => label)
  return {
    left: Math.min(...labels.map(({ left }) => left)),
    top: Math.min(...labels.map(({ top }) => top)),
    right: Math.max(...labels.map(({ left, width }) => left + width)),
    bottom: Math.max(...labels.map(({ top, height }) => top + height)),
  }
}

/** The page that is being filled. */
export class Page {
  readonly capacity: number
  readonly #pdf: PdfDocument
  readonly #press: Press
  readonly #layout: Layout
  readonly #stock: Stock
  readonly #words: SheetWords
  readonly #isHidden: boolean
  readonly #marks: string
  readonly #design: LabelDesign
  readonly #footer: SheetFooter | undefined
  #footerPlace: LinePlace | undefined
  #number: number
  #first: Label['serial'] | undefined
  #last: Label['serial'] | undefined

  constructor(options: CheckedOptions, layout: Layout, given: PdfOptions) {
    this.capacity = layout.cells.length
    this.#pdf = openDocument(options, layout)
    this.#press = createPress({ level: options.level, version: options.version })
    this.#layout = layout
    this.#stock = options.stock
    this.#words = SHEET_WORDS[options.language]
    this.#isHidden = given.layer === 'hidden'
    this.#footer = given.footer
    this.#number = (given.footer?.page ?? 1) - 1
    const labels = layout.cells.map(({ label }) => label)
    this.#marks = marksOf(given.cropMarks, options.stock, labels)
    this.#design =
      options.design === 1
        ? new FirstDesign(this.#pdf, layout, options.language)
        : new SecondDesign(this.#pdf, composerOptions(options, layout))
  }

  open(): void {
    this.#endPage()
    this.#begin()
    this.#number++
  }

  #begin(): void {
    this.#pdf.addPage()
    this.#pdf.write(`0 g 0 G\n${this.#marks}`)
  }

  take(): Uint8Array[] {
    return this.#pdf.take()
  }

  close(): Uint8Array[] {
    this.#endPage()
    return this.#pdf.end()
  }

  put(label: Label, place: number): void {
    const { hiddenCode, serial } = checkLabel(label)
    const cell = this.#layout.cells[place]!
    this.#first ??= serial
    this.#last = serial
    if (this.#isHidden) {
      if (hiddenCode === undefined) return
      for (const part of this.#design.code(hiddenCode, cell)) this.#pdf.write(part)
      return
    }
    this.#putSymbol(label.text, cell)
    for (const part of this.#design.words(label, cell)) this.#pdf.write(part)
  }

  #putSymbol(text: string, { symbol: { left, top, width } }: Cell): void {
    const { module } = this.#layout
    const symbol = this.#press.symbol(text)
    const quiet = (width - symbol.size * module) / 2
    for (const part of symbolContent(symbol, left + quiet, top + quiet, module)) this.#pdf.write(part)
  }

  /** What begins a roll: a page that says which roll it is, and one of test labels, which no verifier takes for stamps. */
  beginRoll(roll: SheetRoll): void {
    this.#begin()
    for (const { label } of this.#layout.cells)
      this.#pdf.write(rollLeader(this.#pdf, this.#words, roll, label))
    this.#begin()
    for (const cell of this.#layout.cells) {
      if (!this.#isHidden) this.#putSymbol(TEST_TEXT, cell)
      this.#pdf.write(testLabel(this.#pdf, this.#words, cell))
    }
  }

  /** The footer of the page that is complete: it names the serials on it. */
  #endPage(): void {
    const top = this.#footer && footerTop(this.#stock, this.#layout)
    if (this.#footer === undefined || top === undefined || this.#number < (this.#footer.page ?? 1)) return
    const { run, pages } = this.#footer
    const { page, serials, hiddenLayer } = this.#words
    const parts = [
      run,
      page(this.#number, pages),
      ...(this.#first === undefined ? [] : [serials(String(this.#first), String(this.#last))]),
      ...(this.#isHidden ? [hiddenLayer] : []),
    ]
    const { left } = edgesOf(this.#layout.cells)
    this.#footerPlace ??= this.#pdf.place('regular', FOOTER_SIZE, left * POINTS, top * POINTS)
    this.#pdf.write(this.#pdf.line(parts.join(' · '), this.#footerPlace))
    this.#first = undefined
  }
}

function marksOf(asked: PdfOptions['cropMarks'], stock: Stock, labels: readonly Box[]): string {
  if (asked === 'labels') return labelMarks(stock, labels)
  return asked === true ? cropMarks(stock, labels) : ''
}

/** Below the labels and their marks, or above; undefined where the paper ends with them. */
function footerTop({ pageHeight }: Stock, { cells }: Layout): number | undefined {
  const { top, bottom } = edgesOf(cells)
  const height = (FOOTER_SIZE * 1.2) / POINTS
  if (pageHeight - bottom >= FOOTER_ROOM)
    return Math.max(bottom + 1, Math.min(bottom + 4.5, pageHeight - height - 1))
  return top >= FOOTER_ROOM ? Math.min(top - height - 1, Math.max(1, top - 4.5 - height)) : undefined
}

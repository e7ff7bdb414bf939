import { type FontName, PdfDocument, POINTS, type SheetFonts } from '../../print/sheet/document.ts'

/** Documents for people to read on paper: headings, lines and tables, flowing over pages of A4 that lie on their side. */

export type Block =
  | { readonly kind: 'title' | 'heading' | 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly PaperRow[] }

export interface Column {
  readonly title: string
  /** A share of the width. */
  readonly share: number
  readonly isNumber?: boolean | undefined
}

/** Cells, or a line across the table. */
export type PaperRow = readonly string[] | string

export interface PaperOptions {
  readonly title: string
  readonly created: Date
  readonly fonts: SheetFonts
  /** The foot of a page. */
  readonly foot: (page: number, pages: number) => string
}

const WIDTH = 297 * POINTS
const HEIGHT = 210 * POINTS
const MARGIN = 15 * POINTS
const INNER = WIDTH - 2 * MARGIN
/** Where text ends, and the foot begins below. */
const BOTTOM = HEIGHT - MARGIN - 12
const SIZES = { title: 18, heading: 12, text: 9, cell: 8 }
const LEADING = 1.35
const GAP = 9

interface Line {
  readonly text: string
  readonly font: FontName
  readonly size: number
  readonly left: number
  readonly top: number
}

interface Page {
  readonly lines: Line[]
  /** Heights of thin lines across the page. */
  readonly rules: number[]
}

/** The file. Letters that the font lacks are written as `?`. */
export function writePaper(blocks: readonly Block[], options: PaperOptions): Uint8Array[] {
  const { fonts, title, created, foot } = options
  const pdf = new PdfDocument({ width: WIDTH, height: HEIGHT, fonts, title, created })
  pdf.addPage()
  const pages = new Flow(pdf).pages(blocks)
  for (const [index, { lines, rules }] of pages.entries()) {
    if (index > 0) pdf.addPage()
    for (const { text, font, size, left, top } of lines) pdf.write(pdf.text(text, font, size, left, top))
    // Annex A of ISO 32000-1: the width and the grey of a line, from where, to where, drawn.
    for (const top of rules) pdf.write(`0.4 w 0.6 G ${MARGIN} ${top} m ${WIDTH - MARGIN} ${top} l S`)
    const text = foot(index + 1, pages.length)
    pdf.write(pdf.text(text, 'regular', SIZES.cell, MARGIN, HEIGHT - MARGIN - 4))
  }
  return pdf.end()
}

/** Sets blocks below each other, page after page. */
class Flow {
  readonly #pdf: PdfDocument
  readonly #pages: Page[] = [{ lines: [], rules: [] }]
  readonly #widths = new Map<string, number>()
  #top = MARGIN

  constructor(pdf: PdfDocument) {
    this.#pdf = pdf
  }

  pages(blocks: readonly Block[]): readonly Page[] {
    for (const block of blocks) {
      if (block.kind === 'table') this.#table(block.columns, block.rows)
      else this.#paragraph(block.kind, block.text)
    }
    return this.#pages
  }

  #turn(): void {
    this.#pages.push({ lines: [], rules: [] })
    this.#top = MARGIN
  }

  #paragraph(kind: 'title' | 'heading' | 'text', text: string): void {
    const size = SIZES[kind]
    const font = kind === 'text' ? 'regular' : 'bold'
    if (kind === 'heading') this.#top += size
    // A heading stays with what it heads.
    const room = kind === 'heading' ? 5 : 1
    for (const line of this.#wrap(text, font, size, INNER)) {
      if (this.#top + room * size * LEADING > BOTTOM) this.#turn()
      this.#set(line, font, size, MARGIN)
      this.#top += size * LEADING
    }
  }

  #table(columns: readonly Column[], rows: readonly PaperRow[]): void {
    const all = columns.reduce((sum, { share }) => sum + share, 0)
    const widths = columns.map(({ share }) => (INNER * share) / all)
    const head = () =>
      this.#row(
        columns,
        widths,
        columns.map(({ title }) => title),
        'bold',
      )
    head()
    for (const row of rows) {
      const isBand = typeof row === 'string'
      const cells = isBand ? this.#wrap(row, 'bold', SIZES.cell, INNER) : this.#cells(row, widths)
      const height = isBand ? cells.length : Math.max(...(cells as string[][]).map(({ length }) => length))
      if (this.#top + (height + (isBand ? 1 : 0)) * SIZES.cell * LEADING > BOTTOM) {
        this.#turn()
        head()
      }
      if (isBand) this.#band(cells as string[])
      else this.#row(columns, widths, row, 'regular')
    }
  }

  #cells(row: readonly string[], widths: readonly number[], font: FontName = 'regular'): string[][] {
    return row.map((cell, i) => this.#wrap(cell, font, SIZES.cell, widths[i]! - GAP))
  }

  #band(lines: readonly string[]): void {
    this.#top += 3
    for (const line of lines) {
      this.#set(line, 'bold', SIZES.cell, MARGIN)
      this.#top += SIZES.cell * LEADING
    }
  }

  #row(columns: readonly Column[], widths: readonly number[], row: readonly string[], font: FontName): void {
    const cells = this.#cells(row, widths, font)
    let left = MARGIN
    for (const [i, lines] of cells.entries()) {
      for (const [n, line] of lines.entries()) {
        const space = columns[i]!.isNumber ? widths[i]! - GAP - this.#widthOf(line, font, SIZES.cell) : 0
        this.#set(line, font, SIZES.cell, left + space, this.#top + n * SIZES.cell * LEADING)
      }
      left += widths[i]!
    }
    this.#top += Math.max(...cells.map(({ length }) => length)) * SIZES.cell * LEADING + 1
    if (font === 'bold') this.#pages.at(-1)!.rules.push(this.#top)
    this.#top += 1
  }

  #set(text: string, font: FontName, size: number, left: number, top = this.#top): void {
    if (text !== '') this.#pages.at(-1)!.lines.push({ text, font, size, left, top })
  }

  #wrap(text: string, font: FontName, size: number, width: number): string[] {
    const lacking = new Set(this.#pdf.missingLetters(text, font))
    const own = [...text].map((letter) => (lacking.has(letter) ? '?' : letter)).join('')
    const lines: string[] = []
    let line = ''
    // What has no blank to break at is broken after a dash, or anywhere.
    for (const word of own.split(/(?<=[ -])/)) {
      if (this.#widthOf((line + word).trimEnd(), font, size) <= width) {
        line += word
        continue
      }
      if (line !== '') lines.push(line.trimEnd())
      line = ''
      for (const letter of word) {
        if (line !== '' && this.#widthOf(line + letter, font, size) > width) {
          lines.push(line)
          line = ''
        }
        line += letter
      }
    }
    return [...lines, line.trimEnd()]
  }

  #widthOf(text: string, font: FontName, size: number): number {
    const key = `${font} ${text}`
    const known = this.#widths.get(key) ?? this.#pdf.widthOf(text, font, 1)
    this.#widths.set(key, known)
    return known * size
  }
}

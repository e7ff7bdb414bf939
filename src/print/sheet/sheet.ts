import { type ArgumentTable, aFlag, aSource, checkTable, ifGiven, oneOf } from '../../lib/arguments.ts'
import type { Bytes } from '../../lib/bytes.ts'
import { concatBytes } from '../../lib/bytes.ts'
import { checkInteger } from '../../lib/checks.ts'
import { elementLines } from '../../stamp/gs1-link.ts'
import { createPress, type Press } from '../press/press.ts'
import { drawCalibration } from './calibration.ts'
import { cropMarks, symbolContent } from './content.ts'
import { PdfDocument, POINTS } from './document.ts'
import { composeFace, type Face, moved, SHEET_WORDS, type SheetLanguage } from './face.ts'
import { type HiddenPlace, lettersPlace, symbolPlace } from './hidden-place.ts'
import { checkLabel, type Label } from './label.ts'
import { type Cell, FEWEST_DOTS, type Layout, layOut } from './layout.ts'
import { type CheckedOptions, checkSheetOptions, type SheetOptions } from './options.ts'

/** Fewer dots a module than DENSO, who invented the QR code, asks for. */
export interface SheetWarning {
  readonly code: 'few_dots'
  readonly message: string
  /** Whose symbols have how many dots a module, and how many they need. */
  readonly details: { readonly symbol: 'stamp' | 'hidden'; readonly dots: number; readonly min: number }
}

export interface PdfOptions {
  /** `stamp` by default: symbol and words. `hidden`: the hidden codes alone, for a pass of its own. */
  readonly layer?: 'stamp' | 'hidden' | undefined
  /** The first label of the first page to print on, from 1: those before it are used up. */
  readonly start?: number | undefined
  /** Marks in the margins where the labels' edges are. */
  readonly cropMarks?: boolean | undefined
}

const pdfFields: ArgumentTable<PdfOptions> = {
  layer: ifGiven(oneOf('stamp', 'hidden')),
  start: () => {}, // asked when the labels are
  cropMarks: ifGiven(aFlag),
}

/** Prints labels on one kind of paper. */
export interface Sheet {
  readonly layout: Layout
  readonly warnings: readonly SheetWarning[]
  /**
   * A PDF file of labels, in pieces: no more than a page or 64 kB is held at a time. The same labels make the same bytes.
   * @throws an argument error that names the label's field; VeristampError `does_not_fit` for a text that is too
   * long for the sheet's version
   */
  pdf(labels: Iterable<Label> | AsyncIterable<Label>, options?: PdfOptions): AsyncGenerator<Uint8Array, void>
  /** A PDF page of frames and rulers, to find the offset and the scale of a printer. */
  calibration(): Bytes
}

/** Faces kept: more than a province has products. */
const MAX_FACES = 5_000

/**
 * Prepares sheets: the places of labels and symbols, snapped to whole dots of the printer.
 * @throws an argument error for bad options; VeristampError `does_not_fit` for labels that are too small
 * @example
 * ```ts
 * import { createSheet } from 'veristamp/sheet'
 *
 * const sheet = createSheet({ stock: 'a4-65', fonts: { regular: font }, dpi: 600 })
 * const labels = [{ text: scanned, serial: 90_001, product: 'Green tea', stars: 4 }]
 * let bytes = 0
 * for await (const chunk of sheet.pdf(labels)) bytes += chunk.length
 * bytes > 1000 // → true
 * ```
 */
export function createSheet(options: SheetOptions): Sheet {
  const checked = checkSheetOptions(options)
  const layout = layOut(checked.stock, checked)
  const warnings = [
    ...fewDots('stamp', layout.dots),
    ...(layout.hiddenDots === undefined ? [] : fewDots('hidden', layout.hiddenDots)),
  ]
  return {
    layout,
    warnings,
    pdf(labels, given = {}) {
      aSource('labels', labels)
      checkTable('options', given, pdfFields)
      return printLabels(new Page(checked, layout, given), labels, given.start ?? 1)
    },
    calibration() {
      const pdf = openDocument(checked)
      pdf.addPage()
      drawCalibration(pdf, checked.stock, layout, checked.language)
      return concatBytes(...pdf.take(), ...pdf.end())
    },
  }
}

const fewDots = (symbol: SheetWarning['details']['symbol'], dots: number): SheetWarning[] =>
  dots >= FEWEST_DOTS
    ? []
    : [
        {
          code: 'few_dots',
          message: `${symbol === 'hidden' ? "hidden codes' symbols: " : ''}${dots} dots a module: at least ${FEWEST_DOTS} are needed to read well`,
          details: { symbol, dots, min: FEWEST_DOTS },
        },
      ]

async function* printLabels(
  page: Page,
  labels: Iterable<Label> | AsyncIterable<Label>,
  start: number,
): AsyncGenerator<Uint8Array, void> {
  let place = checkInteger('options.start', start, 1, page.capacity) - 1
  let isOpen = false
  for await (const label of labels) {
    if (!isOpen || place === page.capacity) {
      place = isOpen ? 0 : place
      page.open()
      isOpen = true
      yield* page.take()
    }
    page.put(label, place++)
  }
  if (!isOpen) page.open()
  yield* page.close()
}

function openDocument({ stock, fonts, title, created }: CheckedOptions): PdfDocument {
  const [width, height] = [stock.pageWidth * POINTS, stock.pageHeight * POINTS]
  return new PdfDocument({ width, height, fonts, title, created })
}

/** The page that is being filled. */
class Page {
  readonly capacity: number
  readonly #pdf: PdfDocument
  readonly #press: Press
  readonly #layout: Layout
  readonly #language: SheetLanguage
  readonly #isHidden: boolean
  readonly #marks: string
  /** Points. */
  readonly #textRoom: { readonly width: number; readonly height: number }
  readonly #faces = new Map<string, Face>()
  #place: HiddenPlace | undefined

  constructor(options: CheckedOptions, layout: Layout, given: PdfOptions) {
    this.capacity = layout.cells.length
    this.#pdf = openDocument(options)
    this.#press = createPress({ level: options.level, version: options.version })
    this.#layout = layout
    this.#language = options.language
    this.#isHidden = given.layer === 'hidden'
    const { width, height } = layout.cells[0]!.text
    this.#textRoom = { width: width * POINTS, height: height * POINTS }
    const labels = layout.cells.map(({ label }) => label)
    this.#marks = given.cropMarks === true ? cropMarks(options.stock, labels) : ''
  }

  open(): void {
    this.#pdf.addPage()
    this.#pdf.write(`0 g 0 G\n${this.#marks}`)
  }

  take(): Uint8Array[] {
    return this.#pdf.take()
  }

  close(): Uint8Array[] {
    return this.#pdf.end()
  }

  // Made on a page that is open, where text can be set.
  get #hiddenPlace(): HiddenPlace {
    if (this.#place !== undefined) return this.#place
    const caption = SHEET_WORDS[this.#language].hidden
    const first = this.#layout.cells[0]!
    this.#place =
      first.hidden === undefined
        ? lettersPlace(this.#pdf, caption, first)
        : symbolPlace(this.#pdf, caption, first, first.hidden)
    return this.#place
  }

  put(label: Label, place: number): void {
    const { hiddenCode } = checkLabel(label)
    const cell = this.#layout.cells[place]!
    if (this.#isHidden) {
      if (hiddenCode === undefined) return
      for (const part of this.#hiddenPlace.code(hiddenCode, cell)) this.#pdf.write(part)
      return
    }
    this.#putSymbol(label.text, cell)
    this.#pdf.write(moved(this.#words(label), cell.text.left * POINTS, cell.text.top * POINTS))
    if (hiddenCode !== undefined) this.#pdf.write(this.#hiddenPlace.mark(cell))
  }

  #putSymbol(text: string, { symbol: { left, top, width } }: Cell): void {
    const { module } = this.#layout
    const symbol = this.#press.symbol(text)
    const quiet = (width - symbol.size * module) / 2
    for (const part of symbolContent(symbol, left + quiet, top + quiet, module)) this.#pdf.write(part)
  }

  #words(label: Label): string {
    const lines = elementLines(label.text)
    const serial = lines?.at(-1) ?? `${SHEET_WORDS[this.#language].serial} ${label.serial}`
    const face = this.#faceOf(label, serial, lines?.slice(0, -1) ?? [])
    return `${face.content}\n${this.#pdf.line(serial, face.serial)}`
  }

  #faceOf(label: Label, serial: string, lines: readonly string[]): Face {
    const { product, facility, stars, hiddenCode } = label
    const isSealed = hiddenCode !== undefined
    const key = JSON.stringify([product, facility, stars, isSealed, serial.length, lines])
    const known = this.#faces.get(key)
    if (known !== undefined) return known
    const { width, height } = this.#textRoom
    const room = { width, height: height - (isSealed ? this.#hiddenPlace.height : 0) }
    const face = composeFace(this.#pdf, {
      words: label,
      lines,
      serial: serial.replace(/[0-9]/g, '0'),
      ...room,
    })
    if (this.#faces.size >= MAX_FACES) this.#faces.clear()
    this.#faces.set(key, face)
    return face
  }
}

import { aSource, listOf } from '../../lib/arguments.ts'
import type { Bytes } from '../../lib/bytes.ts'
import { concatBytes } from '../../lib/bytes.ts'
import { checkInteger } from '../../lib/checks.ts'
import { argumentRange } from '../../lib/errors.ts'
import type { Dots } from '../dots.ts'
import { drawCalibration } from './calibration.ts'
import { checkLabel, type Label } from './label.ts'
import { FEWEST_DOTS, type Layout, layOut } from './layout.ts'
import { checkSheetOptions, type SheetOptions } from './options.ts'
import { openDocument, Page } from './page.ts'
import { checkPdfOptions, type PdfOptions } from './pdf-options.ts'
import type { WordCut } from './second/composition.ts'
import { Painter } from './second/painter.ts'

/** Fewer dots a module than DENSO, who invented the QR code, asks for. */
export interface SheetWarning {
  readonly code: 'few_dots'
  readonly message: string
  /** Whose symbols have how many dots a module, and how many they need. */
  readonly details: { readonly symbol: 'stamp' | 'hidden'; readonly dots: number; readonly min: number }
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
  /**
   * A page in the printer's own dots, for label printers: of the labels from `start` on, at most as many as a page has.
   * Words are of design 2. `zplPage` and `tsplPage` make a printer's commands of it, `pngPage` a picture.
   * @throws as `pdf` does
   */
  dots(labels: readonly Label[], options?: Pick<PdfOptions, 'layer' | 'start'>): Dots
  /** One label as SVG, its letters as outlines, on a stock of one label a page. @throws as `pdf` does */
  svg(label: Label): string
  /** The names of a label that are not printed whole: asked before anything is printed. @throws as `pdf` does */
  cuts(label: Label): readonly WordCut[]
  /** A PDF page of frames and rulers, to find the offset and the scale of a printer. */
  calibration(): Bytes
}

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
  let painter: Painter | undefined
  const painting = (): Painter => {
    if (painter !== undefined) return painter
    const pdf = openDocument(checked, layout)
    pdf.addPage()
    painter = new Painter(pdf, checked, layout)
    return painter
  }
  return {
    layout,
    warnings,
    dots(labels, given = {}) {
      const { layer = 'stamp', start = 1 } = checkPdfOptions(given)
      checkInteger('options.start', start, 1, layout.cells.length)
      listOf((_, label) => checkLabel(label as Label), 0, layout.cells.length - start + 1)('labels', labels)
      return painting().page(labels, start, layer)
    },
    svg(label) {
      if (layout.cells.length > 1)
        throw argumentRange('options.stock', 'one label a page', layout.cells.length)
      return painting().svg(checkLabel(label))
    },
    cuts: (label) => (checked.design === 1 ? [] : painting().cuts(checkLabel(label))),
    pdf(labels, given = {}) {
      aSource('labels', labels)
      const asked = checkPdfOptions(given)
      return printLabels(new Page(checked, layout, asked), labels, asked)
    },
    calibration() {
      const pdf = openDocument(checked, layout)
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
  { start = 1, roll }: PdfOptions,
): AsyncGenerator<Uint8Array, void> {
  let place = checkInteger('options.start', start, 1, page.capacity) - 1
  let isOpen = false
  if (roll !== undefined) page.beginRoll(roll)
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

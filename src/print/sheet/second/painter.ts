import type { Dots } from '../../dots.ts'
import { Canvas, type FillStyle } from '../../drawing/canvas.ts'
import { type Logo, logoBits, shapePath } from '../../drawing/logo.ts'
import { type Path, pathData, rectangle, starPath, type Transform, transformed } from '../../drawing/path.ts'
import { HIDDEN_SYMBOL, hiddenSymbolText } from '../../hidden-symbol.ts'
import { createPress, type Press, type PressedSymbol } from '../../press/press.ts'
import { darkRuns } from '../../svg.ts'
import { type PdfDocument, POINTS } from '../document.ts'
import type { Label } from '../label.ts'
import type { Cell, Layout } from '../layout.ts'
import type { CheckedOptions } from '../options.ts'
import { Composer, composerOptions } from './composer.ts'
import type { Composition, SetLine, WordCut } from './composition.ts'

/** Places of a page that are kept: a roll has a few. */
const MAX_PLACES = 12

/** A part of a label: a path in points from the text's corner. */
interface Paint extends FillStyle {
  readonly path: Path
}

/** Draws labels without PDF: in a printer's dots, or as SVG. */
export class Painter {
  readonly #pdf: PdfDocument
  readonly #options: CheckedOptions
  readonly #layout: Layout
  readonly #composer: Composer
  readonly #press: Press
  readonly #hiddenPress = createPress(HIDDEN_SYMBOL)
  #faces = new WeakMap<Composition, Map<number, Dots>>()

  /** @param pdf with a page that is open: it shapes the words */
  constructor(pdf: PdfDocument, options: CheckedOptions, layout: Layout) {
    this.#pdf = pdf
    this.#options = options
    this.#layout = layout
    this.#composer = new Composer(
      (text, font) => pdf.widthOf(text, font, 1000) / 1000,
      composerOptions(options, layout),
    )
    this.#press = createPress({ level: options.level, version: options.version })
  }

  /** What of a label's words has no room. */
  cuts(label: Label): readonly WordCut[] {
    return this.#composer.of(label).cuts
  }

  /** A page in the printer's dots: labels from a place on, as many as it has room for. */
  page(labels: readonly Label[], start: number, layer: 'stamp' | 'hidden'): Dots {
    const { pageWidth, pageHeight } = this.#options.stock
    const canvas = new Canvas(this.#dots(pageWidth), this.#dots(pageHeight))
    for (const [i, label] of labels.entries()) {
      const place = start - 1 + i
      if (layer === 'stamp') this.#putStamp(canvas, label, place)
      else if (label.hiddenCode !== undefined)
        this.#putCode(canvas, label.hiddenCode, this.#layout.cells[place]!)
    }
    return canvas
  }

  #dots(millimetres: number): number {
    return Math.round((millimetres * this.#options.dpi) / 25.4)
  }

  #putStamp(canvas: Canvas, label: Label, place: number): void {
    const cell = this.#layout.cells[place]!
    const composition = this.#composer.of(label)
    canvas.add(this.#face(composition, label, place, canvas))
    for (const paint of this.#serial(composition, label)) this.#fill(canvas, paint, cell)
    this.#putSymbol(canvas, this.#press.symbol(label.text), cell.symbol, this.#layout.dots)
  }

  #putSymbol(canvas: Canvas, symbol: PressedSymbol, { left, top }: Cell['symbol'], dots: number): void {
    canvas.squares(symbol.bits, symbol.size, this.#dots(left) + 4 * dots, this.#dots(top) + 4 * dots, dots)
  }

  #putCode(canvas: Canvas, code: string, cell: Cell): void {
    if (cell.hidden !== undefined)
      this.#putSymbol(
        canvas,
        this.#hiddenPress.symbol(hiddenSymbolText(code)),
        cell.hidden,
        this.#layout.hiddenDots!,
      )
    else for (const paint of this.#codeLetters(code)) this.#fill(canvas, paint, cell)
  }

  #codeLetters(code: string): Paint[] {
    return this.#composer.place.code.map(({ from, to, place }) =>
      this.#letters({ ...place, text: code.slice(from, to) }),
    )
  }

  /** What labels with the same words have in common, drawn once for each place of a page. */
  #face(composition: Composition, label: Label, place: number, { width, height }: Canvas): Dots {
    const faces = this.#faces.get(composition) ?? new Map<number, Dots>()
    this.#faces.set(composition, faces)
    const known = faces.get(place)
    if (known !== undefined) return known
    const canvas = new Canvas(width, height)
    const cell = this.#layout.cells[place]!
    for (const paint of this.#paints(composition, label.hiddenCode !== undefined))
      this.#fill(canvas, paint, cell)
    if (faces.size < MAX_PLACES) faces.set(place, canvas)
    return canvas
  }

  #fill(canvas: Canvas, { path, ...style }: Paint, { text }: Cell): void {
    const dots = this.#options.dpi / 72
    const [left, top] = [text.left, text.top].map((millimetres) => (millimetres * this.#options.dpi) / 25.4)
    canvas.fill(transformed(path, [dots, 0, 0, dots, left!, top!]), style)
  }

  /** A label as a page of its own, in SVG: letters are outlines, so that it looks the same everywhere. */
  svg(label: Label): string {
    const [cell] = this.#layout.cells
    const { pageWidth, pageHeight } = this.#options.stock
    const composition = this.#composer.of(label)
    const words = this.#paints(composition, label.hiddenCode !== undefined)
    const paints = [...words, ...this.#serial(composition, label)]
    const scale: Transform = [1 / POINTS, 0, 0, 1 / POINTS, cell!.text.left, cell!.text.top]
    const draw = ({ path, white, evenOdd }: Paint) =>
      `<path${white ? ' fill="#fff"' : ''}${evenOdd ? ' fill-rule="evenodd"' : ''} d="${pathData(transformed(path, scale), 3)}"/>`
    const { left, top } = cell!.symbol
    const at = `translate(${left} ${top}) scale(${this.#layout.module})`
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${pageWidth}mm" height="${pageHeight}mm" viewBox="0 0 ${pageWidth} ${pageHeight}">`,
      `<path fill="#fff" d="M0 0h${pageWidth}v${pageHeight}H0z"/>`,
      ...paints.map(draw),
      `<path transform="${at}" d="${darkRuns(this.#press.symbol(label.text), 4)}"/>`,
      '</svg>\n',
    ].join('\n')
  }

  #serial({ serial }: Composition, label: Label): Paint[] {
    const text = this.#composer.serialText(label)
    return serial.map(({ from, to, place }) => this.#letters({ ...place, text: text.slice(from, to) }))
  }

  #paints({ lines, stars, logo }: Composition, isSealed: boolean): Paint[] {
    const { caption, frame } = this.#composer.place
    return [
      ...lines.map((line) => this.#letters(line)),
      ...(stars ? [{ path: starPath(stars.count, stars.left, stars.top, stars.size) }] : []),
      ...(logo ? logoPaints(this.#options.logo!, [logo.width, 0, 0, logo.height, logo.left, logo.top]) : []),
      ...(isSealed ? [...caption.map((line) => this.#letters(line)), { path: framePath(frame) }] : []),
    ]
  }

  #letters({ text, font, size, left, top }: SetLine): Paint {
    const baseline = top + this.#pdf.ascentOf(font) * size
    return { path: transformed(this.#pdf.outlineOf(text, font).path, [size, 0, 0, -size, left, baseline]) }
  }
}

/** The logo in its place. */
function logoPaints(logo: Logo, [a, b, c, d, e, f]: Transform): Paint[] {
  const { width, height, shapes } = logo
  const place: Transform = [a / width, b, c, d / height, e, f]
  if (shapes !== undefined)
    return shapes.map((shape) => ({
      path: transformed(shapePath(shape), place),
      white: shape.fill === 'white',
      evenOdd: shape.rule === 'evenodd',
    }))
  const bits = logoBits(logo)
  const rowBytes = (width + 7) >> 3
  const path: Path[] = []
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if ((bits[row * rowBytes + (column >> 3)]! >> (7 - (column & 7))) & 1)
        path.push(rectangle(column, row, 1, 1))
    }
  }
  return [{ path: transformed(path.flat(), place) }]
}

const DASH = 1
const LINE = 0.4

/** Dashes along the edges. */
function framePath({
  left,
  top,
  width,
  height,
}: {
  left: number
  top: number
  width: number
  height: number
}): Path {
  const path: Path[] = []
  for (let at = 0; at < width; at += 2 * DASH) {
    const length = Math.min(DASH, width - at)
    for (const y of [top, top + height]) path.push(rectangle(left + at, y - LINE / 2, length, LINE))
  }
  for (let at = 0; at < height; at += 2 * DASH) {
    const length = Math.min(DASH, height - at)
    for (const x of [left, left + width]) path.push(rectangle(x - LINE / 2, top + at, LINE, length))
  }
  return path.flat()
}

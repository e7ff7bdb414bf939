import { starPath } from '../../drawing/path.ts'
import { HIDDEN_SYMBOL, hiddenSymbolText } from '../../hidden-symbol.ts'
import { createPress } from '../../press/press.ts'
import { num, outline, pathOperators, symbolContent } from '../content.ts'
import type { LabelDesign } from '../design.ts'
import { type LinePlace, type PdfDocument, POINTS } from '../document.ts'
import type { Label } from '../label.ts'
import type { Box, Cell, Layout } from '../layout.ts'
import { moved } from '../words.ts'
import { Composer, type ComposerOptions } from './composer.ts'
import type { Composition, SetLine } from './composition.ts'
import { HIDDEN_MODULES } from './hidden-place.ts'

/** What labels with the same words have in common, set once: operators from the text's top left corner. */
interface SecondFace {
  readonly content: string
  readonly serial: readonly { readonly from: number; readonly to: number; readonly place: LinePlace }[]
}

/** The name of the logo's drawing in a document. */
export const LOGO_FORM = 'Logo'

/** Labels as a typographer sets them, in PDF. */
export class SecondDesign implements LabelDesign {
  readonly #pdf: PdfDocument
  readonly #layout: Layout
  readonly #composer: Composer
  readonly #faces = new WeakMap<Composition, SecondFace>()
  readonly #press = createPress(HIDDEN_SYMBOL)
  #mark: string | undefined
  #code: readonly LinePlace[] | undefined

  constructor(pdf: PdfDocument, options: ComposerOptions) {
    this.#pdf = pdf
    this.#layout = options.layout
    this.#composer = new Composer((text, font) => pdf.widthOf(text, font, 1000) / 1000, options)
  }

  words(label: Label, { text: { left, top } }: Cell): string[] {
    const serialText = this.#composer.serialText(label)
    const face = this.#faceOf(this.#composer.of(label, serialText))
    const serial = face.serial.map(({ from, to, place }) => this.#pdf.line(serialText.slice(from, to), place))
    const mark = label.hiddenCode === undefined ? [] : [this.#hiddenMark]
    return [moved([face.content, ...serial, ...mark].join('\n'), left * POINTS, top * POINTS)]
  }

  code(hiddenCode: string, { text, hidden }: Cell): (string | Uint8Array)[] {
    if (hidden !== undefined) {
      const module = hidden.width / HIDDEN_MODULES
      const symbol = this.#press.symbol(hiddenSymbolText(hiddenCode))
      return symbolContent(symbol, hidden.left + 4 * module, hidden.top + 4 * module, module)
    }
    const { code } = this.#composer.place
    this.#code ??= code.map(({ place }) => this.#place(place))
    const lines = this.#code.map((place, i) =>
      this.#pdf.line(hiddenCode.slice(code[i]!.from, code[i]!.to), place),
    )
    return [moved(lines.join('\n'), text.left * POINTS, text.top * POINTS)]
  }

  // Made on a page that is open, where text can be set.
  get #hiddenMark(): string {
    if (this.#mark !== undefined) return this.#mark
    const { caption, frame } = this.#composer.place
    this.#mark = [...caption.map((line) => this.#set(line)), outline(millimetres(frame), 1)].join('\n')
    return this.#mark
  }

  #faceOf(composition: Composition): SecondFace {
    const known = this.#faces.get(composition)
    if (known !== undefined) return known
    const { lines, stars, logo, serial } = composition
    const parts = lines.map((line) => this.#set(line))
    if (stars) parts.push(`${pathOperators(starPath(stars.count, stars.left, stars.top, stars.size))} f`)
    if (logo)
      parts.push(
        `q ${num(logo.width)} 0 0 ${num(logo.height)} ${num(logo.left)} ${num(logo.top)} cm /${LOGO_FORM} Do Q`,
      )
    const face = {
      content: parts.join('\n'),
      serial: serial.map(({ place, ...part }) => ({ ...part, place: this.#place(place) })),
    }
    this.#faces.set(composition, face)
    return face
  }

  #set({ text, font, size, left, top }: SetLine): string {
    return this.#pdf.text(text, font, size, left, top)
  }

  #place({ font, size, left, top }: SetLine): LinePlace {
    return this.#pdf.place(font, size, left, top)
  }
}

const millimetres = ({ left, top, width, height }: Box): Box => ({
  left: left / POINTS,
  top: top / POINTS,
  width: width / POINTS,
  height: height / POINTS,
})

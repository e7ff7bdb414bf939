import { num, outline, stars } from './content.ts'
import { type FontName, type PdfDocument, POINTS } from './document.ts'

/** What a label says beside its symbol. */
export interface LabelWords {
  readonly product?: string
  readonly facility?: string
  /** OCOP stars, 1 to 5. */
  readonly stars?: number
}

export type SheetLanguage = 'vi' | 'en'

/** What labels with the same words have in common, set once: operators in points from the text's top left corner. */
export interface Face {
  readonly content: string
  /** Where the serial goes. */
  readonly serial: TextPlace
  /** The place of a hidden code, on labels that have one. */
  readonly hidden: { readonly lines: readonly [TextPlace, TextPlace] } | undefined
}

export interface TextPlace {
  readonly left: number
  readonly top: number
  readonly size: number
}

export interface FaceRequest {
  readonly words: LabelWords
  readonly hasHiddenCode: boolean
  /** A serial as long as those to come, with its prefix. */
  readonly serial: string
  readonly caption: string
  /** Points. */
  readonly width: number
  readonly height: number
}

const LARGEST = 11
const SMALLEST = 3.5
const STEP = 0.25
const LEADING = 1.25
const MOST_LINES = 2
const SMALLER = 0.85
/** Letters of the alphabet of hidden codes that are as wide as any. */
const WIDE = 'MMMM-MMMM'

/** Sets the words as large as the room allows; at the smallest size names that are too long end in an ellipsis. */
export function composeFace(pdf: PdfDocument, request: FaceRequest): Face {
  for (let size = LARGEST; size > SMALLEST; size -= STEP) {
    const setting = new Setting(pdf, request, size)
    if (setting.fits) return setting.face()
  }
  return new Setting(pdf, request, SMALLEST).face()
}

class Setting {
  readonly #pdf: PdfDocument
  readonly #request: FaceRequest
  readonly #size: number
  readonly #product: readonly string[]
  readonly #facility: readonly string[]

  constructor(pdf: PdfDocument, request: FaceRequest, size: number) {
    this.#pdf = pdf
    this.#request = request
    this.#size = size
    this.#product = this.#wrap(request.words.product, 'bold', size)
    this.#facility = this.#wrap(request.words.facility, 'regular', size * SMALLER)
  }

  get fits(): boolean {
    const { width, height, serial, hasHiddenCode, words } = this.#request
    const small = this.#size * SMALLER
    if (this.#product.length > MOST_LINES || this.#facility.length > MOST_LINES || this.#height() > height)
      return false
    const widths = [...this.#product.map((each) => this.#pdf.widthOf(each, 'bold', this.#size))]
    widths.push(...this.#facility.map((each) => this.#pdf.widthOf(each, 'regular', small)))
    widths.push(this.#pdf.widthOf(serial, 'regular', small))
    if (words.stars !== undefined) widths.push(this.#starsWidth(words.stars))
    if (hasHiddenCode) widths.push(this.#pdf.widthOf(WIDE, 'bold', this.#size) + 4)
    return Math.max(...widths) <= width
  }

  #starsWidth(count: number): number {
    return this.#pdf.widthOf('OCOP ', 'regular', this.#size * SMALLER) + count * this.#size * 1.08
  }

  #height(): number {
    const { words, hasHiddenCode } = this.#request
    const small = (this.#facility.length + 1) * SMALLER + (words.stars === undefined ? 0 : 1)
    return (this.#product.length + small) * this.#size * LEADING + (hasHiddenCode ? this.#hiddenHeight() : 0)
  }

  #hiddenHeight(): number {
    return this.#size * (0.3 + 0.6 * LEADING + 2 * LEADING)
  }

  face(): Face {
    const size = this.#size
    const parts: string[] = []
    let top = Math.max(0, (this.#request.height - this.#height()) / 2)
    const put = (lines: readonly string[], font: FontName, fontSize: number) => {
      for (const each of this.#cut(lines, font, fontSize)) {
        parts.push(this.#pdf.text(each, font, fontSize, 0, top))
        top += fontSize * LEADING
      }
    }
    put(this.#product, 'bold', size)
    put(this.#facility, 'regular', size * SMALLER)
    if (this.#request.words.stars !== undefined) {
      parts.push(this.#pdf.text('OCOP', 'regular', size * SMALLER, 0, top))
      const left = this.#pdf.widthOf('OCOP ', 'regular', size * SMALLER)
      parts.push(stars(this.#request.words.stars, left, top + 0.12 * size, size * 0.9))
      top += size * LEADING
    }
    const serial = { left: 0, top, size: size * SMALLER }
    top += size * SMALLER * LEADING
    const hidden = this.#request.hasHiddenCode ? this.#hidden(parts, top) : undefined
    return { content: parts.join('\n'), serial, hidden }
  }

  /** The caption, and below it the place to scratch. */
  #hidden(parts: string[], above: number): Face['hidden'] {
    const size = this.#size
    const { width, caption } = this.#request
    const captionSize = Math.min(
      size * 0.6,
      (size * 0.6 * width) / this.#pdf.widthOf(caption, 'regular', size * 0.6),
    )
    let top = above + 0.15 * size
    parts.push(this.#pdf.text(caption, 'regular', captionSize, 0, top))
    top += size * 0.6 * LEADING
    const box = { left: 0, top: top / POINTS, width: width / POINTS, height: (2 * size * LEADING) / POINTS }
    parts.push(outline(box, 1))
    return {
      lines: [
        { left: 2, top, size },
        { left: 2, top: top + size * LEADING, size },
      ],
    }
  }

  #wrap(text: string | undefined, font: FontName, size: number): string[] {
    const lines: string[] = []
    for (const word of text?.split(/\s+/).filter((each) => each !== '') ?? []) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
      const goesOn = lines.length > 0 && this.#pdf.widthOf(longer, font, size) <= this.#request.width
      if (goesOn) lines[lines.length - 1] = longer
      else lines.push(word)
    }
    return lines
  }

  /** At most two lines, none wider than the room. */
  #cut(lines: readonly string[], font: FontName, size: number): string[] {
    const kept = lines.slice(0, MOST_LINES)
    if (lines.length > MOST_LINES) kept[MOST_LINES - 1] += ' …'
    return kept.map((each) => {
      let text = each
      while (text.length > 1 && this.#pdf.widthOf(text, font, size) > this.#request.width) {
        text = `${[...text.replace(/ ?…$/, '')].slice(0, -1).join('').trimEnd()}…`
      }
      return text
    })
  }
}

/** Operators moved right and down. */
export const moved = (content: string, right: number, down: number): string =>
  `q 1 0 0 1 ${num(right)} ${num(down)} cm\n${content}\nQ`

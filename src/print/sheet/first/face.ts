import { stars } from '../content.ts'
import type { FontName, LinePlace, PdfDocument } from '../document.ts'
import { breakWords, ELLIPSIS, type LabelWords, printedWords, STARS_WORD } from '../words.ts'

/** The words of labels as version 0.1 set them: never changed, because its runs are drawn again as they were. */

/** What labels with the same words have in common, set once: operators in points from the text's top left corner. */
export interface FirstFace {
  readonly content: string
  /** Where the serial goes. */
  readonly serial: LinePlace
}

export interface FirstFaceRequest {
  readonly words: LabelWords
  /** What stands above the serial as it is, in small letters. */
  readonly lines: readonly string[]
  /** A serial as long as those to come, with its prefix. */
  readonly serial: string
  /** Points. */
  readonly width: number
  readonly height: number
}

const LARGEST = 9
const SMALLEST = 3.5
const STEP = 0.25
const LEADING = 1.25
const MAX_LINES = 3
const SMALLER = 0.85

/** Sets the words as large as the room allows; at the smallest size names that are too long end in an ellipsis. */
export function composeFirstFace(pdf: PdfDocument, request: FirstFaceRequest): FirstFace {
  for (let size = LARGEST; size > SMALLEST; size -= STEP) {
    const setting = new Setting(pdf, request, size)
    if (setting.fits) return setting.face()
  }
  return new Setting(pdf, request, SMALLEST).face()
}

class Setting {
  readonly #pdf: PdfDocument
  readonly #request: FirstFaceRequest
  readonly #size: number
  readonly #product: readonly string[]
  readonly #facility: readonly string[]

  constructor(pdf: PdfDocument, request: FirstFaceRequest, size: number) {
    this.#pdf = pdf
    this.#request = request
    this.#size = size
    this.#product = this.#wrap(request.words.product, 'bold', size)
    this.#facility = this.#wrap(request.words.facility, 'regular', size * SMALLER)
  }

  get fits(): boolean {
    const { width, height, serial, words, lines } = this.#request
    const small = this.#size * SMALLER
    if (this.#product.length > MAX_LINES || this.#facility.length > MAX_LINES || this.#height() > height)
      return false
    const widths = [...this.#product.map((each) => this.#pdf.widthOf(each, 'bold', this.#size))]
    widths.push(...this.#facility.map((each) => this.#pdf.widthOf(each, 'regular', small)))
    for (const line of [...lines, serial]) widths.push(this.#pdf.widthOf(line, 'regular', small))
    if (words.stars !== undefined) widths.push(this.#starsWidth(words.stars))
    return Math.max(...widths) <= width
  }

  #starsWidth(count: number): number {
    return this.#pdf.widthOf(`${STARS_WORD} `, 'regular', this.#size * SMALLER) + count * this.#size * 1.08
  }

  #height(): number {
    const { words, lines } = this.#request
    const small = (this.#facility.length + lines.length + 1) * SMALLER + (words.stars === undefined ? 0 : 1)
    return (this.#product.length + small) * this.#size * LEADING
  }

  face(): FirstFace {
    const size = this.#size
    const parts: string[] = []
    let top = Math.max(0, (this.#request.height - this.#height()) / 2)
    const put = (lines: readonly string[], font: FontName, fontSize: number) => {
      for (const each of lines) {
        parts.push(this.#pdf.text(each, font, fontSize, 0, top))
        top += fontSize * LEADING
      }
    }
    const small = size * SMALLER
    put(this.#cut(this.#product, 'bold', size), 'bold', size)
    put(this.#cut(this.#facility, 'regular', small), 'regular', small)
    if (this.#request.words.stars !== undefined) {
      parts.push(this.#pdf.text(STARS_WORD, 'regular', size * SMALLER, 0, top))
      const left = this.#pdf.widthOf(`${STARS_WORD} `, 'regular', size * SMALLER)
      parts.push(stars(this.#request.words.stars, left, top + 0.12 * size, size * 0.9))
      top += size * LEADING
    }
    // Numbers are whole or of no use.
    put(this.#request.lines, 'regular', small)
    const serial = this.#pdf.place('regular', size * SMALLER, 0, top)
    return { content: parts.join('\n'), serial }
  }

  /** Lines as few as the width allows, and then as even as they can be: a last word is not left alone. */
  #wrap(text: string | undefined, font: FontName, size: number): string[] {
    const words = text === undefined ? [] : printedWords(text)
    const widths = words.map((word) => this.#pdf.widthOf(word, font, size))
    const space = this.#pdf.widthOf(' ', font, size)
    let lines = breakWords(words, widths, space, this.#request.width)
    for (let part = 0.95; lines.length > 1 && part > 0.5; part -= 0.05) {
      const narrower = breakWords(words, widths, space, this.#request.width * part)
      if (narrower.length > lines.length) break
      lines = narrower
    }
    return lines
  }

  /** At most three lines, none wider than the room. */
  #cut(lines: readonly string[], font: FontName, size: number): string[] {
    const kept = lines.slice(0, MAX_LINES)
    if (lines.length > MAX_LINES) kept[MAX_LINES - 1] += ` ${ELLIPSIS}`
    return kept.map((each) => {
      let text = each
      while (text.length > 1 && this.#pdf.widthOf(text, font, size) > this.#request.width) {
        text = `${[...text.replace(/ ?…$/, '')].slice(0, -1).join('').trimEnd()}${ELLIPSIS}`
      }
      return text
    })
  }
}

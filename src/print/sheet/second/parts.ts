import type { FontName } from '../document.ts'
import { breakWords, ELLIPSIS, printedWords, STARS_WORD } from '../words.ts'
import type { CompositionRequest, KeptParts, Measure } from './composition.ts'

/** The parts of a label's words in one size: their lines, and how high they are together. All lengths are points. */

/** Words are never smaller, and serials, which people type, never as small. */
export const SMALLEST = 5
export const SMALLEST_SERIAL = 6
/** From line to line, in sizes: what Vietnamese letters with their marks take. */
export const LEADING = 1.16
const FACILITY = 0.8
const SMALL = 0.72
const SERIAL = 0.8
/** A logo's height in sizes of the name, and what it has at least. */
const LOGO = 2.2
const SMALLEST_LOGO = 9
/** Between two parts, in sizes of the name: none where there is no room for all. */
const GAP = 0.15
/** A star's width in its size. */
const STAR = 1.08

export class Parts {
  readonly size: number
  readonly facilitySize: number
  readonly smallSize: number
  readonly serialSize: number
  readonly product: readonly string[]
  readonly facility: readonly string[]
  readonly lines: readonly string[]
  readonly serial: readonly string[]
  readonly stars: number | undefined
  readonly logo: { readonly width: number; readonly height: number } | undefined
  readonly measure: Measure
  readonly #width: number

  /** @param kept what is printed, where there is no room for all */
  constructor(measure: Measure, request: CompositionRequest, size: number, kept?: KeptParts) {
    const { words, lines, between, width, logo } = request
    const isMinimal = request.template === 'minimal'
    this.measure = measure
    this.#width = width
    this.size = size
    this.facilitySize = Math.max(FACILITY * size, SMALLEST)
    this.smallSize = Math.max(SMALL * size, SMALLEST)
    this.serialSize = Math.max(SERIAL * size, SMALLEST_SERIAL)
    const product = this.#wrap(words.product, 'bold', size)
    const facility = isMinimal ? [] : this.#wrap(words.facility, 'regular', this.facilitySize)
    this.product = this.#cut(product, kept?.product, 'bold', size)
    this.facility = this.#cut(facility, kept?.facility, 'regular', this.facilitySize)
    const asked = isMinimal ? [] : lines.filter((_, i) => kept === undefined || kept.lines.includes(i))
    this.lines = this.#joined(asked, between, this.smallSize)
    this.serial = this.#joined(request.serial.split(' '), ' ', this.serialSize)
    this.stars = isMinimal || kept?.stars === false ? undefined : words.stars
    const high = logo === undefined ? 0 : Math.min(Math.max(LOGO * size, SMALLEST_LOGO), width / logo)
    this.logo = logo === undefined || kept?.logo === false ? undefined : { width: high * logo, height: high }
  }

  get height(): number {
    return this.linesHeight + (this.size > SMALLEST ? this.gaps * GAP * this.size : 0)
  }

  /** Without what stands between parts. */
  get linesHeight(): number {
    const lines =
      this.product.length * this.size +
      (this.facility.length + this.starLines) * this.facilitySize +
      this.lines.length * this.smallSize +
      this.serial.length * this.serialSize
    return lines * LEADING + (this.logo?.height ?? 0)
  }

  /** Between parts that are there. */
  get gaps(): number {
    const firsts = [this.logo, this.product[0], this.facility[0], this.stars, this.lines[0], this.serial[0]]
    return Math.max(0, firsts.filter((each) => each !== undefined).length - 1)
  }

  /** True where no line of a name is wider than the room. */
  get areNarrow(): boolean {
    return (
      this.product.every((each) => this.widthOf(each, 'bold', this.size) <= this.#width) &&
      this.facility.every((each) => this.widthOf(each, 'regular', this.facilitySize) <= this.#width)
    )
  }

  /** The stars beside their word, or below it. */
  get starLines(): 0 | 1 | 2 {
    if (this.stars === undefined) return 0
    return this.starsLeft + this.starsWidth <= this.#width ? 1 : 2
  }

  get starsWidth(): number {
    return (this.stars ?? 0) * STAR * this.facilitySize
  }

  /** Of stars beside their word. */
  get starsLeft(): number {
    return this.widthOf(`${STARS_WORD} `, 'regular', this.facilitySize)
  }

  widthOf(text: string, font: FontName, size: number): number {
    return this.measure(text, font) * size
  }

  /** Lines as few as the width allows, and then as even as they can be: a last word is not left alone. */
  #wrap(text: string | undefined, font: FontName, size: number): string[] {
    const words = text === undefined ? [] : printedWords(text)
    const widths = words.map((word) => this.widthOf(word, font, size))
    const space = this.widthOf(' ', font, size)
    let lines = breakWords(words, widths, space, this.#width)
    for (let part = 0.95; lines.length > 1 && part > 0.5; part -= 0.05) {
      const narrower = breakWords(words, widths, space, this.#width * part)
      if (narrower.length > lines.length) break
      lines = narrower
    }
    return lines
  }

  /** Texts side by side as far as there is room. One that is too wide goes on in the next line. */
  #joined(texts: readonly string[], between: string, size: number): string[] {
    const isNarrow = (text: string) => this.widthOf(text, 'regular', size) <= this.#width
    const lines: string[] = []
    for (const text of texts) {
      const joined = lines.length === 0 ? text : `${lines.at(-1)}${between}${text}`
      if (isNarrow(joined)) lines.splice(-1, 1, joined)
      else lines.push(...piecesOf(text, isNarrow))
    }
    return lines
  }

  /** So many lines, none wider than the room: what is left out is a dot-dot-dot after a whole word. */
  #cut(lines: readonly string[], limit: number | undefined, font: FontName, size: number): readonly string[] {
    if (limit === undefined) return lines
    const isNarrow = (text: string) => this.widthOf(text, font, size) <= this.#width
    const kept = lines.slice(0, limit)
    if (lines.length > limit && limit > 0) kept[limit - 1] += ` ${ELLIPSIS}`
    return kept.map((each) => shortened(each, isNarrow))
  }
}

/** Leaves out words at the end, and letters where one word alone is too wide. */
function shortened(line: string, isNarrow: (text: string) => boolean): string {
  let text = line
  while (!isNarrow(text)) {
    const words = text.replace(/ ?…$/, '').split(' ')
    const fewer = words.length > 1 ? `${words.slice(0, -1).join(' ')} ` : [...words[0]!].slice(0, -1).join('')
    if (fewer === '') break
    text = `${fewer}${ELLIPSIS}`
  }
  return text
}

/** A text in pieces that have room, as long as they can be: broken at its spaces, and within words only where it must be. */
function piecesOf(text: string, isNarrow: (text: string) => boolean): string[] {
  const pieces: string[] = []
  for (const word of text.split(' ')) {
    const joined = `${pieces.at(-1)} ${word}`
    if (pieces.length > 0 && isNarrow(joined)) pieces.splice(-1, 1, joined)
    else pieces.push(...lettersOf(word, isNarrow))
  }
  return pieces
}

function lettersOf(word: string, isNarrow: (text: string) => boolean): string[] {
  const pieces = ['']
  for (const letter of word) {
    const longer = pieces.at(-1)! + letter
    if (isNarrow(longer) || longer === letter) pieces.splice(-1, 1, longer)
    else pieces.push(letter)
  }
  return pieces
}

import { elementLines } from '../../../stamp/gs1-link.ts'
import { type LabelDesign, MAX_FACES } from '../design.ts'
import { type PdfDocument, POINTS } from '../document.ts'
import type { Label } from '../label.ts'
import type { Cell, Layout } from '../layout.ts'
import { moved, type SheetLanguage } from '../words.ts'
import { composeFirstFace, type FirstFace } from './face.ts'
import { type HiddenPlace, lettersPlace, symbolPlace } from './hidden-place.ts'

/** What version 0.1 wrote on labels. */
const WORDS = {
  vi: { serial: 'Số', hidden: 'Cào lớp phủ để xem mã' },
  en: { serial: 'No.', hidden: 'Scratch to see the code' },
} as const

/** The labels of version 0.1: never changed, because its runs are drawn again as they were. */
export class FirstDesign implements LabelDesign {
  readonly #pdf: PdfDocument
  readonly #layout: Layout
  readonly #words: (typeof WORDS)[SheetLanguage]
  readonly #faces = new Map<string, FirstFace>()
  #place: HiddenPlace | undefined

  constructor(pdf: PdfDocument, layout: Layout, language: SheetLanguage) {
    this.#pdf = pdf
    this.#layout = layout
    this.#words = WORDS[language]
  }

  words(label: Label, cell: Cell): string[] {
    const { left, top } = cell.text
    const words = moved(this.#face(label), left * POINTS, top * POINTS)
    return label.hiddenCode === undefined ? [words] : [words, this.#hiddenPlace.mark(cell)]
  }

  code(hiddenCode: string, cell: Cell): (string | Uint8Array)[] {
    return this.#hiddenPlace.code(hiddenCode, cell)
  }

  // Made on a page that is open, where text can be set.
  get #hiddenPlace(): HiddenPlace {
    if (this.#place !== undefined) return this.#place
    const caption = this.#words.hidden
    const first = this.#layout.cells[0]!
    this.#place =
      first.hidden === undefined
        ? lettersPlace(this.#pdf, caption, first)
        : symbolPlace(this.#pdf, caption, first, first.hidden)
    return this.#place
  }

  #face(label: Label): string {
    const lines = elementLines(label.text)
    const serial = lines?.at(-1) ?? `${this.#words.serial} ${label.serial}`
    const face = this.#faceOf(label, serial, lines?.slice(0, -1) ?? [])
    return `${face.content}\n${this.#pdf.line(serial, face.serial)}`
  }

  #faceOf(label: Label, serial: string, lines: readonly string[]): FirstFace {
    const { product, facility, stars, hiddenCode } = label
    const isSealed = hiddenCode !== undefined
    const key = JSON.stringify([product, facility, stars, isSealed, serial.length, lines])
    const known = this.#faces.get(key)
    if (known !== undefined) return known
    const { width, height } = this.#layout.cells[0]!.text
    const face = composeFirstFace(this.#pdf, {
      words: label,
      lines,
      serial: serial.replace(/[0-9]/g, '0'),
      width: width * POINTS,
      height: height * POINTS - (isSealed ? this.#hiddenPlace.height : 0),
    })
    if (this.#faces.size >= MAX_FACES) this.#faces.clear()
    this.#faces.set(key, face)
    return face
  }
}

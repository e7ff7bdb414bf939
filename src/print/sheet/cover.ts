import type { Bytes } from '../../lib/bytes.ts'
import { concatBytes } from '../../lib/bytes.ts'
import { line } from './content.ts'
import { type FontName, PdfDocument, POINTS, type SheetFonts } from './document.ts'
import { breakWords, printedWords, type SheetLanguage } from './words.ts'

/** A page of A4 that goes with a batch: what it is, and who signs for it. */
export interface CoverPage {
  readonly title: string
  readonly subtitle: string
  /** Names and what stands beside them, one or more lines. */
  readonly facts: readonly (readonly [name: string, ...lines: string[]])[]
  readonly note: string
  /** Who signs, and what each writes. */
  readonly signatures: readonly string[]
  readonly signed: string
  readonly fonts: SheetFonts
  readonly language: SheetLanguage
  readonly created: Date
}

const [WIDTH, HEIGHT] = [210, 297]
const MARGIN = 20
const NAMES = 50
const LEADING = 1.35
const [TITLE, TEXT] = [18, 9.5]
/** Millimetres for each who signs. */
const SIGNATURE = 26

/** @throws ArgumentRangeError for a letter that the fonts lack */
export function coverPage(page: CoverPage): Bytes {
  const { title, subtitle, fonts, language, created } = page
  const [width, height] = [WIDTH * POINTS, HEIGHT * POINTS]
  const box = [0, 0, width, height]
  const press = { language, trim: box, bleed: box }
  const pdf = new PdfDocument({ width, height, fonts, title: `${title} ${subtitle}`, created, press })
  pdf.addPage()
  pdf.write('0 g 0 G 0.4 w')
  let top = MARGIN
  const put = (text: string, font: FontName, size: number, left: number, room: number) => {
    for (const each of linesOf(pdf, text, font, size, room)) {
      pdf.write(pdf.text(each, font, size, left * POINTS, top * POINTS))
      top += (size * LEADING) / POINTS
    }
  }
  put(title, 'bold', TITLE, MARGIN, WIDTH - 2 * MARGIN)
  put(subtitle, 'bold', TEXT + 3, MARGIN, WIDTH - 2 * MARGIN)
  top += 4
  for (const [name, ...lines] of page.facts) {
    const from = top
    put(name, 'bold', TEXT, MARGIN, NAMES - 2)
    top = from
    for (const each of lines) put(each, 'regular', TEXT, MARGIN + NAMES, WIDTH - 2 * MARGIN - NAMES)
    top += 1.5
  }
  top += 2
  put(page.note, 'regular', TEXT, MARGIN, WIDTH - 2 * MARGIN)
  signatureRoom(pdf, page)
  return concatBytes(...pdf.take(), ...pdf.end())
}

/** At the foot of the page, two and two. */
function signatureRoom(pdf: PdfDocument, { signatures, signed }: CoverPage): void {
  const half = (WIDTH - 2 * MARGIN - 10) / 2
  const first = HEIGHT - MARGIN - Math.ceil(signatures.length / 2) * SIGNATURE
  for (const [i, name] of signatures.entries()) {
    const [left, top] = [MARGIN + (i % 2) * (half + 10), first + Math.floor(i / 2) * SIGNATURE]
    pdf.write(pdf.text(name, 'bold', TEXT, left * POINTS, top * POINTS))
    pdf.write(line(left, top + SIGNATURE - 8, left + half, top + SIGNATURE - 8))
    pdf.write(pdf.text(signed, 'regular', TEXT - 3, left * POINTS, (top + SIGNATURE - 7) * POINTS))
  }
}

/** Words broken to the room; what is wider, such as a digest, within. */
function linesOf(pdf: PdfDocument, text: string, font: FontName, size: number, room: number): string[] {
  const words = printedWords(text).flatMap((word) => word.match(/.{1,64}/gu) ?? [])
  const widths = words.map((word) => pdf.widthOf(word, font, size))
  return breakWords(words, widths, pdf.widthOf(' ', font, size), room * POINTS)
}

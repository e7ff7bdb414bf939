import { line } from './content.ts'
import { type FontName, type PdfDocument, POINTS } from './document.ts'
import type { Box, Cell } from './layout.ts'
import type { SheetRoll } from './pdf-options.ts'
import { breakWords, type SheetWords } from './words.ts'

/**
 * What the symbols of test labels say. It is no code in any carrier: base45 has no text of this length, which leaves one
 * letter over, and nothing that is tidied away makes it another.
 */
export const TEST_TEXT = 'VOID TEST LABEL. NOT A STAMP'

const LARGEST = 14
const SMALLEST = 5
const STEP = 0.5
const LEADING = 1.25
const EDGE = 1.5

interface Text {
  readonly text: string
  readonly font: FontName
}

/** A label that says which roll begins here. */
export function rollLeader(pdf: PdfDocument, words: SheetWords, roll: SheetRoll, label: Box): string {
  const { run, number, of, first, last } = roll
  const texts: Text[] = [
    { text: words.roll(number, of), font: 'bold' },
    { text: run, font: 'regular' },
    { text: words.serials(String(first), String(last)), font: 'regular' },
  ]
  const room = {
    left: label.left + EDGE,
    top: label.top + EDGE,
    width: label.width - 2 * EDGE,
    height: label.height - 2 * EDGE,
  }
  return textsIn(pdf, texts, room).join('\n')
}

/** The words of a test label, which is crossed out beside its symbol. */
export function testLabel(pdf: PdfDocument, words: SheetWords, { text }: Cell): string {
  const texts: Text[] = [
    { text: words.testLabel, font: 'bold' },
    { text: words.notAStamp, font: 'regular' },
  ]
  const { left, top, width, height } = text
  const half = height / 2
  return [
    ...textsIn(pdf, texts, { left, top, width, height: half }),
    `q 0.8 w ${line(left, top + half, left + width, top + height)} ${line(left, top + height, left + width, top + half)} Q`,
  ].join('\n')
}

/** As large as there is room for. */
function textsIn(pdf: PdfDocument, texts: readonly Text[], { left, top, width, height }: Box): string[] {
  const [wide, high] = [width * POINTS, height * POINTS]
  for (let size = LARGEST; ; size -= STEP) {
    const lines = texts.flatMap(({ text, font }) => linesOf(pdf, text, font, size, wide))
    const fits =
      lines.length * size * LEADING <= high &&
      lines.every(({ text, font }) => pdf.widthOf(text, font, size) <= wide)
    if (!fits && size > SMALLEST) continue
    return lines.map(({ text, font }, i) =>
      pdf.text(text, font, size, left * POINTS, top * POINTS + i * size * LEADING),
    )
  }
}

function linesOf(pdf: PdfDocument, text: string, font: FontName, size: number, width: number): Text[] {
  const words = text.split(' ')
  const widths = words.map((word) => pdf.widthOf(word, font, size))
  return breakWords(words, widths, pdf.widthOf(' ', font, size), width).map((each) => ({ text: each, font }))
}

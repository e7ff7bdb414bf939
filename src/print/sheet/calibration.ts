import { line, outline } from './content.ts'
import { type PdfDocument, POINTS } from './document.ts'
import type { Layout } from './layout.ts'
import type { Stock } from './stock.ts'
import { breakWords } from './words.ts'

const TEXTS = {
  vi: [
    'Trang căn chỉnh. In ở tỉ lệ 100%, đặt lên tờ tem và soi trước ánh sáng.',
    'Đo hai thước: tỉ lệ = độ dài ghi trên thước / độ dài đo được. Độ lệch = khoảng cách từ khung in đến mép tem.',
  ],
  en: [
    'Calibration page. Print at 100%, lay it on a sheet of labels and hold both against the light.',
    'Measure the rulers: scale = length written / length measured. Offset = from a printed frame to its label’s edge.',
  ],
} as const

const SIZE = 6
/** Millimetres. */
const LEADING = 2.7
const MARGIN = 4

/** Draws frames where the labels are, and a ruler each way of as many centimetres as the page has room for. */
export function drawCalibration(
  pdf: PdfDocument,
  stock: Stock,
  { cells }: Layout,
  language: 'vi' | 'en',
): void {
  pdf.write(cells.map(({ label }) => outline(label)).join('\n'))
  const across = centimetres(stock.pageWidth)
  const down = centimetres(stock.pageHeight)
  const [left, top] = [(stock.pageWidth - across) / 2, (stock.pageHeight - down) / 2]
  const ticksAcross = ticks(across).map(([at, length]) => line(left + at, top, left + at, top + length))
  const ticksDown = ticks(down).map(([at, length]) => line(left, top + at, left + length, top + at))
  pdf.write(`q 0.5 w\n${[...ticksAcross, ...ticksDown].join('\n')}\nQ`)
  put(pdf, [`${across} mm`], left + 4, top + 4)
  put(pdf, [`${down} mm`], left + 4, top + down - 6)
  for (const [i, text] of TEXTS[language].entries()) {
    const { label } = cells[Math.min(i, cells.length - 1)]!
    // A label that is too small goes without.
    const room = (label.width - 2 * MARGIN) * POINTS
    const words = text.split(' ')
    const widths = words.map((word) => pdf.widthOf(word, 'regular', SIZE))
    const lines = breakWords(words, widths, pdf.widthOf(' ', 'regular', SIZE), room)
    if (cells.length > i && lines.length * LEADING < label.height)
      put(pdf, lines, label.left + MARGIN, label.top + 1)
  }
}

function put(pdf: PdfDocument, lines: readonly string[], left: number, top: number): void {
  for (const [i, each] of lines.entries()) {
    pdf.write(pdf.text(each, 'regular', SIZE, left * POINTS, (top + i * LEADING) * POINTS))
  }
}

/** Whole centimetres that fit, in millimetres, with 3 mm left on both sides. */
const centimetres = (length: number): number => Math.max(10, Math.floor((length - 6) / 10) * 10)

/** A place and a length for every millimetre. */
const ticks = (length: number): [number, number][] =>
  Array.from({ length: length + 1 }, (_, at) => [at, at % 10 === 0 ? 3 : at % 5 === 0 ? 2 : 1])

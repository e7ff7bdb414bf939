import { asciiBytes, toHex } from '../../lib/bytes.ts'
import type { BitSymbol } from '../bits.ts'
import type { Path } from '../drawing/path.ts'
import { POINTS } from './document.ts'
import type { Box } from './layout.ts'
import type { Stock } from './stock.ts'

/** Page contents in PDF operators (ISO 32000-1, annex A), in points from the top left corner. */

/** A number as PDF writes it: five places are a ten-thousandth of a dot. */
export const num = (value: number): string => String(Math.round(value * 1e5) / 1e5)

export const points = (...millimetres: readonly number[]): string =>
  millimetres.map((each) => num(each * POINTS)).join(' ')

/**
 * A symbol as an image mask of one bit a module, painted into the square of its modules. Printers paint every dot
 * that an image touches: the square ends a thousandth of a dot early on each side, lest it touch the dots beside.
 */
export function symbolContent(
  { size, bits }: BitSymbol,
  left: number,
  top: number,
  module: number,
): Uint8Array[] {
  const inset = module / 10_000
  const side = size * module
  const matrix = `${points(side - 2 * inset)} 0 0 ${points(inset * 2 - side)}`
  const place = points(left + inset, top + side - inset)
  const plain = !holdsEnd(bits)
  const head = `q ${matrix} ${place} cm BI /W ${size} /H ${size} /IM true /D [1 0]${plain ? '' : ' /F /AHx'} ID `
  return [asciiBytes(head), plain ? bits : asciiBytes(`${toHex(bits)}>`), asciiBytes('\nEI Q\n')]
}

/** True for data with the letters `EI`, which some readers take for its end: it is written in hexadecimal. */
function holdsEnd(bits: Uint8Array): boolean {
  for (let i = 0; i + 1 < bits.length; i++) if (bits[i] === 0x45 && bits[i + 1] === 0x49) return true
  return false
}

/** A rectangle's outline, dashed where a length of dashes in points is given. */
export function outline({ left, top, width, height }: Box, dash?: number): string {
  const dashes = dash === undefined ? '' : `[${num(dash)}] 0 d `
  return `q 0.4 w ${dashes}${points(left, top, width, height)} re S Q`
}

export const line = (fromX: number, fromY: number, toX: number, toY: number): string =>
  `${points(fromX, fromY)} m ${points(toX, toY)} l S`

/** Five-pointed stars in a row, in points. */
export function stars(count: number, left: number, top: number, size: number): string {
  const inner = 0.382 // of the outer radius: edges in line with each other
  const star = (index: number): string => {
    const [x, y] = [left + (index + 0.5) * size * 1.08, top + size / 2]
    const corners = Array.from({ length: 10 }, (_, corner) => {
      const radius = (size / 2) * (corner % 2 === 0 ? 1 : inner)
      const angle = (corner * Math.PI) / 5
      return `${num(x + radius * Math.sin(angle))} ${num(y - radius * Math.cos(angle))}`
    })
    return `${corners[0]} m ${corners.slice(1).join(' l ')} l h`
  }
  return `${Array.from({ length: count }, (_, index) => star(index)).join(' ')} f`
}

const OPERATORS = { M: 'm', L: 'l', C: 'c', Z: 'h' } as const

/** A path, not yet filled. */
export const pathOperators = (path: Path): string =>
  path.map(([name, ...numbers]) => [...numbers.map(num), OPERATORS[name]].join(' ')).join(' ')

const MARK = 3
const MARK_DISTANCE = 1

/** Marks in the margins at every edge of a label, where the margins have room for them. */
export function cropMarks({ pageWidth, pageHeight }: Stock, labels: readonly Box[]): string {
  const unique = (values: number[]) => [...new Set(values.map(num))].map(Number)
  const xs = unique(labels.flatMap(({ left, width }) => [left, left + width]))
  const ys = unique(labels.flatMap(({ top, height }) => [top, top + height]))
  const margins = [
    Math.min(...ys),
    pageHeight - Math.max(...ys),
    Math.min(...xs),
    pageWidth - Math.max(...xs),
  ]
  const [above, below, before, after] = margins.map((margin) => Math.min(MARK, margin - MARK_DISTANCE))
  const [top, bottom] = [Math.min(...ys) - MARK_DISTANCE, Math.max(...ys) + MARK_DISTANCE]
  const [left, right] = [Math.min(...xs) - MARK_DISTANCE, Math.max(...xs) + MARK_DISTANCE]
  const marks = [
    ...xs.flatMap((x) => [
      above! > 0 ? line(x, top - above!, x, top) : '',
      below! > 0 ? line(x, bottom, x, bottom + below!) : '',
    ]),
    ...ys.flatMap((y) => [
      before! > 0 ? line(left - before!, y, left, y) : '',
      after! > 0 ? line(right, y, right + after!, y) : '',
    ]),
  ]
  return `q 0.25 w\n${marks.filter((mark) => mark !== '').join('\n')}\nQ`
}

/** From a label's edge to its marks. */
const CLEAR = 0.5

/** Marks at the corners of every label, in the gaps beside it, where these have room for them. */
export function labelMarks(stock: Stock, labels: readonly Box[]): string {
  const { gapAcross, gapDown, columns, rows } = stock
  const marks = labels.flatMap(({ left, top, width, height }, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    const [right, bottom] = [left + width, top + height]
    // Two labels share a gap, and a margin is one label's own.
    const before = lengthIn(column === 0 ? left : gapAcross / 2)
    const after = lengthIn(column === columns - 1 ? stock.pageWidth - right : gapAcross / 2)
    const above = lengthIn(row === 0 ? top : gapDown / 2)
    const below = lengthIn(row === rows - 1 ? stock.pageHeight - bottom : gapDown / 2)
    return [
      ...[top, bottom].flatMap((y) => [
        before > 0 ? line(left - CLEAR - before, y, left - CLEAR, y) : '',
        after > 0 ? line(right + CLEAR, y, right + CLEAR + after, y) : '',
      ]),
      ...[left, right].flatMap((x) => [
        above > 0 ? line(x, top - CLEAR - above, x, top - CLEAR) : '',
        below > 0 ? line(x, bottom + CLEAR, x, bottom + CLEAR + below) : '',
      ]),
    ]
  })
  return `q 0.25 w\n${marks.filter((mark) => mark !== '').join('\n')}\nQ`
}

const lengthIn = (room: number): number => Math.min(MARK, room - CLEAR)

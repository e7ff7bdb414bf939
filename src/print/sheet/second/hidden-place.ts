import { HIDDEN_SYMBOL_SIZE } from '../../hidden-symbol.ts'
import { POINTS } from '../document.ts'
import type { Box, Cell } from '../layout.ts'
import { breakWords, type SheetWords } from '../words.ts'
import type { Measure, SetLine } from './composition.ts'
import { SMALLEST } from './parts.ts'

/**
 * The place of a hidden code: at the bottom of the text, the same on every label of a sheet whatever else it says,
 * because scratch layers are laid on by machines that know one place.
 */
export interface SecondPlace {
  /** Points that it takes from the text's room. */
  readonly height: number
  /** Printed with the stamp: points from the text's corner. */
  readonly caption: readonly SetLine[]
  /** Printed with the stamp: the place, in points from the text's corner. */
  readonly frame: Box
  /** Where the parts of a code in letters go, and which of its letters; none where it is a symbol. */
  readonly code: readonly CodeLine[]
}

const LARGEST = 8
const MAX_OF_HEIGHT = 0.13
const LEADING = 1.2
const PADDING = 1
const CAPTION_LEADING = 1.16
/** From the caption to the frame, and from the words to the caption. */
const [BELOW, GAP] = [1, 1.5]
/** A group of a code that is as wide as any. */
const WIDE = 'MMMM'
const GROUPS = 4

interface CodeLine {
  readonly from: number
  readonly to: number
  readonly place: SetLine
}

export function secondPlace(measure: Measure, words: SheetWords, cell: Cell): SecondPlace {
  const [width, height] = [cell.text.width * POINTS, cell.text.height * POINTS]
  const { rows, size } = codeRows(measure, width, height)
  const frame = cell.hidden
    ? symbolFrame(cell, cell.hidden)
    : lettersFrame(width, height, rows * size * LEADING)
  const lines = captionLines(measure, words, width)
  const room = lines.length * SMALLEST * CAPTION_LEADING + BELOW
  const caption = lines.map((text, i): SetLine => {
    const top = frame.top - room + i * SMALLEST * CAPTION_LEADING
    return { text, font: 'regular', size: SMALLEST, left: frame.left, top }
  })
  const letters = (5 * GROUPS) / rows
  const code = Array.from({ length: cell.hidden ? 0 : rows }, (_, i): CodeLine => {
    const top = frame.top + i * size * LEADING
    const place: SetLine = { text: WIDE, font: 'bold', size, left: PADDING, top }
    return { from: i * letters, to: (i + 1) * letters - 1, place }
  })
  return { height: height - frame.top + room + GAP, caption, frame, code }
}

/** Two groups a line, or one where two would be too small to read. */
function codeRows(measure: Measure, width: number, height: number) {
  const room = width - 2 * PADDING
  const two = Math.min(LARGEST, room / measure(`${WIDE}-${WIDE}`, 'bold'))
  if (two >= SMALLEST) return { rows: 2, size: Math.max(SMALLEST, Math.min(two, MAX_OF_HEIGHT * height)) }
  return { rows: GROUPS, size: Math.min(SMALLEST, room / measure(WIDE, 'bold')) }
}

const lettersFrame = (width: number, height: number, high: number): Box => ({
  left: 0,
  top: height - high,
  width,
  height: high,
})

/** The frame is the edge of the symbol's quiet zone, which begins at a whole dot of the printer. */
function symbolFrame({ text }: Cell, { left, top, width, height }: Box): Box {
  return {
    left: (left - text.left) * POINTS,
    top: (top - text.top) * POINTS,
    width: width * POINTS,
    height: height * POINTS,
  }
}

/** No larger than any name: as many words as there is room for in the smallest letters. */
function captionLines(measure: Measure, { hidden, shortHidden }: SheetWords, width: number): string[] {
  for (const text of [hidden, shortHidden]) if (measure(text, 'regular') * SMALLEST <= width) return [text]
  const words = shortHidden.split(' ')
  const widths = words.map((word) => measure(word, 'regular') * SMALLEST)
  return breakWords(words, widths, measure(' ', 'regular') * SMALLEST, width)
}

/** Quiet zone on each side of a hidden code's symbol, in its modules. */
export const HIDDEN_MODULES = HIDDEN_SYMBOL_SIZE + 8

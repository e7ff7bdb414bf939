import { HIDDEN_SYMBOL, HIDDEN_SYMBOL_SIZE, hiddenSymbolText } from '../../hidden-symbol.ts'
import { createPress } from '../../press/press.ts'
import { outline, symbolContent } from '../content.ts'
import { type PdfDocument, POINTS } from '../document.ts'
import type { Box, Cell } from '../layout.ts'
import { moved } from '../words.ts'

/**
 * The place of a hidden code: at the bottom of the text, the same on every label of a sheet whatever else it says,
 * because scratch layers are laid on by machines that know one place.
 */
export interface HiddenPlace {
  /** Points that it takes from the text's room. */
  readonly height: number
  /** A caption and a frame, printed with the stamp. */
  mark(cell: Cell): string
  /** The code, printed on a layer of its own. */
  code(hiddenCode: string, cell: Cell): (string | Uint8Array)[]
}

const LARGEST = 8
const MAX_OF_HEIGHT = 0.13
const LEADING = 1.25
const PADDING = 2
const CAPTION = 5
/** Of the text's height. */
const MAX_OF_CAPTION = 0.07
/** From a caption's top to the frame below, in its size. */
const CAPTION_ROOM = 1.4
/** From the words to the caption. */
const GAP = 2
/** Half a code that is as wide as any. */
const WIDE = 'MMMM-MMMM'

const inCell = (content: string, { text }: Cell): string =>
  moved(content, text.left * POINTS, text.top * POINTS)

/** A place for 16 letters on two lines. */
export function lettersPlace(pdf: PdfDocument, caption: string, { text }: Cell): HiddenPlace {
  const [width, height] = [text.width * POINTS, text.height * POINTS]
  const widest = (width - 2 * PADDING) / pdf.widthOf(WIDE, 'bold', 1)
  const size = Math.min(LARGEST, MAX_OF_HEIGHT * height, widest)
  const captionSize = Math.min(0.62 * size, width / pdf.widthOf(caption, 'regular', 1))
  const frame = 2 * size * LEADING
  const top = height - frame
  const captionTop = top - CAPTION_ROOM * captionSize
  const box = { left: 0, top: top / POINTS, width: text.width, height: frame / POINTS }
  const content = `${pdf.text(caption, 'regular', captionSize, 0, captionTop)}\n${outline(box, 1)}`
  const first = pdf.place('bold', size, PADDING, top)
  const second = pdf.place('bold', size, PADDING, top + size * LEADING)
  return {
    height: height - captionTop + GAP,
    mark: (cell) => inCell(content, cell),
    code: (code, cell) => [
      inCell(`${pdf.line(code.slice(0, 9), first)}\n${pdf.line(code.slice(10), second)}`, cell),
    ],
  }
}

/** A place for a symbol, snapped to the printer's dots as all symbols are. The frame is its quiet zone's edge. */
export function symbolPlace(
  pdf: PdfDocument,
  caption: string,
  { text }: Cell,
  { width: side }: Box,
): HiddenPlace {
  const widest = (text.width * POINTS) / pdf.widthOf(caption, 'regular', 1)
  const size = Math.min(CAPTION, MAX_OF_CAPTION * text.height * POINTS, widest)
  const content = pdf.text(caption, 'regular', size, 0, 0)
  const press = createPress(HIDDEN_SYMBOL)
  const module = side / (HIDDEN_SYMBOL_SIZE + 8)
  return {
    // A dot more than the box, which may begin a dot higher, is within the gap.
    height: side * POINTS + CAPTION_ROOM * size + GAP,
    mark: ({ text: { left }, hidden }) => {
      const top = hidden!.top * POINTS - CAPTION_ROOM * size
      return `${moved(content, left * POINTS, top)}\n${outline(hidden!, 1)}`
    },
    code: (code, { hidden }) => {
      const quiet = 4 * module
      const symbol = press.symbol(hiddenSymbolText(code))
      return symbolContent(symbol, hidden!.left + quiet, hidden!.top + quiet, module)
    },
  }
}

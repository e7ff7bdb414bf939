import { outline } from './content.ts'
import { type LinePlace, type PdfDocument, POINTS } from './document.ts'

/**
 * The place of a hidden code: at the bottom of the text, the same on every label of a sheet whatever else it says,
 * because scratch layers are laid on by machines that know one place.
 */
export interface HiddenPlace {
  /** The caption and a frame: operators in points from the text's top left corner. */
  readonly content: string
  /** Where the two halves of the code go. */
  readonly halves: readonly [LinePlace, LinePlace]
  /** Points that it takes from the text's room. */
  readonly height: number
}

const LARGEST = 8
const MOST_OF_HEIGHT = 0.13
const LEADING = 1.25
const PADDING = 2
/** Half a code that is as wide as any. */
const WIDE = 'MMMM-MMMM'

/** The place in a room for text of some width and height, in points. */
export function hiddenPlace(pdf: PdfDocument, caption: string, width: number, height: number): HiddenPlace {
  const widest = (width - 2 * PADDING) / pdf.widthOf(WIDE, 'bold', 1)
  const size = Math.min(LARGEST, MOST_OF_HEIGHT * height, widest)
  const captionSize = Math.min(0.62 * size, width / pdf.widthOf(caption, 'regular', 1))
  const frame = 2 * size * LEADING
  const top = height - frame
  const captionTop = top - 1.4 * captionSize
  const box = { left: 0, top: top / POINTS, width: width / POINTS, height: frame / POINTS }
  return {
    content: `${pdf.text(caption, 'regular', captionSize, 0, captionTop)}\n${outline(box, 1)}`,
    halves: [pdf.place('bold', size, PADDING, top), pdf.place('bold', size, PADDING, top + size * LEADING)],
    height: height - captionTop,
  }
}

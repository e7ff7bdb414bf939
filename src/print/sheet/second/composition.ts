import type { FontName } from '../document.ts'
import type { LabelTemplate, LabelWords } from '../words.ts'

/** What a label's words are before and after they are set. All lengths are points. */

/** A line by its top left corner. */
export interface SetLine {
  readonly text: string
  readonly font: FontName
  readonly size: number
  readonly left: number
  readonly top: number
}

export interface SetStars {
  readonly count: number
  readonly left: number
  readonly top: number
  readonly size: number
}

export interface SetLogo {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A part of a label's words that is not printed whole, or not at all. */
export interface WordCut {
  readonly field: 'product' | 'facility' | 'stars' | 'lines' | 'logo'
  /** What of it is printed. */
  readonly printed: string
}

export interface Composition {
  readonly lines: readonly SetLine[]
  readonly stars: SetStars | undefined
  readonly logo: SetLogo | undefined
  /** Of the serial, whose digits differ from label to label: which of its letters each line has, and where it goes. */
  readonly serial: readonly { readonly from: number; readonly to: number; readonly place: SetLine }[]
  readonly cuts: readonly WordCut[]
}

/** The width of a line in its size. */
export type Measure = (text: string, font: FontName) => number

export interface CompositionRequest {
  readonly words: LabelWords
  /** Lot and dates, or what GS1 wants to be read beside a symbol: each whole or not at all. */
  readonly lines: readonly string[]
  /** What stands between two of them on one line. */
  readonly between: string
  /** A serial as long as those to come, with its prefix. */
  readonly serial: string
  readonly template: LabelTemplate
  /** Its width by its height. */
  readonly logo: number | undefined
  readonly width: number
  readonly height: number
  readonly centred: boolean
}

/** What is printed of words for which there is no room: so many lines of names, and which of the other lines. */
export interface KeptParts {
  readonly product: number
  readonly facility: number
  readonly stars: boolean
  readonly lines: readonly number[]
  readonly logo: boolean
}

import { elementLines } from '../../../stamp/gs1-link.ts'
import { MAX_FACES } from '../design.ts'
import { POINTS } from '../document.ts'
import type { Label } from '../label.ts'
import type { Cell, Layout } from '../layout.ts'
import type { CheckedOptions } from '../options.ts'
import { type LabelTemplate, SHEET_WORDS, type SheetLanguage } from '../words.ts'
import { compose } from './compose.ts'
import type { Composition, Measure } from './composition.ts'
import { type SecondPlace, secondPlace } from './hidden-place.ts'

export interface ComposerOptions {
  readonly layout: Layout
  readonly language: SheetLanguage
  readonly template: LabelTemplate
  /** The logo's width by its height. */
  readonly logo: number | undefined
}

export const composerOptions = (
  { language, template, logo }: CheckedOptions,
  layout: Layout,
): ComposerOptions => ({
  layout,
  language,
  template,
  logo: logo && logo.width / logo.height,
})

/** What labels have in common that differ in their digits alone: set once. */
interface Known {
  readonly label: Label
  readonly length: number
  readonly elements: string | undefined
  readonly composition: Composition
}

/** Sets labels, whatever they are drawn with afterwards. */
export class Composer {
  readonly #measure: Measure
  readonly #options: ComposerOptions
  readonly #known = new Map<string, Known>()
  #last: Known | undefined
  readonly place: SecondPlace

  constructor(measure: Measure, options: ComposerOptions) {
    const widths = new Map<string, number>()
    this.#measure = (text, font) => {
      const key = font + text
      const width = widths.get(key) ?? measure(text, font)
      if (widths.size < MAX_WIDTHS) widths.set(key, width)
      return width
    }
    this.#options = options
    this.place = secondPlace(this.#measure, SHEET_WORDS[options.language], options.layout.cells[0]!)
  }

  /** What stands below all: a label's own number. */
  serialText({ text, serial }: Label): string {
    return elementLines(text)?.at(-1) ?? `${SHEET_WORDS[this.#options.language].serial} ${serial}`
  }

  /** The same for all labels that differ in their digits alone. @throws VeristampError `does_not_fit` where there is no room for a serial */
  of(label: Label, serialText = this.serialText(label)): Composition {
    const own = elementLines(label.text)?.slice(0, -1)
    const elements = own?.join('\n')
    const { length } = serialText
    if (this.#last !== undefined && isLike(this.#last, label, length, elements)) return this.#last.composition
    const { product, facility, stars, lot, made, expires, hiddenCode } = label
    const key = JSON.stringify([
      ...[product, facility, stars, lot, made, expires],
      ...[hiddenCode !== undefined, length, elements],
    ])
    const known = this.#known.get(key)
    const composition = known?.composition ?? this.#compose(label, serialText, own)
    this.#last = { label: { ...label }, length, elements, composition }
    if (this.#known.size >= MAX_FACES) this.#known.clear()
    this.#known.set(key, this.#last)
    return composition
  }

  #compose(label: Label, serialText: string, own: readonly string[] | undefined): Composition {
    const { template, logo, layout } = this.#options
    const cell = layout.cells[0]!
    return compose(this.#measure, {
      words: label,
      lines: own?.flatMap((each) => each.split(' ')) ?? this.#claims(label),
      between: own === undefined ? ' · ' : ' ',
      serial: serialText.replace(/[0-9]/g, '0'),
      template,
      logo: template === 'logo' ? logo : undefined,
      width: cell.text.width * POINTS,
      height: cell.text.height * POINTS - (label.hiddenCode === undefined ? 0 : this.place.height),
      centred: isBelow(cell),
    })
  }

  #claims({ lot, made, expires }: Label): string[] {
    const words = SHEET_WORDS[this.#options.language]
    const day = (text: string) => dayIn(this.#options.language, text)
    return [
      ...(lot === undefined ? [] : [`${words.lot} ${lot}`]),
      ...(made === undefined ? [] : [`${words.made} ${day(made)}`]),
      ...(expires === undefined ? [] : [`${words.expires} ${day(expires)}`]),
    ]
  }
}

const WORDS = ['product', 'facility', 'stars', 'lot', 'made', 'expires'] as const

const isLike = (known: Known, label: Label, length: number, elements: string | undefined): boolean =>
  known.length === length &&
  known.elements === elements &&
  (known.label.hiddenCode === undefined) === (label.hiddenCode === undefined) &&
  WORDS.every((field) => known.label[field] === label[field])

const MAX_WIDTHS = 100_000

/** Day, month and year as people write them; in English the day as it is, which nobody takes for another. */
const dayIn = (language: SheetLanguage, day: string): string =>
  language === 'vi' ? day.split('-').reverse().join('/') : day

const isBelow = ({ text, symbol }: Cell): boolean => text.top >= symbol.top + symbol.height - 1e-6

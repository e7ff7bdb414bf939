import { checkInteger } from '../../lib/checks.ts'
import { argumentRange, argumentType } from '../../lib/errors.ts'
import { checkHiddenCode } from '../hidden-symbol.ts'
import type { LabelWords } from './face.ts'

/** One label. */
export interface Label extends LabelWords {
  /** The carrier's text for the symbol. */
  readonly text: string
  readonly serial: number | string
  /**
   * What stands under the layer to scratch off, as `sealStamp` gives it. Only the place is printed with the symbol:
   * the code itself comes from the layer `hidden`, on another pass or another machine.
   */
  readonly hiddenCode?: string
}

const MAX_WORDS = 500

/** @throws an argument error that names the field */
export function checkLabel(label: Label): Label {
  if (typeof label !== 'object' || label === null) throw argumentType('label', 'an object', label)
  for (const field of ['product', 'facility'] as const) {
    if (label[field] !== undefined) checkWords(`label.${field}`, label[field])
  }
  checkWords('label.serial', typeof label.serial === 'number' ? String(label.serial) : label.serial)
  if (label.stars !== undefined) checkInteger('label.stars', label.stars, 5, 1)
  if (label.hiddenCode !== undefined) checkHiddenCode('label.hiddenCode', label.hiddenCode)
  return label
}

function checkWords(name: string, words: unknown): void {
  const expected = `a text of at most ${MAX_WORDS} characters`
  if (typeof words !== 'string') throw argumentType(name, expected, words)
  if (words.length > MAX_WORDS) throw argumentRange(name, expected, words)
}

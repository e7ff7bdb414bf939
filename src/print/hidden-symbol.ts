import { argumentRange } from '../lib/errors.ts'
import type { Level } from './level.ts'
import { type QrSymbol, symbol } from './symbol.ts'

/**
 * The symbol of a hidden code: its 16 letters without hyphens are all that version 1 at level Q holds, the smallest
 * symbol there is, and a quarter of it may be lost to a coin (SPEC.md, "Seals").
 */
export const HIDDEN_SYMBOL = { level: 'Q', version: 1 } as const satisfies { level: Level; version: number }
/** Modules a side. */
export const HIDDEN_SYMBOL_SIZE = 21

const LETTERS = '[0-9A-HJKMNP-TV-Z]{4}'
const HIDDEN_CODE = new RegExp(`^${LETTERS}(-${LETTERS}){3}$`)

/**
 * Checks a hidden code that is to be printed.
 * @throws ArgumentRangeError that does not repeat what was given: it is a secret until it is scratched free
 */
export function checkHiddenCode(name: string, hiddenCode: string): string {
  if (typeof hiddenCode === 'string' && HIDDEN_CODE.test(hiddenCode)) return hiddenCode
  throw argumentRange(name, 'four groups of four letters, as sealStamp gives them', 'something else')
}

/** What stands in the symbol of a hidden code. */
export const hiddenSymbolText = (hiddenCode: string): string => hiddenCode.replaceAll('-', '')

/**
 * A hidden code as a QR symbol of its own, for scratch layers that are read by scanners: 21 modules a side. Print it
 * in another pass than the stamp, and on no file that shows both.
 * @param hiddenCode as `sealStamp` gives it
 * @throws ArgumentRangeError
 * @example
 * ```ts
 * import { hiddenSymbol, svg } from 'veristamp'
 *
 * const { size } = hiddenSymbol(hiddenCode)
 * size // → 21
 * svg(hiddenSymbol(hiddenCode), { millimetres: 6 }) // → '<svg…'
 * ```
 */
export const hiddenSymbol = (hiddenCode: string): QrSymbol =>
  symbol(hiddenSymbolText(checkHiddenCode('hiddenCode', hiddenCode)), HIDDEN_SYMBOL)

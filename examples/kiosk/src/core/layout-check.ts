import type { Reading } from './wedge.ts'

/** The text of the test barcode: every letter that a stamp's code may have. */
export const TEST_TEXT = 'TEST:0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/**
 * What garbles a scanner: `none`; `mended`, another keyboard layout, which reading by the places of the keys mends;
 * `caps_lock`; `input_method`, such as Telex or VNI; `letters_lost`, a scanner that types too fast; `layout`, a
 * scanner that is set to the keyboard of another country; `other_code`, another barcode was scanned.
 */
export type LayoutFault =
  | 'none'
  | 'mended'
  | 'caps_lock'
  | 'input_method'
  | 'letters_lost'
  | 'layout'
  | 'other_code'

export interface LayoutCheck {
  readonly fault: LayoutFault
  /** What came for which letter: at most one entry for each letter. */
  readonly garbled: readonly { readonly expected: string; readonly got: string }[]
}

const MAX_DIFFERENT = 0.75

/** Compares a scan of the test barcode with its text. */
export function checkLayout(reading: Reading): LayoutCheck {
  const garbled = garbledLetters(reading.byLetter)
  const check = (fault: LayoutFault): LayoutCheck => ({ fault, garbled })
  if (reading.byLetter === TEST_TEXT) return check('none')
  if (reading.byPlace === TEST_TEXT) return check(isSwapped(reading.byLetter) ? 'caps_lock' : 'mended')
  if (isSwapped(reading.byLetter)) return check('caps_lock')
  if (reading.composed || /[^\x20-\x7e]/.test(reading.byLetter)) return check('input_method')
  if (isPartOfTest(reading.byLetter)) return check('letters_lost')
  if (reading.byLetter.length !== TEST_TEXT.length) return check('other_code')
  return check(garbled.length > MAX_DIFFERENT * new Set(TEST_TEXT).size ? 'other_code' : 'layout')
}

const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  )

const isSwapped = (text: string): boolean => swapCase(text) === TEST_TEXT

/** True when letters are missing and the others stand in order. */
function isPartOfTest(text: string): boolean {
  let found = 0
  for (const letter of TEST_TEXT) if (letter === text[found]) found++
  return found === text.length && text.length > TEST_TEXT.length / 2
}

function garbledLetters(got: string): LayoutCheck['garbled'] {
  const letters = [...got]
  if (letters.length !== TEST_TEXT.length) return []
  const pairs = new Map<string, string>()
  for (const [i, expected] of [...TEST_TEXT].entries()) {
    if (letters[i] !== expected) pairs.set(expected, letters[i]!)
  }
  return [...pairs].map(([expected, got]) => ({ expected, got }))
}

import { checkDigit, hasValidCheckDigit } from '../codec/check-digit.ts'
import { isTrouble, type KeyName, type Trouble, trouble } from './kinds.ts'

/** Ids below this are catalogue ids, the others whole GS1 keys. */
export const CATALOGUE_IDS = 65536

const LENGTHS: Readonly<Record<KeyName, readonly number[]>> = { GLN: [13], GTIN: [8, 12, 13, 14] }

/** What spreadsheets make of a long number: `8.93E+12`, with a comma in many languages. */
const ROUNDED = /^[0-9](?:[.,][0-9]+)?e\+?[0-9]+$/i

/** Zeros that a spreadsheet may have taken from a key's front: no key in use begins with more. */
const MAX_LOST = 2

function digitsTrouble(key: KeyName, text: string): Trouble | undefined {
  if (/^[0-9]+$/.test(text)) return undefined
  return ROUNDED.test(text) ? trouble('rounded_number', { key }) : trouble('not_a_number', {})
}

/** The key that a number is with zeros in front of it; undefined where the check digit says that it is none. */
function withZeros(key: KeyName, text: string): string | undefined {
  const length = LENGTHS[key].find((each) => each >= text.length)
  return length !== undefined && hasValidCheckDigit(text) ? text.padStart(length, '0') : undefined
}

/** A GLN or GTIN, kept as a text because zeros in front count. */
export function readKey(key: KeyName, text: string): string | Trouble {
  const wrong = digitsTrouble(key, text)
  if (wrong) return wrong
  if (LENGTHS[key].includes(text.length)) {
    if (hasValidCheckDigit(text)) return text
    return trouble('bad_check_digit', { right: checkDigit(text.slice(0, -1)) })
  }
  const whole = withZeros(key, text)
  return whole === undefined || whole.length - text.length > MAX_LOST
    ? trouble('bad_length', { key, length: text.length })
    : trouble('lost_zeros', { key, whole })
}

/** A whole GLN or GTIN as the number that ids are (SPEC.md, "Payload"): zeros in front don't count. */
export function numberOfKey(key: KeyName, text: string): number | Trouble {
  const number = Number(text)
  return number < CATALOGUE_IDS ? trouble('key_too_small', { key, number, below: CATALOGUE_IDS }) : number
}

/**
 * An id: a catalogue id, spelled without zeros in front, or a whole GLN or GTIN with its zeros or without them.
 * The inverse of `writeId`.
 */
export function readId(key: KeyName, text: string): number | Trouble {
  const wrong = digitsTrouble(key, text)
  if (wrong) return wrong
  if (LENGTHS[key].includes(text.length) && hasValidCheckDigit(text)) return numberOfKey(key, text)
  const isPadded = text.length > 1 && text.startsWith('0')
  // So long and too large for a catalogue id: it is a whole key, and its check digit is wrong.
  const looksWhole = text.length >= 13 && LENGTHS[key].includes(text.length) && Number(text) >= CATALOGUE_IDS
  if (isPadded && !looksWhole) return trouble('leading_zero', { key })
  if (text.length >= 8) {
    const read = readKey(key, text)
    return isTrouble(read) && read.reason !== 'lost_zeros' ? read : Number(text)
  }
  // A shorter number is no key, even where a check digit would fit: in one number of ten it does.
  return Number(text) < CATALOGUE_IDS ? Number(text) : trouble('out_of_range', { key, below: CATALOGUE_IDS })
}

/** A catalogue id as a number, a whole GLN or GTIN with its zeros. */
export function writeId(key: KeyName, id: number): string {
  const digits = String(id)
  return id < CATALOGUE_IDS ? digits : (withZeros(key, digits) ?? digits)
}

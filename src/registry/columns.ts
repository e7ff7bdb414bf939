import { MAX_NAME_LENGTH, MAX_NOTE_LENGTH } from '../trust/catalogue.ts'
import { isTrouble, type Trouble, trouble } from './fault.ts'
import { checkDigit, hasValidCheckDigit } from './gs1.ts'

/** A column that the library knows. Cells are read by `read`; an empty one is a fault where it is `required`. */
export interface KnownColumn {
  readonly name: string
  readonly required?: true
  /** Whole numbers in the catalogue; otherwise texts. */
  readonly numeric?: true
  readonly read: (text: string) => number | string | Trouble
}

/** A GS1 key that names a facility or a product, and how many digits it may have. */
interface KeyKind {
  readonly name: 'GLN' | 'GTIN'
  readonly lengths: readonly number[]
}

const GLN: KeyKind = { name: 'GLN', lengths: [13] }
const GTIN: KeyKind = { name: 'GTIN', lengths: [8, 12, 13, 14] }

/** Ids below this are catalogue ids, the others whole GS1 keys. */
const CATALOGUE_IDS = 65536

const allowed = (kind: KeyKind): string =>
  kind.lengths.length === 1 ? `${kind.lengths[0]}` : '8, 12, 13 or 14'

const digitsOnly = (text: string): Trouble | undefined =>
  /^[0-9]+$/.test(text)
    ? undefined
    : trouble('not_a_number', 'Only the digits 0 to 9 may stand here, without spaces, signs or points.')

/** A GLN or GTIN, kept as a text because zeros in front count. */
function readKey(kind: KeyKind, text: string): string | Trouble {
  const notDigits = digitsOnly(text)
  if (notDigits) return notDigits
  if (!kind.lengths.includes(text.length)) {
    return trouble('bad_length', `A ${kind.name} has ${allowed(kind)} digits; this has ${text.length}.`)
  }
  if (hasValidCheckDigit(text)) return text
  const right = checkDigit(text.slice(0, -1))
  return trouble('bad_check_digit', `The check digit doesn't fit: after these digits it would be ${right}.`)
}

/** A catalogue id or a whole GS1 key, spelled as the number is: no zeros in front. */
function readId(kind: KeyKind, text: string): number | Trouble {
  const notDigits = digitsOnly(text)
  if (notDigits) return notDigits
  if (text.length > 1 && text.startsWith('0')) {
    return trouble('leading_zero', 'An id is a number and has no zeros in front.')
  }
  if (text.length < 8) {
    if (Number(text) < CATALOGUE_IDS) return Number(text)
    return trouble('out_of_range', `An id is below ${CATALOGUE_IDS}, or a whole ${kind.name}.`)
  }
  const key = readKey(kind, text)
  return isTrouble(key) ? key : Number(key)
}

const readStars = (text: string): number | Trouble =>
  /^[1-5]$/.test(text) ? Number(text) : trouble('bad_stars', 'OCOP stars are a whole number from 1 to 5.')

/** A text no longer than the catalogue holds (trust/catalogue.ts), in UTF-16 units. */
const textOf =
  (most: number) =>
  (text: string): string | Trouble =>
    text.length <= most
      ? text
      : trouble('field_too_long', `At most ${most} characters may stand here; this has ${text.length}.`)

const name: KnownColumn = { name: 'name', required: true, read: textOf(MAX_NAME_LENGTH) }

export const FACILITY_COLUMNS: readonly KnownColumn[] = [
  { name: 'id', required: true, numeric: true, read: (text) => readId(GLN, text) },
  name,
  { name: 'gln', read: (text) => readKey(GLN, text) },
  { name: 'address', read: textOf(MAX_NOTE_LENGTH) },
]

export const PRODUCT_COLUMNS: readonly KnownColumn[] = [
  { name: 'id', required: true, numeric: true, read: (text) => readId(GTIN, text) },
  { name: 'facility', required: true, numeric: true, read: (text) => readId(GLN, text) },
  name,
  { name: 'gtin', read: (text) => readKey(GTIN, text) },
  { name: 'stars', numeric: true, read: readStars },
  { name: 'image', read: textOf(MAX_NOTE_LENGTH) },
]

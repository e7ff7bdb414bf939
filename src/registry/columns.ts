import { MAX_NAME_LENGTH, MAX_NOTE_LENGTH } from '../trust/catalogue.ts'
import { readId, readKey, writeId } from './keys.ts'
import { isTrouble, type KeyName, type Trouble, trouble } from './kinds.ts'
import { onOneLine } from './text.ts'

/** A column that the library knows. Cells are read by `read`; an empty one is a fault where it is `required`. */
export interface KnownColumn {
  readonly name: string
  /** Other names that are read as this one, as `foldName` writes them. */
  readonly aliases: readonly string[]
  readonly required?: true | undefined
  /** A file may lack the column. */
  readonly optional?: true | undefined
  /** The column whose key is the value where this one is empty. */
  readonly or?: { readonly name: string; readonly key: KeyName } | undefined
  /** Whole numbers in the catalogue; otherwise texts. */
  readonly numeric?: true | undefined
  /** Blanks around the value mean nothing. */
  readonly trim?: true | undefined
  readonly read: (text: string) => number | string | Trouble
  readonly write?: ((value: number) => string) | undefined
}

/** A column's name without what people and spreadsheets vary: marks, case, blanks and signs. */
export const foldName = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const readStars = (text: string): number | Trouble =>
  /^[1-5](?: ?(?:sao|stars?|★))?$/i.test(text) ? Number(text[0]) : trouble('bad_stars', {})

/** A text no longer than this, in UTF-16 units. */
export const textUpTo =
  (max: number) =>
  (text: string): string | Trouble =>
    text.length <= max ? text : trouble('field_too_long', { length: text.length, max })

/** A text on one line. */
export const lineUpTo =
  (max: number) =>
  (text: string): string | Trouble => {
    const line = onOneLine(text)
    return isTrouble(line) ? line : textUpTo(max)(line)
  }

const readName = lineUpTo(MAX_NAME_LENGTH)

/** An address with a host and nothing that could mean another one to another reader. */
const HTTPS = /^https:\/\/[^\s/?#@\\]+(?:[/?#][^\s\\]*)?$/i
/** A file in the registry's folder or below it, as people and browsers read it alike. */
const FILE = /^(?![./]|[^/]*:)(?!.*(?:\/\/|\/\.|\/$))[^\\?#%\t\n]+$/

/** An address or a file of a picture, as Windows writes it too. Anything else could be a program where it is shown. */
function readImage(text: string): string | Trouble {
  const file = text.replaceAll('\\', '/')
  if (FILE.test(file)) return textUpTo(MAX_NOTE_LENGTH)(file)
  return HTTPS.test(text) ? textUpTo(MAX_NOTE_LENGTH)(text) : trouble('bad_image', {})
}

const keyColumn = (key: KeyName) => ({
  trim: true as const,
  read: (text: string) => readKey(key, text),
})
const idColumn = (key: KeyName) => ({
  numeric: true as const,
  trim: true as const,
  read: (text: string) => readId(key, text),
  write: (id: number) => writeId(key, id),
})

export const FACILITY_COLUMNS: readonly KnownColumn[] = [
  {
    ...{ name: 'id', required: true, or: { name: 'gln', key: 'GLN' } },
    ...idColumn('GLN'),
    aliases: ['ma', 'ma so', 'ma co so', 'ma don vi', 'facility id'],
  },
  {
    ...{ name: 'name', required: true, read: readName },
    aliases: ['ten', 'ten co so', 'ten don vi', 'co so', 'facility name'],
  },
  { name: 'gln', ...keyColumn('GLN'), aliases: ['ma gln', 'so gln', 'gln code'] },
  { name: 'address', read: textUpTo(MAX_NOTE_LENGTH), aliases: ['dia chi', 'facility address'] },
]

export const PRODUCT_COLUMNS: readonly KnownColumn[] = [
  {
    ...{ name: 'id', required: true, or: { name: 'gtin', key: 'GTIN' } },
    ...idColumn('GTIN'),
    aliases: ['ma', 'ma so', 'ma san pham', 'ma sp', 'product id'],
  },
  {
    ...{ name: 'facility', required: true },
    ...idColumn('GLN'),
    aliases: ['ma co so', 'ma don vi', 'facility id'],
  },
  {
    ...{ name: 'name', required: true, read: readName },
    aliases: ['ten', 'ten san pham', 'ten sp', 'san pham', 'product name'],
  },
  {
    ...{ name: 'gtin', ...keyColumn('GTIN') },
    aliases: ['ma gtin', 'so gtin', 'gtin code', 'ma vach', 'barcode', 'ean'],
  },
  {
    ...{ name: 'stars', numeric: true, trim: true, read: readStars },
    aliases: ['so sao', 'sao', 'hang sao', 'so sao ocop', 'sao ocop', 'ocop stars'],
  },
  {
    ...{ name: 'image', trim: true, read: readImage },
    aliases: ['hinh anh', 'anh', 'hinh', 'anh san pham', 'hinh anh san pham', 'picture', 'photo'],
  },
]

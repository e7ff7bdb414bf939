import { encodeUtf8 } from '../codec/utf8.ts'
import { aFunction, anyText, bytesOf, checkTable, ifGiven, kindOf, listOf } from '../lib/arguments.ts'
import { isMap } from '../lib/brand.ts'
import type { Bytes } from '../lib/bytes.ts'
import { checkBytes, checkFields, checkObject } from '../lib/checks.ts'
import { ArgumentRangeError, argumentRange, argumentType } from '../lib/errors.ts'
import type { Catalogue, Facility, Product } from '../trust/catalogue.ts'
import type { RegistryDetails } from '../trust/details.ts'
import { FACILITY_COLUMNS, type KnownColumn, PRODUCT_COLUMNS } from './columns.ts'
import { joinRows } from './csv.ts'
import { FACILITY_DETAILS, PRODUCT_DETAILS } from './details.ts'
import type { RegistryFault, RegistryFile, RegistryNote } from './fault.ts'
import type { RegistryRow } from './row.ts'
import { checkRows } from './rules.ts'
import { readTable } from './table.ts'

/** The authority's registry: two files of CSV, in UTF-8 or UTF-16. */
export interface RegistryFiles {
  /** Columns `id`, `name`, `gln`, `address`, perhaps those of `FacilityDetails`, and any others. */
  readonly facilities: Uint8Array
  /** Columns `id`, `facility`, `name`, `gtin`, `stars`, `image`, perhaps those of `ProductDetails`, and any others. */
  readonly products: Uint8Array
}

export interface RegistryOptions {
  /**
   * The letters of a name that can't be printed, as `letterFinder` of `veristamp/sheet` finds them. Such a name is a
   * fault, where this is given.
   */
  readonly missingLetters?: ((name: string, kind: 'facility' | 'product') => readonly string[]) | undefined
}

export type RegistryReading =
  | {
      readonly ok: true
      readonly catalogue: Catalogue
      /** What the optional columns say. The catalogue has none of it, and so no trust list has. */
      readonly details: RegistryDetails
      /** What deserves a look, facilities first, in the order of the files. */
      readonly notes: readonly RegistryNote[]
    }
  | { readonly ok: false; readonly faults: readonly RegistryFault[] }

/**
 * Reads a registry: RFC 4180 CSV, separated by commas, semicolons or tabs, with a row that names the columns among
 * the first ten. Rows of blanks are skipped.
 *
 * The columns of the catalogue must all be there, in any order; `name` and `facility` must be filled, `id` too unless `gtin`
 * (`gln`) is: such a row has that number as its id, and without any id column all rows do. Names may differ in case,
 * blanks and signs, or be Vietnamese, with marks or without: `Mã`, `Tên sản phẩm`, `Mã cơ sở`, `Số sao`. Other columns
 * are kept as texts under their names, empty cells left out.
 *
 * Optional columns say what portals ask for, and come back apart as `details`: `taxCode` (Mã số thuế) and `identifier`
 * (Mã định danh) of a facility; `brand` (Thương hiệu), `origin` (Xuất xứ), `standards` (Tiêu chuẩn), `certificates`
 * (Chứng nhận), `warnings` (Cảnh báo) and `shelfLife` (Hạn sử dụng) of a product.
 *
 * An id is a number below 65536 without zeros in front, or a whole GLN (facility) or GTIN (product) with its check
 * digit, which is the number that its digits make. `gln` and `gtin` stay texts. No two products have one GTIN. An
 * `image` is an https address, or a file in the registry's folder.
 *
 * All texts and column names are read as Unicode NFC, with LF for every line break; a name stands on one line.
 * Letters that show nothing are left out, with a note; controls, marks that turn the direction of text, and code
 * points that mean nothing are faults.
 *
 * Every fault is reported, facilities first, in the order of the file. A file may have 16 MiB, 65,536 rows
 * of 100,000 characters and 100 columns; a name 200, an address or image 500 and any other field 1,000
 * characters (UTF-16 units); after 100,000 faults the rest of a file is not read. Throws only for arguments
 * of a wrong type.
 * @example
 * ```ts
 * import { readRegistry } from 'veristamp/registry'
 *
 * const utf8 = new TextEncoder()
 * const reading = readRegistry({
 *   facilities: utf8.encode('id,name,gln,address\n12,Mist Hill Tea,,Hai Ha\n'),
 *   products: utf8.encode('id,facility,name,gtin,stars,image\n104,12,Green tea,,4,\n'),
 * })
 * reading.ok && reading.catalogue.products[0]?.name // → 'Green tea'
 * ```
 */
export function readRegistry(files: RegistryFiles, options: RegistryOptions = {}): RegistryReading {
  checkTable('files', files, { facilities: bytesOf(), products: bytesOf() })
  checkTable('options', options, { missingLetters: ifGiven(aFunction) })
  const find = options.missingLetters
  const lettersOf = (kind: 'facility' | 'product') => find && ((name: string) => find(name, kind))
  const facilities = readTable('facilities', checkBytes('facilities', files.facilities), {
    ...{ known: [...FACILITY_COLUMNS, ...FACILITY_DETAILS], missingLetters: lettersOf('facility') },
  })
  const products = readTable('products', checkBytes('products', files.products), {
    ...{ known: [...PRODUCT_COLUMNS, ...PRODUCT_DETAILS], missingLetters: lettersOf('product') },
  })
  checkRows(facilities, products)
  const logs = [facilities.faults, products.faults]
  const faults = logs.flatMap((log) => log.inFileOrder())
  if (faults.length > 0) return { ok: false, faults }
  const catalogue = {
    facilities: facilities.rows.map((row) => toEntry(row, FACILITY_DETAILS) as Facility),
    products: products.rows.map((row) => toEntry(row, PRODUCT_DETAILS) as Product),
  }
  const details = {
    facilities: toDetails(facilities.rows, FACILITY_DETAILS),
    products: toDetails(products.rows, PRODUCT_DETAILS),
  }
  return { ok: true, catalogue, details, notes: logs.flatMap((log) => log.notesInFileOrder()) }
}

/**
 * Writes a catalogue as the two files of a registry, in plain CSV: UTF-8 without a byte order mark, LF, quotes
 * only where they are needed. Fields that the library doesn't know get columns of their own, in the order in
 * which they are first met. Whole GLNs and GTINs that are ids are written with their zeros. Optional columns are written where there is
 * something in them. Throws an ArgumentTypeError for a field that is not a text (nor one of the numbers `id`,
 * `facility`, `stars`), and an ArgumentRangeError where `readRegistry` would find a fault or leave letters out.
 * @example
 * ```ts
 * import { writeRegistry } from 'veristamp/registry'
 *
 * const files = writeRegistry({
 *   facilities: [{ id: 12, name: 'Mist Hill Tea' }],
 *   products: [{ id: 104, facility: 12, name: 'Green tea', stars: 4 }],
 * })
 * new TextDecoder().decode(files.products) // → 'id,facility,name,gtin,stars,image\n104,…'
 * ```
 */
export function writeRegistry(catalogue: Catalogue, details: RegistryDetails = NO_DETAILS): RegistryFiles {
  checkFields('catalogue', catalogue, { facilities: true, products: true })
  checkTable('details', details, { facilities: aMap, products: aMap })
  const files = {
    facilities: writeTable('facilities', withDetails('facilities', catalogue, details), FACILITY_COLUMNS),
    products: writeTable('products', withDetails('products', catalogue, details), PRODUCT_COLUMNS),
  }
  const reading = readRegistry(files)
  const wrong = reading.ok
    ? reading.notes.find(({ reason }) => reason === 'removed_letters')
    : reading.faults[0]
  if (wrong === undefined) return files
  const { file, column, value, message } = wrong
  const what = `${column?.name ?? 'row'} ${JSON.stringify(value.slice(0, 40))}`
  throw new ArgumentRangeError({
    name: `catalogue.${file}`,
    expected: 'rows that can be written',
    got: what,
    fix: message,
  })
}

const NO_DETAILS: RegistryDetails = { facilities: new Map(), products: new Map() }

const aMap = kindOf('a Map from ids to details', isMap)

type Entry = Record<string, number | string>
type DetailColumns = readonly Pick<KnownColumn, 'name'>[]

/** Own fields only, whatever the columns are called: `__proto__` and `constructor` are names like others. */
const toEntry = (row: RegistryRow, apart: DetailColumns): Entry =>
  Object.fromEntries(
    [...row]
      .filter(([name]) => !apart.some((column) => column.name === name))
      .map(([name, field]) => [name, field.value]),
  )

/** The details of the rows that have some, by their ids. */
const toDetails = (rows: readonly RegistryRow[], columns: DetailColumns): ReadonlyMap<number, Entry> =>
  new Map(
    rows
      .map((row) => [Number(row.get('id')!.value), detailsIn(row, columns)] as const)
      .filter(([, details]) => Object.keys(details).length > 0),
  )

const detailsIn = (row: RegistryRow, columns: DetailColumns): Entry =>
  Object.fromEntries(columns.flatMap(({ name }) => (row.has(name) ? [[name, row.get(name)!.value]] : [])))

/** The entries of a file with their details. @throws an argument error for details of nothing, and for unknown fields */
function withDetails<F extends RegistryFile>(file: F, catalogue: Catalogue, details: RegistryDetails) {
  const entries: Catalogue[F] = catalogue[file]
  listOf(checkObject)(`catalogue.${file}`, entries)
  const known = file === 'facilities' ? FACILITY_DETAILS : PRODUCT_DETAILS
  const table = Object.fromEntries(known.map(({ name }) => [name, ifGiven(anyText)]))
  const ids = new Set<unknown>(entries.map(({ id }) => id))
  for (const [id, each] of details[file]) {
    const place = `details.${file}.get(${String(id)})`
    if (!ids.has(id)) throw argumentRange(place, `the id of one of catalogue.${file}`, id)
    checkTable(place, each as Record<string, unknown>, table)
  }
  return entries.map((entry) => ({ ...entry, ...details[file].get(entry.id) }))
}

function writeTable(
  file: RegistryFile,
  entries: readonly Readonly<Record<string, unknown>>[],
  known: readonly KnownColumn[],
): Bytes {
  const names = new Set(known.map((column) => column.name))
  for (const entry of entries) for (const name of Object.keys(entry)) names.add(name)
  const columns = new Map(known.map((column) => [column.name, column]))
  const rows = entries.map((entry, at) =>
    [...names].map((name) => {
      const value = Object.hasOwn(entry, name) ? entry[name] : undefined
      return writeCell(`catalogue.${file}[${at}].${name}`, value, columns.get(name))
    }),
  )
  return encodeUtf8(joinRows([[...names], ...rows]))
}

function writeCell(name: string, value: unknown, column: KnownColumn | undefined): string {
  if (value === undefined) return ''
  const numeric = column?.numeric === true
  if (typeof value !== (numeric ? 'number' : 'string')) {
    throw argumentType(name, numeric ? 'a number' : 'a text', value)
  }
  return column?.write ? column.write(value as number) : String(value)
}

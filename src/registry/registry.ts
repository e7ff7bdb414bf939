import { encodeUtf8 } from '../codec/utf8.ts'
import { checkBytes } from '../lib/checks.ts'
import { ArgumentRangeError, argumentType } from '../lib/errors.ts'
import type { Catalogue, Facility, Product } from '../trust/catalogue.ts'
import { FACILITY_COLUMNS, type KnownColumn, PRODUCT_COLUMNS } from './columns.ts'
import { joinRows } from './csv.ts'
import { type RegistryFault, type RegistryFile, trouble } from './fault.ts'
import { type Field, type Row, readTable, type Table } from './table.ts'

/** The authority's registry: two CSV files in UTF-8. */
export interface RegistryFiles {
  /** Columns `id`, `name`, `gln`, `address` and any others. */
  readonly facilities: Uint8Array
  /** Columns `id`, `facility`, `name`, `gtin`, `stars`, `image` and any others. */
  readonly products: Uint8Array
}

export type RegistryReading =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly faults: readonly RegistryFault[] }

/**
 * Reads a registry: RFC 4180 CSV, separated by commas, the first row naming the columns.
 *
 * The columns above must all be there, in any order; `id`, `name` and `facility` must be filled. Other columns
 * are kept as texts under their names, empty cells left out. An id is a number below 65536 or a whole GLN
 * (facility) or GTIN (product) with its check digit and without zeros in front. `gln` and `gtin` stay texts.
 * All texts and column names are normalised to Unicode NFC, and line breaks inside them to LF. A byte order
 * mark, CRLF and blank rows are fine.
 *
 * Every fault is reported, facilities first, in the order of the file. A file may have 16 MiB, 65,536 rows
 * of 100,000 characters and 100 columns; a name 200, an address or image 500 and any other field 1,000
 * characters (UTF-16 units); after 100,000 faults the rest of a file is not read. Throws only for arguments
 * that are not bytes.
 */
export function readRegistry(files: RegistryFiles): RegistryReading {
  const facilities = readTable('facilities', checkBytes('facilities', files.facilities), FACILITY_COLUMNS)
  const products = readTable('products', checkBytes('products', files.products), PRODUCT_COLUMNS)
  reportDuplicateIds(facilities)
  reportDuplicateIds(products)
  reportUnknownFacilities(products, facilities.ids)
  const faults = [facilities, products].flatMap((table) => table.faults.inFileOrder())
  if (faults.length > 0) return { ok: false, faults }
  const catalogue = {
    facilities: facilities.rows.map((row) => toEntry(row) as Facility),
    products: products.rows.map((row) => toEntry(row) as Product),
  }
  return { ok: true, catalogue }
}

/**
 * Writes a catalogue as the two files of a registry, in plain CSV: UTF-8 without a byte order mark, LF, quotes
 * only where they are needed. Fields that the library doesn't know get columns of their own, in the order in
 * which they are first met. Throws an ArgumentTypeError for a field that is not a text (nor one of the numbers
 * `id`, `facility`, `stars`), and an ArgumentRangeError where `readRegistry` would find a fault.
 */
export function writeRegistry(catalogue: Catalogue): RegistryFiles {
  const files = {
    facilities: writeTable('facilities', catalogue.facilities, FACILITY_COLUMNS),
    products: writeTable('products', catalogue.products, PRODUCT_COLUMNS),
  }
  const reading = readRegistry(files)
  if (reading.ok) return files
  const { file, column, value, message } = reading.faults[0]!
  const what = `${column?.name ?? 'row'} ${JSON.stringify(value.slice(0, 40))}`
  throw new ArgumentRangeError(`catalogue.${file}: ${what} can't be written. ${message}`)
}

function reportDuplicateIds({ rows, faults }: Table): void {
  const firstLines = new Map<Field['value'], number>()
  for (const row of rows) {
    const id = row.get('id')
    if (!id) continue
    const earlier = firstLines.get(id.value)
    if (earlier === undefined) firstLines.set(id.value, id.line)
    else
      faults.add(id.line, id.column, id.text, trouble('duplicate_id', `Line ${earlier} has this id already.`))
  }
}

function reportUnknownFacilities({ rows, faults }: Table, ids: Table['ids']): void {
  if (!ids) return
  for (const row of rows) {
    const facility = row.get('facility')
    if (!facility || ids.has(Number(facility.value))) continue
    const { line, column, text } = facility
    faults.add(line, column, text, trouble('unknown_facility', 'No row of the facilities file has this id.'))
  }
}

/** Own fields only, whatever the columns are called: `__proto__` and `constructor` are names like others. */
const toEntry = (row: Row): Record<string, number | string> =>
  Object.fromEntries([...row].map(([name, field]) => [name, field.value]))

function writeTable(
  file: RegistryFile,
  entries: readonly (Facility | Product)[],
  known: readonly KnownColumn[],
): Uint8Array {
  const names = new Set(known.map((column) => column.name))
  for (const entry of entries) for (const name of Object.keys(entry)) names.add(name)
  const numeric = new Set(known.filter((column) => column.numeric).map((column) => column.name))
  const rows = entries.map((entry, at) =>
    [...names].map((name) => {
      const value = Object.hasOwn(entry, name) ? entry[name] : undefined
      return writeCell(`catalogue.${file}[${at}].${name}`, value, numeric.has(name))
    }),
  )
  return encodeUtf8(joinRows([[...names], ...rows]))
}

function writeCell(name: string, value: unknown, numeric: boolean): string {
  if (value === undefined) return ''
  if (typeof value !== (numeric ? 'number' : 'string')) {
    throw argumentType(name, numeric ? 'a number' : 'a text', value)
  }
  return String(value)
}

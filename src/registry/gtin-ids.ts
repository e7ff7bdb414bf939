import { checkDigit } from '../codec/check-digit.ts'
import type { Catalogue, Product } from '../trust/catalogue.ts'
import type { RegistryDetails } from '../trust/details.ts'
import { PRODUCT_COLUMNS } from './columns.ts'
import type { RegistryFault } from './fault.ts'
import { CATALOGUE_IDS, numberOfKey } from './keys.ts'
import { isTrouble } from './kinds.ts'
import { checkRows } from './rules.ts'
import { readTable } from './table.ts'

/** GTINs in the place of small ids, so that GS1 links can carry the stamps. */

/** GTINs by the ids that products have so far. */
export type Gtins = ReadonlyMap<number, string>

/** Reads a table with the columns `id` and `gtin`, named as a registry names them. */
export function readGtins(bytes: Uint8Array): { gtins: Gtins; faults: readonly RegistryFault[] } {
  const known = PRODUCT_COLUMNS.filter(({ name }) => name === 'id' || name === 'gtin').map((column) => ({
    ...column,
    required: true as const,
  }))
  const table = readTable('products', bytes, { known, missingLetters: undefined })
  checkRows({ rows: [], ids: undefined, faults: table.faults }, table)
  const gtins = new Map(
    table.rows.map((row) => [Number(row.get('id')?.value), String(row.get('gtin')?.value)]),
  )
  return { gtins, faults: table.faults.inFileOrder() }
}

/**
 * A GTIN to try things out with: GS1 keeps 952 for demonstrations, and no product has such a number. Others for others:
 * `9529999`, the catalogue id in five digits, and the check digit.
 */
export function demoGtin(id: number): string {
  const digits = `9529999${String(id).padStart(5, '0')}`
  return `${digits}${checkDigit(digits)}`
}

export interface NewId {
  readonly product: Product
  readonly was: number
}

export interface GtinIds {
  readonly catalogue: Catalogue
  readonly details: RegistryDetails
  /** The products whose id changed, with the new one. */
  readonly changed: readonly NewId[]
  /** The products that keep a small id, because they have no GTIN that could be one. */
  readonly kept: readonly Product[]
}

/** The same registry with the GTIN of each product as its id. Facilities keep theirs: a small one keeps the symbol small. */
export function withGtinIds(
  { catalogue, details }: Pick<GtinIds, 'catalogue' | 'details'>,
  gtinFor: (product: Product) => string | undefined,
): GtinIds {
  const [changed, kept]: [NewId[], Product[]] = [[], []]
  const own = new Map<number, object>()
  const products = catalogue.products.map((product) => {
    const next = withGtinId(product, gtinFor(product))
    if (next.id !== product.id) changed.push({ product: next, was: product.id })
    else if (next.id < CATALOGUE_IDS) kept.push(next)
    const detail = details.products.get(product.id)
    if (detail) own.set(next.id, detail)
    return next
  })
  return {
    catalogue: { ...catalogue, products },
    details: { ...details, products: own },
    changed,
    kept,
  }
}

function withGtinId(product: Product, gtin: string | undefined): Product {
  if (product.id >= CATALOGUE_IDS || gtin === undefined) return product
  const id = numberOfKey('GTIN', gtin)
  return isTrouble(id) ? product : { ...product, id, gtin }
}

import { hasValidCheckDigit } from '../codec/check-digit.ts'
import { argumentRange } from '../lib/errors.ts'
import { encodeLot } from '../stamp/gs1-link.ts'
import type { Facility, Product } from '../trust/catalogue.ts'
import { CANONICAL } from './epc-uri.ts'

/** Keys of GS1 in the catalogue, and the addresses that stand for them everywhere: never the printed one. */

/** Ids from here on are whole keys. */
const FIRST_KEY = 65_536

/** The 14 digits of a product's GTIN, which its stamps say where its id is one; undefined where it has none. */
export function gtinOf({ id, gtin }: Product): string | undefined {
  const digits = (id < FIRST_KEY ? gtin : String(id))?.padStart(14, '0')
  return digits?.length === 14 && hasValidCheckDigit(digits) ? digits : undefined
}

/** The 13 digits of a facility's GLN; undefined where it has none. */
export function glnOf({ id, gln }: Facility): string | undefined {
  const digits = (id < FIRST_KEY ? gln : String(id))?.padStart(13, '0')
  return digits?.length === 13 && hasValidCheckDigit(digits) ? digits : undefined
}

/** @throws an argument error that names `name`, for anything but a GLN */
export function checkGln(name: string, gln: unknown): string {
  if (typeof gln === 'string' && gln.length === 13 && hasValidCheckDigit(gln)) return gln
  throw argumentRange(name, 'a GLN: 13 digits with the right check digit', gln)
}

export const classOf = (gtin: string, lot?: string): string =>
  `${CANONICAL}01/${gtin}${lot === undefined ? '' : `/10/${encodeLot(lot)}`}`

export const epcOf = (gtin: string, serial: number): string => `${CANONICAL}01/${gtin}/21/${serial}`
export const locationOf = (gln: string): string => `${CANONICAL}414/${gln}`
export const partyOf = (gln: string): string => `${CANONICAL}417/${gln}`

/**
 * Finds a product's GTIN by the product's id.
 * @throws an argument error for a product that the catalogue does not have, for one without a GTIN, and for one whose GTIN
 * another has too: one EPC would be two stamps
 */
export function gtinFinder(products: readonly Product[]): (name: string, id: number) => string {
  const byId = new Map(products.map((product) => [product.id, product]))
  const byGtin = new Map<string, Product[]>()
  for (const product of products) {
    const gtin = gtinOf(product)
    if (gtin !== undefined) byGtin.set(gtin, [...(byGtin.get(gtin) ?? []), product])
  }
  return (name, id) => {
    const product = byId.get(id)
    if (product === undefined) throw argumentRange(name, 'a product of the catalogue', id)
    const gtin = gtinOf(product)
    if (gtin === undefined) throw argumentRange(name, `a product with a GTIN (${product.name} has none)`, id)
    const sharing = byGtin.get(gtin)!
    if (sharing.length > 1) {
      const names = sharing.map((each) => `${each.name} (${each.id})`).join(' and ')
      throw argumentRange(name, `a GTIN of one product alone, not of ${names}`, gtin)
    }
    return gtin
  }
}

import { gtinOf } from '../../gs1/keys.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Context } from '../shell/context.ts'

/** Why a product has no EPC, in words; undefined for one of the catalogue that has its GTIN. */
export function gtinFault({ words }: Context, trustList: TrustList, id: number): string | undefined {
  const product = trustList.product(id)
  if (product === undefined) return words.noProduct(id)
  return gtinOf(product) === undefined ? words.epcis.noGtin(id, product.name) : undefined
}

/** The names of the products that have the GTIN of this one, itself among them. */
export function sharersOf({ catalogue }: TrustList, id: number): string[] {
  const own = catalogue.products.find((each) => each.id === id)
  const gtin = own && gtinOf(own)
  return catalogue.products
    .filter((each) => gtin !== undefined && gtinOf(each) === gtin)
    .map(({ name, id: other }) => `${name} (${other})`)
}

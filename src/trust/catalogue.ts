import type { CborValue } from '../codec/cbor-value.ts'
import { list, optional, record, type Shape, text, uint } from '../codec/shape.ts'

/** A place that makes products. Fields that this version does not know are kept as they came. */
export interface Facility {
  /** Below 65536 a catalogue id, otherwise a whole GLN. Never reassigned. */
  readonly id: number
  readonly name: string
  /** 13 digits, GS1 General Specifications §3.4. */
  readonly gln?: string | undefined
  readonly address?: string | undefined
  readonly [field: string]: CborValue | undefined
}

/** A product of one facility. Fields that this version does not know are kept as they came. */
export interface Product {
  /** Below 65536 a catalogue id, otherwise a whole GTIN. Never reassigned. */
  readonly id: number
  /** The id of the facility that makes it. */
  readonly facility: number
  readonly name: string
  /** 8, 12, 13 or 14 digits, GS1 General Specifications §3.3. */
  readonly gtin?: string | undefined
  /** OCOP stars, 1 to 5. */
  readonly stars?: number | undefined
  /** The address of a picture: shown by whoever wants to, never opened by the verifier. */
  readonly image?: string | undefined
  readonly [field: string]: CborValue | undefined
}

export interface Catalogue {
  readonly facilities: readonly Facility[]
  readonly products: readonly Product[]
}

/** The longest name, and the longest address of either kind, in UTF-16 units. */
export const MAX_NAME_LENGTH = 200
export const MAX_NOTE_LENGTH = 500

export const facilityShape: Shape<Facility> = record<Facility>(
  {
    id: uint(),
    name: text(MAX_NAME_LENGTH),
    gln: optional(text(13, /^[0-9]{13}$/)),
    address: optional(text(MAX_NOTE_LENGTH)),
  },
  { open: true },
)

export const productShape: Shape<Product> = record<Product>(
  {
    id: uint(),
    facility: uint(),
    name: text(MAX_NAME_LENGTH),
    gtin: optional(text(14, /^([0-9]{8}|[0-9]{12,14})$/)),
    stars: optional(uint(1, 5)),
    image: optional(text(MAX_NOTE_LENGTH)),
  },
  { open: true },
)

/** Its ids are distinct, and every product is of a facility that is there. */
export const catalogue: Shape<Catalogue> = record<Catalogue>(
  { facilities: list(facilityShape, 2 ** 16), products: list(productShape, 2 ** 16) },
  {
    fault({ facilities, products }) {
      const ids = new Set(facilities.map(({ id }) => id))
      if (ids.size < facilities.length) return 'facilities'
      const distinct = new Set(products.map(({ id }) => id)).size === products.length
      return distinct && products.every((each) => ids.has(each.facility)) ? undefined : 'products'
    },
  },
)

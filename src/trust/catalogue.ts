import type { CborValue } from '../codec/cbor-value.ts'
import { asList, asMap, asText, asUint, optional } from '../codec/fields.ts'
import { Malformed } from '../lib/errors.ts'

/** A place that makes products. Fields that this version does not know are kept as they came. */
export interface Facility {
  /** Below 65536 a catalogue id, otherwise a whole GLN. Never reassigned. */
  readonly id: number
  readonly name: string
  /** 13 digits, GS1 General Specifications §3.4. */
  readonly gln?: string
  readonly address?: string
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
  readonly gtin?: string
  /** OCOP stars, 1 to 5. */
  readonly stars?: number
  /** The address of a picture: shown by whoever wants to, never opened by the verifier. */
  readonly image?: string
  readonly [field: string]: CborValue | undefined
}

export interface Catalogue {
  readonly facilities: readonly Facility[]
  readonly products: readonly Product[]
}

const MAX_NAME = 200
const MAX_ADDRESS = 500
const MAX_RECORDS = 2 ** 16
const GLN = /^[0-9]{13}$/
const GTIN = /^([0-9]{8}|[0-9]{12,14})$/

/** The CBOR value of a catalogue: records as maps under the field names above. */
export const catalogueToValue = ({ facilities, products }: Catalogue): CborValue =>
  new Map<string, CborValue>([
    ['facilities', facilities.map(recordToValue)],
    ['products', products.map(recordToValue)],
  ])

/** @throws Malformed; also for an id that stands twice and a product of a facility that is not there */
export function catalogueFromValue(value: CborValue | undefined): Catalogue {
  const map = asMap(value, 'catalogue')
  const facilities = asList(map.get('facilities'), 'facilities', MAX_RECORDS, facilityFromValue)
  const products = asList(map.get('products'), 'products', MAX_RECORDS, productFromValue)
  const ids = distinctIds(facilities, 'facilities')
  distinctIds(products, 'products')
  for (const [index, { facility }] of products.entries()) {
    if (!ids.has(facility)) throw new Malformed(`field:products[${index}].facility`)
  }
  return { facilities, products }
}

const recordToValue = (record: Facility | Product): CborValue =>
  new Map(Object.entries(record).filter((entry): entry is [string, CborValue] => entry[1] !== undefined))

function facilityFromValue(value: CborValue, place: string): Facility {
  const record = recordFromValue(value, place)
  optional(record.gln, (gln) => asDigits(gln, `${place}.gln`, GLN))
  optional(record.address, (address) => asText(address, `${place}.address`, MAX_ADDRESS))
  return record as Facility
}

function productFromValue(value: CborValue, place: string): Product {
  const record = recordFromValue(value, place)
  asUint(record.facility, `${place}.facility`, Number.MAX_SAFE_INTEGER)
  optional(record.gtin, (gtin) => asDigits(gtin, `${place}.gtin`, GTIN))
  optional(record.stars, (stars) => asUint(stars, `${place}.stars`, 5, 1))
  optional(record.image, (image) => asText(image, `${place}.image`, MAX_ADDRESS))
  return record as unknown as Product
}

function recordFromValue(value: CborValue, place: string): Record<string, CborValue> {
  const map = asMap(value, place)
  asUint(map.get('id'), `${place}.id`, Number.MAX_SAFE_INTEGER)
  asText(map.get('name'), `${place}.name`, MAX_NAME)
  for (const key of map.keys()) asText(key, `${place} key`, MAX_NAME)
  // fromEntries defines the fields, so that a field called __proto__ is only a field.
  return Object.fromEntries(map)
}

function asDigits(value: CborValue, place: string, form: RegExp): string {
  const digits = asText(value, place, 14)
  if (!form.test(digits)) throw new Malformed(`field:${place}`)
  return digits
}

function distinctIds(records: readonly { readonly id: number }[], place: string): Set<number> {
  const ids = new Set<number>()
  for (const [index, { id }] of records.entries()) {
    if (ids.has(id)) throw new Malformed(`field:${place}[${index}].id`)
    ids.add(id)
  }
  return ids
}

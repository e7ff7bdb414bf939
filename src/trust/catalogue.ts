import type { CborValue } from '../codec/cbor-value.ts'

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

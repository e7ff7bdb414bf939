/** What portals ask of a facility beside what the catalogue says. */
export interface FacilityDetails {
  /** Ten digits, 10-3 for a branch, or the twelve of a citizen. */
  readonly taxCode?: string | undefined
  /** The identifier that some register gave the facility, where that is neither its GLN nor its tax code. */
  readonly identifier?: string | undefined
}

/** What portals ask of a product beside what the catalogue says. */
export interface ProductDetails {
  readonly brand?: string | undefined
  /** Where it comes from. */
  readonly origin?: string | undefined
  /** As in `TCVN 11041-2:2017; VietGAP`. */
  readonly standards?: string | undefined
  readonly certificates?: string | undefined
  readonly warnings?: string | undefined
  /** How long it keeps, in words, as in `12 tháng`. */
  readonly shelfLife?: string | undefined
}

/** By the ids of facilities and products. It stays at home: no trust list has any of it. */
export interface RegistryDetails {
  readonly facilities: ReadonlyMap<number, FacilityDetails>
  readonly products: ReadonlyMap<number, ProductDetails>
}

import { Refusal } from '../document/refusal.ts'
import type { Engine, VerifyKey } from '../ed25519/engine.ts'
import { toHex } from '../lib/bytes.ts'
import type { Catalogue, Facility, Product } from './catalogue.ts'
import type { ReadContent } from './content.ts'
import type { IssuerEntry } from './issuer-entry.ts'
import { type ReadyRoots, readyKey } from './roots.ts'
import { findOverlap } from './scope.ts'

/** An issuer whose key is ready to verify. */
export interface TrustedIssuer extends IssuerEntry {
  readonly key: VerifyKey
}

/** More keys under one id would let one scan cost more than this many signature checks. */
export const MAX_KEYS_PER_ID = 8

/** A trust list that was verified: only `loadTrustList` makes one. */
export class TrustList {
  readonly authority: string
  readonly sequence: number
  readonly issued: Date
  readonly expires: Date
  /** The roots from here on: what to pin for the next list. */
  readonly roots: ReadyRoots
  readonly issuers: readonly TrustedIssuer[]
  readonly revocationKey: VerifyKey | undefined
  readonly revocationEpoch: number
  readonly prefixes: readonly string[]
  readonly catalogue: Catalogue
  /** SHA-256 of the signed body, 32 bytes. */
  readonly digest: Uint8Array
  /** True when a store stands against older lists. */
  readonly rollbackProtected: boolean
  readonly #byKeyId = new Map<number, TrustedIssuer[]>()
  readonly #facilities: ReadonlyMap<number, Facility>
  readonly #products: ReadonlyMap<number, Product>

  /** @throws Refusal for content that no verifier may use */
  constructor(
    content: ReadContent,
    roots: ReadyRoots,
    { engine, digest, rollbackProtected }: { engine: Engine; digest: Uint8Array; rollbackProtected: boolean },
  ) {
    this.authority = content.authority
    this.sequence = content.sequence
    this.issued = content.issued
    this.expires = content.expires
    this.roots = roots
    this.issuers = content.issuers.map((issuer, index) => ({
      ...issuer,
      key: readyKey(issuer.publicKey, `issuers[${index}].publicKey`, engine),
    }))
    const { revocationKey } = content
    this.revocationKey = revocationKey && readyKey(revocationKey, 'revocationKey', engine)
    this.revocationEpoch = content.revocationEpoch
    this.prefixes = content.prefixes
    this.catalogue = content.catalogue
    this.digest = digest
    this.rollbackProtected = rollbackProtected
    this.#facilities = new Map(content.catalogue.facilities.map((facility) => [facility.id, facility]))
    this.#products = new Map(content.catalogue.products.map((product) => [product.id, product]))
    this.#indexKeys()
    this.#checkScopes()
  }

  /** The issuers whose stamps bear a key id: 8 at most. */
  issuersWith(keyId: number): readonly TrustedIssuer[] {
    return this.#byKeyId.get(keyId) ?? []
  }

  facility(id: number): Facility | undefined {
    return this.#facilities.get(id)
  }

  product(id: number): Product | undefined {
    return this.#products.get(id)
  }

  #indexKeys(): void {
    const seen = new Set<string>()
    for (const issuer of this.issuers) {
      const identity = toHex(issuer.publicKey)
      if (seen.has(identity)) throw new Refusal('public_key_repeated', identity)
      seen.add(identity)
      const sharing = this.#byKeyId.get(issuer.keyId)
      if (sharing === undefined) this.#byKeyId.set(issuer.keyId, [issuer])
      else if (sharing.length < MAX_KEYS_PER_ID) sharing.push(issuer)
      else
        throw new Refusal('key_id_crowded', `more than ${MAX_KEYS_PER_ID} keys bear the id ${issuer.keyId}`)
    }
  }

  #checkScopes(): void {
    const ranges = this.issuers.flatMap(({ scope }) => scope)
    const overlap = findOverlap(ranges)
    if (overlap !== undefined) throw new Refusal('scope_overlap', JSON.stringify(overlap))
    for (const { facility, product } of ranges) {
      const owner = product === undefined ? undefined : this.product(product)?.facility
      if (owner !== undefined && owner !== facility) {
        throw new Refusal(
          'catalogue_conflict',
          `product ${product} is made by facility ${owner}, not ${facility}`,
        )
      }
    }
  }
}

import { Refusal } from '../document/refusal.ts'
import type { Sliced } from '../document/slices.ts'
import type { Engine, VerifyKey } from '../ed25519/engine.ts'
import { ableTo } from '../lib/arguments.ts'
import { toHex } from '../lib/bytes.ts'
import { groupBy } from '../lib/group-by.ts'
import type { Facility, Product } from './catalogue.ts'
import type { ReadContent } from './content.ts'
import type { IssuerEntry } from './issuer-entry.ts'
import { type ReadyRoots, readyKeys } from './roots.ts'
import type { ScannerEntry } from './scanner-entry.ts'
import { findOverlap } from './scope.ts'

/** A trust list that was verified: only `loadTrustList` makes one. */
export interface TrustList extends Omit<ReadContent, 'roots' | 'issuers' | 'revocationKey'>, Sliced {
  /** The roots from here on: what to pin for the next list. */
  readonly roots: ReadyRoots
  readonly issuers: readonly TrustedIssuer[]
  readonly revocationKey: VerifyKey | undefined
  /** What its keys verify with. */
  readonly engine: Engine
  /** Their keys are no other keys of the list; who reads their documents checks that they are sound. */
  readonly scanners: readonly ScannerEntry[]
  /** SHA-256 of the signed body, 32 bytes. */
  readonly digest: Uint8Array
  /** True when a store stands against older lists. */
  readonly rollbackProtected: boolean
  /** The issuers whose stamps bear a key id: 8 at most. */
  issuersWith(keyId: number): readonly TrustedIssuer[]
  facility(id: number): Facility | undefined
  product(id: number): Product | undefined
}

/** An issuer whose key is ready to verify. */
export interface TrustedIssuer extends IssuerEntry {
  readonly key: VerifyKey
}

/** An argument that was loaded. */
export const aTrustList = /* @__PURE__ */ ableTo('a loaded trust list', 'issuersWith')

/** More keys under one id would let one scan cost more than this many signature checks. */
export const MAX_KEYS_PER_ID = 8

/** What a body says, looked through and ready to be asked: no verifier may use one that was not. */
type Checked = Pick<TrustList, 'issuers' | 'revocationKey' | 'issuersWith' | 'facility' | 'product'>

/** Issuers of a list that grows have their keys already. */
type Unchecked = Pick<ReadContent, 'revocationKey' | 'scanners' | 'catalogue'> & {
  readonly issuers: readonly (IssuerEntry & Partial<TrustedIssuer>)[]
}

/** Makes the keys of a body ready and looks it through. @throws Refusal for what no verifier may use */
export function checkTrustList(content: Unchecked, roots: ReadyRoots, engine: Engine): Checked {
  const fresh = content.issuers.filter(({ key }) => !key).map(({ publicKey }) => publicKey)
  const keys = readyKeys(fresh, 'issuers[#].publicKey', engine).values()
  const issuers = content.issuers.map((issuer) => ({ ...issuer, key: issuer.key ?? keys.next().value! }))
  const { revocationKey, scanners = [] } = content
  // A scanner's key has no other role. Between the others it is for the authority to see to.
  for (const others of [issuers, roots.keys, revocationKey ? [{ publicKey: revocationKey }] : []]) {
    checkDistinct([...scanners, ...others])
  }
  const byKeyId = groupByKeyId(issuers)
  const facilities = new Map(content.catalogue.facilities.map((facility) => [facility.id, facility]))
  const products = new Map(content.catalogue.products.map((product) => [product.id, product]))
  checkScopes(issuers, products)
  return {
    issuers,
    revocationKey: revocationKey && readyKeys([revocationKey], 'revocationKey', engine)[0],
    issuersWith: (keyId) => byKeyId.get(keyId) ?? [],
    facility: (id) => facilities.get(id),
    product: (id) => products.get(id),
  }
}

/** A verified body, ready to be asked. @throws as `checkTrustList` does */
export const indexTrustList = (
  content: ReadContent,
  roots: ReadyRoots,
  loaded: { engine: Engine } & Pick<TrustList, 'digest' | 'rollbackProtected'> &
    Partial<Pick<Sliced, 'missingSlices'>>,
): TrustList => ({
  ...content,
  scanners: content.scanners ?? [],
  missingSlices: content.slices ?? [],
  ...checkTrustList(content, roots, loaded.engine),
  roots,
  ...loaded,
})

function checkDistinct(entries: readonly Pick<IssuerEntry, 'publicKey'>[]): void {
  for (const [identity, { length }] of groupBy(entries, ({ publicKey }) => toHex(publicKey))) {
    if (length > 1) throw new Refusal('public_key_repeated', identity)
  }
}

function groupByKeyId(issuers: readonly TrustedIssuer[]): Map<number, TrustedIssuer[]> {
  const groups = groupBy(issuers, ({ keyId }) => keyId)
  for (const [keyId, { length }] of groups) {
    if (length > MAX_KEYS_PER_ID) throw new Refusal('key_id_crowded', `key id ${keyId}`)
  }
  return groups
}

function checkScopes(issuers: readonly TrustedIssuer[], products: ReadonlyMap<number, Product>): void {
  const ranges = issuers.flatMap(({ scope }) => scope)
  const overlap = findOverlap(ranges)
  if (overlap) throw new Refusal('scope_overlap', JSON.stringify(overlap))
  for (const { facility, product = -1 } of ranges) {
    const owner = products.get(product)?.facility ?? facility
    if (owner !== facility) {
      throw new Refusal('catalogue_conflict', `product ${product}: of facility ${owner}, not ${facility}`)
    }
  }
}

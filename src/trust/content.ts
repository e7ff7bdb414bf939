import type { CborMap, CborValue } from '../codec/cbor-value.ts'
import { asBytes, asList, asText, asUint, optional } from '../codec/fields.ts'
import { type Header, headerFromMap, headerToEntries } from '../document/header.ts'
import { checkBytes, checkInteger } from '../lib/checks.ts'
import { Malformed } from '../lib/errors.ts'
import { checkPrefix, isPrefix, MAX_PREFIX_LENGTH } from '../stamp/carrier.ts'
import { type Catalogue, catalogueFromValue, catalogueToValue } from './catalogue.ts'
import { type IssuerEntry, issuerFromValue, issuerToValue } from './issuer-entry.ts'
import { checkRoots, type Roots, rootsFromBody, rootsToValue } from './roots.ts'

/** What a trust list says (SPEC.md, "The trust list"). */
export interface TrustListContent extends Header {
  readonly roots: Roots
  readonly issuers: readonly IssuerEntry[]
  /** The key that signs revocation lists, 32 bytes. Absent: this authority revokes nothing. */
  readonly revocationKey?: Uint8Array
  /** Counts the revocation keys, from 0 unless given: raised whenever `revocationKey` changes. */
  readonly revocationEpoch?: number
  /** What `url` carriers may begin with. */
  readonly prefixes?: readonly string[]
  readonly catalogue?: Catalogue
}

/** 16384 issuers: more are refused. */
const MAX_ISSUERS = 2 ** 14
const MAX_PREFIXES = 64

/** The body of a trust list. @throws an argument error naming the field */
export function contentToBody(content: TrustListContent): CborMap {
  const roots = checkRoots(content.roots)
  const body = new Map<string, CborValue>(headerToEntries(content) as [string, CborValue][])
  body.set('rootVersion', roots.version)
  body.set('roots', rootsToValue(roots))
  body.set(
    'issuers',
    content.issuers.map((issuer, index) => issuerToValue(issuer, `issuers[${index}]`)),
  )
  body.set(
    'revocationEpoch',
    checkInteger('revocationEpoch', content.revocationEpoch ?? 0, Number.MAX_SAFE_INTEGER),
  )
  if (content.revocationKey !== undefined) {
    body.set('revocationKey', checkBytes('revocationKey', content.revocationKey, 32))
  }
  body.set('prefixes', (content.prefixes ?? []).map(checkPrefix))
  body.set('catalogue', catalogueToValue(content.catalogue ?? { facilities: [], products: [] }))
  return body
}

/** A trust list's content with nothing left to default. */
export interface ReadContent extends TrustListContent {
  readonly roots: Required<Roots>
  readonly revocationEpoch: number
  readonly prefixes: readonly string[]
  readonly catalogue: Catalogue
}

/** What a body says. Fields that this version does not know are passed over. @throws Malformed */
export function contentFromBody(body: CborMap): ReadContent {
  const revocationKey = optional(body.get('revocationKey'), (key) => asBytes(key, 'revocationKey', 32))
  return {
    ...headerFromMap(body),
    roots: rootsFromBody(body),
    issuers: asList(body.get('issuers'), 'issuers', MAX_ISSUERS, issuerFromValue),
    ...(revocationKey === undefined ? {} : { revocationKey }),
    revocationEpoch: asUint(body.get('revocationEpoch'), 'revocationEpoch', Number.MAX_SAFE_INTEGER),
    prefixes: asList(body.get('prefixes'), 'prefixes', MAX_PREFIXES, prefixFromValue),
    catalogue: catalogueFromValue(body.get('catalogue')),
  }
}

function prefixFromValue(value: CborValue, place: string): string {
  const prefix = asText(value, place, MAX_PREFIX_LENGTH)
  if (!isPrefix(prefix)) throw new Malformed(`field:${place}`)
  return prefix
}

import type { CborKey, CborMap, CborValue } from '../codec/cbor-value.ts'
import { asText, asUint } from '../codec/fields.ts'
import { checkInteger } from '../lib/checks.ts'
import { MAX_SECOND, secondOf, timeOf } from '../lib/dates.ts'
import { argumentRange, argumentType, Malformed } from '../lib/errors.ts'

/** What the body of every document says first. */
export interface Header {
  /** The id of the authority: 1 to 64 of `a-z 0-9 . -`, beginning with a letter or digit. Never changes. */
  readonly authority: string
  /** Counts this kind of document up; never goes back. */
  readonly sequence: number
  /** When it was made, to the second. */
  readonly issued: Date
  /** From when on it is stale, to the second; after `issued`. */
  readonly expires: Date
}

const AUTHORITY = /^[a-z0-9][a-z0-9.-]{0,63}$/

/** @throws an argument error unless `authority` is an authority's id */
export function checkAuthority(authority: unknown): string {
  const expected = '1 to 64 of a-z 0-9 . - beginning with a letter or digit'
  if (typeof authority !== 'string') throw argumentType('authority', expected, authority)
  if (!AUTHORITY.test(authority)) throw argumentRange('authority', expected, authority)
  return authority
}

/** The fields of a header, checked. @throws an argument error naming the field */
export function headerToEntries(header: Header): [CborKey, CborValue][] {
  const issued = secondOf('issued', header.issued)
  const expires = secondOf('expires', header.expires)
  if (expires <= issued) throw argumentRange('expires', 'a time after `issued`', header.expires.toISOString())
  return [
    ['authority', checkAuthority(header.authority)],
    ['sequence', checkInteger('sequence', header.sequence, Number.MAX_SAFE_INTEGER)],
    ['issued', issued],
    ['expires', expires],
  ]
}

/** The header in a body. @throws Malformed */
export function headerFromMap(body: CborMap): Header {
  const authority = asText(body.get('authority'), 'authority', 64)
  if (!AUTHORITY.test(authority)) throw new Malformed('field:authority')
  const issued = asUint(body.get('issued'), 'issued', MAX_SECOND)
  return {
    authority,
    sequence: asUint(body.get('sequence'), 'sequence', Number.MAX_SAFE_INTEGER),
    issued: timeOf(issued),
    expires: timeOf(asUint(body.get('expires'), 'expires', MAX_SECOND, issued + 1)),
  }
}

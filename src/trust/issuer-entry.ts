import type { CborValue } from '../codec/cbor-value.ts'
import { asBytes, asList, asMap, asText, asUint } from '../codec/fields.ts'
import { checkBytes, checkInteger, checkText } from '../lib/checks.ts'
import { MAX_SECOND, secondOf, timeOf } from '../lib/dates.ts'
import { argumentRange } from '../lib/errors.ts'
import { MAX_KEY_ID } from '../stamp/stamp.ts'
import { type ScopeRange, scopeRangeFromValue, scopeRangeToValue } from './scope.ts'

/** A key that may stamp, as the trust list names it. */
export interface IssuerEntry {
  /** What stamps give as a hint, 0 to 65535. Several keys may share one. */
  readonly keyId: number
  /** 32 bytes: the identity of the issuer. */
  readonly publicKey: Uint8Array
  /** For people. */
  readonly name: string
  readonly scope: readonly ScopeRange[]
  /**
   * The first and the last moment at which verifiers accept its stamps, judged when a stamp is read, for
   * stamps carry no trusted time of signing. So it outlasts the products' shelf life.
   */
  readonly notBefore: Date
  readonly notAfter: Date
}

const MAX_NAME = 200
const MAX_RANGES = 4096

/** @throws an argument error that names the place */
export function issuerToValue(issuer: IssuerEntry, place: string): CborValue {
  const notBefore = secondOf(`${place}.notBefore`, issuer.notBefore)
  const notAfter = secondOf(`${place}.notAfter`, issuer.notAfter)
  if (notAfter < notBefore)
    throw argumentRange(`${place}.notAfter`, 'a time not before `notBefore`', notAfter)
  return new Map<string, CborValue>([
    ['keyId', checkInteger(`${place}.keyId`, issuer.keyId, MAX_KEY_ID)],
    ['publicKey', checkBytes(`${place}.publicKey`, issuer.publicKey, 32)],
    ['name', checkText(`${place}.name`, issuer.name, MAX_NAME)],
    ['scope', issuer.scope.map((range, index) => scopeRangeToValue(range, `${place}.scope[${index}]`))],
    ['notBefore', notBefore],
    ['notAfter', notAfter],
  ])
}

/** @throws Malformed */
export function issuerFromValue(value: CborValue, place: string): IssuerEntry {
  const map = asMap(value, place)
  const notBefore = asUint(map.get('notBefore'), `${place}.notBefore`, MAX_SECOND)
  return {
    keyId: asUint(map.get('keyId'), `${place}.keyId`, MAX_KEY_ID),
    publicKey: asBytes(map.get('publicKey'), `${place}.publicKey`, 32),
    name: asText(map.get('name'), `${place}.name`, MAX_NAME),
    scope: asList(map.get('scope'), `${place}.scope`, MAX_RANGES, scopeRangeFromValue),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(asUint(map.get('notAfter'), `${place}.notAfter`, MAX_SECOND, notBefore)),
  }
}

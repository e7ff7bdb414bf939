import type { CborKey, CborValue } from '../codec/cbor-value.ts'
import { dateOf, dayOf, MAX_DAY } from '../lib/dates.ts'
import { Malformed } from '../lib/errors.ts'
import { isLot, MAX_KEY_ID, type Stamp } from './stamp.ts'

/**
 * What a payload says: a stamp, and the id of the key that signed it. The CBOR value here, its bytes in the
 * codec (SPEC.md, "Payload").
 */
export interface Payload {
  /** A hint at which trusted keys to try, 0 to 65535: never an identity. */
  readonly keyId: number
  readonly stamp: Stamp
  /** Claims 5 to 15 that this version does not know: whoever sees one can't say `valid`. */
  readonly unsupportedClaims: readonly number[]
}

export const LOT = 1
export const MADE = 2
export const EXPIRES = 3
export const SEAL = 4
const FIRST_EXTENSION = 16
const LAST_EXTENSION = 23

/** The CBOR value of a checked stamp under a key id. */
export function payloadToValue(keyId: number, stamp: Stamp): CborValue {
  const claims = claimsToMap(stamp)
  const head = [keyId, stamp.facility, stamp.product, stamp.serial]
  return claims.size === 0 ? head : [...head, claims]
}

/** What a decoded CBOR value says. @throws Malformed with a detail that begins `payload_` or `claim_` */
export function payloadFromValue(value: CborValue): Payload {
  if (!Array.isArray(value) || (value.length !== 4 && value.length !== 5))
    throw new Malformed('payload_shape')
  const { 0: keyId, 1: facility, 2: product, 3: serial, 4: claims } = value as CborValue[]
  if (!isUint(keyId) || !isUint(facility) || !isUint(product) || !isUint(serial)) {
    throw new Malformed('payload_integer')
  }
  if (keyId > MAX_KEY_ID) throw new Malformed('payload_key_id')
  const head = { facility, product, serial }
  if (claims === undefined) return { keyId, stamp: head, unsupportedClaims: [] }
  if (!(claims instanceof Map) || claims.size === 0) throw new Malformed('payload_claims')
  return { keyId, ...claimsFromMap(head, claims) }
}

type OpenStamp = { -readonly [Field in keyof Stamp]: Stamp[Field] }

function claimsToMap(stamp: Stamp): Map<number, CborValue> {
  const claims = new Map<number, CborValue>()
  if (stamp.lot !== undefined) claims.set(LOT, stamp.lot)
  if (stamp.made !== undefined) claims.set(MADE, dayOf('made', stamp.made))
  if (stamp.expires !== undefined) claims.set(EXPIRES, dayOf('expires', stamp.expires))
  if (stamp.seal !== undefined) claims.set(SEAL, stamp.seal)
  for (const [key, value] of stamp.extensions ?? []) claims.set(key, value)
  return claims
}

/** Fills a stamp with what its claims say. */
function claimsFromMap(stamp: OpenStamp, claims: ReadonlyMap<CborKey, CborValue>): Omit<Payload, 'keyId'> {
  const extensions = new Map<number, CborValue>()
  const unsupportedClaims: number[] = []
  for (const [key, value] of claims) {
    if (typeof key !== 'number' || key === 0 || key > LAST_EXTENSION) throw new Malformed('claim_key')
    if (key === LOT) stamp.lot = lotFrom(value)
    else if (key === MADE) stamp.made = dateFrom(value)
    else if (key === EXPIRES) stamp.expires = dateFrom(value)
    else if (key === SEAL) stamp.seal = sealFrom(value)
    else if (key >= FIRST_EXTENSION) extensions.set(key, value)
    else unsupportedClaims.push(key)
  }
  if (extensions.size > 0) stamp.extensions = extensions
  return { stamp, unsupportedClaims }
}

const isUint = (value: CborValue | undefined): value is number => typeof value === 'number'

function lotFrom(value: CborValue): string {
  if (typeof value !== 'string' || !isLot(value)) throw new Malformed('claim_lot')
  return value
}

function dateFrom(value: CborValue): string {
  if (typeof value !== 'number' || value > MAX_DAY) throw new Malformed('claim_date')
  return dateOf(value)
}

function sealFrom(value: CborValue): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length < 8 || value.length > 16)
    throw new Malformed('claim_seal')
  return value
}

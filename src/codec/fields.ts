import { Malformed } from '../lib/errors.ts'
import type { CborMap, CborValue } from './cbor-value.ts'

/**
 * Reading decoded values field by field. Each function returns what it checked, or throws Malformed with the
 * detail `field:` and the place, as in `field:issuers[3].publicKey`.
 */

const refuse = (place: string): never => {
  throw new Malformed(`field:${place}`)
}

/** A whole number from `least` to `most`. */
export function asUint(value: CborValue | undefined, place: string, most: number, least = 0): number {
  return typeof value === 'number' && value >= least && value <= most ? value : refuse(place)
}

/** A text of `least` to `most` UTF-16 units. */
export function asText(value: CborValue | undefined, place: string, most: number, least = 1): string {
  return typeof value === 'string' && value.length >= least && value.length <= most ? value : refuse(place)
}

/** A byte string of exactly `length`, or of any where none is given. */
export function asBytes(value: CborValue | undefined, place: string, length?: number): Uint8Array {
  const fits = value instanceof Uint8Array && (length === undefined || value.length === length)
  return fits ? value : refuse(place)
}

/** An array of at most `most` items. */
export function asArray(value: CborValue | undefined, place: string, most: number): readonly CborValue[] {
  return Array.isArray(value) && value.length <= most ? value : refuse(place)
}

/** A map. */
export function asMap(value: CborValue | undefined, place: string): CborMap {
  return value instanceof Map ? value : refuse(place)
}

/** What `read` makes of a value that may be absent. */
export const optional = <T>(value: CborValue | undefined, read: (value: CborValue) => T): T | undefined =>
  value === undefined ? undefined : read(value)

/** An array of at most `most` items, each read with its own place. */
export const asList = <T>(
  value: CborValue | undefined,
  place: string,
  most: number,
  read: (item: CborValue, place: string) => T,
): T[] => asArray(value, place, most).map((item, index) => read(item, `${place}[${index}]`))

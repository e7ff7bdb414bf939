import { brandOf, isBytes, isPlain } from './brand.ts'
import type { Bytes } from './bytes.ts'
import { advise, argumentRange, argumentType, type Fix } from './errors.ts'

/** Checks of arguments: each returns what it checked, or throws an error that says the name, what was expected and what came. */

/** An object whose fields can be asked for. */
export function checkObject<T>(name: string, value: T): T {
  if (typeof value !== 'object' || value === null) throw argumentType(name, 'an object', value)
  return value
}

/** An object with no other fields than these: what a misspelt one asks for would be silently left out. */
export function checkFields<T extends object>(name: string, value: T, fields: Fields<T>, fix?: Fix): T {
  const complain = (got: unknown, advice: Fix | undefined) => {
    const names = Object.keys(fields).join(', ')
    return argumentType(name, `an object with no fields but ${names}`, got, advice)
  }
  if (!isPlain(value)) throw complain(value, fix)
  for (const field in value) {
    if (Object.hasOwn(fields, field)) continue
    const near = Object.keys(fields).find((each) => isNear(each, field))
    throw complain(field, () => advise(value, fix) || (near && `did you mean ${near}?`))
  }
  return value
}

/** All fields of a type, so that a new one is not forgotten. */
export type Fields<T> = { readonly [Field in keyof T]-?: unknown }

/**
 * True for names that differ in one place after their first letter, by two letters at the most, case and hyphens aside.
 * `nearest` tells more exactly, and takes more room than `verify` has.
 */
export const isNear = (name: string, other: string): boolean =>
  /^(.+).{0,2}(.*)\|\1.{0,2}\2$/i.test(`${name}|${other.replace(/[-_]/g, '')}`)

/** A whole number from `least` to `most`. */
export function checkInteger(name: string, value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value
  const complain = typeof value === 'number' ? argumentRange : argumentType
  throw complain(name, `a whole number from ${min} to ${max}`, value)
}

/** Bytes, of exactly `length` where it is given: the caller's own, to be used before anything else runs. */
export function checkBytes(name: string, value: unknown, length?: number): Uint8Array {
  const expected = length ? `a Uint8Array of ${length} bytes` : 'a Uint8Array'
  if (!isBytes(value)) throw argumentType(name, expected, value, bytesFix)
  if (value.length !== (length ?? value.length)) throw argumentRange(name, expected, value)
  return value
}

const bytesFix: Fix = (value, said) => {
  if (said) return isBytes(value) && `pass ${said}`
  return typeof value === 'string' ? 'decode it first' : brandOf(value) === 'Uint8Array' && 'detached'
}

/**
 * A copy of such bytes, in memory that nobody else has: for all that is kept, or used after other work could run. A
 * caller may read the next file into the same Buffer, and shared memory changes at any moment.
 */
export const copyBytes = (name: string, value: unknown, length?: number): Bytes =>
  new Uint8Array(checkBytes(name, value, length))

/** The same of a document; of a longer one than `most` bytes only so much that it is seen to be too long. */
export const copyBounded = (name: string, value: unknown, max: number): Bytes =>
  new Uint8Array(checkBytes(name, value).subarray(0, max + 1))

/** A text of `least` to `most` UTF-16 units. */
export function checkText(name: string, value: unknown, min: number, max: number): string {
  const expected = `a text of ${min} to ${max} characters`
  if (typeof value !== 'string') throw argumentType(name, expected, value)
  if (value.length < min || value.length > max) throw argumentRange(name, expected, value)
  return value
}

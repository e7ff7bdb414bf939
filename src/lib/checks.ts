import { isBytes } from './brand.ts'
import { advise, argumentRange, argumentType, type Fix } from './errors.ts'

/** Checks of arguments: each returns what it checked, or throws an error that says the name, what was expected and what came. */

/** An object whose fields can be asked for. */
export function checkObject<T>(name: string, value: T): T {
  if (typeof value !== 'object' || value === null) throw argumentType(name, 'an object', value)
  return value
}

/** No other fields than these: what a misspelt one asks for would be silently left out. */
export function checkFields<T extends object>(name: string, value: T, fields: Fields<T>, fix?: Fix): T {
  for (const field in value) {
    if (Object.hasOwn(fields, field)) continue
    const names = Object.keys(fields)
    const near = names.find((each) => isNear(each, field))
    throw argumentType(
      name,
      `no fields but ${names.join(', ')}`,
      field,
      () => advise(value, fix) || (near && `did you mean ${near}?`),
    )
  }
  return value
}

/** All fields of a type, so that a new one is not forgotten. */
export type Fields<T> = { readonly [Field in keyof T]-?: unknown }

/** True for names that differ in one place by two letters at the most, case, hyphens and underscores aside. */
export function isNear(name: string, other: string): boolean {
  const [a, b] = [name, other].map((each) => each.replace(/[-_ ]/g, '').toLowerCase()) as [string, string]
  const shorter = Math.min(a.length, b.length)
  let [start, end] = [0, 0]
  while (start < shorter && a[start] === b[start]) start++
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return start + end > 0 && Math.max(a.length, b.length) - start - end <= 2
}

/** A whole number from `least` to `most`. */
export function checkInteger(name: string, value: unknown, most: number, least = 0): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
    return value
  const complain = typeof value === 'number' ? argumentRange : argumentType
  throw complain(name, `a whole number from ${least} to ${most}`, value)
}

/** Bytes, of exactly `length` where it is given: the caller's own, to be used before anything else runs. */
export function checkBytes(name: string, value: unknown, length?: number): Uint8Array {
  const expected = length === undefined ? 'a Uint8Array' : `a Uint8Array of ${length} bytes`
  if (!isBytes(value)) throw argumentType(name, expected, value, bytesFix)
  if (length !== undefined && value.length !== length) throw argumentRange(name, expected, value)
  return value
}

const bytesFix: Fix = (value, said) => {
  if (said !== '') return isBytes(value) && `pass ${said}`
  return typeof value === 'string' ? 'decode it first' : value != null && 'pass new Uint8Array(…)'
}

/**
 * A copy of such bytes, in memory that nobody else has: for all that is kept, or used after other work could run. A
 * caller may read the next file into the same Buffer, and shared memory changes at any moment.
 */
export const copyBytes = (name: string, value: unknown, length?: number): Uint8Array =>
  new Uint8Array(checkBytes(name, value, length))

/** The same of a document; of a longer one than `most` bytes only so much that it is seen to be too long. */
export const copyBounded = (name: string, value: unknown, most: number): Uint8Array =>
  new Uint8Array(checkBytes(name, value).subarray(0, most + 1))

/** A text of `least` to `most` UTF-16 units. */
export function checkText(name: string, value: unknown, most: number, least = 1): string {
  const expected = `a text of ${least} to ${most} characters`
  if (typeof value !== 'string') throw argumentType(name, expected, value)
  if (value.length < least || value.length > most) throw argumentRange(name, expected, value)
  return value
}

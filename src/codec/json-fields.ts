import type { CborValue } from './cbor-value.ts'

/** Strict JSON: `JSON.parse` keeps the last of two fields with one name, where other readers keep the first. */

/** What a JSON text says; undefined for any other text. Some editors put a byte order mark in front. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

/** The names of fields that a JSON text spells, each as often as it stands there: texts before a colon. */
export const countFields = (json: string): number =>
  (json.match(/"(?:[^"\\]|\\.)*"\s*:?/g) ?? []).filter((each) => each.endsWith(':')).length

/** What no field accepts. */
const NOTHING = ''
const MAX_DEPTH = 8

/** What a shape can read of parsed JSON. What CBOR cannot hold, or is deeper than any shape, becomes what no field accepts. */
export function jsonToCbor(value: unknown, depth = MAX_DEPTH): CborValue {
  if (depth === 0) return NOTHING
  const inner = (each: unknown) => jsonToCbor(each, depth - 1)
  if (Array.isArray(value)) return value.map(inner)
  if (typeof value === 'string') return /\p{Cs}/u.test(value) ? NOTHING : value
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([name, each]) => [name, inner(each)]))
  return Number.isSafeInteger(value) ? (value as number) : NOTHING
}

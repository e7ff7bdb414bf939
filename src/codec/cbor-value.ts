import { isBytes, isMap } from '../lib/brand.ts'

/**
 * What the canonical CBOR subset can say (SPEC.md, "Canonical CBOR"): whole numbers from 0 to 2^53 − 1, byte
 * strings, UTF-8 texts, arrays, and maps whose keys are numbers or texts.
 */
export type CborValue = number | string | Uint8Array | readonly CborValue[] | CborMap
/** @inline */
export type CborKey = number | string
/** @inline */
export type CborMap = ReadonlyMap<CborKey, CborValue>

/** How many arrays and maps may stand in one another, the outermost and empty ones counted. */
export const MAX_DEPTH = 8

/** The same value, with nothing of it shared. */
export function copyValue(value: CborValue): CborValue {
  if (isBytes(value)) return new Uint8Array(value)
  if (Array.isArray(value)) return value.map(copyValue)
  if (!isMap(value)) return value
  return new Map([...(value as CborMap)].map(([key, item]) => [key, copyValue(item)]))
}

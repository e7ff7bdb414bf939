import { Encoder } from 'cbor-x/index-no-eval'
import { isBytes, isMap } from '../lib/brand.ts'
import { compareBytes } from '../lib/bytes.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import { type CborKey, type CborMap, type CborValue, MAX_DEPTH } from './cbor-value.ts'

/**
 * The writer of canonical CBOR, and the one door to cbor-x: values are put in canonical shape here and
 * spelled there. It stands apart from the reader so that verifiers carry no writer. The build without `eval`
 * is taken, because the usual one trips a strict Content-Security-Policy.
 */

const encoder = new Encoder({
  mapsAsObjects: false,
  useRecords: false,
  tagUint8Array: false,
  structuredClone: false,
})

/**
 * The canonical bytes of a value.
 * @throws ArgumentTypeError or ArgumentRangeError for what the subset can't say
 */
export function encodeCbor(value: CborValue): Uint8Array {
  return spell(canonical(value, 0))
}

function canonical(value: CborValue, depth: number): unknown {
  if (typeof value === 'number') return canonicalInteger(value)
  if (typeof value === 'string') return wellFormed(value)
  if (isBytes(value)) return new Uint8Array(value) // cbor-x knows this realm's alone
  if (depth >= MAX_DEPTH && (Array.isArray(value) || isMap(value))) {
    throw argumentRange('value', `at most ${MAX_DEPTH} levels of arrays and maps`, value)
  }
  // Array.from visits holes, which map would leave for cbor-x to write as undefined.
  if (Array.isArray(value)) return Array.from(value, (item) => canonical(item, depth + 1))
  if (isMap(value)) return canonicalMap(value as CborMap, depth)
  throw argumentType('value', 'a number, text, Uint8Array, array or Map', value)
}

function canonicalInteger(value: number): number | bigint {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw argumentRange('value', `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`, value)
  }
  // cbor-x writes a number from 2^32 up as a float; a bigint as an integer.
  return value < 2 ** 32 ? value : BigInt(value)
}

function wellFormed(text: string): string {
  // Of pairs `u` sees the letter that they spell; and not every runtime knows `\p`.
  if (/[\ud800-\udfff]/u.test(text)) throw argumentRange('value', 'a text without lone surrogates', text)
  return text
}

function canonicalMap(map: CborMap, depth: number): Map<unknown, unknown> {
  const entries = [...map].map(([key, value]) => {
    const ownKey = canonicalKey(key)
    return { key: ownKey, value: canonical(value, depth + 1), spelling: spell(ownKey) }
  })
  entries.sort((a, b) => compareBytes(a.spelling, b.spelling))
  return new Map(entries.map(({ key, value }) => [key, value]))
}

function canonicalKey(key: CborKey): string | number | bigint {
  if (typeof key === 'number') return canonicalInteger(key)
  if (typeof key === 'string') return wellFormed(key)
  throw argumentType('key', 'a number or text', key)
}

// cbor-x lends a view of its own buffer: it is copied before the next call writes over it.
const spell = (value: unknown): Uint8Array => new Uint8Array(encoder.encode(value))

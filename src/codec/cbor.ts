import { isBytes, isMap } from '../lib/brand.ts'
import type { Bytes } from '../lib/bytes.ts'
import { compareBytes } from '../lib/bytes.ts'
import { argumentRange, argumentType, Malformed } from '../lib/errors.ts'
import { ARRAY, BYTES, MAP, putHead, TEXT, UNSIGNED, widthOf } from './cbor-head.ts'
import { type CborKey, type CborMap, type CborValue, MAX_DEPTH } from './cbor-value.ts'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

/**
 * Canonical CBOR (RFC 8949 §4.2.1; SPEC.md, "Canonical CBOR"): a writer, and a reader that accepts exactly what the writer
 * writes, so that every value has one spelling: shortest heads, definite lengths, map keys ascending by their bytes, no
 * tags, floats, negatives or simple values, nothing after the end.
 */

/** What one document's body may hold in all: four bytes an item for the longest. */
const MAX_ITEMS = 2 ** 20

/**
 * The canonical bytes of a value.
 * @throws ArgumentTypeError or ArgumentRangeError for what the subset can't say
 */
export function encodeCbor(value: CborValue): Bytes {
  const writer = new Writer()
  writer.value(value, 0)
  return writer.written()
}

/**
 * The one value that the bytes spell, of `mostItems` items at the most in all its arrays and maps.
 * @throws Malformed with a detail that begins `cbor_`
 */
export function decodeCbor(bytes: Uint8Array, mostItems = MAX_ITEMS): CborValue {
  const reader = new Reader(bytes, mostItems)
  const value = reader.value(0)
  if (!reader.atEnd) throw new Malformed('cbor_trailing_bytes')
  return value
}

/**
 * The values of a CBOR sequence (RFC 8742), each with the bytes that spell it.
 * @throws Malformed as `decodeCbor` does, and `cbor_too_many` for more than `most` values or, inside of them
 * all, more than `mostItems` items
 */
export function decodeCborSequence(
  bytes: Uint8Array,
  max: number,
  mostItems = MAX_ITEMS,
): { value: CborValue; bytes: Uint8Array }[] {
  const reader = new Reader(bytes, mostItems)
  const items: { value: CborValue; bytes: Uint8Array }[] = []
  do {
    if (items.length === max) throw new Malformed('cbor_too_many')
    const start = reader.offset
    const value = reader.value(0)
    items.push({ value, bytes: bytes.subarray(start, reader.offset) })
  } while (!reader.atEnd)
  return items
}

class Reader {
  offset = 0
  readonly #bytes: Uint8Array
  #itemsLeft: number

  constructor(bytes: Uint8Array, mostItems: number) {
    this.#bytes = bytes
    this.#itemsLeft = mostItems
  }

  get atEnd(): boolean {
    return this.offset === this.#bytes.length
  }

  value(depth: number): CborValue {
    switch ((this.#bytes[this.offset] ?? 0) >> 5) {
      case UNSIGNED:
        return this.#head()
      case BYTES:
        return new Uint8Array(this.#view(this.#head())) // a copy, where `slice` of a Buffer is none
      case TEXT:
        return decodeUtf8(this.#view(this.#head()))
      case ARRAY:
        return this.#array(this.#head(), depth)
      case MAP:
        return this.#map(this.#head(), depth)
      default:
        throw new Malformed('cbor_type')
    }
  }

  /** The argument of an item's head: RFC 8949 §3, in its shortest form only. */
  #head(): number {
    const info = this.#bytes[this.#pass(1)]! & 31
    if (info < 24) return info
    if (info > 27) throw new Malformed(info === 31 ? 'cbor_indefinite' : 'cbor_head')
    const width = 1 << (info - 24)
    let argument = 0
    for (let at = this.#pass(width); at < this.offset; at++) argument = argument * 256 + this.#bytes[at]!
    if (argument > Number.MAX_SAFE_INTEGER) throw new Malformed('cbor_integer_range')
    const min = width === 1 ? 24 : 2 ** (4 * width)
    if (argument < min) throw new Malformed('cbor_not_shortest')
    return argument
  }

  #view(count: number): Uint8Array {
    return this.#bytes.subarray(this.#pass(count), this.offset)
  }

  /** Where the next `count` bytes begin; reading goes on behind them. */
  #pass(count: number): number {
    const start = this.offset
    if (start + count > this.#bytes.length) throw new Malformed('cbor_truncated')
    this.offset = start + count
    return start
  }

  #array(count: number, depth: number): CborValue[] {
    this.#enter(count, depth)
    const items: CborValue[] = []
    for (let i = 0; i < count; i++) items.push(this.value(depth + 1))
    return items
  }

  #map(count: number, depth: number): CborMap {
    this.#enter(2 * count, depth)
    const map = new Map<CborKey, CborValue>()
    let previous: Uint8Array | undefined
    for (let i = 0; i < count; i++) {
      const start = this.offset
      const key = this.value(depth + 1)
      if (typeof key !== 'number' && typeof key !== 'string') throw new Malformed('cbor_key_type')
      const spelling = this.#bytes.subarray(start, this.offset)
      if (previous !== undefined && compareBytes(previous, spelling) >= 0)
        throw new Malformed('cbor_key_order')
      previous = spelling
      map.set(key, this.value(depth + 1))
    }
    return map
  }

  // Every item takes a byte at least, so a claim of more items than bytes is refused before any is read. But an
  // empty map of one byte takes hundreds in memory: so what all containers claim together is bounded too.
  #enter(items: number, depth: number): void {
    if (depth >= MAX_DEPTH) throw new Malformed('cbor_depth')
    if (items > this.#bytes.length - this.offset) throw new Malformed('cbor_truncated')
    this.#itemsLeft -= items
    if (this.#itemsLeft < 0) throw new Malformed('cbor_too_many')
  }
}

class Writer {
  #bytes = new Uint8Array(64)
  #length = 0

  written(): Bytes {
    return this.#bytes.slice(0, this.#length)
  }

  value(value: CborValue, depth: number): void {
    if (typeof value === 'number') this.#head(UNSIGNED, checkUnsigned(value))
    else if (typeof value === 'string') this.#string(TEXT, encodeUtf8(checkWellFormed(value)))
    else if (isBytes(value)) this.#string(BYTES, value)
    else if (Array.isArray(value)) this.#array(value, depth)
    else if (isMap(value)) this.#map(value as CborMap, depth)
    else throw argumentType('value', 'a number, text, Uint8Array, array or Map', value)
  }

  #head(major: number, argument: number): void {
    const width = widthOf(argument)
    const start = this.#grow(1 + width)
    putHead(this.#bytes, start, width, major, argument)
  }

  #string(major: number, bytes: Uint8Array): void {
    this.#head(major, bytes.length)
    this.#put(bytes)
  }

  #put(bytes: Uint8Array): void {
    const start = this.#grow(bytes.length)
    this.#bytes.set(bytes, start)
  }

  #array(items: readonly CborValue[], depth: number): void {
    checkDepth(depth)
    this.#head(ARRAY, items.length)
    // By index: a hole is met, and refused.
    for (let i = 0; i < items.length; i++) this.value(items[i]!, depth + 1)
  }

  #map(map: CborMap, depth: number): void {
    checkDepth(depth)
    this.#head(MAP, map.size)
    const entries = [...map].map(([key, value]) => ({ spelling: encodeCbor(checkKey(key)), value }))
    entries.sort((a, b) => compareBytes(a.spelling, b.spelling))
    for (const { spelling, value } of entries) {
      this.#put(spelling)
      this.value(value, depth + 1)
    }
  }

  /** Makes room for `count` more bytes, and says where they begin. */
  #grow(count: number): number {
    const start = this.#length
    this.#length += count
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    return start
  }
}

function checkUnsigned(value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw argumentRange('value', `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`, value)
}

function checkWellFormed(text: string): string {
  // Of pairs `u` sees the letter that they spell; and not every runtime knows `\p`.
  if (/[\ud800-\udfff]/u.test(text)) throw argumentRange('value', 'a text without lone surrogates', text)
  return text
}

function checkKey(key: CborKey): CborKey {
  if (typeof key === 'number' || typeof key === 'string') return key
  throw argumentType('key', 'a number or text', key)
}

function checkDepth(depth: number): void {
  if (depth >= MAX_DEPTH)
    throw argumentRange('value', `at most ${MAX_DEPTH} levels of arrays and maps`, depth + 1)
}

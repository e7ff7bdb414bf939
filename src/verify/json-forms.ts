import type { CborKey, CborMap, CborValue } from '../codec/cbor-value.ts'
import { MAX_DEPTH } from '../codec/cbor-value.ts'
import type { Shape } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { isBytes, isMap, isPlain } from '../lib/brand.ts'
import { fromHex, toHex } from '../lib/bytes.ts'
import { Malformed } from '../lib/errors.ts'

/** How a value is written as plain JSON, and read again: each form says both, so that they can't differ. */
export interface JsonForm<T> {
  /** @throws whatever, for any other value */
  write(value: T): unknown
  /** @throws Malformed `field:` with the place */
  read(json: unknown, place: string): T
}

const fail = (place: string): never => {
  throw new Malformed(`field:${place}`)
}

/** What is the same in both: where `isOne` says so. */
const same = <T>(isOne: (json: unknown) => boolean): JsonForm<T> => ({
  write: (value) => value,
  read: (json, place) => (isOne(json) ? (json as T) : fail(place)),
})

const isText = (json: unknown): json is string => typeof json === 'string' && !/\p{Cs}/u.test(json)

export const wholeForm = (min: number, max = Number.MAX_SAFE_INTEGER): JsonForm<number> =>
  same((json) => Number.isSafeInteger(json) && (json as number) >= min && (json as number) <= max)

export const textForm = (form: RegExp, max: number): JsonForm<string> =>
  same((json) => isText(json) && json.length <= max && form.test(json))

export const oneOfForm = <T extends string>(texts: readonly T[]): JsonForm<T> =>
  same((json) => texts.includes(json as T))

/** ISO 8601 in UTC, to the millisecond, as `toISOString` spells it. */
export const instantForm: JsonForm<Date> = {
  write: (date) => date.toISOString(),
  read(json, place) {
    const date = new Date(typeof json === 'string' ? json : Number.NaN)
    return !Number.isNaN(+date) && date.toISOString() === json ? date : fail(place)
  },
}

/** Hexadecimal digits in small letters. */
export const hexForm: JsonForm<Uint8Array> = {
  write: toHex,
  read(json, place) {
    if (typeof json !== 'string' || !/^([0-9a-f]{2})*$/.test(json)) return fail(place)
    return fromHex(json)
  },
}

export const setForm = <T>(item: JsonForm<T>): JsonForm<readonly T[]> => ({
  write: (items) => items.map(item.write),
  read(json, place) {
    if (!Array.isArray(json) || new Set(json).size < json.length) return fail(place)
    return json.map((each, index) => item.read(each, `${place}[${index}]`))
  },
})

/** Fields that may be absent are named in `optional`. No other fields. */
export const objectForm = <T extends object>(
  fields: { readonly [Field in keyof T]-?: JsonForm<NonNullable<T[Field]>> },
  optional: readonly (keyof T)[] = [],
): JsonForm<T> => {
  const forms = Object.entries<JsonForm<unknown>>(fields as Record<string, JsonForm<unknown>>)
  return {
    write(value) {
      for (const name in value) if (!Object.hasOwn(fields, name)) fail(name)
      const entries = forms.flatMap(([name, form]) => {
        const field = value[name as keyof T]
        return field === undefined && optional.includes(name as keyof T) ? [] : [[name, form.write(field)]]
      })
      return Object.fromEntries(entries)
    },
    read(json, place) {
      if (!isPlain(json)) return fail(place)
      const given = json as Readonly<Record<string, unknown>>
      for (const name in given) if (!Object.hasOwn(fields, name)) fail(inside(place, name))
      const entries = forms.flatMap(([name, form]) => {
        const own = Object.hasOwn(given, name) ? given[name] : undefined
        if (own === undefined && optional.includes(name as keyof T)) return []
        return [[name, form.read(own, inside(place, name))]]
      })
      return Object.fromEntries(entries) as T
    },
  }
}

const inside = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`)

/** Numbers, texts and arrays as they are; bytes as `{ bytes: hex }`; a map as `{ map: [[key, value], …] }`. */
const cborForm: JsonForm<CborValue> = {
  write(value) {
    if (isBytes(value)) return { bytes: toHex(value) }
    if (Array.isArray(value)) return value.map(cborForm.write)
    return isMap(value) ? { map: pairsForm.write(value as CborMap) } : value
  },
  read: (json, place) => readCbor(json, place, MAX_DEPTH),
}

function readCbor(json: unknown, place: string, depth: number): CborValue {
  if (depth < 0) return fail(place)
  if (isText(json) || (Number.isSafeInteger(json) && (json as number) >= 0)) return json as CborValue
  if (Array.isArray(json)) return json.map((item) => readCbor(item, place, depth - 1))
  if (!isPlain(json)) return fail(place)
  const { bytes, map, ...others } = json as Readonly<Record<string, unknown>>
  if (Object.keys(others).length > 0 || (bytes === undefined) === (map === undefined)) return fail(place)
  return bytes === undefined ? readPairs(map, place, depth - 1) : hexForm.read(bytes, place)
}

function readPairs(json: unknown, place: string, depth: number): CborMap {
  if (!Array.isArray(json)) return fail(place)
  const map = new Map<CborKey, CborValue>()
  for (const pair of json) {
    if (!Array.isArray(pair) || pair.length !== 2) return fail(place)
    const key = readCbor(pair[0], place, 0)
    if (typeof key === 'object' || map.has(key)) return fail(place)
    map.set(key, readCbor(pair[1], place, depth))
  }
  return map
}

/** A map as pairs of key and value. */
export const pairsForm: JsonForm<CborMap> = {
  write: (map) => [...map].map(([key, value]) => [key, cborForm.write(value)]),
  read: (json, place) => readPairs(json, place, MAX_DEPTH),
}

/** An entry of a catalogue, with whatever fields it has. */
export const entryForm = <T extends object>(shape: Shape<T>): JsonForm<T> => ({
  write: (entry) =>
    Object.fromEntries(
      Object.entries(entry)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, cborForm.write(value)]),
    ),
  read(json, place) {
    if (!isPlain(json)) return fail(place)
    const entries = Object.entries(json as object).map(([name, value]): [string, CborValue] => [
      isText(name) ? name : fail(place),
      readCbor(value, inside(place, name), MAX_DEPTH),
    ])
    return readShape(shape, new Map(entries), place)
  },
})

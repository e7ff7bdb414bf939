import { MAX_SECOND, timeOf } from '../lib/dates.ts'
import { Malformed } from '../lib/errors.ts'
import type { CborMap, CborValue } from './cbor-value.ts'
import { type AnyShape, join, type Shape, uint } from './shape.ts'

/**
 * What a decoded value says, read by its shape.
 * @throws Malformed with the detail `field:` and the place, as in `field:issuers[3].publicKey`
 */
export const readShape = <T>(shape: Shape<T>, value: CborValue | undefined, place = ''): T =>
  read(shape, value, place) as T

function read(shape: AnyShape, value: CborValue | undefined, place: string): unknown {
  switch (shape.kind) {
    case 'uint':
      if (typeof value === 'number' && value >= shape.min && value <= shape.max) return value
      break
    case 'text':
      if (typeof value === 'string' && value !== '' && value.length <= shape.max && shape.form.test(value)) {
        return value
      }
      break
    case 'bytes':
      if (value instanceof Uint8Array && value.length === (shape.length ?? value.length)) return value
      break
    case 'time':
      return timeOf(readShape(uint(0, MAX_SECOND), value, place))
    case 'list':
      if (!Array.isArray(value) || value.length > shape.max) break
      return value.map((item, index) => read(shape.item, item, `${place}[${index}]`))
    case 'tuple':
      if (!Array.isArray(value) || value.length !== shape.items.length) break
      return shape.items.map((item, index) => read(item, value[index], `${place}[${index}]`))
    case 'record':
      if (value instanceof Map) return readRecord(shape, value, place)
      break
    case 'optional':
      // One that has a default is always written, so that a body has one spelling.
      return value === undefined && shape.otherwise === undefined ? value : read(shape.shape, value, place)
  }
  throw new Malformed(`field:${place}`)
}

function readRecord(shape: Extract<AnyShape, { kind: 'record' }>, map: CborMap, place: string): unknown {
  const entries = new Map<string, unknown>()
  for (const [key, value] of shape.open ? map : []) {
    if (typeof key !== 'string') throw new Malformed(`field:${place}`)
    entries.set(key, value)
  }
  for (const [key, field] of Object.entries(shape.fields)) {
    const value = read(field, map.get(key), join(place, key))
    if (value !== undefined) entries.set(key, value)
  }
  // fromEntries defines the fields, so that a field called __proto__ is only a field.
  const record = Object.fromEntries(entries)
  const wrong = shape.fault?.(record as never)
  if (wrong !== undefined) throw new Malformed(`field:${join(place, wrong)}`)
  return record
}

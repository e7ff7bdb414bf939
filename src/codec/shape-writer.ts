import { checkBytes, checkFields, checkInteger, checkObject, checkText } from '../lib/checks.ts'
import { secondOf } from '../lib/dates.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import type { CborValue } from './cbor-value.ts'
import { type AnyShape, join, type Shape } from './shape.ts'

/**
 * The value that spells what a caller gives, written by its shape.
 * @throws ArgumentTypeError or ArgumentRangeError that begins with the place, as in `issuers[3].publicKey`
 */
export const writeShape = <T>(shape: Shape<T>, value: T, place = ''): CborValue => write(shape, value, place)!

function write(shape: AnyShape, value: unknown, place: string): CborValue | undefined {
  switch (shape.kind) {
    case 'uint':
      return checkInteger(place, value, shape.most, shape.least)
    case 'text': {
      const checked = checkText(place, value, shape.most)
      if (shape.form.test(checked)) return checked
      throw argumentRange(place, `a text of the form ${shape.form.source}`, value)
    }
    case 'bytes':
      return checkBytes(place, value, shape.length)
    case 'time':
      return secondOf(place, value)
    case 'list':
      if (!Array.isArray(value)) throw argumentType(place, 'an array', value)
      checkInteger(join(place, 'length'), value.length, shape.most)
      // Array.from visits holes, which map would leave as they are.
      return Array.from(value, (item, index) => write(shape.item, item, `${place}[${index}]`)!)
    case 'tuple':
      if (!Array.isArray(value)) throw argumentType(place, 'an array', value)
      checkInteger(join(place, 'length'), value.length, shape.items.length, shape.items.length)
      return shape.items.map((item, index) => write(item, value[index], `${place}[${index}]`)!)
    case 'record':
      return writeRecord(shape, value, place)
    case 'optional':
      if (value !== undefined) return write(shape.shape, value, place)
      return shape.otherwise === undefined ? undefined : write(shape.shape, shape.otherwise, place)
  }
}

function writeRecord(shape: Extract<AnyShape, { kind: 'record' }>, value: unknown, place: string): CborValue {
  const given = checkObject(place || 'content', value as Readonly<Record<string, CborValue | undefined>>)
  if (!shape.open) checkFields(place || 'content', given, shape.fields)
  const map = new Map<string, CborValue>()
  for (const [key, field] of Object.entries(given)) {
    if (shape.open && field !== undefined) map.set(key, field)
  }
  for (const [key, field] of Object.entries(shape.fields)) {
    const written = write(field, given[key], join(place, key))
    if (written !== undefined) map.set(key, written)
  }
  const wrong = shape.fault?.(value as never)
  if (wrong !== undefined) throw argumentRange(join(place, wrong), 'what SPEC.md allows', 'something else')
  return map
}

import { checkBytes, checkFields, checkInteger, checkObject, checkText, isNear } from '../lib/checks.ts'
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
  checkFields(place || 'content', given, shape.open ? ownNames(given, shape.fields) : shape.fields)
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

/** The fields of an open record: those that it knows, and all others but for those that are misspelt ones. */
function ownNames(
  given: object,
  fields: Readonly<Record<string, AnyShape>>,
): Readonly<Record<string, unknown>> {
  const others = Object.keys(given).filter(
    (name) => !Object.keys(fields).some((known) => isSlip(known, name)),
  )
  return { ...Object.fromEntries(others.map((name) => [name, true])), ...fields }
}

/** True for a name but for its case, and for a long one with two letters exchanged, one missing or one too many. */
function isSlip(known: string, name: string): boolean {
  const [a, b] = [known, name].map((each) => each.replace(/[-_ ]/g, '').toLowerCase()) as [string, string]
  if (a === b) return true
  // `images` and `image2` are names of their own.
  if (a.length < 5 || b.startsWith(a) || !isNear(a, b)) return false
  const left = [...(a.length > b.length ? a : b)]
  for (const letter of a.length > b.length ? b : a) {
    if (!left.includes(letter)) return false
    left.splice(left.indexOf(letter), 1)
  }
  return left.length <= 1
}

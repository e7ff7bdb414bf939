import { checkBytes, checkFields, checkInteger, checkObject, checkText, isNear } from '../lib/checks.ts'
import { secondOf } from '../lib/dates.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import type { CborValue } from './cbor-value.ts'
import { type AnyShape, join, type Shape } from './shape.ts'
import { spellShape } from './shape-spelling.ts'

/**
 * The value that spells what a caller gives, checked and written by its shape.
 * @throws ArgumentTypeError or ArgumentRangeError that begins with the place, as in `issuers[3].publicKey`
 */
export const writeShape = <T>(shape: Shape<T>, value: T, place = ''): CborValue =>
  spellShape(shape, value, checkOne, place)

function checkOne(shape: AnyShape, value: unknown, place: string): (() => void) | undefined {
  switch (shape.kind) {
    case 'uint':
      checkInteger(place, value, shape.min, shape.max)
      return undefined
    case 'text':
      if (!shape.form.test(checkText(place, value, 1, shape.max)))
        throw argumentRange(place, `a text of the form ${shape.form.source}`, value)
      return undefined
    case 'bytes':
      checkBytes(place, value, shape.length)
      return undefined
    case 'time':
      secondOf(place, value)
      return undefined
    case 'list':
      checkArray(place, value, 0, shape.max)
      return undefined
    case 'tuple':
      checkArray(place, value, shape.items.length, shape.items.length)
      return undefined
    case 'record':
      checkRecord(shape, value, place)
      return () => checkWhole(shape, value, place)
    case 'optional':
      return undefined
  }
}

function checkArray(place: string, value: unknown, min: number, max: number): void {
  if (!Array.isArray(value)) throw argumentType(place, 'an array', value)
  checkInteger(join(place, 'length'), value.length, min, max)
}

function checkRecord(shape: Extract<AnyShape, { kind: 'record' }>, value: unknown, place: string): void {
  const given = checkObject(place || 'content', value as object)
  checkFields(place || 'content', given, shape.open ? ownNames(given, shape.fields) : shape.fields)
}

function checkWhole(shape: Extract<AnyShape, { kind: 'record' }>, value: unknown, place: string): void {
  const wrong = shape.fault?.(value as never)
  if (wrong !== undefined)
    throw argumentRange(join(place, wrong), 'what SPEC.md allows', Object(value)[wrong] ?? 'something else')
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

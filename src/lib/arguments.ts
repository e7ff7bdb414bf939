import { checkBytes, checkFields, checkInteger, checkText } from './checks.ts'
import { argumentRange, argumentType, type Fix } from './errors.ts'

/**
 * The shapes of what callers give, each said once, as a table with a check for every field. A field that the table does
 * not have is refused: what a misspelt one asks for would be left out in silence.
 */

/** Passes over what may be there. @throws an argument error that begins with the place, as in `options.trustLists[0]` */
export type ArgumentCheck = (place: string, value: unknown) => unknown

/** All fields of a type, so that a new one is not forgotten. */
export type ArgumentTable<T> = { readonly [Field in keyof T]-?: ArgumentCheck }

/** An object with the fields of a table and no others. */
export function checkTable<T extends object>(place: string, given: T, table: ArgumentTable<T>): T {
  const checks: Readonly<Record<string, ArgumentCheck>> = table
  /** What stands in place of the object that it belongs in. */
  const wrap: Fix = (value, said) => {
    for (const name in checks) {
      // A check that accepts anything says nothing.
      if (accepts(checks[name]!, value) && !accepts(checks[name]!, accepts))
        return `pass { ${said ? `${name}: ${said}` : name} }`
    }
    return ''
  }
  checkFields(place, given, table, wrap)
  for (const name in checks) checks[name]!(`${place}.${name}`, given[name as keyof T])
  return given
}

const accepts = (check: ArgumentCheck, value: unknown): boolean => {
  try {
    check('', value)
    return true
  } catch {
    return false
  }
}

/** A field that may be absent. */
export const ifGiven =
  (check: ArgumentCheck): ArgumentCheck =>
  (place, value) =>
    value === undefined || check(place, value)

/** An object within another. */
export const objectOf =
  <T extends object>(table: ArgumentTable<T>): ArgumentCheck =>
  (place, value) =>
    checkTable(place, value as T, table)

/** An array of so many items. */
export const listOf =
  (item: ArgumentCheck, min = 0, max = Number.MAX_SAFE_INTEGER): ArgumentCheck =>
  (place, value) => {
    if (!Array.isArray(value)) {
      const one = place.replace(/.*\.|s$/g, '')
      throw argumentType(
        place,
        'an array',
        value,
        (each, said = one) => accepts(item, each) && `pass [${said}]`,
      )
    }
    checkInteger(`${place}.length`, value.length, min, max)
    // Array.from visits holes, which forEach would pass over.
    Array.from(value, (each, index) => item(`${place}[${index}]`, each))
  }

/** What a test knows, not a class: other realms and other builds have classes of their own. */
export const kindOf =
  (expected: string, isOne: (value: unknown) => boolean): ArgumentCheck =>
  (place, value) => {
    if (!isOne(value))
      throw argumentType(place, expected, value, (each, said) => isOne(each) && `pass ${said}`)
  }

/** An object with these methods, whatever else it has. */
export const ableTo = (expected: string, ...methods: readonly string[]): ArgumentCheck =>
  kindOf(expected, (value) => methods.every((method) => typeof Object(value)[method] === 'function'))

export const aFunction = /* @__PURE__ */ kindOf('a function', (value) => typeof value === 'function')
export const aFlag = /* @__PURE__ */ kindOf('true or false', (value) => typeof value === 'boolean')
/** Whoever made it: another realm and a polyfill have classes of their own. */
export const aSignal = /* @__PURE__ */ kindOf('an AbortSignal', (value) => {
  const { aborted, addEventListener } = Object(value)
  return typeof aborted === 'boolean' && typeof addEventListener === 'function'
})
/** A text alone gives items too, its letters: that is not meant. */
export const aSource = /* @__PURE__ */ kindOf('an iterable or an async iterable', (value) => {
  const { [Symbol.iterator]: now, [Symbol.asyncIterator]: later } = Object(value)
  return typeof value === 'object' && !!(now ?? later)
})

export const wholeNumber =
  (min: number, max: number): ArgumentCheck =>
  (place, value) =>
    checkInteger(place, value, min, max)

export const textOf =
  (max: number): ArgumentCheck =>
  (place, value) =>
    checkText(place, value, 1, max)

export const bytesOf =
  (length?: number): ArgumentCheck =>
  (place, value) =>
    checkBytes(place, value, length)

/** One of these texts. */
export const oneOf =
  (...texts: readonly string[]): ArgumentCheck =>
  (place, value) => {
    const expected = `one of ${texts.join(', ')}`
    if (typeof value !== 'string') throw argumentType(place, expected, value)
    if (!texts.includes(value)) throw argumentRange(place, expected, value)
  }

/** A number above 0, to `most`. */
export const aboveZero =
  (max = Number.POSITIVE_INFINITY): ArgumentCheck =>
  (place, value) => {
    if (typeof value === 'number' && value > 0 && value <= max) return
    const expected = `a number above 0${max < Number.POSITIVE_INFINITY ? ` to ${max}` : ''}`
    throw (typeof value === 'number' ? argumentRange : argumentType)(place, expected, value)
  }

/** Any number from `least` to `most`. */
export const numberFrom =
  (min: number, max: number): ArgumentCheck =>
  (place, value) => {
    if (typeof value === 'number' && value >= min && value <= max) return
    const complain = typeof value === 'number' ? argumentRange : argumentType
    throw complain(place, `a number from ${min} to ${max}`, value)
  }

/** Any text, an empty one too. */
export const anyText = /* @__PURE__ */ kindOf('a text', (value) => typeof value === 'string')

import { brandOf, isBytes } from './brand.ts'
import type { ArgumentDetails, ErrorDetails } from './error-details.ts'

/**
 * Misuse of the API throws; bad input never does. Every error thrown on purpose carries a stable `code` and the facts
 * of it, `details`, beside its message.
 */
export type ErrorCode = keyof ErrorDetails

/**
 * `instanceof` for the errors of every build of this library (ES modules and CommonJS), each of which has classes
 * of its own. Classes derived from them work as ever.
 */
const told = (asked: unknown, own: unknown, value: unknown, isOwn: boolean): boolean =>
  asked === own ? isOwn : Function.prototype[Symbol.hasInstance].call(asked as () => void, value)

/** An error of each code: asked for its `code`, TypeScript knows its `details`. */
export type AnyVeristampError = { [Code in ErrorCode]: VeristampError<Code> }[ErrorCode]

/**
 * Something that the caller asked for can't be done. `code` says what, and `details` has the facts of it.
 * @example
 * ```ts
 * import { VeristampError } from 'veristamp/verify'
 * import { readRevocationList } from 'veristamp/authority'
 *
 * try {
 *   readRevocationList(trustListFile)
 * } catch (error) {
 *   if (!(error instanceof VeristampError)) throw error
 *   // The codes are stable, the messages are not.
 *   error.code // → 'bad_document'
 *   error.code === 'bad_document' && error.details.fault // → 'refused'
 * }
 * ```
 */
export class VeristampError<Code extends ErrorCode = ErrorCode> extends Error {
  static override [Symbol.hasInstance](value: unknown): value is AnyVeristampError {
    // biome-ignore lint/complexity/noThisInStatic: a class that derives from this one asks too
    return told(this, VeristampError, value, isNamed(value, 'VeristampError'))
  }

  readonly code: Code
  readonly details: ErrorDetails[Code]
  constructor(code: Code, message: string, details: ErrorDetails[Code], options?: ErrorOptions) {
    super(message, options)
    this.name = 'VeristampError'
    this.code = code
    this.details = details
  }
}

/**
 * An argument of the wrong type.
 * @example
 * ```ts
 * import { ArgumentTypeError } from 'veristamp/verify'
 *
 * try {
 *   verifier.verify(undefined as never)
 * } catch (error) {
 *   error instanceof ArgumentTypeError // → true
 * }
 * ```
 */
export class ArgumentTypeError extends TypeError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a class that derives from this one asks too
    return told(this, ArgumentTypeError, value, isOurs(value, 'argument_type'))
  }

  readonly code = 'argument_type' satisfies ErrorCode
  readonly details: ArgumentDetails
  constructor(details: ArgumentDetails) {
    super(sentence(details))
    this.details = details
  }
}

/**
 * An argument of the right type outside its range.
 * @example
 * ```ts
 * import { ArgumentRangeError, seedSigner } from 'veristamp'
 *
 * try {
 *   seedSigner(new Uint8Array(31))
 * } catch (error) {
 *   error instanceof ArgumentRangeError // → true
 * }
 * ```
 */
export class ArgumentRangeError extends RangeError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a class that derives from this one asks too
    return told(this, ArgumentRangeError, value, isOurs(value, 'argument_range'))
  }

  readonly code = 'argument_range' satisfies ErrorCode
  readonly details: ArgumentDetails
  constructor(details: ArgumentDetails) {
    super(sentence(details))
    this.details = details
  }
}

function shown(value: unknown): string {
  if (isBytes(value)) return `${value.length} bytes`
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (Object(value) !== value) return String(value)
  const brand = brandOf(value)
  return brand === 'Object' || typeof value === 'function' ? typeof value : brand
}

/**
 * How to give a value so that it fits, if it does. `said` is what a caller may call it: nothing for what was given itself,
 * `loaded.trustList` for a part of it.
 */
export type Fix = (value: unknown, said?: string) => string | undefined | false

/** What to do about a value that was given wrongly, where that is likely. */
export function advise(value: unknown, fix?: Fix): ReturnType<Fix> {
  const given = Object(value)
  if (given.then) return 'await it'
  if (given.ok === false) return 'check loaded.ok first'
  let advice = fix?.(value)
  if (given.ok) for (const part in given) advice ||= fix?.(given[part], `loaded.${part}`)
  return advice
}

const sentence = ({ name, expected, got, fix }: ArgumentDetails): string =>
  `${name}: expected ${expected}${got ? `, got ${got}` : ''}${fix ? `: ${fix}` : ''}`

function detailsOf(name: string, expected: string, value: unknown, fix?: Fix): ArgumentDetails {
  let got: string | undefined
  try {
    got = shown(value)
    const advice = advise(value, fix)
    if (advice) return { name, expected, got, fix: advice }
  } catch {} // a getter or a proxy that throws
  return { name, expected, got }
}

/** `serial: expected a whole number from 0 to 9007199254740991, got -1`, as a TypeError; at its end a likely fix. */
export const argumentType = (name: string, expected: string, got: unknown, fix?: Fix): ArgumentTypeError =>
  new ArgumentTypeError(detailsOf(name, expected, got, fix))

/** The same sentence as a RangeError. */
export const argumentRange = (name: string, expected: string, got: unknown): ArgumentRangeError =>
  new ArgumentRangeError(detailsOf(name, expected, got))

/**
 * What a decoder throws for input that breaks the format. Internal: every door catches it and answers with
 * the reason `malformed` and this `detail`, so it never reaches a caller.
 */
export class Malformed extends Error {
  readonly detail: string
  constructor(detail: string) {
    super(detail)
    this.name = 'Malformed'
    this.detail = detail
  }
}

/** True for an error of the class with this name, of whichever build. */
export const isNamed = (error: unknown, name: string): boolean =>
  (error as Partial<Error> | undefined | null)?.name === name

/** True for a Malformed, of whichever build. */
export const isMalformed = (error: unknown): error is Malformed => isNamed(error, 'Malformed')

/** True for an error of ours with this code, of whichever build. */
export const isOurs = <Code extends ErrorCode>(error: unknown, code: Code): error is VeristampError<Code> =>
  (error as Partial<VeristampError> | undefined | null)?.code === code

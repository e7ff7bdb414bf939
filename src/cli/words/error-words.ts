import type { ErrorDetails } from '../../lib/error-details.ts'
import type { ErrorCode } from '../../lib/errors.ts'

/** Arguments are told by the option or the field that they came from. */
export type ToldCode = Exclude<ErrorCode, 'argument_type' | 'argument_range'>

/** What went wrong, by the facts of an error: a sentence for each code, so that none is forgotten. */
export type ErrorWords = { readonly [Code in ToldCode]: (details: ErrorDetails[Code]) => string }

/** What to do about it. */
export type ErrorHow = { readonly [Code in ToldCode]?: (details: ErrorDetails[Code]) => string | undefined }

interface Faulty {
  readonly fault: string
}

/** Of facts that are a union, those with this fault. */
type With<Facts extends Faulty, Name> = Facts extends Faulty
  ? Name extends Facts['fault']
    ? Facts
    : never
  : never

/** A sentence for each fault that facts may name. */
export type FaultWords<Facts extends Faulty> = {
  readonly [Name in Facts['fault']]: (facts: With<Facts, Name>) => string
}

/** The sentences for facts by their fault, as one function. */
export const byFault =
  <Facts extends Faulty>(sentences: FaultWords<Facts>) =>
  (facts: Facts): string =>
    (sentences as Readonly<Record<string, unknown>> as Readonly<Record<string, (facts: Facts) => string>>)[
      facts.fault
    ]!(facts)

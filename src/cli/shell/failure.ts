import type { ArgumentDetails, CaptureFacts, SendFacts } from '../../lib/error-details.ts'
import { VeristampError } from '../../lib/errors.ts'
import type { ErrorHow, ErrorWords, ToldCode } from '../words/error-words.ts'
import type { Words } from '../words/words.ts'
import { EXIT, Failure } from './io.ts'
import { systemFailure } from './system-errors.ts'

/**
 * What a command threw, with what to do next: errors of the library by their codes and facts, never by their messages.
 * @throws what nobody foresaw, with its stack
 */
export function failureOf(error: unknown, words: Words): Failure {
  if (error instanceof Failure) return error
  const { code, name, message } = error as NodeJS.ErrnoException
  if (name === 'AbortError')
    return new Failure('stopped', words.cancelled, words.againHow, EXIT.indeterminate)
  const system = systemFailure(error, words)
  if (system !== undefined) return system
  if (code === undefined) throw error
  if (error instanceof VeristampError) return librarysFailure(error, words)
  const details = argumentOf(error)
  return new Failure(code, details === undefined ? message : optionFault(details, words))
}

/** The facts of an argument error; undefined for any other. */
export function argumentOf(error: unknown): ArgumentDetails | undefined {
  const { code, details } = error as { code?: unknown; details?: ArgumentDetails | undefined }
  return code === 'argument_type' || code === 'argument_range' ? details : undefined
}

/** Those who asked a signer say only which stamp was not signed: what it said itself is told. */
function librarysFailure(error: VeristampError, words: Words): Failure {
  const { code, cause } = error
  if (code === 'signing_failed' && cause instanceof VeristampError && cause.code === code)
    return librarysFailure(cause, words)
  const told = code as ToldCode
  return new Failure(
    code,
    wordsFor(words.errors, told)!(error.details)!,
    wordsFor(words.errorsHow, told)?.(error.details),
    isPassing(error) ? EXIT.indeterminate : EXIT.misuse,
  )
}

const PASSING: readonly string[] = ['unreachable', 'timeout', 'busy', 'job_open'] satisfies (
  | CaptureFacts['fault']
  | SendFacts['fault']
)[]

/** What is not finished, and goes on by itself the next time. */
const isPassing = ({ code, details }: VeristampError): boolean =>
  (code === 'capture_failed' || code === 'send_failed') &&
  PASSING.includes((details as CaptureFacts | SendFacts).fault)

/** The words of a code take the facts of that code. */
const wordsFor = (table: ErrorWords | ErrorHow, code: ToldCode) =>
  table[code] as ((details: unknown) => string | undefined) | undefined

/** Objects whose fields are options. */
const OBJECTS: readonly string[] = ['job', 'sheet', 'options', 'run', 'tools', 'roots', 'pins', 'facts']

/** Fields of jobs and sheets whose options have other names; a run's last serial follows from its first. */
const OPTION_OF: Readonly<Record<string, string>> = {
  ...{ version: 'symbol', cropMarks: 'crop-marks', last: 'first', serial: 'first', fonts: 'font' },
  volume: 'sheets-per-file',
  ...{ readPoint: 'read-point', maxEpcs: 'max-epcs' },
}

function optionFault({ name, expected, got }: ArgumentDetails, words: Words): string {
  const [object = '', ...rest] = name.split('.')
  const field = rest.length > 0 && OBJECTS.includes(object) ? rest[0]! : object
  const option = OPTION_OF[field] ?? field
  const isOption = Object.hasOwn(words.options, field) || option !== field
  const { sentence, options } = words.arguments
  return sentence(
    isOption ? `--${option}` : name,
    Object.hasOwn(options, option) ? options[option as keyof typeof options] : expected,
    got,
  )
}

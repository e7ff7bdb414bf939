import { VeristampError } from '../../lib/errors.ts'
import type { Words } from '../words/words.ts'
import { EXIT, Failure } from './io.ts'
import { systemFailure } from './system-errors.ts'

/** What a command threw, with what to do next. @throws what nobody foresaw, with its stack */
export function failureOf(error: unknown, words: Words): Failure {
  if (error instanceof Failure) return error
  const { code, name, message } = error as NodeJS.ErrnoException
  if (name === 'AbortError')
    return new Failure('stopped', words.cancelled, words.againHow, EXIT.indeterminate)
  const system = systemFailure(error, words)
  if (system !== undefined) return system
  if (code === 'is_link')
    return new Failure(code, words.isLink(message.split(': a link')[0]!), words.isLinkHow)
  if (code === 'no_hard_links')
    return new Failure(
      code,
      words.runs.noHardLinks(message.split(': its file')[0]!),
      words.runs.noHardLinksHow,
    )
  if (code === 'letter_missing')
    return new Failure(
      code,
      words.runs.letterMissing(message.split(' has no ')[1] ?? message),
      words.runs.letterMissingHow,
    )
  if (code === undefined) throw error
  if (code === 'signing_failed') return signerFailure(error as VeristampError, words)
  return new Failure(code, tellOf(code, message, words), adviceOf(code, message, words))
}

/** What a signer said itself: those who asked it say only which stamp was not signed. */
function signerFailure(error: VeristampError, words: Words): Failure {
  let first = error
  while (first.cause instanceof VeristampError && first.cause.code === error.code) first = first.cause
  const { code, message } = first
  const [, file = '', why = ''] =
    /^(.+?): (?=ended with|spawn |no answer|expected 64)(.*)$/su.exec(message) ?? []
  if (file === '') return new Failure(code, message)
  const [, exit, line] = /^ended with (\w+)(?:: (.*))?$/su.exec(why) ?? []
  if (exit !== undefined)
    return new Failure(code, words.secrets.signerEnded(file, exit, line ?? ''), words.secrets.signerHow)
  if (/^spawn .* E(NOENT|ACCES)$/su.test(why))
    return new Failure(code, words.secrets.noSigner(file), words.secrets.signerHow)
  return new Failure(code, message, words.secrets.signerHow)
}

/** What the library says, by its code: the numbers in it, for words in the reader's language. */
const SAID: Readonly<Record<string, readonly [RegExp, 'aboveWatermark' | 'outOfScope' | 'serialsTaken']>> = {
  above_watermark: [/serial (\d+) of product (\d+) of facility (\d+) .* (\d+)$/, 'aboveWatermark'],
  out_of_scope: [/no (\d+) serials of product (\d+) of facility (\d+) /, 'outOfScope'],
  serials_taken: [/run (\S+) has serials (\d+) to (\d+)/, 'serialsTaken'],
}

/** Fields of jobs and sheets whose options have other names. */
const OPTION_OF: Readonly<Record<string, string>> = { version: 'symbol', cropMarks: 'crop-marks' }

function tellOf(code: string, message: string, words: Words): string {
  const [pattern, name] = SAID[code] ?? []
  const found = pattern?.exec(message)
  if (found) return words[name!](...(found.slice(1) as [string, string, string, string]))
  const field = /^(?:(?:job|sheet|options|run|tools)\.)?(\w+): /.exec(message)
  if (!code.startsWith('argument_') || !field) return message
  const option = OPTION_OF[field[1]!] ?? field[1]!
  return Object.hasOwn(words.options, field[1]!) || option !== field[1]
    ? `--${option}: ${message.slice(field[0].length)}`
    : message
}

function adviceOf(code: string, message: string, words: Words): string | undefined {
  if (code === 'passphrase') return words.passphraseHow
  if (code === 'out_of_scope') return words.scopeHow
  if (code === 'run_busy') return words.busyHow
  if (code === 'revocation_permanent') return words.permanentHow
  if (code === 'serials_taken') return words.takenHow
  if (code === 'does_not_fit') return words.fitHow
  const found = code === 'above_watermark' && SAID.above_watermark![0].exec(message)
  if (found) return words.watermarkHow(`${found[3]}:${found[2]}:${found[1]}`)
  return undefined
}

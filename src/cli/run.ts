import { existsSync } from 'node:fs'
import { type Context, contextOf, type GlobalOptions, languageOf } from './context.ts'
import { EXIT, Failure, type Io } from './io.ts'
import { buildProgram } from './program/build.ts'
import { misuseOf } from './program/misuse.ts'
import { type Words, wordsOf } from './words.ts'

/**
 * Runs a command.
 * @param argv the words after `veristamp`
 * @returns the exit code: 0 valid or done, 1 invalid, 2 misuse and failure, 3 indeterminate or not finished
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const language = languageOf(argv, io.env)
  let exit: number = EXIT.valid
  let isJson = argv.includes('--json')
  const program = buildProgram(wordsOf(language), io, async (options: GlobalOptions, work) => {
    const context = contextOf(io, language, options)
    isJson = context.json
    checkFolder(context, options.dir, argv.includes('init'))
    exit = await work(context)
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exit
  } catch (error) {
    const misuse = misuseOf(error, wordsOf(language), program, argv)
    if (typeof misuse === 'number') return misuse === 0 ? EXIT.valid : EXIT.misuse
    const failure = misuse ?? failureOf(error, wordsOf(language))
    tell(failure, isJson, wordsOf(language), io)
    return failure.exit
  }
}

/** A folder that is named must be there, unless a project is begun in it. */
function checkFolder({ folder, words }: Context, dir: string | undefined, isNew: boolean): void {
  if (dir === undefined || isNew || existsSync(folder)) return
  throw new Failure('no_folder', words.noFolder(dir), words.noFolderHow)
}

function tell({ code, message, next }: Failure, isJson: boolean, words: Words, io: Io): void {
  if (isJson) io.err(`${JSON.stringify({ error: code, message, ...(next !== undefined && { next }) })}\n`)
  else io.err(`${words.error}: ${message}\n${next === undefined ? '' : `${words.next}: ${next}\n`}`)
}

/** What a command threw, with what to do next. @throws what nobody foresaw, with its stack */
function failureOf(error: unknown, words: Words): Failure {
  if (error instanceof Failure) return error
  const { code, name, message, path } = error as NodeJS.ErrnoException
  if (name === 'AbortError')
    return new Failure('stopped', words.cancelled, words.againHow, EXIT.indeterminate)
  if (code === 'ENOSPC' || code === 'EFBIG') return new Failure(code, words.diskFull, words.diskFullHow)
  if (code === 'ENOENT') return new Failure(code, words.missingFile(path ?? message))
  if (code === 'EEXIST') return new Failure(code, words.exists(path ?? message), words.keyExistsHow)
  if (code === undefined) throw error
  return new Failure(code, tellOf(code, message, words), adviceOf(code, message, words))
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
  const field = /^(?:job\.|sheet\.)?(\w+): /.exec(message)
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

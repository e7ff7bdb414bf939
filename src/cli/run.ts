import { contextOf, type GlobalOptions, languageOf } from './context.ts'
import { EXIT, Failure, type Io } from './io.ts'
import { buildProgram, exitOfCommander } from './program.ts'
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
    exit = await work(context)
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exit
  } catch (error) {
    const commander = exitOfCommander(error)
    if (commander !== undefined) return commander === 0 ? EXIT.valid : EXIT.misuse
    const failure = failureOf(error, wordsOf(language))
    tell(failure, isJson, wordsOf(language), io)
    return failure.exit
  }
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
  return new Failure(code, message, adviceOf(code, message, words))
}

function adviceOf(code: string, message: string, words: Words): string | undefined {
  if (code === 'passphrase') return words.passphraseHow
  if (code === 'out_of_scope') return words.scopeHow
  if (code === 'run_busy') return words.busyHow
  if (code === 'revocation_permanent') return words.permanentHow
  const product = /product (\d+) of facility (\d+)/.exec(message)
  if (code === 'above_watermark' && product) return words.watermarkHow(Number(product[2]), Number(product[1]))
  return undefined
}

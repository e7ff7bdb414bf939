import { existsSync } from 'node:fs'
import { buildProgram } from './program/build.ts'
import { hideDashes } from './program/dashes.ts'
import { misuseOf } from './program/misuse.ts'
import { coloured } from './shell/colour.ts'
import { askedLanguage, type Context, contextOf, type GlobalOptions } from './shell/context.ts'
import { failureOf } from './shell/failure.ts'
import { EXIT, Failure, type Io } from './shell/io.ts'
import { jsonLine, printableLines } from './words/printable.ts'
import { type Words, wordsOf } from './words/words.ts'

/**
 * Runs a command.
 * @param argv the words after `veristamp`
 * @returns the exit code: 0 valid or done, 1 invalid, 2 misuse and failure, 3 indeterminate or not finished
 */
export async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  const language = askedLanguage(argv, io.env)
  let exit: number = EXIT.valid
  let isJson = argv.includes('--json')
  const program = buildProgram(wordsOf(language), io, async (options: GlobalOptions, work) => {
    const context = contextOf(io, language, options)
    isJson = context.json
    checkFolder(
      context,
      options.dir,
      BEGINS.some((name) => argv.includes(name)),
    )
    exit = await work(context)
  })
  try {
    await program.parseAsync(hideDashes(argv), { from: 'user' })
    return exit
  } catch (error) {
    const misuse = misuseOf(error, wordsOf(language), program, argv)
    if (typeof misuse === 'number') return misuse === 0 ? EXIT.valid : EXIT.misuse
    const failure = misuse ?? failureOf(error, wordsOf(language))
    tell(failure, isJson, wordsOf(language), io)
    return failure.exit
  }
}

/** Commands that make the project’s folder. */
const BEGINS = ['init', 'restore']

/** A folder that is named must be there, unless a project is begun in it. */
function checkFolder({ folder, words }: Context, dir: string | undefined, isNew: boolean): void {
  if (dir === undefined || isNew || existsSync(folder)) return
  throw new Failure('no_folder', words.noFolder(dir), words.noFolderHow)
}

function tell({ code, message, next }: Failure, isJson: boolean, words: Words, io: Io): void {
  if (isJson) io.err(jsonLine({ error: code, message, next }))
  else {
    io.err(`${coloured(io, 'red', `${words.error}:`)} ${printableLines(`${message}\n`)}`)
    if (next !== undefined) io.err(`${coloured(io, 'cyan', `${words.next}:`)} ${printableLines(`${next}\n`)}`)
  }
}

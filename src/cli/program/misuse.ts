import { type Command, CommanderError } from 'commander'
import { Failure } from '../shell/io.ts'
import type { Words } from '../words/words.ts'

type Translations = Readonly<Record<string, (...quoted: string[]) => string>>

/**
 * What commander threw: an exit code where help or the version was asked for, which it has shown, or a failure in the reader's
 * language; undefined for what anything else threw.
 */
export function misuseOf(
  error: unknown,
  words: Words,
  program: Command,
  argv: readonly string[],
): Failure | number | undefined {
  if (!(error instanceof CommanderError)) return undefined
  const { code, message, exitCode } = error
  if (message === '(outputHelp)' || code === 'commander.version') return exitCode
  const [said, guess] = message.replace(/^error: /, '').split('\n')
  const quoted = [...said!.matchAll(/'([^']*)'/g)].map(([, text]) => text!)
  const translate = (words.misuse as Translations)[code.replace('commander.', '')]
  const similar = guess === undefined ? '' : ` ${guess.replace('Did you mean', words.didYouMean)}`
  const help = `${['veristamp', ...pathOf(program, argv)].join(' ')} --help`
  return new Failure('misuse', (translate?.(...quoted) ?? said!) + similar, help)
}

/** The commands that a command line names. */
function pathOf(program: Command, argv: readonly string[]): string[] {
  const names: string[] = []
  let command = program
  for (const word of argv) {
    const found = command.commands.find((each) => each.name() === word)
    if (found === undefined) continue
    command = found
    names.push(word)
  }
  return names
}

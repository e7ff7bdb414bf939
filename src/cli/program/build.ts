import { Argument, Command } from 'commander'
import { warnOfEnds } from '../project/ends.ts'
import type { Context, GlobalOptions } from '../shell/context.ts'
import type { ExitCode, Io } from '../shell/io.ts'
import { VERSION } from '../shell/version.ts'
import type { Words } from '../words/words.ts'
import { completionOf, SHELLS, type Shell } from './completion.ts'
import { addDesk, addIssuers } from './desk.ts'
import { describeOptions, helpIn } from './help.ts'
import { manOf } from './man.ts'
import { addOffice, addTrust } from './office.ts'
import { namedIn, type On } from './options.ts'
import { addChecks, addFleet, addPress } from './press.ts'

type Work = (context: Context) => ExitCode | Promise<ExitCode>
type Start = (options: GlobalOptions, work: Work) => Promise<void>

/** What can be asked for: the words of a command line, and the work that each stands for. */
export function buildProgram(words: Words, io: Io, start: Start): Command {
  const program = new Command('veristamp')
    .description(words.about)
    .option('--dir <folder>')
    .option('--json')
    .option('--force')
    .option('--yes')
    .option('--lang <vi|en>')
    .option('--passphrase-file <file>')
    .version(VERSION, '-V, --version', words.options.version)
    .helpOption('-h, --help', words.options.help)
    .configureHelp(helpIn(words))
    .exitOverride()
    // Errors are told by who runs the program, in the reader's language.
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => {} })
  const on: On =
    (act, saysEnds = false) =>
    (...rest) =>
      start(program.opts<GlobalOptions>(), async (given) => {
        const context = { ...given, named: [...given.named, ...namedIn(rest)] }
        const exit = await act(context, ...rest)
        if (!saysEnds) warnOfEnds(context)
        return exit
      })
  addOffice(program, words, on)
  addTrust(program, words, on)
  addIssuers(program, words, on)
  addDesk(program, words, on)
  addPress(program, words, on)
  addFleet(program, words, on)
  addChecks(program, words, on)
  program
    .command('completion')
    .description(words.commands.completion)
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action((shell: Shell) => io.out(completionOf(program, shell)))
  program
    .command('man')
    .description(words.commands.man)
    .action(() => io.out(manOf(program, words)))
  describeOptions(program, words)
  return program
}

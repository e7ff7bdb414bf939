import { Command } from 'commander'
import type { Context, GlobalOptions } from '../shell/context.ts'
import type { ExitCode, Io } from '../shell/io.ts'
import type { Words } from '../words/words.ts'
import { describeOptions, helpIn } from './help.ts'
import { addOffice, addTrust } from './office.ts'
import { namedIn, type On } from './options.ts'
import { addChecks, addPress } from './press.ts'
import { VERSION } from './version.ts'

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
    (act) =>
    (...rest) =>
      start(program.opts<GlobalOptions>(), (context) =>
        act({ ...context, named: [...context.named, ...namedIn(rest)] }, ...rest),
      )
  addOffice(program, words, on)
  addTrust(program, words, on)
  addPress(program, words, on)
  addChecks(program, words, on)
  describeOptions(program, words)
  return program
}

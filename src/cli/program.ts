import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { STOCKS } from '../print/sheet/stock.ts'
import { REVOCATION_REASONS } from '../revocation/body.ts'
import { exportRuns } from './commands/export.ts'
import { init, registryCheck } from './commands/init.ts'
import { inspect } from './commands/inspect.ts'
import { issue } from './commands/issue.ts'
import { keygen } from './commands/keygen.ts'
import { list } from './commands/list.ts'
import { revoke } from './commands/revoke.ts'
import { runs, verifyRun } from './commands/runs.ts'
import { sheet } from './commands/sheet.ts'
import { trustBuild, trustPins, trustRotate, trustShow, trustSign } from './commands/trust.ts'
import { verify } from './commands/verify.ts'
import type { Context, GlobalOptions } from './context.ts'
import type { ExitCode, Io } from './io.ts'
import type { Words } from './words.ts'

/** True for a command line that could not be read, or asked for help: commander has said so. */
export const exitOfCommander = (error: unknown): number | undefined =>
  error instanceof CommanderError ? error.exitCode : undefined

type Work = (context: Context) => ExitCode | Promise<ExitCode>
type Start = (options: GlobalOptions, work: Work) => Promise<void>

/** What can be asked for: the words of a command line, and the work that each stands for. */
export function buildProgram(words: Words, io: Io, start: Start): Command {
  const program = new Command('veristamp')
    .description(words.about)
    .option('--dir <folder>', 'project folder')
    .option('--json', 'lines of JSON')
    .option('--force', 'replace files')
    .option('--lang <vi|en>', 'language')
    .option('--passphrase-file <file>', 'first line: the passphrase')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
  const on =
    <Rest extends unknown[]>(act: (context: Context, ...rest: Rest) => ExitCode | Promise<ExitCode>) =>
    (...rest: Rest) =>
      start(program.opts<GlobalOptions>(), (context) => act(context, ...rest))
  addOffice(program, words, on)
  addTrust(program, words, on)
  addPress(program, words, on)
  addChecks(program, words, on)
  return program
}

type On = <Rest extends unknown[]>(
  act: (context: Context, ...rest: Rest) => ExitCode | Promise<ExitCode>,
) => (...rest: Rest) => Promise<void>

function addOffice(program: Command, { commands }: Words, on: On): void {
  program
    .command('init <authority>')
    .description(commands.init)
    .requiredOption('--facilities <csv>')
    .requiredOption('--products <csv>')
    .action(on(init))
  const registry = program.command('registry').description(commands.registry)
  registry
    .command('check')
    .description(commands.registryCheck)
    .option('--facilities <csv>')
    .option('--products <csv>')
    .action(on(registryCheck))
  program.command('keygen [names...]').description(commands.keygen).option('--no-encrypt').action(on(keygen))
  program
    .command('list')
    .description(commands.list)
    .option('--raise <facility:product:serial...>', '', gather, [])
    .action(on(list))
  program
    .command('revoke')
    .description(commands.revoke)
    .option('--run <run>')
    .option('--product <id>', '', whole)
    .option('--facility <id>', '', whole)
    .option('--serials <5,10-20>')
    .option('--key <name>')
    .option('--wholly')
    .option('--above <facility:product:serial...>', '', gather, [])
    .addOption(new Option('--reason <reason>').choices(REVOCATION_REASONS).makeOptionMandatory())
    .action(on(revoke))
}

function addTrust(program: Command, { commands }: Words, on: On): void {
  const trust = program.command('trust').description(commands.trust)
  trust.command('build').description(commands.trustBuild).action(on(trustBuild))
  trust
    .command('sign <draft>')
    .description(commands.trustSign)
    .requiredOption('--key <name>')
    .action(on(trustSign))
  trust
    .command('rotate')
    .description(commands.trustRotate)
    .requiredOption('--keys <names...>')
    .option('--threshold <number>', '', whole, 1)
    .action(on(trustRotate))
  trust.command('pins').description(commands.trustPins).option('-o, --output <file>').action(on(trustPins))
  trust.command('show [file]').description(commands.trustShow).action(on(trustShow))
}

function addPress(program: Command, { commands }: Words, on: On): void {
  const issuing = program
    .command('issue')
    .description(commands.issue)
    .option('--resume <run>')
    .option('--product <id>', '', whole)
    .option('--facility <id>', '', whole)
    .option('--count <number>', '', whole)
    .option('--first <serial>', '', whole)
    .option('--lot <lot>')
    .option('--made <yyyy-mm-dd>')
    .option('--expires <yyyy-mm-dd>')
    .addOption(new Option('--carrier <carrier>').choices(['base45', 'digits', 'url']).default('base45'))
    .option('--prefix <https>')
    .option('--sealed')
    .option('--key <name>')
    .option('--no-sheets')
  addSheetChoices(issuing, 'a4-40').action(on(issue))
  const laying = program
    .command('sheet <run>')
    .description(commands.sheet)
    .addOption(new Option('--format <format>').choices(['pdf', 'zpl', 'csv']).default('pdf'))
    .addOption(new Option('--layer <layer>').choices(['stamp', 'hidden']).default('stamp'))
    .option('-o, --output <file>')
  addSheetChoices(laying, undefined).action(on(sheet))
  program.command('runs').description(commands.runs).action(on(runs))
}

function addSheetChoices(command: Command, stock: string | undefined): Command {
  return command
    .addOption(new Option('--stock <paper>').choices(Object.keys(STOCKS)).default(stock))
    .addOption(new Option('--level <level>').choices(['L', 'M', 'Q', 'H']))
    .option('--dpi <dots>', '', whole)
    .option('--symbol <version>', '', whole)
    .option('--dots <dots>', '', whole)
    .option('--start <label>', '', whole)
    .option('--crop-marks')
    .option('--font <ttf>')
}

function addChecks(program: Command, { commands }: Words, on: On): void {
  program
    .command('verify [texts...]')
    .description(commands.verify)
    .option('--file <file>')
    .option('--trust <file>')
    .option('--revocation <file>')
    .action(on(verify))
  program.command('inspect <code-or-file>').description(commands.inspect).action(on(inspect))
  program.command('verify-run <run>').description(commands.verifyRun).action(on(verifyRun))
  program
    .command('export [runs...]')
    .description(commands.export)
    .option('-o, --output <file>')
    .action(on(exportRuns))
}

function whole(text: string): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(value)) return value
  throw new InvalidArgumentError('a whole number')
}

const gather = (text: string, before: readonly string[]): readonly string[] => [...before, text]

import { type Command, Option } from 'commander'
import { STOCKS } from '../../print/sheet/stock.ts'
import { REVOCATION_REASONS } from '../../revocation/body.ts'
import type { IssueOptions } from '../commands/issue.ts'
import type { VerifyCommandOptions } from '../commands/verify.ts'
import type { Words } from '../words/words.ts'
import { showDashes } from './dashes.ts'
import { idOf, lazily, type On, whole } from './options.ts'

/** The printer's commands. */
export function addPress(program: Command, words: Words, on: On): void {
  const { commands } = words
  const issuing = program
    .command('issue')
    .description(commands.issue)
    .option('--resume <run>')
    .option('--product <id>', '', idOf(words, 'GTIN'))
    .option('--facility <id>', '', idOf(words, 'GLN'))
    .option('--count <number>', '', whole)
    .option('--first <serial>', '', whole)
    .option('--lot <lot>')
    .option('--made <yyyy-mm-dd>')
    .option('--expires <yyyy-mm-dd>')
    .addOption(
      new Option('--carrier <carrier>').choices(['base45', 'digits', 'url', 'gs1']).default('base45'),
    )
    .option('--prefix <https>')
    .option('--sealed')
    .option('--key <name>')
    .option('--no-sheets')
  addSheetChoices(issuing, 'a4-40').action(
    on(async (context, options: IssueOptions, command: Command) => {
      const { issueCommand } = await import('../commands/issue.ts')
      return issueCommand(context, { ...options, given: givenTo(command) })
    }),
  )
  const laying = program
    .command('sheet <run>')
    .description(commands.sheet)
    .addOption(new Option('--format <format>').choices(['pdf', 'zpl', 'csv']).default('pdf'))
    .addOption(new Option('--layer <layer>').choices(['stamp', 'hidden']).default('stamp'))
    .option('-o, --output <file>')
  addSheetChoices(laying, undefined).action(on(lazily(() => import('../commands/sheet.ts'), 'sheetCommand')))
  const journal = program
    .command('runs')
    .description(commands.runs)
    .action(on(lazily(() => import('../commands/runs.ts'), 'runsCommand')))
  journal
    .command('void <run>')
    .description(commands.runsVoid)
    .addOption(new Option('--reason <reason>').choices(REVOCATION_REASONS).default('other'))
    .action(on(lazily(() => import('../commands/runs.ts'), 'voidRunCommand')))
}

/** The options that were typed, as they are spelled. */
const givenTo = (command: Command): string[] =>
  command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .map(({ long, flags }) => long ?? flags)

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
    .addOption(new Option('--hidden <form>').choices(['letters', 'symbol']))
}

/** What looks at codes and runs. */
export function addChecks(program: Command, { commands }: Words, on: On): void {
  program
    .command('verify [texts...]')
    .description(commands.verify)
    .option('--file <file>')
    .option('--trust <file>')
    .option('--revocation <file>')
    .action(
      on(async (context, texts: readonly string[], options: VerifyCommandOptions) => {
        const { verifyCommand } = await import('../commands/verify.ts')
        return verifyCommand(context, texts.map(showDashes), options)
      }),
    )
  program
    .command('inspect <code-or-file>')
    .description(commands.inspect)
    .action(
      on(async (context, given: string) => {
        const { inspectCommand } = await import('../commands/inspect.ts')
        return inspectCommand(context, showDashes(given))
      }),
    )
  program
    .command('verify-run <run>')
    .description(commands.verifyRun)
    .action(on(lazily(() => import('../commands/runs.ts'), 'verifyRunCommand')))
  program
    .command('export [runs...]')
    .description(commands.export)
    .option('-o, --output <file>')
    .action(on(lazily(() => import('../commands/export.ts'), 'exportCommand')))
}

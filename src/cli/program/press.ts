import { type Command, Option } from 'commander'
import { STOCKS } from '../../print/sheet/stock.ts'
import { REVOCATION_REASONS } from '../../revocation/body.ts'
import type { IssueOptions } from '../commands/issue.ts'
import type { VerifyCommandOptions } from '../commands/verify.ts'
import { LANGUAGES, TEMPLATES } from '../project/label-config.ts'
import type { Words } from '../words/words.ts'
import { showDashes } from './dashes.ts'
import { decimal, gather, idOf, lazily, type On, whole } from './options.ts'

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
    .addOption(carrierOption())
    .option('--prefix <https>')
    .option('--sealed')
    .option('--key <name>')
    .option('--no-sheets')
    .addOption(new Option('--sheets-per-file <sheets>').argParser(whole).conflicts('rollLength'))
    .addOption(new Option('--roll-length <metres>').argParser(whole).conflicts('labelsPerRoll'))
    .addOption(new Option('--labels-per-roll <labels>').argParser(whole).conflicts('sheetsPerFile'))
    .option('--shard <number>', '', whole)
    .option('--wait')
  addSheetChoices(issuing, 'a4-40').action(
    on(async (context, options: IssueOptions, command: Command) => {
      const { issueCommand } = await import('../commands/issue.ts')
      return issueCommand(context, { ...options, given: givenTo(command) })
    }),
  )
  const laying = program
    .command('sheet <run>')
    .description(commands.sheet)
    .addOption(new Option('--format <format>').choices(['pdf', 'zpl', 'tspl', 'csv', 'table']).default('pdf'))
    .addOption(new Option('--layer <layer>').choices(['stamp', 'hidden']).default('stamp'))
    .option('--page <number>', '', whole)
    .option('--serials <serials>')
    .option('--roll <number>', '', whole)
    .option('--symbols <folder>')
    .addOption(new Option('--after <step>').choices(['tear', 'peel', 'cut', 'rewind']))
    .option('--gap <millimetres>', '', decimal)
    .option('-o, --output <file>')
  addSheetChoices(laying, undefined).action(on(lazily(() => import('../commands/sheet.ts'), 'sheetCommand')))
  addLabelCommands(program, words, on)
  const journal = program
    .command('runs')
    .description(commands.runs)
    .action(on(lazily(() => import('../commands/runs.ts'), 'runsCommand')))
  journal
    .command('void <run>')
    .description(commands.runsVoid)
    .addOption(new Option('--reason <reason>').choices(REVOCATION_REASONS).default('other'))
    .action(on(lazily(() => import('../commands/runs.ts'), 'voidRunCommand')))
  journal
    .command('import <folder>')
    .description(commands.runsImport)
    .action(on(lazily(() => import('../commands/imports.ts'), 'importRunsCommand')))
}

/** What is made of one label, and what goes with a batch. */
function addLabelCommands(program: Command, words: Words, on: On): void {
  const { commands } = words
  const looking = program
    .command('preview')
    .description(commands.preview)
    .requiredOption('--product <id>', '', idOf(words, 'GTIN'))
    .option('--facility <id>', '', idOf(words, 'GLN'))
    .option('--first <serial>', '', whole)
    .option('--lot <lot>')
    .option('--made <yyyy-mm-dd>')
    .option('--expires <yyyy-mm-dd>')
    .addOption(carrierOption())
    .option('--prefix <https>')
    .option('--sealed')
    .requiredOption('-o, --output <file>')
  addSheetChoices(looking, 'a4-40').action(
    on(lazily(() => import('../commands/preview.ts'), 'previewCommand')),
  )
  program
    .command('cover <run>')
    .description(commands.cover)
    .option('--font <ttf>')
    .option('-o, --output <file>')
    .action(on(lazily(() => import('../commands/cover.ts'), 'coverCommand')))
}

const carrierOption = (): Option =>
  new Option('--carrier <carrier>').choices(['base45', 'digits', 'url', 'gs1']).default('base45')

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
    .option('--up <columns-x-rows>')
    .addOption(new Option('--crop-marks [where]').choices(['margins', 'labels']))
    .option('--no-footer')
    .addOption(new Option('--template <template>').choices(TEMPLATES))
    .option('--logo <file>')
    .addOption(new Option('--label-lang <language>').choices(LANGUAGES))
    .option('--font <ttf>')
    .addOption(new Option('--hidden <form>').choices(['letters', 'symbol']))
}

/** Many machines. */
export function addFleet(program: Command, { commands }: Words, on: On): void {
  program
    .command('fleet')
    .description(commands.fleet)
    .command('init')
    .description(commands.fleetInit)
    .option('--user <name>')
    .action(on(lazily(() => import('../commands/fleet.ts'), 'fleetInitCommand')))
  program
    .command('work')
    .description(commands.work)
    .option('--drain')
    .option('--sealed')
    .option('--key <name>')
    .option('--font <ttf>')
    .option('--send-to <address>')
    .option('--token-file <file>')
    .option('--allow-http')
    .action(on(lazily(() => import('../commands/fleet.ts'), 'workCommand')))
}

/** What looks at codes and runs. */
export function addChecks(program: Command, { commands }: Words, on: On): void {
  program
    .command('verify [texts...]')
    .description(commands.verify)
    .option('--file <file>')
    .option('--summary')
    .option('--trust <file>', '', gather, [])
    .option('--revocation <file>', '', gather, [])
    .option('--pins <file>', '', gather, [])
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
  addEventChoices(
    program
      .command('export [runs...]')
      .description(commands.export)
      .option('-o, --output <file>')
      .option('--epcis')
      .option('--lines')
      .addOption(new Option('--rows <form>').choices(['csv', 'ndjson'])),
  ).action(on(lazily(() => import('../commands/export.ts'), 'exportCommand')))
  addEventChoices(
    program
      .command('sync <url>')
      .description(commands.sync)
      .option('--token-file <file>')
      .option('--client-cert <file>')
      .option('--client-key <file>')
      .option('--allow-http'),
  ).action(on(lazily(() => import('../commands/sync.ts'), 'syncCommand')))
}

/** What events are made of: for all commands that make them. */
function addEventChoices(command: Command): Command {
  return command
    .option('--shipped <csv>', '', gather, [])
    .option('--mistakes <csv>')
    .addOption(new Option('--printed <step>').choices(['commissioning', 'encoding']))
    .addOption(new Option('--ended <step>').choices(['decommissioning', 'destroying']))
    .option('--offset <+07:00>')
    .option('--read-point <gln>')
    .option('--max-epcs <number>', '', whole)
}

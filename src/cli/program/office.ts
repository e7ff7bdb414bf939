import { type Command, Option } from 'commander'
import { REVOCATION_REASONS } from '../../revocation/body.ts'
import type { Words } from '../words/words.ts'
import { gather, idOf, lazily, type On, whole } from './options.ts'

/** The authority's commands. */
export function addOffice(program: Command, words: Words, on: On): void {
  const { commands } = words
  program
    .command('init <authority>')
    .description(commands.init)
    .requiredOption('--facilities <csv>')
    .requiredOption('--products <csv>')
    .addOption(new Option('--ids <ids>').choices(['gtin', 'demo']))
    .option('--gtins <csv>')
    .option('--prefix <https...>', '', gather, [])
    .option('--font <ttf>')
    .action(on(lazily(() => import('../commands/init.ts'), 'initCommand')))
  const registry = program.command('registry').description(commands.registry)
  registry
    .command('check')
    .description(commands.registryCheck)
    .option('--facilities <csv>')
    .option('--products <csv>')
    .option('--font <ttf>')
    .action(on(lazily(() => import('../commands/init.ts'), 'registryCheckCommand')))
  program
    .command('keygen [names...]')
    .description(commands.keygen)
    .option('--no-encrypt')
    .action(on(lazily(() => import('../commands/keygen.ts'), 'keygenCommand')))
  program
    .command('list')
    .description(commands.list)
    .option('--raise <facility:product:serial...>', '', gather, [])
    .option('--key <name>')
    .option('--slices')
    .option('--no-slices')
    .action(on(lazily(() => import('../commands/list.ts'), 'listCommand')))
  program
    .command('publish <folder>')
    .description(commands.publish)
    .action(on(lazily(() => import('../commands/publish.ts'), 'publishCommand')))
  program
    .command('site')
    .description(commands.site)
    .option('-o, --output <folder>')
    .option('--check <address>')
    .action(on(lazily(() => import('../commands/site.ts'), 'siteCommand')))
  program
    .command('serve [folder]')
    .description(commands.serve)
    .option('--port <port>', '', whole, 8080)
    .option('--host <address>', '', '127.0.0.1')
    .option('--token-file <file>')
    .action(on(lazily(() => import('../commands/serve.ts'), 'serveCommand')))
  program
    .command('revoke')
    .description(commands.revoke)
    .option('--run <run>')
    .option('--product <id>', '', idOf(words, 'GTIN'))
    .option('--facility <id>', '', idOf(words, 'GLN'))
    .option('--serials <5,10-20>')
    .option('--lot <lot>')
    .option('--made <yyyy-mm-dd>')
    .option('--released-to <whom>')
    .option('--file <csv>')
    .option('--codes <file>')
    .option('--key <name>')
    .option('--wholly')
    .option('--above <facility:product:serial...>', '', gather, [])
    .addOption(new Option('--reason <reason>').choices(REVOCATION_REASONS).makeOptionMandatory())
    .option('--dry-run')
    .action(on(lazily(() => import('../commands/revoke.ts'), 'revokeCommand')))
}

export function addTrust(program: Command, { commands }: Words, on: On): void {
  const trust = program.command('trust').description(commands.trust)
  trust
    .command('build')
    .description(commands.trustBuild)
    .option('--font <ttf>')
    .option('--slices')
    .option('--no-slices')
    .action(on(lazily(() => import('../commands/trust.ts'), 'trustBuildCommand')))
  trust
    .command('sign <draft>')
    .description(commands.trustSign)
    .option('--key <name>')
    .option('--pins <file>')
    .option('--before <file>')
    .action(on(lazily(() => import('../commands/trust-sign.ts'), 'trustSignCommand')))
  trust
    .command('merge <drafts...>')
    .description(commands.trustMerge)
    .action(on(lazily(() => import('../commands/trust-sign.ts'), 'trustMergeCommand')))
  trust
    .command('rotate')
    .description(commands.trustRotate)
    .requiredOption('--keys <names...>')
    .option('--threshold <number>', '', whole)
    .action(on(lazily(() => import('../commands/trust.ts'), 'trustRotateCommand')))
  trust
    .command('pins')
    .description(commands.trustPins)
    .option('-o, --output <file>')
    .option('--place <name>')
    .option('--lists <address>')
    .option('--qr <file>')
    .action(on(lazily(() => import('../commands/trust.ts'), 'trustPinsCommand')))
  trust
    .command('show [file]')
    .description(commands.trustShow)
    .option('--pins <file>')
    .action(on(lazily(() => import('../commands/trust-show.ts'), 'trustShowCommand')))
  trust
    .command('diff <file> [other]')
    .description(commands.trustDiff)
    .action(on(lazily(() => import('../commands/trust-show.ts'), 'trustDiffCommand')))
}

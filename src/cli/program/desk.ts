import { type Command, Option } from 'commander'
import { REVOCATION_REASONS } from '../../revocation/body.ts'
import type { Words } from '../words/words.ts'
import { gather, lazily, type On, whole } from './options.ts'

export function addIssuers(program: Command, { commands }: Words, on: On): void {
  const issuer = program.command('issuer').description(commands.issuer)
  issuer
    .command('list')
    .description(commands.issuerList)
    .action(on(lazily(() => import('../commands/issuer.ts'), 'listIssuersCommand')))
  issuer
    .command('add <key>')
    .description(commands.issuerAdd)
    .requiredOption('--name <name>')
    .option('--scope <facility:product...>', '', gather, [])
    .option('--from <key>')
    .option('--key-id <number>', '', whole)
    .action(on(lazily(() => import('../commands/issuer.ts'), 'addIssuerCommand')))
  issuer
    .command('scope <key> <facility:product...>')
    .description(commands.issuerScope)
    .action(on(lazily(() => import('../commands/issuer.ts'), 'scopeIssuerCommand')))
  issuer
    .command('rotate <key>')
    .description(commands.issuerRotate)
    .option('--to <name>')
    .option('--at <serial>', '', whole)
    .option('--no-encrypt')
    .action(on(lazily(() => import('../commands/issuer-rotate.ts'), 'rotateIssuerCommand')))
  issuer
    .command('retire <key>')
    .description(commands.issuerRetire)
    .action(on(lazily(() => import('../commands/issuer.ts'), 'retireIssuerCommand')))
}

/** What comes in from elsewhere, and what an authority keeps over the years. */
export function addDesk(program: Command, { commands }: Words, on: On): void {
  const scanner = program.command('scanner').description(commands.scanner)
  scanner
    .command('list')
    .description(commands.scannerList)
    .action(on(lazily(() => import('../commands/scanner.ts'), 'listScannersCommand')))
  scanner
    .command('add <texts-or-files...>')
    .description(commands.scannerAdd)
    .option('--place <name>')
    .option('--position <degrees>')
    .action(on(lazily(() => import('../commands/scanner.ts'), 'addScannerCommand')))
  scanner
    .command('remove <place-or-key>')
    .description(commands.scannerRemove)
    .action(on(lazily(() => import('../commands/scanner.ts'), 'removeScannerCommand')))
  scanner
    .command('report <file>')
    .description(commands.scannerReport)
    .action(on(lazily(() => import('../commands/scanner-report.ts'), 'scannerReportCommand')))
  program
    .command('scans <files...>')
    .description(commands.scans)
    .option('-o, --output <html>')
    .option('--since <yyyy-mm-dd>')
    .action(on(lazily(() => import('../commands/scans.ts'), 'scansCommand')))
  program
    .command('passphrase')
    .description(commands.passphrase)
    .command('change [keys...]')
    .description(commands.passphraseChange)
    .option('--new-passphrase-file <file>')
    .action(on(lazily(() => import('../commands/passphrase.ts'), 'changePassphraseCommand')))
  program
    .command('status')
    .description(commands.status)
    .action(
      on(
        lazily(() => import('../commands/status.ts'), 'statusCommand'),
        true,
      ),
    )
  program
    .command('release <run>')
    .description(commands.release)
    .option('--to <whom>')
    .option('--gln <gln>')
    .option('--serials <5,10-20>')
    .option('--on <time>')
    .option('--document <uri>')
    .option('--undo')
    .action(on(lazily(() => import('../commands/release.ts'), 'releaseCommand')))
  program
    .command('replace <run>')
    .description(commands.replace)
    .requiredOption('--serials <5,10-20>')
    .addOption(new Option('--reason <reason>').choices(REVOCATION_REASONS).default('damaged'))
    .option('--key <name>')
    .option('--font <ttf>')
    .action(on(lazily(() => import('../commands/replace.ts'), 'replaceCommand')))
  program
    .command('audit')
    .description(commands.audit)
    .option('-o, --output <file>')
    .addOption(new Option('--format <format>').choices(['csv', 'pdf']))
    .option('--font <ttf>')
    .action(on(lazily(() => import('../commands/audit.ts'), 'auditCommand')))
  program
    .command('backup <folder>')
    .description(commands.backup)
    .option('--keys')
    .action(on(lazily(() => import('../commands/backup.ts'), 'backupCommand')))
  program
    .command('restore <folder>')
    .description(commands.restore)
    .action(on(lazily(() => import('../commands/backup.ts'), 'restoreCommand')))
  program
    .command('lists')
    .description(commands.lists)
    .command('import <files...>')
    .description(commands.listsImport)
    .action(on(lazily(() => import('../commands/imports.ts'), 'importListsCommand')))
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { appendSerialLog } from '../../run/ledger/serial-log.ts'
import { putBack, readBackup, writeBackup } from '../desk/backup.ts'
import { CONFIG_FILE, readConfig } from '../project/config.ts'
import { dayAt } from '../project/desk-day.ts'
import { ownState } from '../project/files.ts'
import { withLists } from '../project/project-lock.ts'
import { partsBelow } from '../project/real-path.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

/** Copies the project into a new folder. */
export const backupCommand = (
  context: Context,
  given: string,
  { keys = false }: { readonly keys?: boolean | undefined },
): Promise<ExitCode> =>
  withLists(context, async ({ authority }) => {
    const { words } = context
    const folder = context.path(given)
    if (partsBelow(context.folder, folder) !== undefined)
      throw new Failure('owned', words.backup.inside(given), words.backup.newFolderHow)
    const { time, files } = writeBackup(context, authority, folder, keys)
    const count = Object.keys(files).length
    context.report({ backup: given, time, files: count }, words.backup.made(given, count, keys))
    return EXIT.valid
  })

const LOG = 'serials.log'

/**
 * Brings a project back. Nothing that is there is replaced. Where the log of serials is lost, what was printed after the
 * backup is unknown: so the first run of each product asks for its first serial.
 */
export async function restoreCommand(context: Context, given: string): Promise<ExitCode> {
  const { words, io } = context
  const folder = context.path(given)
  const backup = readBackup(context, folder)
  const hasProject = existsSync(join(context.folder, CONFIG_FILE))
  if (hasProject) checkSame(context, backup.authority)
  const isLost = !existsSync(join(context.folder, 'state', LOG))
  const date = dayAt(context, backup.time)
  await confirm(context, words.backup.brings(date, backup.authority))
  const { restored, kept } = putBack(context, folder, backup)
  if (isLost)
    appendSerialLog(join(ownState(context), LOG), {
      restored: { time: io.now().toISOString(), backup: backup.time },
    })
  context.report(
    { restored, kept, backup: backup.time },
    [
      words.backup.done(restored, kept),
      ...(isLost ? [words.backup.lost(date)] : []),
      `${words.next}: ${words.backup.next}`,
    ].join('\n'),
  )
  return EXIT.valid
}

/** @throws Failure `other_project` */
function checkSame(context: Context, authority: string): void {
  const { words } = context
  const own = readConfig(context).authority
  if (own !== authority)
    throw new Failure('other_project', words.backup.other(authority, own), words.backup.otherHow)
}

import { importLists } from '../desk/import-lists.ts'
import { type ImportedRun, importRuns } from '../desk/import-runs.ts'
import { filesToImport } from '../desk/published.ts'
import { voidDuties } from '../desk/void-duties.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { withLists } from '../project/project-lock.ts'
import { stateOf } from '../project/real-path.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

/** Takes in lists that the authority signed elsewhere, deltas too, or what it published. */
export const importListsCommand = (context: Context, files: readonly string[]): Promise<ExitCode> =>
  withLists(context, async (config) => {
    const { words } = context
    const { lists, slices } = importLists(context, config, filesToImport(context, files))
    for (const file of slices) context.report({ slice: file }, words.slices.put(file))
    for (const { kind, sequence, file, isNew } of lists)
      context.report(
        { kind, sequence, file, isNew },
        isNew ? words.desk.listHere(kind, sequence, file) : words.kept(file),
      )
    return EXIT.valid
  })

/** Gathers the runs of a printer: checked, and never over others. */
export async function importRunsCommand(context: Context, folder: string): Promise<ExitCode> {
  const { words } = context
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config)
  if (!stateOf(context.path(folder))?.isDirectory())
    throw new Failure('no_folder', words.noFolder(folder), words.desk.runsFolderHow)
  const { runs, faults, others, releases } = await importRuns(context, config, trustList, folder)
  for (const { name, kind, serials } of faults)
    warn(context, words.runs.fault(printable(name), kind, serials))
  for (const each of runs) tellRun(context, each)
  if (releases > 0) context.report({ releases }, words.desk.releases(releases))
  if (others > 0) context.report({ others }, words.desk.others(others))
  // What came as void is not revoked by that: only the next list does it.
  for (const duty of voidDuties(context, config)) warn(context, duty)
  const bad = runs.filter(({ how }) => how !== 'new' && how !== 'grown' && how !== 'known')
  if (runs.length + others === 0)
    throw new Failure('no_run', words.desk.noRuns(folder), words.desk.runsFolderHow)
  if (bad.length === 0 && faults.length === 0) return EXIT.valid
  throw new Failure(
    'run_corrupt',
    words.desk.runsLeft(bad.length + faults.length),
    words.desk.runsLeftHow,
    EXIT.invalid,
  )
}

function tellRun(context: Context, { run, how, detail }: ImportedRun): void {
  const { id, first, last } = run
  context.report(
    { run: id, first, last, how, ...(detail && { detail }) },
    context.words.desk.importedRun(id, first, last, how, detail),
  )
}

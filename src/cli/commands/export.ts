import { describeRun } from '../../run/run.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { journalOf, reservationsOf } from '../project/files.ts'
import { openOutput } from '../project/output.ts'
import { journalFaultsOf } from '../runs/doubts.ts'
import { usableRun } from '../runs/find-run.ts'
import { rowsOf } from '../runs/rows.ts'
import { type SoundRun, soundRun } from '../runs/sound-run.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode } from '../shell/io.ts'

export interface ExportRunsOptions {
  readonly output?: string | undefined
}

/** Writes the stamps of finished runs, a JSON object a line: all runs, or those that are named. */
export async function exportCommand(
  context: Context,
  ids: readonly string[],
  { output: file = '-' }: ExportRunsOptions,
): Promise<ExitCode> {
  const { words } = context
  const output = openOutput(context, file)
  const trustList = trustListAtHand(context, readConfig(context))
  const isWhole = ({ finished, void: isVoid }: ReturnType<typeof describeRun>) => finished && !isVoid
  const all = reservationsOf(context).map(({ id }) => describeRun(journalOf(context), id))
  const wanted = ids.length > 0 ? ids : all.filter(isWhole).map(({ run }) => run.id)
  const usable = wanted.map((id) => usableRun(context, id))
  const files: SoundRun[] = []
  for (const run of usable) files.push(await soundRun(context, run, trustList))
  await output.write(allLines(context, files, trustList))
  if (ids.length === 0) for (const { text } of journalFaultsOf(context)) warn(context, text)
  const count = files.reduce((sum, { run }) => sum + run.count, 0)
  output.report({ file, stamps: count }, `${words.exported(count)} ${words.wrote(file)}`)
  return EXIT.valid
}

async function* allLines(
  context: Context,
  runs: readonly SoundRun[],
  trustList: TrustList,
): AsyncGenerator<Uint8Array> {
  for (const run of runs) {
    for await (const lines of linesOf(context, run, trustList)) yield Buffer.from(lines)
  }
}

/** The lines of a run, some hundred at a time. */
async function* linesOf(context: Context, files: SoundRun, trustList: TrustList): AsyncGenerator<string> {
  const { run } = files
  const product = trustList.product(run.product)
  const facility = trustList.facility(run.facility)
  const { lot, made, expires } = run
  const common = {
    format: 'veristamp-export-1',
    authority: trustList.authority,
    run: run.id,
    reserved: new Date(run.reserved * 1000).toISOString(),
    facility: run.facility,
    product: run.product,
    facilityName: facility?.name,
    gln: facility?.gln,
    productName: product?.name,
    gtin: product?.gtin,
    lot,
    made,
    expires,
    sealed: run.sealed ?? false,
  }
  let lines = ''
  for await (const { serial, code } of rowsOf(context, 'export', files)) {
    lines += `${JSON.stringify({ ...common, serial, code })}\n`
    if (lines.length < 65_536) continue
    yield lines
    lines = ''
  }
  if (lines !== '') yield lines
}

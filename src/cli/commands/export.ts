import { existsSync } from 'node:fs'
import { describeRun, type FinishedRun } from '../../node/run/run.ts'
import { writeWhole } from '../../node/run/sheets.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { journalOf, reservationsOf, shown } from '../files.ts'
import { EXIT, type ExitCode, Failure } from '../io.ts'
import { openTrustList } from '../lists.ts'
import { rowsOf } from '../rows.ts'
import { usableRun } from './runs.ts'

export interface ExportOptions {
  readonly output?: string
}

/** Writes the stamps of finished runs, a JSON object a line: all runs, or those that are named. */
export async function exportRuns(
  context: Context,
  ids: readonly string[],
  { output }: ExportOptions,
): Promise<ExitCode> {
  const { words, io } = context
  const trustList = openTrustList(context, readConfig(context))
  const isWhole = ({ finished, void: isVoid }: ReturnType<typeof describeRun>) => finished && !isVoid
  const all = reservationsOf(context).map(({ id }) => describeRun(journalOf(context), id))
  const wanted = ids.length > 0 ? ids : all.filter(isWhole).map(({ run }) => run.id)
  const files = wanted.map((id) => usableRun(context, id))
  if (output === undefined) {
    for (const each of files) for await (const piece of linesOf(context, each, trustList)) io.out(piece)
    return EXIT.valid
  }
  const file = context.path(output)
  if (existsSync(file)) {
    if (!context.force) throw new Failure('exists', words.exists(output), words.outputHow)
  }
  let count = 0
  await writeWhole(
    file,
    (async function* () {
      for (const each of files) {
        for await (const piece of linesOf(context, each, trustList)) yield Buffer.from(piece)
        count += each.run.count
      }
    })(),
  )
  context.report(
    { file: shown(context, file), stamps: count },
    `${words.exported(count)} ${words.wrote(shown(context, file))}`,
  )
  return EXIT.valid
}

/** The lines of a run, some hundred at a time. */
async function* linesOf(context: Context, files: FinishedRun, trustList: TrustList): AsyncGenerator<string> {
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
    ...(facility && { facilityName: facility.name }),
    ...(facility?.gln !== undefined && { gln: facility.gln }),
    ...(product && { productName: product.name }),
    ...(product?.gtin !== undefined && { gtin: product.gtin }),
    ...(lot !== undefined && { lot }),
    ...(made !== undefined && { made }),
    ...(expires !== undefined && { expires }),
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

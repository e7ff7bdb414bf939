import type { TrustList } from '../../trust/trust-list.ts'
import { usableRun } from '../runs/find-run.ts'
import { rowsOf } from '../runs/rows.ts'
import { type SoundRun, soundRun } from '../runs/sound-run.ts'
import type { Context } from '../shell/context.ts'
import type { Exported } from './exported.ts'
import { wholeRuns } from './runs-at-hand.ts'

/** Stamps, a JSON object a line: `schemas/export-1.schema.json`. Of all runs that are finished and not void, or those named. */
export async function exportedStamps(
  context: Context,
  ids: readonly string[],
  trustList: TrustList,
): Promise<Exported> {
  const wanted =
    ids.length > 0
      ? ids
      : wholeRuns(context)
          .filter(({ void: isVoid }) => !isVoid)
          .map(({ run }) => run.id)
  const usable = wanted.map((id) => usableRun(context, id))
  const runs: SoundRun[] = []
  for (const run of usable) runs.push(await soundRun(context, run, trustList))
  const stamps = runs.reduce((sum, { run }) => sum + run.count, 0)
  return {
    pieces: allLines(context, runs, trustList),
    told: () => ({ data: { stamps }, text: context.words.exported(stamps) }),
  }
}

async function* allLines(
  context: Context,
  runs: readonly SoundRun[],
  trustList: TrustList,
): AsyncGenerator<string> {
  for (const run of runs) yield* linesOf(context, run, trustList)
}

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
  for await (const { serial, code } of rowsOf(context, 'export', files))
    yield `${JSON.stringify({ ...common, serial, code })}\n`
}

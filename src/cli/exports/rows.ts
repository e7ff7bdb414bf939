import { existsSync } from 'node:fs'
import { anOffset } from '../../gs1/event-maker.ts'
import type { TraceRow } from '../../gs1/trace-row.ts'
import { traceRows } from '../../gs1/trace-rows.ts'
import { traceCsv, traceLines } from '../../gs1/trace-texts.ts'
import type { RegistryDetails } from '../../trust/details.ts'
import { revocationListAtHand } from '../lists/lists.ts'
import { revocationContent } from '../project/list-files.ts'
import { readOrFail, registryFiles } from '../project/registry.ts'
import { finishedRun } from '../runs/find-run.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { DEFAULTS, type EventOptions, type EventStanding, printedRun } from './events-at-hand.ts'
import type { Exported } from './exported.ts'
import { allShippedRows } from './released.ts'
import { wholeRuns } from './runs-at-hand.ts'

export type RowForm = 'csv' | 'ndjson'

/** Rows for portals: a stamp at one stage each, of all finished runs or those that are named. */
export function exportedRows(
  context: Context,
  ids: readonly string[],
  { form, ...options }: Pick<EventOptions, 'shipped' | 'offset' | 'readPoint'> & { readonly form: RowForm },
  { config, trustList }: EventStanding,
): Exported {
  const {
    offset = config.epcis?.offset ?? DEFAULTS.offset,
    readPoint = config.epcis?.readPoint,
    shipped,
  } = options
  anOffset('options.offset', offset)
  const { authority, catalogue } = trustList
  const runs = ids.length > 0 ? ids.map((id) => finishedRun(context, id)) : wholeRuns(context)
  const facts = {
    runs: runs.map(({ run }) => printedRun(context, run)),
    ...(revocationListAtHand(context, trustList) && {
      revocation: revocationContent(context)!,
    }),
    shipped: allShippedRows(context, shipped, ids, { trustList, offset, anyProduct: true }),
    readPoint,
  }
  const details = detailsAtHand(context)
  let count = 0
  const counted = async function* (rows: AsyncIterable<TraceRow>) {
    for await (const row of rows) {
      if (++count % STEP === 0) await new Promise(setImmediate) // lets Ctrl-C in
      context.io.signal.throwIfAborted()
      yield row
    }
  }
  const rows = counted(traceRows(facts, { authority, catalogue, details }))
  return {
    pieces: form === 'csv' ? traceCsv(rows) : traceLines(rows),
    told: () => ({ data: { rows: count }, text: context.words.rows.exported(count) }),
  }
}

const STEP = 1024

/** What no trust list has: only the registry knows it. A printer's folder may have none. */
function detailsAtHand(context: Context): RegistryDetails | undefined {
  const files = registryFiles(context)
  if (existsSync(files.facilities) && existsSync(files.products)) return readOrFail(context, files).details
  warn(context, context.words.rows.noRegistry)
  return undefined
}

import { exportedEpcis } from '../exports/epcis.ts'
import type { EventOptions } from '../exports/events-at-hand.ts'
import { inPieces } from '../exports/exported.ts'
import { exportedRows, type RowForm } from '../exports/rows.ts'
import { exportedStamps } from '../exports/stamps.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { openOutput } from '../project/output.ts'
import { journalFaultsOf } from '../runs/doubts.ts'
import { warn, warningsOf } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface ExportCommandOptions extends EventOptions {
  readonly output?: string | undefined
  /** EPCIS 2.0 events, in place of stamps. */
  readonly epcis?: boolean | undefined
  /** An event a line, in place of one document. */
  readonly lines?: boolean | undefined
  /** Rows for portals, in place of stamps. */
  readonly rows?: RowForm | undefined
}

/** Writes what runs made, for other systems: all runs, or those that are named. A format each in `exports/`. */
export async function exportCommand(
  context: Context,
  ids: readonly string[],
  { output: file = '-', epcis = false, rows: form, ...options }: ExportCommandOptions,
): Promise<ExitCode> {
  const { rows } = context.words
  if (epcis && form) throw new Failure('misuse', rows.oneKind, rows.oneKindHow)
  if (!epcis) checkNone(context, form ? withoutRowOptions(options) : options)
  const output = openOutput(context, file)
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config)
  const standing = { config, trustList }
  const { pieces, told } = epcis
    ? exportedEpcis(context, ids, options, standing)
    : form
      ? exportedRows(context, ids, { ...options, form }, standing)
      : await exportedStamps(context, ids, trustList)
  await output.write(inPieces(pieces))
  if (ids.length === 0) for (const { text } of journalFaultsOf(context)) warn(context, text)
  const { data, text } = told()
  output.report({ file, ...data, ...warningsOf(context) }, `${text} ${context.words.wrote(file)}`)
  return EXIT.valid
}

type Choices = Omit<ExportCommandOptions, 'output' | 'epcis' | 'rows'>

/** What rows are made of, as events are. */
const withoutRowOptions = ({ shipped: _, offset: __, readPoint: ___, ...others }: Choices): Choices => ({
  ...others,
  shipped: [],
})

/** Options of events say nothing of stamps. */
function checkNone({ words }: Context, { shipped, ...others }: Choices): void {
  const names = Object.entries({ ...others, ...(shipped.length > 0 && { shipped }) })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
  if (names.length > 0)
    throw new Failure('misuse', words.epcis.needsEpcis(names.join(', ')), words.epcis.needsEpcisHow)
}

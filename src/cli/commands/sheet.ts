import { join } from 'node:path'
import { checkNoLink } from '../../node/files/own-path.ts'
import { createPress } from '../../print/press/press.ts'
import { csvLines, type DataRow } from '../../print/variable-data.ts'
import { zpl } from '../../print/zpl.ts'
import type { CodeRow } from '../../run/codes/code-lines.ts'
import type { FinishedRun } from '../../run/folder.ts'
import type { RunSheet } from '../../run/job.ts'
import { secretOf } from '../../run/run.ts'
import { sheetsOf } from '../../run/sheets.ts'
import { hiddenCodes } from '../../run/signing.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { shown } from '../project/files.ts'
import { readFonts } from '../project/fonts.ts'
import { passphraseOnce } from '../project/keys.ts'
import { openOutput } from '../project/output.ts'
import { usableRun } from '../runs/find-run.ts'
import { rowsOf } from '../runs/rows.ts'
import type { SheetChoices } from '../runs/sheet-choices.ts'
import { warnOfDots, warnOfSheet } from '../runs/sheet-warnings.ts'
import { type SoundRun, soundRun } from '../runs/sound-run.ts'
import { warningsOf } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface SheetCommandOptions extends Partial<SheetChoices> {
  readonly format: 'pdf' | 'zpl' | 'csv'
  /** `hidden`: the hidden codes, for the pass under the scratch layer. Keep such a file like a key. */
  readonly layer: 'stamp' | 'hidden'
  readonly output?: string | undefined
}

/** Lays out a finished run again, from its codes. */
export async function sheetCommand(
  context: Context,
  id: string,
  options: SheetCommandOptions,
): Promise<ExitCode> {
  const { words } = context
  const found = usableRun(context, id)
  if (options.layer === 'hidden' && (!found.run.sealed || options.format === 'zpl')) {
    throw new Failure('no_hidden_layer', words.noHidden(options.format), words.noHiddenHow)
  }
  const own = join(found.folder, `${options.layer}.${options.format}`)
  if (options.output === undefined) checkNoLink(context.folder, own)
  const file = options.output ?? shown(context, own)
  const output = openOutput(context, file)
  const files = await soundRun(context, found, trustListAtHand(context, readConfig(context)))
  const hidden = await hiddenOf(context, files, options)
  // Hidden codes are for their owner alone.
  const mode = options.layer === 'hidden' ? 0o600 : 0o666
  await output.write(pieces(context, files, options, hidden), mode)
  output.report({ run: id, file, ...warningsOf(context) }, words.wrote(file))
  return EXIT.valid
}

type Hidden = ((serial: number) => string) | undefined

async function hiddenOf(
  context: Context,
  { run, folder }: FinishedRun,
  { layer }: SheetCommandOptions,
): Promise<Hidden> {
  if (!run.sealed) return undefined
  // The stamps' own layer shows where the code is, and not the code.
  if (layer === 'stamp') return () => 'AAAA-AAAA-AAAA-AAAA'
  return hiddenCodes(run, secretOf(folder, run, await passphraseOnce(context))!)
}

function pieces(
  context: Context,
  files: SoundRun,
  options: SheetCommandOptions,
  hidden: Hidden,
): AsyncIterable<Uint8Array> {
  const rows = rowsOf(context, 'sheet', files)
  if (options.format === 'zpl') {
    if (options.dots !== undefined) warnOfDots(context, options.dots)
    return zplOf(rows, options)
  }
  if (options.format === 'csv') return csvOf(rows, options.layer === 'hidden' ? hidden : undefined)
  const { layer, font, stock, dpi, level, symbol, dots, start, cropMarks, hidden: form } = options
  const own = files.run.sheet
  const sheet: RunSheet = {
    ...own,
    stock: stock ?? own?.stock ?? 'a4-40',
    dpi: dpi ?? own?.dpi,
    level: level ?? own?.level,
    version: symbol ?? own?.version,
    dots: dots ?? own?.dots,
    start: start ?? own?.start,
    cropMarks: cropMarks ?? own?.cropMarks,
    hidden: form ?? own?.hidden,
  }
  // Laid out again, so other fonts than the run's are fine.
  const { fonts: _, ...run } = files.run
  const fonts = readFonts(context, font)
  warnOfSheet(context, sheet, fonts)
  return sheetsOf(run, sheet, rows, { fonts, layer, hiddenCode: hidden })
}

/** One label a symbol, in ZPL II. */
async function* zplOf(
  rows: AsyncIterable<CodeRow>,
  { level, dots }: SheetCommandOptions,
): AsyncGenerator<Uint8Array> {
  const press = createPress({ level: level ?? 'M' })
  for await (const { code } of rows) {
    yield Buffer.from(zpl(press.symbol(code), dots === undefined ? {} : { dots }), 'latin1')
  }
}

async function* csvOf(rows: AsyncIterable<CodeRow>, hidden: Hidden): AsyncGenerator<Uint8Array> {
  let isFirst = true
  for await (const { serial, code } of rows) {
    const row: DataRow = hidden === undefined ? { serial, code } : { serial, hidden: hidden(serial) }
    const [heading, line] = [...csvLines([row])]
    yield Buffer.from(isFirst ? heading! + line! : line!, 'latin1')
    isFirst = false
  }
}

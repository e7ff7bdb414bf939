import { join } from 'node:path'
import { checkNoLink } from '../../node/files/own-path.ts'
import type { Label } from '../../print/sheet/label.ts'
import { NEWEST_DESIGN } from '../../print/sheet/layout.ts'
import { checkStock } from '../../print/sheet/stock.ts'
import type { AfterLabel } from '../../print/zpl.ts'
import type { FinishedRun } from '../../run/folder.ts'
import type { RunSheet } from '../../run/job.ts'
import { secretOf } from '../../run/run.ts'
import { labelsOf, sheetOfRun, sheetsOf } from '../../run/sheets.ts'
import { hiddenCodes } from '../../run/signing.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { revocationListAtHand, trustListAtHand } from '../lists/lists.ts'
import { type Config, readConfig } from '../project/config.ts'
import { shown } from '../project/files.ts'
import { readFonts } from '../project/fonts.ts'
import { passphraseOnce } from '../project/keys.ts'
import { type LabelOptions, labelLook, paperOf } from '../project/labels.ts'
import { openOutput } from '../project/output.ts'
import { usableRun } from '../runs/find-run.ts'
import { codesOf, rollOf, symbolsOf, tableOf } from '../runs/label-files.ts'
import {
  checkNotRevoked,
  type PartOptions,
  type RunPart,
  rowsOfPart,
  runPart,
  spansText,
} from '../runs/part-of-run.ts'
import { noteReprint } from '../runs/reprints.ts'
import { rowsOf } from '../runs/rows.ts'
import { cropMarksAsked, runSheetOf } from '../runs/run-sheet.ts'
import type { SheetChoices } from '../runs/sheet-choices.ts'
import { warnOfDots, warnOfSheet } from '../runs/sheet-warnings.ts'
import { type SoundRun, soundRun } from '../runs/sound-run.ts'
import { openSymbolFolder } from '../runs/symbol-files.ts'
import { confirm, warningsOf } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface SheetCommandOptions extends Partial<SheetChoices>, LabelOptions, PartOptions {
  readonly format: 'pdf' | 'zpl' | 'tspl' | 'csv' | 'table'
  /** `hidden`: the hidden codes, for the pass under the scratch layer. Keep such a file like a key. */
  readonly layer: 'stamp' | 'hidden'
  readonly output?: string | undefined
  /** What a label printer does with each label. */
  readonly after?: AfterLabel | undefined
  /** Millimetres between two labels of a roll. */
  readonly gap?: number | undefined
  /** A folder for a picture of each symbol, which the table names. */
  readonly symbols?: string | undefined
}

/** What a run is laid out with. */
interface Laying {
  readonly files: SoundRun
  readonly sheet: RunSheet
  readonly part: RunPart | undefined
  readonly hidden: ((serial: number) => string) | undefined
  readonly options: SheetCommandOptions
}

/** Lays out a finished run again, or a part of it, from its codes. */
export async function sheetCommand(
  context: Context,
  id: string,
  options: SheetCommandOptions,
): Promise<ExitCode> {
  const { words } = context
  const found = usableRun(context, id)
  checkKind(context, found, options)
  const name = options.format === 'table' ? 'table.csv' : `${options.layer}.${options.format}`
  const own = join(found.folder, name)
  if (options.output === undefined) checkNoLink(context.folder, own)
  const file = options.output ?? shown(context, own)
  const output = openOutput(context, file)
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config)
  const sheet = sheetOf(context, config, trustList, found, options)
  const part = runPart(context, found.run, sheet, options)
  const files = await soundRun(context, found, trustList)
  const again = isFirstPass(options) ? undefined : part
  if (again !== undefined) await acceptReprint(context, trustList, files, again, options)
  const hidden = await hiddenOf(context, files, options)
  // Hidden codes are for their owner alone.
  const mode = options.layer === 'hidden' ? 0o600 : 0o666
  await output.write(pieces(context, { files, sheet, part, hidden, options }), mode)
  output.report(
    {
      run: id,
      file,
      ...(again && { serials: spansText(again.spans), reprinted: again.count }),
      ...warningsOf(context),
    },
    [...(again ? [words.shop.reprinted(id, spansText(again.spans))] : []), words.wrote(file)].join('\n'),
  )
  return EXIT.valid
}

/** @throws Failure `no_hidden_layer`, `misuse` or `argument_range` */
function checkKind({ words }: Context, { run }: FinishedRun, options: SheetCommandOptions): void {
  const { format, layer, symbols, stock } = options
  if (symbols !== undefined && (format !== 'table' || layer === 'hidden'))
    throw new Failure('misuse', words.shop.symbolsNeedCsv)
  const isOnRoll = rollIn(stock ?? run.sheet?.stock)
  if (format === 'tspl' && !isOnRoll)
    throw new Failure('argument_range', words.shop.notARoll(stock ?? 'a4'), words.shop.notARollHow)
  if (layer !== 'hidden') return
  if (!run.sealed) throw new Failure('no_hidden_layer', words.noHidden(format), words.noHiddenHow)
  if (format === 'zpl' && !isOnRoll)
    throw new Failure('no_hidden_layer', words.noHidden(format), words.shop.notARollHow)
}

/** Paper of one row a page. */
const rollIn = (stock: RunSheet['stock'] | undefined): boolean =>
  stock !== undefined && checkStock('stock', stock).rows === 1

/** How the run is laid out: as it was, but for what options say. */
function sheetOf(
  context: Context,
  config: Config,
  trustList: TrustList,
  { run }: FinishedRun,
  options: SheetCommandOptions,
): RunSheet {
  const { stock, up, dpi, level, symbol, dots, start, hidden: form, footer } = options
  const fresh = () => runSheetOf(context, config, trustList, run, run.keyId, { stock: 'a4-40', ...options })
  const own = run.sheet ?? fresh()
  const isRestyled = [options.labelLang, options.template, options.logo].some((each) => each !== undefined)
  const paper =
    stock === undefined && up === undefined ? own.stock : paperOf(context, stock ?? nameOf(own.stock), up)
  const dotted = options.format === 'zpl' || options.format === 'tspl' ? LABEL_PRINTER_DPI : undefined
  return {
    ...own,
    ...(isRestyled && { ...labelLook(context, config, trustList, options), design: NEWEST_DESIGN }),
    stock: paper,
    dpi: dpi ?? own.dpi ?? dotted,
    level: level ?? own.level,
    version: symbol ?? own.version,
    dots: dots ?? own.dots,
    start: start ?? own.start,
    cropMarks: cropMarksAsked({ stock: 'a4-40', ...options }) ?? own.cropMarks,
    footer: footer === false ? undefined : own.footer,
    hidden: form ?? own.hidden,
    // A roll that is asked for begins as it did.
    ...(options.roll === undefined && { volume: undefined, roll: undefined }),
  }
}

const nameOf = (stock: RunSheet['stock']) => (typeof stock === 'string' ? stock : 'a4-40')

/** Of most label printers, where nobody says another. */
const LABEL_PRINTER_DPI = 203

/** Hidden codes of a whole roll: the pass that the roll is made for. */
const isFirstPass = ({ layer, roll }: SheetCommandOptions): boolean =>
  layer === 'hidden' && roll !== undefined

/** Asks before labels are printed once more, and notes which. @throws Failure `revoked` */
async function acceptReprint(
  context: Context,
  trustList: TrustList,
  { run }: SoundRun,
  part: RunPart,
  { layer }: SheetCommandOptions,
): Promise<void> {
  checkNotRevoked(context, run, part, revocationListAtHand(context, trustList))
  await confirm(context, context.words.shop.reprints(run.id, part.count, spansText(part.spans)))
  const time = context.io.now().toISOString()
  for (const { first, last } of part.spans) noteReprint(context, { run: run.id, first, last, layer, time })
}

async function hiddenOf(
  context: Context,
  { run, folder }: FinishedRun,
  { layer }: SheetCommandOptions,
): Promise<Laying['hidden']> {
  if (!run.sealed) return undefined
  // The stamps' own layer shows where the code is, and not the code.
  if (layer === 'stamp') return () => 'AAAA-AAAA-AAAA-AAAA'
  return hiddenCodes(run, secretOf(folder, run, await passphraseOnce(context))!)
}

function pieces(context: Context, laying: Laying): AsyncIterable<Uint8Array> {
  const { files, sheet, part, hidden, options } = laying
  const { format, layer, dots, level, font } = options
  const rows = rowsOfPart(rowsOf(context, 'sheet', files), part)
  const labels = (): AsyncGenerator<Label> => labelsOf(files.run, sheet, rows, hidden)
  if (format === 'csv' || (layer === 'hidden' && format === 'table')) return codesOf(labels(), layer)
  if (format === 'table') return tableOf(labels(), openSymbolFolder(context, options, files.run, sheet))
  if (format === 'zpl' && !rollIn(options.stock ?? files.run.sheet?.stock)) {
    if (dots !== undefined) warnOfDots(context, dots)
    return symbolsOf(rows, level ?? 'M', dots)
  }
  const fonts = readFonts(context, font)
  warnOfSheet(context, { ...files.run, sheet }, fonts)
  if (format !== 'pdf') {
    const start = part?.volume.start ?? sheet.start ?? 1
    const dpi = sheet.dpi ?? LABEL_PRINTER_DPI
    const { after, gap } = options
    return rollOf(sheetOfRun({ ...sheet, design: NEWEST_DESIGN }, fonts), labels(), {
      format,
      layer,
      dpi,
      start,
      after,
      gap,
    })
  }
  // Laid out again, so other fonts than the run's are fine.
  const { fonts: _, ...run } = files.run
  const own = part && options.serials !== undefined ? { ...run, count: part.count } : run
  return sheetsOf(own, sheet, rows, { fonts, layer, hiddenCode: hidden, volume: part?.volume })
}

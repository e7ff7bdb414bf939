import { NEWEST_DESIGN } from '../../print/sheet/layout.ts'
import { checkStock } from '../../print/sheet/stock.ts'
import type { RunJob, RunSheet } from '../../run/job.ts'
import { smallestVersion } from '../../run/symbol-size.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { type LabelOptions, labelLook, paperOf } from '../project/labels.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { volumeFor } from './queued.ts'
import type { SheetChoices } from './sheet-choices.ts'

/** How a run's PDF is cut into files. */
export interface CutOptions {
  /** Sheets of each. */
  readonly sheetsPerFile?: number | undefined
  /** Metres of each roll. */
  readonly rollLength?: number | undefined
  /** Labels of each roll. */
  readonly labelsPerRoll?: number | undefined
  /** Stamps of a shard. */
  readonly shard?: number | undefined
}

/** How the labels of a job are laid out: what is kept in the run's record. @throws Failure */
export function runSheetOf(
  context: Context,
  config: Config,
  trustList: TrustList,
  job: RunJob,
  keyId: number,
  options: SheetChoices & LabelOptions & CutOptions,
): RunSheet {
  const { dpi, level, symbol, dots, start, hidden, up } = options
  const product = trustList.product(job.product)
  const stock = paperOf(context, options.stock, up)
  const { volume, roll } = cutOf(context, stock, options)
  const cropMarks = cropMarksAsked(options) ?? (up === undefined ? undefined : ('labels' as const))
  return {
    stock,
    design: NEWEST_DESIGN,
    version: symbol ?? smallestVersion(job, keyId, level ?? 'M'),
    ...labelLook(context, config, trustList, options),
    title: product?.name ?? `${job.facility}-${job.product}`,
    product: product?.name,
    stars: product?.stars,
    facility: trustList.facility(job.facility)?.name,
    dpi,
    level,
    dots,
    start,
    ...(cropMarks && { cropMarks }),
    ...(options.footer !== false && { footer: true }),
    hidden,
    volume,
    ...(roll && { roll }),
  }
}

/** What the option says: nothing where it is not given. */
export const cropMarksAsked = ({ cropMarks }: SheetChoices): RunSheet['cropMarks'] =>
  cropMarks === undefined ? undefined : cropMarks === 'labels' ? 'labels' : true

/** Pages that begin each roll: its name, and test labels. */
const LEADING_PAGES = 2

/** Pages of a file. On a roll each is a row, and a roll has as many as fit on it whole. @throws Failure `argument_range` */
function cutOf(
  { words }: Context,
  stock: RunSheet['stock'],
  options: SheetChoices & CutOptions,
): { readonly volume?: number | undefined; readonly roll?: boolean } {
  const { shard, start, sheetsPerFile, rollLength, labelsPerRoll } = options
  if (rollLength === undefined && labelsPerRoll === undefined)
    return { volume: sheetsPerFile ?? (shard && volumeFor(stock, shard, start)) }
  const { pageHeight, rows, columns } = checkStock('stock', stock)
  if (rows > 1) throw new Failure('argument_range', words.runs.noRoll(options.stock), words.runs.noRollHow)
  if (labelsPerRoll !== undefined)
    return { volume: Math.max(1, Math.floor(labelsPerRoll / columns)), roll: true }
  const volume = Math.floor((rollLength! * 1000) / pageHeight) - LEADING_PAGES
  if (volume < 1)
    throw new Failure('argument_range', words.runs.shortRoll(rollLength!), words.runs.shortRollHow)
  return { volume, roll: true }
}

import { extname } from 'node:path'
import { pngPage } from '../../print/png.ts'
import { TEST_TEXT } from '../../print/sheet/roll.ts'
import type { RunJob } from '../../run/job.ts'
import { sampleLabel, sheetOfRun } from '../../run/sheets.ts'
import type { Carrier } from '../../stamp/carrier.ts'
import { isLinkPrefix } from '../../stamp/prefix.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { readFonts } from '../project/fonts.ts'
import { type LabelOptions, oneLabel } from '../project/labels.ts'
import { openOutput } from '../project/output.ts'
import { facilityOf, mayStamp } from '../project/products.ts'
import { runSheetOf } from '../runs/run-sheet.ts'
import type { SheetChoices } from '../runs/sheet-choices.ts'
import { warnOfSheet } from '../runs/sheet-warnings.ts'
import { warningsOf } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface PreviewOptions extends SheetChoices, LabelOptions {
  readonly product: number
  readonly facility?: number | undefined
  readonly first?: number | undefined
  readonly lot?: string | undefined
  readonly made?: string | undefined
  readonly expires?: string | undefined
  readonly carrier: Carrier
  readonly prefix?: string | undefined
  readonly sealed?: boolean | undefined
  /** SVG or PDF by the end of its name, and else PNG. */
  readonly output: string
}

/** A name without an end, and standard output, get a PNG. */
const KINDS: readonly string[] = ['', '.png', '.svg', '.pdf']

/** Draws one label as a run would print it. Nothing is reserved, and its code is not a stamp. */
export async function previewCommand(context: Context, options: PreviewOptions): Promise<ExitCode> {
  const { words } = context
  const output = openOutput(context, options.output)
  const kind = extname(options.output).toLowerCase()
  if (!KINDS.includes(kind)) throw new Failure('misuse', words.shop.notAPicture(options.output))
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config)
  const job = jobOf(context, trustList, options)
  const run = {
    ...job,
    sheet: runSheetOf(context, config, trustList, job, keyIdFor(trustList, job), options),
  }
  const fonts = readFonts(context, options.font)
  warnOfSheet(context, run, fonts)
  const sheet = sheetOfRun({ ...run.sheet, stock: oneLabel(options.stock) }, fonts)
  const label = sampleLabel(run, TEST_TEXT)
  const { dpi = 600 } = run.sheet
  if (kind === '.pdf') await output.write(sheet.pdf([label]))
  else
    await output.write([
      kind === '.svg' ? Buffer.from(sheet.svg(label)) : pngPage(sheet.dots([label]), { dpi }),
    ])
  output.report({ file: options.output, ...warningsOf(context) }, words.shop.previewed(options.output))
  return EXIT.valid
}

function jobOf(context: Context, trustList: TrustList, options: PreviewOptions): RunJob {
  const { product, first, lot, made, expires, carrier, sealed } = options
  const facility = facilityOf(context, trustList, product, options.facility)
  const isAddress = carrier === 'url' || carrier === 'gs1'
  const fitting = carrier === 'gs1' ? isLinkPrefix : () => true
  const prefix = options.prefix ?? (isAddress ? trustList.prefixes.find(fitting) : undefined)
  if (isAddress && prefix === undefined)
    throw new Failure(
      'url_prefix',
      context.words.runs.noAddress(carrier),
      context.words.runs.noAddressHow(carrier),
    )
  return {
    facility,
    product,
    count: 1,
    first,
    lot,
    made,
    expires,
    carrier,
    prefix,
    ...(sealed && { sealed }),
  }
}

/** Of the first issuer that may stamp the product: symbols are as large as its key id makes them. */
function keyIdFor(trustList: TrustList, { facility, product, first = 1 }: RunJob): number {
  const mark = { facility, product, serial: first }
  return trustList.issuers.find((issuer) => mayStamp(trustList, issuer, mark))?.keyId ?? 0
}

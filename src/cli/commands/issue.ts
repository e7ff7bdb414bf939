import { equalBytes } from '../../lib/bytes.ts'
import type { RunJob } from '../../run/job.ts'
import type { Ledger } from '../../run/ledger/ledger.ts'
import { publicKeyOfRun as keyOfRun } from '../../run/ledger/record.ts'
import { resumeRun } from '../../run/run.ts'
import type { Carrier } from '../../stamp/carrier.ts'
import { isLinkPrefix } from '../../stamp/prefix.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { pressKey } from '../desk/press-key.ts'
import { printJob, queueJob } from '../desk/print-job.ts'
import { watchingLists } from '../desk/watch-lists.ts'
import { revocationListAtHand, trustListAtHand } from '../lists/lists.ts'
import { type Config, readConfig } from '../project/config.ts'
import { ownJournal } from '../project/files.ts'
import { findKeyName } from '../project/key-names.ts'
import { signerOf } from '../project/keys.ts'
import type { LabelOptions } from '../project/labels.ts'
import { isFleet, withLedger } from '../project/ledger.ts'
import { facilityOf } from '../project/products.ts'
import { checkNotVoid, findRun } from '../runs/find-run.ts'
import { orResumable, signerFor, tellFinished, toolsOf } from '../runs/printing.ts'
import { letWork } from '../runs/queued.ts'
import { checkFirstStamp, checkSerials, checkTime, warnOfTime } from '../runs/ready.ts'
import { type CutOptions, runSheetOf } from '../runs/run-sheet.ts'
import type { SheetChoices } from '../runs/sheet-choices.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { type ExitCode, Failure } from '../shell/io.ts'

export interface IssueOptions extends SheetChoices, LabelOptions, CutOptions {
  readonly resume?: string | undefined
  /** The options that were typed. */
  readonly given: readonly string[]
  readonly product?: number | undefined
  readonly facility?: number | undefined
  readonly count?: number | undefined
  readonly first?: number | undefined
  readonly lot?: string | undefined
  readonly made?: string | undefined
  readonly expires?: string | undefined
  readonly carrier: Carrier
  readonly prefix?: string | undefined
  readonly sealed?: boolean | undefined
  readonly key?: string | undefined
  /** False for codes alone. */
  readonly sheets: boolean
  /** Stamps of a shard: the run is then left to workers. */
  readonly shard?: number | undefined
  /** True to wait for them. */
  readonly wait?: boolean | undefined
}

/** Prints a run, queues it for workers, or goes on with one. */
export async function issueCommand(context: Context, options: IssueOptions): Promise<ExitCode> {
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config)
  const { resume, shard, wait, font } = options
  if (wait && shard === undefined && resume === undefined)
    throw new Failure('misuse', context.words.fleet.waitNeedsShard)
  if (resume !== undefined)
    return withLedger(context, config, (ledger) =>
      finishRun(context, ledger, config, trustList, resume, options),
    )
  const { product, key } = options
  const wanted =
    product === undefined
      ? undefined
      : { product, facility: facilityOf(context, trustList, product, options.facility) }
  const press = { trustList, ...pressKey(context, config, trustList, key, wanted) }
  const job = jobOf(context, config, trustList, press.issuer, options)
  if (shard !== undefined) return queueJob(context, config, press, job, { font, shard, wait })
  return tellFinished(context, await printJob(context, config, press, job, font))
}

async function finishRun(
  context: Context,
  ledger: Ledger,
  config: Config,
  trustList: TrustList,
  id: string,
  { font, given, wait }: IssueOptions,
): Promise<ExitCode> {
  const { words } = context
  const extra = given.filter((option) => !['--resume', '--font', '--wait'].includes(option))
  if (extra.length > 0)
    throw new Failure('misuse', words.runs.notWithResume(extra.join(', ')), words.runs.notWithResumeHow(id))
  const run = findRun(context, id)
  checkNotVoid(context, id)
  const key = findKeyName(context, keyOfRun(run))
  const issuer = trustList.issuers.find(({ publicKey }) => equalBytes(publicKey, keyOfRun(run)))
  if (key === undefined || issuer === undefined)
    throw new Failure('no_issuer', words.noIssuer(run.publicKey), words.noIssuerHow)
  const standing = { trustList, revocationList: revocationListAtHand(context, trustList), issuer }
  const { finished, shards } = await ledger.describe(id)
  if (!finished) {
    checkTime(context, standing, run)
    warnOfTime(context, standing, run)
    checkSerials(context, standing, run)
  }
  const signer = await signerOf(context, config, key, signerFor(run.count))
  if (!finished) await checkFirstStamp(context, standing, run, signer)
  if (!finished && shards.length > 0 && isFleet(ledger))
    return letWork(context, ledger, run, await toolsOf(context, signer, run, font), wait)
  const tools = watchingLists(context, config, await toolsOf(context, signer, run, font), () => run)
  return tellFinished(
    context,
    await orResumable(
      context,
      () => resumeRun(ownJournal(context), id, tools),
      () => id,
    ),
  )
}

/** What spreadsheets take for a formula, of the signs that a lot may begin with. */
const FORMULA = /^[=+-]/

function jobOf(
  context: Context,
  config: Config,
  trustList: TrustList,
  { keyId }: TrustedIssuer,
  options: IssueOptions,
): RunJob {
  const { words } = context
  const { product, count, first, lot, made, expires, carrier, prefix, sealed } = options
  if (product === undefined || count === undefined) {
    throw new Failure('argument_type', words.jobWhat, words.issueHow)
  }
  if (lot !== undefined && FORMULA.test(lot)) warn(context, words.formulaLot(lot))
  const facility = facilityOf(context, trustList, product, options.facility)
  if (carrier === 'gs1') checkLink(context, options)
  const job: RunJob = {
    ...{ facility, product, count, carrier },
    first,
    lot,
    made,
    expires,
    prefix: prefixOf(context, trustList, carrier, prefix),
    ...(sealed && { sealed }),
  }
  return options.sheets ? { ...job, sheet: runSheetOf(context, config, trustList, job, keyId, options) } : job
}

/** The prefix of addresses: the one that is asked for, or the first that the trust list has for them. @throws Failure `url_prefix` */
function prefixOf(
  { words }: Context,
  trustList: TrustList,
  carrier: Carrier,
  asked: string | undefined,
): string | undefined {
  if (asked !== undefined || (carrier !== 'url' && carrier !== 'gs1')) return asked
  const prefix = trustList.prefixes.find(carrier === 'gs1' ? isLinkPrefix : () => true)
  if (prefix !== undefined) return prefix
  throw new Failure('url_prefix', words.runs.noAddress(carrier), words.runs.noAddressHow(carrier))
}

const YEAR = 365.25 * 86_400_000

/** What tills and web servers make of a link of GS1, before serials are taken for it. @throws Failure `argument_range` */
function checkLink(context: Context, { product, lot, made, expires }: IssueOptions): void {
  const { words, io } = context
  if (product! < 65_536)
    throw new Failure('argument_range', words.runs.noGtin(product!), words.runs.noGtinHow)
  for (const day of [made, expires]) {
    // Tills read years of two digits, as those from 49 years ago to 50 years ahead.
    if (day !== undefined && Math.abs(Date.parse(day) - io.now().getTime()) > 49 * YEAR)
      throw new Failure('argument_range', words.runs.farDay(day), words.runs.farDayHow)
  }
  if (lot !== undefined && /[/%]/.test(lot)) warn(context, words.runs.lotInPath(lot))
}

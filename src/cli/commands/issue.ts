import { equalBytes } from '../../lib/bytes.ts'
import type { Reservation, RunJob, RunSheet } from '../../run/job.ts'
import { planRun } from '../../run/ledger/journal.ts'
import { publicKeyOfRun as keyOfRun } from '../../run/ledger/record.ts'
import { describeRun, resumeRun, startRun } from '../../run/run.ts'
import { smallestVersion } from '../../run/symbol-size.ts'
import type { Carrier } from '../../stamp/carrier.ts'
import { isLinkPrefix } from '../../stamp/prefix.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { revocationListAtHand, trustListAtHand } from '../lists/lists.ts'
import { type Config, readConfig } from '../project/config.ts'
import { journalOf, ownJournal } from '../project/files.ts'
import { publicKeyOf, signerOf } from '../project/keys.ts'
import { facilityOf } from '../project/products.ts'
import { noteReserved, settleDoubts } from '../runs/doubts.ts'
import { checkNotVoid, findRun } from '../runs/find-run.ts'
import { orResumable, signerFor, tellFinished, toolsOf } from '../runs/printing.ts'
import { checkFirstStamp, checkSerials, checkTime, warnOfTime } from '../runs/ready.ts'
import type { SheetChoices } from '../runs/sheet-choices.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { type ExitCode, Failure } from '../shell/io.ts'

export interface IssueOptions extends SheetChoices {
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
}

/** Prints a run, or goes on with one. */
export async function issueCommand(context: Context, options: IssueOptions): Promise<ExitCode> {
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config)
  if (options.resume !== undefined) return finishRun(context, config, trustList, options.resume, options)
  const entry = issuerOf(context, config, trustList, options.key)
  const revocationList = revocationListAtHand(context, trustList)
  const standing = { trustList, revocationList, issuer: entry.issuer }
  const job = jobOf(context, trustList, entry.issuer, options)
  checkTime(context, standing, job)
  warnOfTime(context, standing, job)
  const settled = await settleDoubts(context, standing, job)
  const signer = await signerOf(context, config, entry.name, signerFor(job.count))
  const { keyId, scope } = entry.issuer
  const reach = {
    keyId,
    scope,
    ...(revocationList && {
      watermark: (key: Uint8Array, facility: number, product: number) =>
        revocationList.ofKey(key).watermark(facility, product),
    }),
  }
  let reserved: Reservation | undefined
  const tools = await toolsOf(context, signer, job, options.font)
  const onReserved = (run: Reservation) => {
    reserved = run
    noteReserved(context, run)
  }
  const check = (run: Reservation) => checkSerials(context, standing, run)
  const asked = { now: context.io.now(), ...settled }
  const ours = { ...reach, publicKey: signer.publicKey }
  const plan = planRun(journalOf(context), job, ours, asked)
  checkSerials(context, standing, plan)
  await checkFirstStamp(context, standing, plan, signer)
  const start = () => startRun(ownJournal(context), job, reach, { ...tools, check, onReserved, ...asked })
  return tellFinished(context, await orResumable(context, start, () => reserved?.id))
}

async function finishRun(
  context: Context,
  config: Config,
  trustList: TrustList,
  id: string,
  { font, given }: IssueOptions,
): Promise<ExitCode> {
  const { words } = context
  const extra = given.filter((option) => option !== '--resume' && option !== '--font')
  if (extra.length > 0)
    throw new Failure('misuse', words.runs.notWithResume(extra.join(', ')), words.runs.notWithResumeHow(id))
  const run = findRun(context, id)
  checkNotVoid(context, id)
  const key = config.issuers.find(({ key }) => equalBytes(publicKeyOf(context, key), keyOfRun(run)))
  const issuer = trustList.issuers.find(({ publicKey }) => equalBytes(publicKey, keyOfRun(run)))
  if (key === undefined || issuer === undefined)
    throw new Failure('no_issuer', words.noIssuer(run.publicKey), words.noIssuerHow)
  const standing = { trustList, revocationList: revocationListAtHand(context, trustList), issuer }
  const { finished } = describeRun(journalOf(context), id)
  if (!finished) {
    checkTime(context, standing, run)
    warnOfTime(context, standing, run)
    checkSerials(context, standing, run)
  }
  const signer = await signerOf(context, config, key.key, signerFor(run.count))
  if (!finished) await checkFirstStamp(context, standing, run, signer)
  const tools = await toolsOf(context, signer, run, font)
  return tellFinished(
    context,
    await orResumable(
      context,
      () => resumeRun(ownJournal(context), id, tools),
      () => id,
    ),
  )
}

function issuerOf(
  context: Context,
  config: Config,
  trustList: TrustList,
  key: string | undefined,
): { name: string; issuer: TrustedIssuer } {
  const { words } = context
  const name = key ?? config.issuers[0]?.key ?? 'issuer'
  const publicKey = publicKeyOf(context, name)
  const issuer = trustList.issuers.find((each) => equalBytes(each.publicKey, publicKey))
  if (issuer === undefined) throw new Failure('no_issuer', words.noIssuer(name), words.noIssuerHow)
  return { name, issuer }
}

/** What spreadsheets take for a formula, of the signs that a lot may begin with. */
const FORMULA = /^[=+-]/

function jobOf(
  context: Context,
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
    prefix: prefixOf(trustList, carrier, prefix),
    ...(sealed && { sealed }),
  }
  return options.sheets ? { ...job, sheet: sheetOf(context, trustList, job, keyId, options) } : job
}

/** The prefix of addresses: the one that is asked for, or the first that the trust list has for them. */
function prefixOf(trustList: TrustList, carrier: Carrier, asked: string | undefined): string | undefined {
  if (carrier !== 'url' && carrier !== 'gs1') return asked
  const isFit = carrier === 'gs1' ? isLinkPrefix : () => true
  return asked ?? trustList.prefixes.find(isFit) ?? ''
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

function sheetOf(
  context: Context,
  trustList: TrustList,
  job: RunJob,
  keyId: number,
  { stock, dpi, level, symbol, dots, start, cropMarks, hidden }: SheetChoices,
): RunSheet {
  const product = trustList.product(job.product)
  const facility = trustList.facility(job.facility)
  return {
    stock,
    version: symbol ?? smallestVersion(job, keyId, level ?? 'M'),
    language: context.language,
    title: `${job.facility}-${job.product}`,
    product: product?.name,
    stars: product?.stars,
    facility: facility?.name,
    dpi,
    level,
    dots,
    start,
    ...(cropMarks && { cropMarks }),
    hidden,
  }
}

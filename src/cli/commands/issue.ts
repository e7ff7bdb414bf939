import type { KeyObject } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Signer } from '../../ed25519/signer.ts'
import { equalBytes } from '../../lib/bytes.ts'
import { keyObjectSigner } from '../../node/key-object-signer.ts'
import type { Reservation, RunJob, RunSheet } from '../../node/run/job.ts'
import { publicKeyOf as keyOfRun } from '../../node/run/journal.ts'
import { describeRun, type FinishedRun, type RunTools, resumeRun, startRun } from '../../node/run/run.ts'
import { smallestVersion } from '../../node/run/sheets.ts'
import { createWorkerPool } from '../../node/worker-pool.ts'
import type { StockName } from '../../print/sheet/stock.ts'
import type { Level } from '../../print/symbol.ts'
import type { Carrier } from '../../stamp/carrier.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { type Config, readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { failureOf } from '../failure.ts'
import { journalOf, ownJournal, shown } from '../files.ts'
import { readFonts } from '../fonts.ts'
import { EXIT, type ExitCode, Failure } from '../io.ts'
import { passphraseOnce, publicKeyOf, signerOf } from '../keys.ts'
import { openRevocationList, openTrustList } from '../lists.ts'
import { facilityOf } from '../products.ts'
import { progressOf } from '../progress.ts'
import { checkSerials, checkTime } from '../ready.ts'
import { checkNotVoid, findRun } from './runs.ts'

export interface SheetChoices {
  readonly stock: StockName
  readonly dpi?: number
  readonly level?: Level
  /** Of the symbols; the smallest that holds the texts unless given. */
  readonly symbol?: number
  readonly dots?: number
  readonly start?: number
  readonly cropMarks?: boolean
  readonly font?: string
  /** How hidden codes are printed: letters, or symbols of their own. */
  readonly hidden?: 'letters' | 'symbol'
}

export interface IssueOptions extends SheetChoices {
  readonly resume?: string
  readonly product?: number
  readonly facility?: number
  readonly count?: number
  readonly first?: number
  readonly lot?: string
  readonly made?: string
  readonly expires?: string
  readonly carrier: Carrier
  readonly prefix?: string
  readonly sealed?: boolean
  readonly key?: string
  /** False for codes alone. */
  readonly sheets: boolean
}

/** Prints a run, or goes on with one. */
export async function issue(context: Context, options: IssueOptions): Promise<ExitCode> {
  const config = readConfig(context)
  const trustList = openTrustList(context, config)
  if (options.resume !== undefined) return finishRun(context, config, trustList, options.resume, options.font)
  const entry = issuerOf(context, config, trustList, options.key)
  const revocationList = openRevocationList(context, trustList)
  const standing = { trustList, revocationList, issuer: entry.issuer }
  const job = jobOf(context, trustList, entry.issuer, options)
  checkTime(context, standing, job)
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
  }
  const check = (run: Reservation) => checkSerials(context, standing, run)
  const now = context.io.now()
  const start = () => startRun(ownJournal(context), job, reach, { ...tools, check, onReserved, now })
  return tellFinished(context, await orResumable(context, start, () => reserved?.id))
}

/** From so many stamps on, threads are worth starting. */
const MANY = 20_000

/** Signs many stamps on other threads, while this one lays them out. Idle threads keep no process alive. */
const signerFor = (count: number) => (privateKey: KeyObject) => {
  const threads = Math.min(availableParallelism() - 1, 4)
  if (count < MANY || threads < 1) return keyObjectSigner(privateKey)
  return createWorkerPool({ threads }).signer(privateKey)
}

async function finishRun(
  context: Context,
  config: Config,
  trustList: TrustList,
  id: string,
  font: string | undefined,
): Promise<ExitCode> {
  const run = findRun(context, id)
  checkNotVoid(context, id)
  const { words } = context
  const key = config.issuers.find(({ key }) => equalBytes(publicKeyOf(context, key), keyOfRun(run)))
  const issuer = trustList.issuers.find(({ publicKey }) => equalBytes(publicKey, keyOfRun(run)))
  if (key === undefined || issuer === undefined)
    throw new Failure('no_issuer', words.noIssuer(run.publicKey), words.noIssuerHow)
  if (!describeRun(journalOf(context), id).finished) {
    const standing = { trustList, revocationList: openRevocationList(context, trustList), issuer }
    checkTime(context, standing, run)
    checkSerials(context, standing, run)
  }
  const signer = await signerOf(context, config, key.key, signerFor(run.count))
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

async function toolsOf(
  context: Context,
  signer: Signer,
  job: RunJob,
  font: string | undefined,
): Promise<RunTools> {
  const passphrase = job.sealed ? await passphraseOnce(context) : undefined
  const show = progressOf(context, 'issue', { resumed: 'id' in job })
  return {
    signer,
    signal: context.io.signal,
    onProgress: ({ done, count }) => show(done, count),
    ...(passphrase !== undefined && { passphrase }),
    ...(job.sheet && { fonts: readFonts(context, font) }),
  }
}

/** Whatever ends a run that has serials, Ctrl-C above all, is followed by how to go on. */
async function orResumable(
  context: Context,
  work: () => Promise<FinishedRun>,
  idOf: () => string | undefined,
): Promise<FinishedRun> {
  const { words, io } = context
  try {
    return await work()
  } catch (error) {
    const id = idOf()
    if (id === undefined || describeRun(journalOf(context), id).void) throw error
    if (io.signal.aborted)
      throw new Failure('stopped', words.stopped(id), words.resumeHow(id), EXIT.indeterminate)
    if ((error as { code?: string }).code === undefined)
      throw new Failure('failed', (error as Error).message, words.resumeHow(id))
    const { code, message, next } = failureOf(error, words)
    throw new Failure(code, message, [...(next === undefined ? [] : [next]), words.resumeHow(id)].join('; '))
  }
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
  const facility = facilityOf(context, trustList, product, options.facility)
  const job: RunJob = {
    ...{ facility, product, count, carrier },
    ...(first !== undefined && { first }),
    ...(lot !== undefined && { lot }),
    ...(made !== undefined && { made }),
    ...(expires !== undefined && { expires }),
    ...(carrier === 'url' && { prefix: prefix ?? trustList.prefixes[0] ?? '' }),
    ...(sealed && { sealed }),
  }
  return options.sheets ? { ...job, sheet: sheetOf(context, trustList, job, keyId, options) } : job
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
    ...(product && { product: product.name }),
    ...(product?.stars !== undefined && { stars: product.stars }),
    ...(facility && { facility: facility.name }),
    ...(dpi !== undefined && { dpi }),
    ...(level !== undefined && { level }),
    ...(dots !== undefined && { dots }),
    ...(start !== undefined && { start }),
    ...(cropMarks && { cropMarks }),
    ...(hidden !== undefined && { hidden }),
  }
}

function tellFinished(context: Context, finished: FinishedRun): ExitCode {
  const { words } = context
  const { run, codes, sheets, manifest } = finished
  const files = [codes, ...(sheets ? [sheets] : []), manifest].map((file) => shown(context, file))
  const { id, first, last, count } = run
  context.report(
    { run: id, first, last, count, files },
    [words.runDone(id, first, last), ...files.map(words.wrote), `${words.next}: ${words.listHow}`].join('\n'),
  )
  return EXIT.valid
}

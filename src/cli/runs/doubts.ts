import { join } from 'node:path'
import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import { checkNoLink } from '../../node/files/own-path.ts'
import type { Watermark } from '../../revocation/content.ts'
import type { Reservation, RunJob } from '../../run/job.ts'
import { faultsOf } from '../../run/ledger/journal.ts'
import type { Ledger } from '../../run/ledger/ledger.ts'
import { chooseFirst } from '../../run/ledger/plan.ts'
import type { TakenSerials } from '../../run/ledger/reach.ts'
import { appendSerialLog, readSerialLog, type SerialLog } from '../../run/ledger/serial-log.ts'
import { type Journal, type JournalFault, surveyJournal } from '../../run/ledger/survey.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { dayAt } from '../project/desk-day.ts'
import { faultText, journalOf, newestList, ownJournal, ownState, shown } from '../project/files.ts'
import { revocationContent } from '../project/list-files.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, Failure } from '../shell/io.ts'
import { printable, printableLines } from '../words/printable.ts'
import { exportsAtHand } from './exports-at-hand.ts'

/**
 * What speaks against the journal. An old backup of `runs/` that was restored knows nothing of the serials since, and
 * would give them away again; so it is compared with all else at hand:
 *
 * - its own folder: what is damaged, missing or strange, and manifests of other serials (`surveyJournal`);
 * - `state/serials.log`, a line for each reservation, and exports in the project's folder;
 * - a backup that was brought back: what was printed after it is known from nowhere;
 * - the newest list's watermarks. `list` raises one to the last serial of a run, so one above all runs speaks of a run
 *   that is gone. But a watermark is also permission, raised before anything is printed: what `list --raise` set here
 *   is in the log, and speaks of nothing, as long as the one before it did not either. No serial is ever derived from
 *   a watermark.
 *
 * Any of it stops `issue`. Who knows better chooses the first serial: `--first` with `--yes` settles what was shown,
 * for good. Serials that anything but a watermark names stay taken.
 */

/** What is known of serials beside the journal. */
export interface Settled {
  /** The first serial, where people chose one. */
  readonly first?: number | undefined
  readonly taken: readonly TakenSerials[]
  readonly accepted: ReadonlySet<string>
}

interface Doubt {
  /** What it is settled by. */
  readonly key: string
  readonly text: string
}

const LOG = 'serials.log'
const logFile = (context: Context): string => join(ownState(context), LOG)

/** Notes that a run has its serials. */
export function noteReserved(context: Context, { id, facility, product, first, last }: Reservation): void {
  appendSerialLog(logFile(context), { reserved: { id, facility, product, first, last } })
}

/**
 * Has people look at what speaks against the journal, once.
 * @throws Failure `run_corrupt` without `--first` where nobody can be asked; `unconfirmed` or `declined`; VeristampError `is_link`
 */
export async function settleDoubts(
  context: Context,
  ledger: Ledger,
  standing: { readonly trustList: TrustList; readonly issuer: TrustedIssuer },
  job: RunJob,
): Promise<Settled> {
  const { words } = context
  const log = readSerialLog(logFile(context))
  const exported = exportsAtHand(context, standing.trustList.authority)
  const taken = [...log.reserved, ...exported]
  const journal = await ledger.survey(taken.map(({ id }) => id))
  checkNoLinks(context, faultsOf(journal, job))
  const doubts = [
    ...faultsOf(journal, job).map((fault) => ({ key: fault.name, text: faultText(context, fault) })),
    ...recordDoubts(context, journal.runs, taken, job),
    ...markDoubts(context, journal.runs, log, standing, job),
    ...restoredDoubts(context, log, job),
  ].filter(({ key }) => !log.settled.has(key))
  const keys = doubts.map(({ key }) => key)
  let { first } = job
  if (doubts.length > 0) {
    const fact = [words.runs.journalEnds(job, lastOf(journal.runs, job)), ...doubts.map(({ text }) => text)]
    const known = [...journal.runs, ...taken].filter(isOf(job))
    // A watermark alone may be a permission: then the serial that comes next is the likely one.
    const isOnlyMarks = keys.every((key) => key.startsWith('mark:'))
    if (job.first === undefined)
      first = await askFirst(context, fact.join('\n'), chooseFirst(job, standing.issuer, known), isOnlyMarks)
    else await confirm(context, fact.join('\n'))
    appendSerialLog(logFile(context), { settled: keys })
  }
  return { first, taken: taken.map(withoutFile), accepted: new Set([...log.settled, ...keys]) }
}

/**
 * The first serial, of people who see what speaks against the next one.
 * @throws Failure `run_corrupt` where nobody can be asked, `declined`
 */
async function askFirst(context: Context, fact: string, next: number, isOnlyMarks: boolean): Promise<number> {
  const { io, words, json, yes } = context
  if (json || yes || !io.canAsk)
    throw new Failure('run_corrupt', fact, words.runs.doubtHow(next, isOnlyMarks))
  if (isOnlyMarks) {
    await confirm(context, `${fact}\n${words.runs.raisedForUs(next)}`)
    return next
  }
  io.err(printableLines(`${fact}\n`))
  const answer = (await io.ask(words.runs.askFirst(next))).trim()
  if (/^\d{1,16}$/.test(answer) && Number(answer) >= next) return Number(answer)
  throw new Failure('declined', words.declined, words.runs.doubtHow(next, false), EXIT.indeterminate)
}

const withoutFile = ({ id, facility, product, first, last }: TakenSerials): TakenSerials => ({
  id,
  facility,
  product,
  first,
  last,
})

/** A link is nobody's loss, and would lead what is written elsewhere: it has to go. */
function checkNoLinks(context: Context, faults: readonly JournalFault[]): void {
  const journal = ownJournal(context)
  for (const { name, kind } of faults) if (kind === 'link') checkNoLink(journal, join(journal, name))
}

type Product = Pick<RunJob, 'facility' | 'product'>
const isOf =
  ({ facility, product }: Product) =>
  (each: Product): boolean =>
    each.facility === facility && each.product === product

const lastOf = (runs: readonly Reservation[], product: Product): number | undefined =>
  runs
    .filter(isOf(product))
    .reduce<number | undefined>((max, { last }) => Math.max(max ?? 0, last), undefined)

const runKey = ({ id, first, last }: Pick<TakenSerials, 'id' | 'first' | 'last'>): string =>
  `run:${id}:${first}-${last}`

/** Runs that were noted or exported, and that the journal has not, or with other serials. */
function recordDoubts(
  { words, ...context }: Context,
  runs: readonly Reservation[],
  others: readonly (TakenSerials & { readonly file?: string | undefined })[],
  product: Product,
): Doubt[] {
  const known = new Map(runs.map((run) => [run.id, run]))
  return others.filter(isOf(product)).flatMap(({ id, first, last, file }) => {
    const run = known.get(id)
    if (run !== undefined && run.first <= first && last <= run.last) return []
    const where = printable(shown(context, file ?? join(context.folder, 'state', LOG)))
    return [{ key: runKey({ id, first, last }), text: words.runs.lostRun(printable(id), first, last, where) }]
  })
}

/** What a backup does not know: the runs of each product that came after it. */
const restoredDoubts = (context: Context, { restored }: SerialLog, { facility, product }: Product): Doubt[] =>
  restored.map(({ time, backup }) => ({
    key: `restored:${time}:${facility}:${product}`,
    text: context.words.runs.restored(dayAt(context, backup), dayAt(context, time)),
  }))

/** Watermarks of this product above all of its runs that nobody raised here. Those of other issuers at work are theirs. */
function markDoubts(
  context: Context,
  runs: readonly Reservation[],
  { settled }: SerialLog,
  { trustList, issuer }: { readonly trustList: TrustList; readonly issuer: TrustedIssuer },
  product: Product,
): Doubt[] {
  const file = newestList(context, 'revocation')
  if (file === undefined) return []
  const others = trustList.issuers.filter(({ publicKey }) => !equalBytes(publicKey, issuer.publicKey))
  const theirs = new Set(others.map(({ publicKey }) => toHex(sha256(publicKey))))
  return revocationContent(context)!
    .watermarks.filter(isOf(product))
    .filter((mark) => !theirs.has(toHex(mark.key)) && !isExplained(mark, runs, settled))
    .map((mark) => ({
      key: markKey(mark),
      text: context.words.runs.unknownMark(shown(context, file), mark.serial),
    }))
}

const markKey = ({ key, facility, product, serial }: Watermark): string =>
  `mark:${toHex(key)}:${facility}:${product}:${serial}`

/** A watermark of 0 lets nothing be printed, so it speaks of no run. */
const isExplained = (mark: Watermark, runs: readonly Reservation[], settled: ReadonlySet<string>): boolean =>
  mark.serial === 0 || settled.has(markKey(mark)) || (lastOf(runs, mark) ?? -1) >= mark.serial

/**
 * Notes the watermarks that people raised by a list that is signed now. One that took the place of a watermark that
 * nothing explained stays unexplained.
 * @param before the watermarks of the list before, `asked` those that were asked for
 */
export function noteRaised(
  context: Context,
  runs: readonly Reservation[],
  before: readonly Watermark[],
  asked: readonly Watermark[],
): void {
  if (asked.length === 0) return
  const { settled } = readSerialLog(logFile(context))
  const raised = asked.filter((mark) => {
    const old = before.find((each) => isOf(mark)(each) && equalBytes(each.key, mark.key))
    return old === undefined || isExplained(old, runs, settled)
  })
  if (raised.length > 0) appendSerialLog(logFile(context), { settled: raised.map(markKey) })
}

/** What is damaged, missing or strange in the journal and was not settled before, each in a sentence. */
export function journalFaultsOf(context: Context): { fault: JournalFault; text: string }[] {
  const log = readSerialLog(join(context.folder, 'state', LOG))
  return unsettled(context, surveyJournal(journalOf(context), goneIn(log)), log)
}

/** The same of any ledger, with its runs. */
export async function surveyLedger(context: Context, ledger: Ledger) {
  const log = readSerialLog(join(context.folder, 'state', LOG))
  const journal = await ledger.survey(goneIn(log))
  return { runs: journal.runs, faults: unsettled(context, journal, log) }
}

/** Runs that are known to be gone. */
const goneIn = ({ reserved, settled }: SerialLog): string[] =>
  reserved.filter((run) => settled.has(runKey(run))).map(({ id }) => id)

const unsettled = (context: Context, { faults }: Journal, { settled }: SerialLog) =>
  faults.filter(({ name }) => !settled.has(name)).map((fault) => ({ fault, text: faultText(context, fault) }))

/**
 * Has people look at a journal in which something is damaged, missing or strange, before a list is signed by it: the
 * list raises no watermark for a run that can't be read.
 * @throws Failure `unconfirmed` or `declined`
 */
export async function confirmJournal(context: Context): Promise<void> {
  const faults = journalFaultsOf(context)
  if (faults.length > 0) await confirm(context, faults.map(({ text }) => text).join('\n'))
}

/** Serials that were noted when runs took them, beside the journal. */
export const serialsNoted = (context: Context): readonly TakenSerials[] =>
  readSerialLog(join(context.folder, 'state', LOG)).reserved

import { fromHex } from '../../lib/bytes.ts'
import type { RevocationReason } from '../../revocation/body.ts'
import { addSerials } from '../../revocation/draft.ts'
import { runsOf, type SerialRange, serialSetOf, subtractSet } from '../../revocation/serial-set-algebra.ts'
import type { Reservation, RunJob } from '../../run/job.ts'
import { planRun } from '../../run/ledger/journal.ts'
import { type JobKey, pressKey } from '../desk/press-key.ts'
import { printJob } from '../desk/print-job.ts'
import { type Mark, raisedDraft } from '../desk/watermarks.ts'
import { checkClock } from '../lists/clock.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { beginList, type NextList, signList } from '../lists/next-list.ts'
import { countOf, goodSerials } from '../lists/revocation-effect.ts'
import type { Config } from '../project/config.ts'
import { dayAt } from '../project/desk-day.ts'
import { journalOf, reservationsOf } from '../project/files.ts'
import { isAtHand, signerOf } from '../project/keys.ts'
import { revocationContent } from '../project/list-files.ts'
import { withLists } from '../project/project-lock.ts'
import { parseSerials } from '../project/serial-text.ts'
import { confirmJournal, noteRaised, serialsNoted } from '../runs/doubts.ts'
import { usableRun } from '../runs/find-run.ts'
import { tellFinished } from '../runs/printing.ts'
import { checkTime } from '../runs/ready.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface ReplaceOptions {
  /** `5,10-20`, of the run. */
  readonly serials: string
  readonly reason: RevocationReason
  readonly key?: string | undefined
  readonly font?: string | undefined
}

/**
 * Prints new stamps for damaged ones. The old serials are revoked first, by a list that also lets the new ones out, and
 * then the new ones are printed: at no moment are both good.
 */
export async function replaceCommand(
  context: Context,
  id: string,
  options: ReplaceOptions,
): Promise<ExitCode> {
  await confirmJournal(context)
  const made = await withLists(context, (own) => revokeOld(context, own, id, options))
  const { config, press, job } = made
  if (isAtHand(context, config, press.name))
    return tellFinished(context, await printJob(context, config, press, job, options.font))
  // The printer has the key.
  const { product, first, count } = job
  const command = issueText(press.name, job)
  const { records } = context.words
  context.report(
    { replaced: id, serials: options.serials, product, first, count, key: press.name, command },
    records.replaceThere(press.name, command),
  )
  return EXIT.valid
}

/** The command that prints a job where its key is. */
function issueText(
  key: string,
  { product, count, first, lot, made, expires, carrier, prefix, sealed }: RunJob,
): string {
  const said = (name: string, value: string | undefined) =>
    value === undefined
      ? ''
      : ` --${name} ${/^[\w.:/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`}`
  return `veristamp issue --product ${product} --count ${count}${said('lot', lot)}${said('made', made)}${said('expires', expires)}${
    carrier === 'base45' ? '' : said('carrier', carrier)
  }${said('prefix', prefix)}${sealed ? ' --sealed' : ''} --key ${key} --first ${first} --yes`
}

async function revokeOld(context: Context, config: Config, id: string, options: ReplaceOptions) {
  const { words } = context
  const { run } = usableRun(context, id)
  const spans = spansOf(context, run, options.serials)
  const trustList = trustListAtHand(context, config)
  const press: JobKey = { trustList, ...pressKey(context, config, trustList, options.key, run) }
  const next = beginList(context, config)
  if (!isAtHand(context, config, config.revocation!)) {
    const command = `veristamp replace ${id} --serials ${options.serials}`
    throw new Failure(
      'no_key',
      words.records.replaceElsewhere,
      words.records.replaceElsewhereHow(id, command),
    )
  }
  await checkClock(context, next.draft.issued)
  const job = jobOf(context, press, run, spans)
  checkTime(context, { trustList, revocationList: undefined, issuer: press.issuer }, job)
  // Opened before anything is revoked.
  if (isAtHand(context, config, press.name)) await signerOf(context, config, press.name)
  const { count } = job
  const [first, last] = [job.first!, job.first! + count - 1]
  await confirm(context, words.records.replaces(id, options.serials, count, first, last))
  await signReplacement(context, next, press, run, spans, options.reason, last)
  return { config, press, job }
}

/** What is asked for, all of it of the run and still good. @throws Failure `argument_range` or `revoked` */
function spansOf(context: Context, run: Reservation, text: string): SerialRange[] {
  const { words } = context
  const asked = serialSetOf(parseSerials(context, text))
  const [outside] = runsOf(subtractSet(asked, serialSetOf([{ first: run.first, last: run.last }])))
  if (outside !== undefined)
    throw new Failure(
      'argument_range',
      words.records.notOfRun(run.id, outside.first, run.first, run.last),
      words.records.notOfRunHow,
    )
  const revocation = revocationContent(context)
  const good = revocation ? goodSerials(revocation, fromHex(run.publicKey), run, asked) : asked
  const [revoked] = runsOf(subtractSet(asked, good))
  if (revoked !== undefined)
    throw new Failure('revoked', words.records.isRevoked(revoked.first), words.records.isRevokedHow)
  return [...runsOf(asked)]
}

/** The same stamps under the next free serials. */
function jobOf(
  context: Context,
  { issuer }: JobKey,
  run: Reservation,
  spans: readonly SerialRange[],
): RunJob {
  const { facility, product, lot, made, expires, carrier, prefix, sealed, sheet } = run
  const count = countOf(serialSetOf(spans))
  const job: RunJob = { facility, product, lot, made, expires, carrier, prefix, sealed, sheet, count }
  const { keyId, scope, publicKey } = issuer
  const taken = serialsNoted(context)
  const { first } = planRun(
    journalOf(context),
    job,
    { keyId, scope, publicKey },
    { now: context.io.now(), taken },
  )
  return { ...job, first }
}

/** One list that revokes the old serials, and lets the new ones out where watermarks hold them back. */
async function signReplacement(
  context: Context,
  next: NextList,
  { issuer }: JobKey,
  { facility, product }: Reservation,
  serials: readonly SerialRange[],
  reason: RevocationReason,
  last: number,
): Promise<void> {
  const date = dayAt(context, context.io.now())
  const mark: Mark = { publicKey: issuer.publicKey, facility, product, serial: last }
  const revoked = addSerials(next.draft, { facility, product, serials, reason, date })
  const draft = raisedDraft(revoked, [mark])
  await signList(context, next, draft)
  const asked = draft.watermarks.filter(
    (each) => each.facility === facility && each.product === product && each.serial === last,
  )
  noteRaised(context, reservationsOf(context), next.draft.watermarks, asked)
}

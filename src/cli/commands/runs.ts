import type { RevocationReason } from '../../revocation/body.ts'
import type { Ledger } from '../../run/ledger/ledger.ts'
import { publicKeyOfRun } from '../../run/ledger/record.ts'
import { verifyRun as verifyFiles } from '../../run/verify-run.ts'
import { compareTrustLists } from '../../trust/difference.ts'
import { standingOf } from '../desk/run-state.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { dayAt } from '../project/desk-day.ts'
import { isAtHand, passphraseOnce } from '../project/keys.ts'
import { withLedger } from '../project/ledger.ts'
import { newestFiles, revocationContent } from '../project/list-files.ts'
import { surveyLedger } from '../runs/doubts.ts'
import { checkNotVoid, findRun, finishedRun } from '../runs/find-run.ts'
import { poolFor } from '../runs/printing.ts'
import { releasesOf } from '../runs/releases.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { progressOf } from '../shell/progress.ts'
import { printable } from '../words/printable.ts'

/** Names all runs, and what in the journal is none. */
export const runsCommand = (context: Context): Promise<ExitCode> =>
  withLedger(context, readConfig(context), (ledger) => listRuns(context, ledger))

async function listRuns(context: Context, ledger: Ledger): Promise<ExitCode> {
  const { words } = context
  const { runs, faults } = await surveyLedger(context, ledger)
  const releases = releasesOf(context)
  const revocation = revocationContent(context)
  const nameOf = productNames(context)
  if (runs.length + faults.length === 0) context.report({ runs: 0 }, words.noRuns)
  for (const run of runs) {
    const { state, released, revoked } = standingOf(context, run, releases, revocation)
    const { id, facility, product, first, last, count, keyId, lot } = run
    const date = dayAt(context, run.reserved * 1000)
    const name = printable(nameOf(product))
    const shards = state === 'unfinished' ? (await ledger.describe(id)).shards : []
    const done = shards.filter((shard) => shard.state === 'done').length
    const text = words.records.runLine(
      { id, first, last, count, keyId, lot, date, name, released, revoked },
      state,
    )
    context.report(
      {
        ...{ run: id, first, last, state, facility, product, count, keyId, lot, date, released, revoked },
        ...(shards.length > 0 && { shards: shards.length, done }),
      },
      shards.length === 0 ? text : `${text}  ${words.fleet.shardsDone(done, shards.length)}`,
    )
  }
  for (const { fault, text } of faults)
    context.report({ fault: { name: fault.name, kind: fault.kind } }, text)
  if (faults.length === 0) return EXIT.valid
  throw new Failure(
    'run_corrupt',
    words.runs.faultsListed(faults.length),
    words.runs.doubtHow(undefined),
    EXIT.invalid,
  )
}

/** The names of products, by the newest trust list; their numbers where there is none. */
function productNames(context: Context): (id: number) => string {
  const files = newestFiles(context, 'trust')
  const names = new Map(
    files === undefined
      ? []
      : compareTrustLists(undefined, files).products.added.map(({ id, name }) => [id, name]),
  )
  return (id) => (names.has(id) ? `${id} ${names.get(id)}` : String(id))
}

export interface VoidOptions {
  readonly reason: RevocationReason
}

/** Declares a run void without the revocation key: a run that can't go on, or whose labels are lost. */
export async function voidRunCommand(
  context: Context,
  id: string,
  { reason }: VoidOptions,
): Promise<ExitCode> {
  const { words, io } = context
  const config = readConfig(context)
  const { facility, product, first, last } = findRun(context, id)
  checkNotVoid(context, id)
  await confirm(context, words.runs.voids(id, first, last))
  const why = { reason, date: dayAt(context, io.now()) }
  await withLedger(context, config, (ledger) => ledger.void(id, why))
  const { revocation } = config
  const isOurs = revocation !== undefined && isAtHand(context, config, revocation)
  const next = isOurs ? words.listHow : words.runs.voidedAskHow(facility, product, first, last)
  context.report({ void: id, first, last }, `${words.runs.voided(id, first, last)}\n${words.next}: ${next}`)
  return EXIT.valid
}

/** Checks a finished run against its manifest, under the keys that the trust list names. */
export async function verifyRunCommand(context: Context, id: string): Promise<ExitCode> {
  const { words, io } = context
  const files = finishedRun(context, id)
  const trustList = trustListAtHand(context, readConfig(context))
  const own = publicKeyOfRun(files.run)
  const publicKeys = trustList.issuers
    .map(({ publicKey }) => publicKey)
    .filter((publicKey) => Buffer.from(publicKey).equals(own))
  const passphrase = files.run.sealed ? await passphraseOnce(context) : undefined
  const show = progressOf(context, 'verify-run')
  const verified = await verifyFiles(files, {
    publicKeys,
    pool: poolFor(files.run.count),
    passphrase,
    signal: io.signal,
    onProgress: ({ done, count }) => show(done, count),
  })
  if (verified.ok) {
    const { count } = verified.manifest
    context.report({ run: id, ok: true, count }, words.runVerified(id, count))
    return EXIT.valid
  }
  const { reason, detail = '' } = verified
  context.report({ run: id, ok: false, reason, detail }, words.runFault(id, reason, detail))
  return EXIT.invalid
}

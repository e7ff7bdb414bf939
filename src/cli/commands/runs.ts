import { loadEngine } from '../../ed25519/wasm/wasm-engine.ts'
import { type FinishedRun, filesOf } from '../../node/run/folder.ts'
import type { Reservation } from '../../node/run/job.ts'
import { publicKeyOf, readReservation } from '../../node/run/record.ts'
import { describeRun } from '../../node/run/run.ts'
import { verifyRun as verifyFiles } from '../../node/run/verify-run.ts'
import { declareVoid } from '../../node/run/void.ts'
import type { RevocationReason } from '../../revocation/body.ts'
import { readConfig } from '../config.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { journalFaultsOf } from '../doubts.ts'
import { journalOf, ownJournal, reservationsOf } from '../files.ts'
import { EXIT, type ExitCode, Failure } from '../io.ts'
import { isAtHand, passphraseOnce } from '../keys.ts'
import { openTrustList } from '../lists.ts'
import { progressOf } from '../progress.ts'

/** @throws Failure `no_run` */
export function findRun(context: Context, id: string): Reservation {
  const { words } = context
  try {
    return readReservation(journalOf(context), id)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code !== 'ENOENT' && code !== 'argument_range') throw error
    throw new Failure('no_run', words.noRun(id), words.noRunHow)
  }
}

/** @throws Failure `void` */
export function checkNotVoid(context: Context, id: string): void {
  const { words } = context
  const { void: isVoid } = describeRun(journalOf(context), id)
  if (isVoid) throw new Failure('void', words.isVoid(id), words.isVoidHow)
}

/** @throws Failure `no_run`, or for a run that is not finished `void` or `not_finished` */
export function finishedRun(context: Context, id: string): FinishedRun {
  const { words } = context
  const run = findRun(context, id)
  const journal = journalOf(context)
  if (describeRun(journal, id).finished) return filesOf(journal, run)
  checkNotVoid(context, id) // or else it would be told to go on
  throw new Failure('not_finished', words.notFinished(id), words.resumeHow(id))
}

/** A finished run whose labels are still to be used. @throws Failure `no_run`, `not_finished` or `void` */
export function usableRun(context: Context, id: string): FinishedRun {
  checkNotVoid(context, findRun(context, id).id)
  return finishedRun(context, id)
}

/** Names all runs, and what in the journal is none. */
export function runs(context: Context): ExitCode {
  const { words } = context
  readConfig(context)
  const all = reservationsOf(context).map(({ id }) => describeRun(journalOf(context), id))
  const faults = journalFaultsOf(context)
  if (all.length + faults.length === 0) context.report({ runs: 0 }, words.noRuns)
  for (const { run, finished, void: isVoid } of all) {
    const state = isVoid ? 'void' : finished ? 'finished' : 'unfinished'
    const { id, first, last } = run
    context.report({ run: id, first, last, state }, words.runLine(id, first, last, state))
  }
  for (const { fault, text } of faults)
    context.report({ fault: { name: fault.name, kind: fault.kind } }, text)
  if (faults.length === 0) return EXIT.valid
  throw new Failure('run_corrupt', words.runs.faultsListed(faults.length), words.runs.doubtHow, EXIT.invalid)
}

export interface VoidOptions {
  readonly reason: RevocationReason
}

/** Declares a run void without the revocation key: a run that can't go on, or whose labels are lost. */
export async function voidOne(context: Context, id: string, { reason }: VoidOptions): Promise<ExitCode> {
  const { words, io } = context
  const config = readConfig(context)
  const { facility, product, first, last } = findRun(context, id)
  checkNotVoid(context, id)
  await confirm(context, words.runs.voids(id, first, last))
  declareVoid(ownJournal(context), id, { reason, date: io.now().toISOString().slice(0, 10) })
  const { revocation } = config
  const isOurs = revocation !== undefined && isAtHand(context, config, revocation)
  const next = isOurs ? words.listHow : words.runs.voidedAskHow(facility, product, first, last)
  context.report({ void: id, first, last }, `${words.runs.voided(id, first, last)}\n${words.next}: ${next}`)
  return EXIT.valid
}

/** Checks a finished run against its manifest, under the keys that the trust list names. */
export async function verifyRun(context: Context, id: string): Promise<ExitCode> {
  const { words, io } = context
  const files = finishedRun(context, id)
  const trustList = openTrustList(context, readConfig(context))
  const own = publicKeyOf(files.run)
  const publicKeys = trustList.issuers
    .map(({ publicKey }) => publicKey)
    .filter((publicKey) => Buffer.from(publicKey).equals(own))
  const passphrase = files.run.sealed ? await passphraseOnce(context) : undefined
  const show = progressOf(context, 'verify-run')
  const verified = await verifyFiles(files, {
    publicKeys,
    engine: await loadEngine(),
    ...(passphrase !== undefined && { passphrase }),
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

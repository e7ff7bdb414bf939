import { loadEngine } from '../../ed25519/wasm/wasm-engine.ts'
import type { RevocationReason } from '../../revocation/body.ts'
import { publicKeyOfRun } from '../../run/ledger/record.ts'
import { declareVoid } from '../../run/ledger/void.ts'
import { describeRun } from '../../run/run.ts'
import { verifyRun as verifyFiles } from '../../run/verify-run.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { journalOf, ownJournal, reservationsOf } from '../project/files.ts'
import { isAtHand, passphraseOnce } from '../project/keys.ts'
import { journalFaultsOf } from '../runs/doubts.ts'
import { checkNotVoid, findRun, finishedRun } from '../runs/find-run.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { progressOf } from '../shell/progress.ts'

/** Names all runs, and what in the journal is none. */
export function runsCommand(context: Context): ExitCode {
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
  declareVoid(ownJournal(context), id, { reason, date: io.now().toISOString().slice(0, 10) })
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
    engine: await loadEngine(),
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

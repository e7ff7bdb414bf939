import type { KeyObject } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Signer } from '../../ed25519/signer.ts'
import { createWorkerPool } from '../../node/pool/worker-pool.ts'
import { keyObjectSigner } from '../../node/signers/key-object-signer.ts'
import type { FinishedRun } from '../../run/folder.ts'
import type { Reservation, RunJob } from '../../run/job.ts'
import { describeRun } from '../../run/run.ts'
import type { RunTools } from '../../run/tools.ts'
import { readConfig } from '../project/config.ts'
import { journalOf, shown } from '../project/files.ts'
import { readFonts } from '../project/fonts.ts'
import { isAtHand, passphraseOnce } from '../project/keys.ts'
import { isGuessable } from '../project/passphrase.ts'
import { warn, warningsOf } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { failureOf } from '../shell/failure.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { progressOf } from '../shell/progress.ts'
import { warnOfSheet } from './sheet-warnings.ts'

/** What `issue` prints a run with, and what it says when that is done or stopped. */

/** From so many stamps on, threads are worth starting. */
const MANY = 20_000

/** Signs many stamps on other threads, while this one lays them out. Idle threads keep no process alive. */
export const signerFor = (count: number) => (privateKey: KeyObject) => {
  const threads = Math.min(availableParallelism() - 1, 4)
  if (count < MANY || threads < 1) return keyObjectSigner(privateKey)
  return createWorkerPool({ threads }).signer(privateKey)
}

/** What a run works with. */
export async function toolsOf(
  context: Context,
  signer: Signer,
  job: RunJob,
  font: string | undefined,
): Promise<RunTools> {
  const passphrase = job.sealed ? await passphraseOnce(context) : undefined
  if (passphrase !== undefined && isGuessable(passphrase)) warn(context, context.words.secrets.weakSeal)
  const fonts = job.sheet && readFonts(context, font)
  if (job.sheet && fonts) warnOfSheet(context, job.sheet, fonts)
  const show = progressOf(context, 'issue', { resumed: 'id' in job })
  return {
    signer,
    signal: context.io.signal,
    onProgress: ({ done, count }) => show(done, count),
    passphrase,
    fonts,
  }
}

/** Whatever ends a run that has serials, Ctrl-C above all, is followed by how to go on. */
export async function orResumable(
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
    if ((error as { code?: string | undefined }).code === undefined)
      throw new Failure('failed', (error as Error).message, words.resumeHow(id))
    const { code, message, next } = failureOf(error, words)
    const isPassing = ['ENOSPC', 'EFBIG', 'run_busy', 'passphrase'].includes(code)
    const goOnHow = isPassing ? words.resumeHow(id) : words.runs.resumeOrVoidHow(id)
    throw new Failure(code, message, [...(next === undefined ? [] : [next]), goOnHow].join('; '))
  }
}

/** Names the files of a run, and what comes next. */
export function tellFinished(context: Context, finished: FinishedRun): ExitCode {
  const { words } = context
  const { run, codes, sheets, manifest } = finished
  const files = [codes, ...(sheets ? [sheets] : []), manifest].map((file) => shown(context, file))
  const { id, first, last, count } = run
  context.report(
    { run: id, first, last, count, files, ...warningsOf(context) },
    [
      words.runDone(id, first, last),
      ...files.map(words.wrote),
      ...(run.sealed ? [`${words.next}: ${words.runs.hiddenHow(id)}`] : []),
      `${words.next}: ${nextList(context, run)}`,
    ].join('\n'),
  )
  return EXIT.valid
}

/** A new list: here, or where the revocation key is. */
function nextList(context: Context, { facility, product, last }: Reservation): string {
  const config = readConfig(context)
  const { revocation } = config
  const isOurs = revocation === undefined || isAtHand(context, config, revocation)
  const command = `veristamp list --raise ${facility}:${product}:${last}`
  return isOurs ? context.words.listHow : context.words.lists.askAuthority(command)
}

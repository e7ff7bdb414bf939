import type { KeyObject } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { sha256 } from '../../ed25519/sha2.ts'
import type { Signer } from '../../ed25519/signer.ts'
import { equalBytes, fromHex } from '../../lib/bytes.ts'
import { createWorkerPool, type WorkerPool } from '../../node/pool/worker-pool.ts'
import { keyObjectSigner } from '../../node/signers/key-object-signer.ts'
import type { FinishedRun } from '../../run/folder.ts'
import type { Reservation, RunJob } from '../../run/job.ts'
import { describeRun } from '../../run/run.ts'
import type { RunTools } from '../../run/tools.ts'
import { readConfig } from '../project/config.ts'
import { journalOf, shown } from '../project/files.ts'
import { readFonts } from '../project/fonts.ts'
import { isAtHand, passphraseOnce } from '../project/keys.ts'
import { revocationContent } from '../project/list-files.ts'
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
/** Threads that sign faster than one lays out. */
const ENOUGH = 4

let pool: WorkerPool | undefined

/** Threads for a long run, on as many cores as it is worth. Idle ones keep no process alive. */
export function poolFor(count: number, most = Number.POSITIVE_INFINITY): WorkerPool | undefined {
  const cores = availableParallelism()
  if (count < MANY || cores < 2) return undefined
  pool ??= createWorkerPool({ threads: Math.min(cores, most) })
  return pool
}

/** Threads that sign and lay out, while this one checks what was signed. */
export const pressFor = (count: number): WorkerPool | undefined => poolFor(count, ENOUGH)

export const signerFor = (count: number) => (privateKey: KeyObject) =>
  pressFor(count)?.signer(privateKey) ?? keyObjectSigner(privateKey)

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
  if (fonts) warnOfSheet(context, job, fonts)
  const show = progressOf(context, 'issue', { resumed: 'id' in job })
  return {
    signer,
    signal: context.io.signal,
    onProgress: ({ done, count }) => show(done, count),
    passphrase,
    fonts,
    pool: pressFor(job.count),
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
  const files = [codes, ...(sheets ?? []), manifest].map((file) => shown(context, file))
  const { id, first, last, count } = run
  context.report(
    { run: id, first, last, count, files, ...warningsOf(context) },
    [
      words.runDone(id, first, last),
      ...summed(files.slice(0, 1), files.slice(1, -1), files.slice(-1)).map(words.wrote),
      ...(run.sealed ? [`${words.next}: ${words.runs.hiddenHow(id)}`] : []),
      `${words.next}: ${nextList(context, run)}`,
    ].join('\n'),
  )
  return EXIT.valid
}

/** Names of files, of many volumes the first and the last. */
const summed = (codes: string[], volumes: string[], manifest: string[]): string[] =>
  [codes, volumes.length < 6 ? volumes : [`${volumes[0]} … ${volumes.at(-1)}`], manifest].flat()

/** A new list: here, or where the revocation key is. */
function nextList(context: Context, run: Reservation): string {
  const { words } = context
  const config = readConfig(context)
  const { revocation } = config
  if (revocation === undefined || isAtHand(context, config, revocation)) return words.listHow
  const { id, facility, product, last } = run
  if (isLetOut(context, run)) return words.lists.gathers(id)
  return words.lists.askAuthority(`veristamp list --raise ${facility}:${product}:${last}`)
}

/** Whether the newest list's watermark is as high as the run. */
function isLetOut(context: Context, { facility, product, last, publicKey }: Reservation): boolean {
  const key = sha256(fromHex(publicKey))
  return (revocationContent(context)?.watermarks ?? []).some(
    (mark) =>
      mark.facility === facility &&
      mark.product === product &&
      equalBytes(mark.key, key) &&
      last <= mark.serial,
  )
}

import { resolve } from 'node:path'
import { aPath } from '../node/files/path-argument.ts'
import type { RevokedSerials } from '../revocation/content.ts'
import type { RevocationDraft } from '../revocation/draft.ts'
import { type FinishedRun, filesOf } from './folder.ts'
import type { Reservation, RunJob } from './job.ts'
import { planRun, readReservations, reserveRun } from './ledger/journal.ts'
import type { Reach, ReserveOptions } from './ledger/reach.ts'
import { readReservation } from './ledger/record.ts'
import { type Journal, type RunProduct, surveyJournal } from './ledger/survey.ts'
import { declareVoid, voidRun } from './ledger/void.ts'
import { describeRun, resumeRun, type StartTools, startRun } from './run.ts'

import type { RunTools } from './tools.ts'
import { type RunFiles, type VerifiedRun, type VerifyRunOptions, verifyRun } from './verify-run.ts'

/** The print runs of a folder: which serials were given away, to whom, and the files of each run. */
export interface Runs {
  /** Where they are: an absolute path. */
  readonly folder: string

  /**
   * Prints a job: takes its serials, then does what `resume` does.
   * @throws as `reserve` and `resume` do. From `tools.onReserved` on the run can be resumed
   */
  start(job: RunJob, reach: Omit<Reach, 'publicKey'>, tools: StartTools): Promise<FinishedRun>

  /**
   * Does what is left of a run: however often it was killed, the files are byte for byte those of an undisturbed
   * run. Of a finished run what was lost is made again, and the rest left as it is.
   * @throws VeristampError `run_busy` while another process is at it, `run_void`, `run_corrupt`, `passphrase`,
   * `not_deterministic`, `signing_failed`; the signal's reason; what the file system throws, such as `ENOSPC`
   */
  resume(id: string, tools: RunTools): Promise<FinishedRun>

  /**
   * Checks a finished run's files against its signed manifest and its record: the signature, the digests, every code,
   * one for each serial of the range and no other, and a sealed run's secret. It says nothing of revocation, nor of what
   * became of the labels.
   * @param run its id; or files that came without a record, such as those of another machine, which are checked against
   * the manifest alone
   * @throws an argument error; VeristampError `passphrase`; the signal's reason; what the file system throws, for files
   * that are not there
   */
  verify(run: string | RunFiles, options: VerifyRunOptions): Promise<VerifiedRun>

  /**
   * Declares a run void: it can't be resumed any more, and its serials stay taken.
   * @param draft gets all of its serials revoked, whether or not they were signed; returned as a new one
   * @throws VeristampError `run_busy` while a process is at work on it; what the file system throws
   */
  void(id: string, why: VoidReason, draft?: RevocationDraft): VoidedRun

  /**
   * All reservations, or those of one product, in their order.
   * @throws VeristampError `run_corrupt` for a folder in which something is damaged, missing or strange
   */
  list(product?: RunProduct): Reservation[]

  /** What is known of a run, and where its files are or will be. @throws VeristampError `run_corrupt` */
  describe(id: string): RunDescription

  /** The reservation that `reserve` would make now. It takes nothing. @throws as `reserve` does */
  plan(job: RunJob, reach: Reach, options: ReserveOptions): Reservation

  /**
   * Takes serials for a job, durably and for ever. `resume` prints them. The folder is made where it is missing; its
   * file system must know hard links.
   * @throws an argument error for a bad job; VeristampError `out_of_scope`, `above_watermark`,
   * `serials_taken`, `run_corrupt`, `is_link` or `no_hard_links`, before anything is written; what the file system throws
   */
  reserve(job: RunJob, reach: Reach, options: ReserveOptions): Reservation

  /**
   * What is in the folder, and what doesn't belong there.
   * @param told names of runs that are known to be gone, so that their numbers are not missing
   */
  survey(told?: readonly string[]): Journal
}

export type VoidReason = Pick<RevokedSerials, 'reason' | 'date'>

export interface VoidedRun {
  readonly run: Reservation
  /** Where one was given. */
  readonly draft?: RevocationDraft | undefined
}

export interface RunDescription {
  readonly run: Reservation
  readonly files: FinishedRun
  /** True for one that has a manifest. */
  readonly finished: boolean
  /** True for one that was declared void. */
  readonly void: boolean
}

/**
 * Opens the print runs of a folder, which may not be there yet. Nothing is read before it is asked for, and
 * several processes may work on one folder.
 * @param folder its path; a relative one is taken from the current folder now, not later
 * @throws ArgumentTypeError for anything but a path
 * @example
 * ```ts
 * import { openRuns } from 'veristamp/node'
 *
 * const runs = openRuns(`${folder}/runs`)
 * const reach = { keyId: 7, scope: [{ facility: 12, product: 104 }] }
 * const { run } = await runs.start({ facility: 12, product: 104, count: 3 }, reach, { signer, now: new Date() })
 * const verified = await runs.verify(run.id, { publicKeys: [signer.publicKey] })
 * verified.ok // → true
 * runs.list().length // → 1
 * ```
 */
export function openRuns(folder: string): Runs {
  aPath('folder', folder)
  const journal = resolve(folder)
  return {
    folder: journal,
    start: (job, reach, tools) => startRun(journal, job, reach, tools),
    resume: (id, tools) => resumeRun(journal, id, tools),
    verify: async (run, options) =>
      verifyRun(typeof run === 'string' ? filesOf(journal, readReservation(journal, run)) : run, options),
    void(id, why, draft) {
      if (draft === undefined) return { run: declareVoid(journal, id, why) }
      const run = readReservation(journal, id)
      return { run, draft: voidRun(journal, id, draft, why) }
    },
    list: (product) => readReservations(journal, product),
    describe: (id) => {
      const described = describeRun(journal, id)
      return { ...described, files: filesOf(journal, described.run) }
    },
    plan: (job, reach, options) => planRun(journal, job, reach, options),
    reserve: (job, reach, options) => reserveRun(journal, job, reach, options),
    survey: (told) => surveyJournal(journal, told),
  }
}

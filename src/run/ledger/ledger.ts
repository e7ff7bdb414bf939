import { resolve } from 'node:path'
import { aPath } from '../../node/files/path-argument.ts'
import type { RevokedSerials } from '../../revocation/content.ts'
import { filesOf, isThere } from '../folder.ts'
import type { Reservation, RunJob } from '../job.ts'
import { planRun, readReservations, reserveRun } from './journal.ts'
import type { Reach, ReserveOptions } from './reach.ts'
import { readReservation } from './record.ts'
import { type Journal, type RunProduct, surveyJournal } from './survey.ts'
import { declareVoid, isVoid } from './void.ts'

/**
 * Where runs take their serials from: a folder, or a database for many machines. Nothing above knows which. Every
 * ledger has a folder, in which the files of its runs are: `<folder>/<id>`.
 */
export interface Ledger {
  /** An absolute path. */
  readonly folder: string

  /** The reservation that `reserve` would make now. It takes nothing. @throws as `reserve` does */
  plan(job: RunJob, reach: Reach, options: ReserveOptions): Promise<Reservation>

  /**
   * Takes serials for a job, durably and for ever.
   * @throws an argument error for a bad job; VeristampError `out_of_scope`, `above_watermark`, `serials_taken`,
   * `run_corrupt`, `is_link` or `no_hard_links`, before anything is taken; what the file system or the database throws
   */
  reserve(job: RunJob, reach: Reach, options: ReserveOptions): Promise<Reservation>

  /** A reservation by its id. @throws VeristampError `run_corrupt`; the file system's `ENOENT` where there is none */
  record(id: string): Promise<Reservation>

  /** A run, how far it is and what became of it. @throws as `record` does */
  describe(id: string): Promise<LedgerRun>

  /**
   * Declares a run void, for good: it can't go on any more, and its serials stay taken.
   * @throws VeristampError `run_busy` while a process of the folder is at work on it; as `record` does
   */
  void(id: string, why: RunVoid): Promise<Reservation>

  /** All reservations, or those of one product, in their order. @throws VeristampError `run_corrupt` */
  list(product?: RunProduct): Promise<Reservation[]>

  /**
   * All reservations, and what speaks against the ledger.
   * @param told names of runs that are known to be gone, so that their numbers are not missing
   */
  survey(told?: readonly string[]): Promise<Journal>
}

/** Why a run was declared void, and when. */
export type RunVoid = Pick<RevokedSerials, 'reason' | 'date'>

export interface LedgerRun {
  readonly run: Reservation
  /** True for one that has a manifest. */
  readonly finished: boolean
  /** True for one that was declared void. */
  readonly void: boolean
  /** In their order; none of a run that one machine does alone. */
  readonly shards: readonly ShardState[]
}

/** A part of a run that one machine signs and lays out. */
export interface ShardState {
  /** From 1. */
  readonly number: number
  readonly first: number
  readonly last: number
  /** Stamps that are signed. */
  readonly done: number
  /** `open`: nobody is at it. `taken`: a worker is. `done`: its files are whole. */
  readonly state: 'open' | 'taken' | 'done'
  /** Who is at it, or was. */
  readonly worker?: string | undefined
}

/**
 * The ledger that a folder is, and needs nothing else.
 * @throws ArgumentTypeError for anything but a path
 * @example
 * ```ts
 * import { folderLedger } from 'veristamp/fleet'
 *
 * const ledger = folderLedger(`${folder}/ledger`)
 * const reach = { keyId: 7, publicKey: signer.publicKey, scope: [{ facility: 12, product: 104 }] }
 * const run = await ledger.reserve({ facility: 12, product: 104, count: 3 }, reach, { now: new Date() })
 * run.last // → 3
 * ```
 */
export function folderLedger(folder: string): Ledger {
  aPath('folder', folder)
  const journal = resolve(folder)
  return {
    folder: journal,
    plan: async (job, reach, options) => planRun(journal, job, reach, options),
    reserve: async (job, reach, options) => reserveRun(journal, job, reach, options),
    record: async (id) => readReservation(journal, id),
    async describe(id) {
      const run = readReservation(journal, id)
      const finished = isThere(filesOf(journal, run).manifest)
      return { run, finished, void: isVoid(journal, id), shards: [] }
    },
    void: async (id, why) => declareVoid(journal, id, why),
    list: async (product) => readReservations(journal, product),
    survey: async (told) => surveyJournal(journal, told),
  }
}

import { resolve } from 'node:path'
import { type ArgumentTable, ableTo, checkTable, textOf, wholeNumber } from '../lib/arguments.ts'
import { checkText } from '../lib/checks.ts'
import { checkHardLinks, makeFolderDurably } from '../node/files/durable.ts'
import { aPath } from '../node/files/path-argument.ts'
import { MAX_COUNT, type Reservation, type RunJob } from '../run/job.ts'
import { listAmong, planAmong } from '../run/ledger/journal.ts'
import type { Ledger } from '../run/ledger/ledger.ts'
import { checkRunAsked, type RunAsked } from '../run/ledger/plan.ts'
import type { Reach, ReserveOptions } from '../run/ledger/reach.ts'
import { readReservation } from '../run/ledger/record.ts'
import { readRunName } from '../run/ledger/run-id.ts'
import type { RunProduct } from '../run/ledger/survey.ts'
import { declareVoid } from '../run/ledger/void.ts'
import { type Asking, type Database, isSqlState, openDatabase } from './database.ts'
import { checkServer, type FleetServer } from './driver.ts'
import { adoptFolder, mirrorRuns, recordInFolder, surveyFleet } from './mirror.ts'
import { insertRun, oneRun, openRun, type QueuedRun, runsOfProduct, voidRunRow } from './run-rows.ts'
import { checkTables, makeTables } from './schema.ts'
import { cutShards, rowsOfShards } from './shards.ts'
import { describeFleetRun } from './state.ts'

export interface FleetOptions {
  /**
   * Where the runs' files are: a folder that all machines of the fleet mount. A worker that sends its files only looks there for the
   * secrets of sealed runs, and makes no folder.
   */
  readonly folder: string
  /** Whose runs these are: one database serves several authorities. */
  readonly authority: string
  readonly server: FleetServer
}

/** How a run is cut. */
export interface Cut {
  /** Stamps of a shard, rounded up to whole volumes. */
  readonly shard: number
  /** The program's version: workers of another one leave the run alone. */
  readonly program: string
}

/** The ledger on PostgreSQL, for many machines. */
export interface Fleet extends Ledger {
  readonly authority: string
  /**
   * Takes serials as `reserve` does, and cuts the run into shards. No worker takes one before `letWork`.
   * @throws as `reserve` does; ArgumentRangeError for more than 100,000 shards
   */
  cut(job: RunJob, reach: Reach, options: ReserveOptions, cut: Cut): Promise<Reservation>
  /** Lets workers at a run that was cut, once. @param firstCode the carrier's text of its first stamp */
  letWork(id: string, firstCode: string): Promise<void>
  /**
   * What workers ask.
   * @internal
   */
  readonly database: Database
  /** Ends the connections. */
  close(): Promise<void>
}

/** An argument that is a fleet. */
export const aFleet = ableTo('a fleet, as openFleet opens it', 'cut', 'letWork')

const fleetFields: ArgumentTable<FleetOptions> = {
  folder: aPath,
  authority: textOf(64),
  server: (_, server) => checkServer(server as FleetServer),
}

export const cutFields: ArgumentTable<Cut> = { shard: wholeNumber(1, MAX_COUNT), program: textOf(60) }

/**
 * Opens a fleet. Its folder keeps the record of every run beside the run's files, as the folder's own ledger does: so all
 * that reads a folder reads this one, and a database that was restored from an old backup is told by it.
 * @throws an argument error; VeristampError `fleet_failed`
 * @example
 * ```ts
 * import { openFleet } from 'veristamp/fleet'
 *
 * const fleet = await openFleet({ folder: '/mnt/runs', authority: 'quang-ninh.example', server: { host: 'db.example' } })
 * for (const { id, first, last } of await fleet.list()) console.log(id, first, last)
 * await fleet.close()
 * ```
 */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  const { authority, server } = checkTable('options', options, fleetFields)
  const database = await openDatabase({ ...server })
  try {
    await checkTables(database)
  } catch (error) {
    await database.close()
    throw error
  }
  return fleetOf(resolve(options.folder), authority, database)
}

/**
 * Makes a database ready for a fleet, or brings an older one up to date, and takes in the runs that the folder has:
 * as often as one likes.
 * @returns how many runs it took in
 * @throws an argument error; VeristampError `fleet_failed`, or `run_corrupt` for records that the database has otherwise
 * @example
 * ```ts
 * import { initFleet } from 'veristamp/fleet'
 *
 * const server = { host: 'db.example', database: 'veristamp', user: 'owner' }
 * await initFleet({ folder: '/mnt/runs', authority: 'quang-ninh.example', server })
 * ```
 */
export async function initFleet(options: FleetOptions): Promise<number> {
  const { authority, server, folder } = checkTable('options', options, fleetFields)
  const database = await openDatabase({ ...server })
  try {
    await makeTables(database)
    return await adoptFolder(database, authority, resolve(folder))
  } finally {
    await database.close()
  }
}

/** Another took the serials or the name at the same moment, or waited for this one while this one waited for it. */
const OVERTAKEN = ['23P01', '23505', '40P01']

/** Lets printers of one product plan one after another: each would plan anew for every other that was quicker. */
const QUEUE = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))'

function fleetOf(folder: string, authority: string, database: Database): Fleet {
  const survey = (told: readonly string[] = [], only?: RunProduct, asked: Asking = database) =>
    surveyFleet(folder, asked, authority, told, only)
  // By the product alone, so that a reservation takes no longer with the runs of all others.
  const plan = async (asked: RunAsked, by?: Asking) => {
    const told = asked.options.taken?.map(({ id }) => id)
    return planAmong(folder, await survey(told, asked.job, by), asked)
  }
  type Queued = (run: Reservation) => QueuedRun
  const insert = (asked: RunAsked, queued: Queued): Promise<Reservation> =>
    database.transaction(async (query) => {
      const { facility, product } = asked.job
      await query(QUEUE, [`veristamp ${facility} ${product} ${authority}`])
      const run = await plan(asked, { query }) // nothing is written for what can't be reserved
      checkHardLinks(folder)
      makeFolderDurably(folder)
      await insertRun({ query }, authority, run, queued(run))
      return run
    })
  const take = async (asked: RunAsked, queued: Queued = () => ({})): Promise<Reservation> => {
    for (;;) {
      try {
        const run = await insert(asked, queued)
        mirrorRuns(folder, await runsOfProduct(database, authority, run))
        return run
      } catch (error) {
        // Somebody took them who did not wait in the queue.
        if (!isSqlState(error, ...OVERTAKEN)) throw error
      }
    }
  }
  const record = async (id: string): Promise<Reservation> => {
    const row = readRunName(id) && (await oneRun(database, authority, id))
    return row?.run ?? recordInFolder(folder, id)
  }
  return {
    folder,
    authority,
    database,
    plan: async (job, reach, options) => plan(checkRunAsked(job, reach, options)),
    reserve: async (job, reach, options) => take(checkRunAsked(job, reach, options)),
    async cut(job, reach, options, cut) {
      const { shard, program } = checkTable('cut', cut, cutFields)
      return take(checkRunAsked(job, reach, options), (run) => ({
        program,
        shards: rowsOfShards(cutShards(run, shard)),
      }))
    },
    letWork: (id, firstCode) => openRun(database, authority, id, checkText('firstCode', firstCode, 1, 600)),
    record,
    async describe(id) {
      const row = readRunName(id) && (await oneRun(database, authority, id))
      return describeFleetRun(folder, database, authority, row ?? { run: readReservation(folder, id) })
    },
    async void(id, why) {
      const run = await record(id)
      mirrorRuns(
        folder,
        [await oneRun(database, authority, id)].filter((row) => row !== undefined),
      )
      declareVoid(folder, id, why)
      await voidRunRow(database, authority, id, why)
      return run
    },
    list: async (product) => listAmong(folder, await survey([], product), product),
    survey,
    close: database.close,
  }
}

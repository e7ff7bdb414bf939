import { filesOf, isThere } from '../run/folder.ts'
import type { Reservation } from '../run/job.ts'
import type { LedgerRun, ShardState } from '../run/ledger/ledger.ts'
import { recordOf } from '../run/ledger/record.ts'
import { isVoid } from '../run/ledger/void.ts'
import type { Database } from './database.ts'
import type { ShardFile } from './leases.ts'
import type { RunRow } from './run-rows.ts'
import type { Shard } from './shards.ts'

/** A run, how far its shards are, and what became of it. */
export async function describeFleetRun(
  folder: string,
  database: Database,
  authority: string,
  { run, void: why }: Pick<RunRow, 'run' | 'void'>,
): Promise<LedgerRun> {
  const shards = await shardStates(database, authority, run.id)
  return {
    run,
    finished: isThere(filesOf(folder, run).manifest) && shards.every(({ state }) => state === 'done'),
    void: why !== undefined || isVoid(folder, run.id),
    shards,
  }
}

interface StateRow {
  readonly number: number
  readonly first: string
  readonly last: string
  readonly done: string
  readonly state: ShardState['state']
  readonly worker: string | null
}

/** The shards of a run in their order, without what puts it together. */
async function shardStates({ query }: Database, authority: string, run: string): Promise<ShardState[]> {
  const rows = await query<StateRow>(
    `SELECT number, lower(serials) AS first, upper(serials) - 1 AS last, done, worker,
       CASE WHEN closed IS NOT NULL THEN 'done' WHEN lease > clock_timestamp() THEN 'taken' ELSE 'open' END AS state
     FROM veristamp.shards WHERE authority = $1 AND run = $2 AND number > 0 ORDER BY number`,
    [authority, run],
  )
  return rows.map(({ number, first, last, done, state, worker }) => ({
    ...{ number, state },
    ...{ first: Number(first), last: Number(last), done: Number(done) },
    worker: worker ?? undefined,
  }))
}

/** How a shard stands, for whoever is sent its files. */
export interface ShardStanding {
  readonly run: Reservation
  readonly shard: Shard
  readonly isVoid: boolean
  readonly fence: number
  /** What it was closed with; undefined while it is open. */
  readonly files: readonly ShardFile[] | undefined
}

interface StandingRow {
  readonly record: string
  readonly void: boolean
  readonly fence: string
  readonly files: readonly ShardFile[] | null
  readonly first: string
  readonly last: string
}

/** Undefined where there is no such shard. */
export async function shardStanding(
  { query }: Database,
  authority: string,
  { run: id, shard: number }: { readonly run: string; readonly shard: number },
): Promise<ShardStanding | undefined> {
  const [row] = await query<StandingRow>(
    `SELECT run.record, run.void IS NOT NULL AS void, shard.fence, shard.files,
       lower(shard.serials) AS first, upper(shard.serials) - 1 AS last
     FROM veristamp.shards AS shard JOIN veristamp.runs AS run ON run.authority = shard.authority AND run.id = shard.run
     WHERE shard.authority = $1 AND shard.run = $2 AND shard.number = $3 AND shard.number > 0`,
    [authority, id, number],
  )
  if (row === undefined) return undefined
  return {
    run: recordOf(row.record),
    shard: { number, first: Number(row.first), last: Number(row.last) },
    isVoid: row.void,
    fence: Number(row.fence),
    files: row.files ?? undefined,
  }
}

/** The runs that are put together. */
export const joinedRuns = async ({ query }: Database, authority: string): Promise<readonly string[]> =>
  (
    await query<{ run: string }>(
      'SELECT run FROM veristamp.shards WHERE authority = $1 AND number = 0 AND closed IS NOT NULL',
      [authority],
    )
  ).map(({ run }) => run)

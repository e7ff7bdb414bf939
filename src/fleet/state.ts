import { filesOf, isThere } from '../run/folder.ts'
import type { LedgerRun, ShardState } from '../run/ledger/ledger.ts'
import { isVoid } from '../run/ledger/void.ts'
import type { Database } from './database.ts'
import type { RunRow } from './run-rows.ts'

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

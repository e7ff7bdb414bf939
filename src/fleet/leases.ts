import type { Reservation } from '../run/job.ts'
import { recordOf } from '../run/ledger/record.ts'
import { type Database, DURABLE } from './database.ts'
import type { Shard } from './shards.ts'

/**
 * Who has a shard. Whoever takes one raises its fence, and has it until the lease ends or is renewed, by the
 * database's clock alone. Whatever a worker says later with an older fence changes nothing: it may have slept, and
 * another has the shard.
 */

/** A shard that this worker has; number 0 is the putting together of a run whose shards are done. */
export interface Lease {
  readonly run: Reservation
  /** The carrier's text of the run's first stamp. */
  readonly firstCode: string
  readonly shard: Shard
  readonly fence: number
}

/** A file that a shard is, or a part of it. */
export interface ShardFile {
  /** In the folder of the run's shards. */
  readonly name: string
  /** SHA-256 in hexadecimal. */
  readonly sha256: string
  readonly size: number
}

/** What a worker can do. */
export interface Skills {
  readonly worker: string
  /** The public keys that it signs with, in hexadecimal. */
  readonly keys: readonly string[]
  readonly program: string
  /** SHA-256 of its fonts; undefined where it has none. */
  readonly fonts: string | undefined
  /** True where it has the passphrase of hidden codes. */
  readonly sealed: boolean
  /** True where it has the folder in which runs are put together. */
  readonly folder: boolean
}

/** Seconds after which a worker that says nothing has lost its shard. */
export const LEASE = 20

const MINE = `shard.authority = $1 AND shard.run = $2 AND shard.number = $3 AND shard.fence = $4
  AND shard.closed IS NULL`

const OPEN = `shard.authority = $1 AND shard.closed IS NULL AND run.void IS NULL AND run.first_code IS NOT NULL
  AND run.authority = shard.authority AND run.id = shard.run`

const FREE = `(shard.lease IS NULL OR shard.lease < clock_timestamp())
  AND (shard.number > 0 OR NOT EXISTS (
    SELECT FROM veristamp.shards AS other
    WHERE other.authority = shard.authority AND other.run = shard.run AND other.number > 0 AND other.closed IS NULL))`

interface TakenRow {
  readonly record: string
  readonly first_code: string
  readonly number: number
  readonly first: string | null
  readonly last: string | null
  readonly fence: string
}

/** Takes the next shard that this worker can do, of the oldest run; undefined where there is none. */
export async function takeShard(
  { query }: Database,
  authority: string,
  { worker, keys, program, fonts, sealed, folder }: Skills,
): Promise<Lease | undefined> {
  const [row] = await query<TakenRow>(
    `WITH next AS MATERIALIZED (
       SELECT shard.run, shard.number, run.record, run.first_code
       FROM veristamp.shards AS shard, veristamp.runs AS run
       WHERE ${OPEN} AND ${FREE} AND run.public_key = ANY($2) AND run.program = $3
         AND (run.fonts IS NULL OR run.fonts = $4) AND (NOT run.sealed OR $5) AND (shard.number > 0 OR $8)
       ORDER BY run.reserved, run.id, shard.number
       LIMIT 1 FOR UPDATE OF shard SKIP LOCKED
     )
     UPDATE veristamp.shards AS shard
     SET fence = fence + 1, worker = $6, done = 0, lease = clock_timestamp() + $7 * interval '1 second'
     FROM next WHERE shard.authority = $1 AND shard.run = next.run AND shard.number = next.number
     RETURNING next.record, next.first_code, shard.number, shard.fence,
       lower(shard.serials) AS first, upper(shard.serials) - 1 AS last`,
    [authority, keys, program, fonts ?? null, sealed, worker, LEASE, folder],
  )
  if (row === undefined) return undefined
  const run = recordOf(row.record)
  return {
    run,
    firstCode: row.first_code,
    shard: {
      number: row.number,
      first: Number(row.first ?? run.first),
      last: Number(row.last ?? run.last),
    },
    fence: Number(row.fence),
  }
}

const mine = (authority: string, { run, shard, fence }: Lease) => [authority, run.id, shard.number, fence]

/** Says that the worker still works, and how far it is. False where the shard is another's by now, or void. */
export async function renewLease(
  { query }: Database,
  authority: string,
  lease: Lease,
  done: number,
): Promise<boolean> {
  const rows = await query(
    `UPDATE veristamp.shards AS shard SET done = $5, lease = clock_timestamp() + $6 * interval '1 second'
     WHERE ${MINE} RETURNING 1`,
    [...mine(authority, lease), done, LEASE],
  )
  return rows.length === 1
}

/** Gives a shard back undone. */
export async function releaseShard({ query }: Database, authority: string, lease: Lease): Promise<void> {
  await query(
    `UPDATE veristamp.shards AS shard SET lease = NULL, done = 0 WHERE ${MINE} AND pg_notify('veristamp', '') IS NOT NULL`,
    mine(authority, lease),
  )
}

/**
 * Closes a shard: from here on these are its files, and no others. True also where it was closed before by this very
 * worker, whose answer was lost; false where the shard is another's by now.
 */
export async function closeShard(
  { query }: Database,
  authority: string,
  lease: Lease,
  files: readonly ShardFile[],
): Promise<boolean> {
  const closed = await query(
    `${DURABLE}, shard AS (
       UPDATE veristamp.shards AS shard
       SET closed = clock_timestamp(), files = $5::jsonb, lease = NULL,
         done = CASE WHEN isempty(serials) THEN 0 ELSE upper(serials) - lower(serials) END
       FROM durable WHERE ${MINE} RETURNING shard.number
     )
     SELECT pg_notify('veristamp', '') FROM shard`,
    [...mine(authority, lease), JSON.stringify(files)],
  )
  if (closed.length === 1) return true
  const before = await query(
    `SELECT FROM veristamp.shards AS shard
     WHERE authority = $1 AND run = $2 AND number = $3 AND fence = $4 AND closed IS NOT NULL`,
    mine(authority, lease),
  )
  return before.length === 1
}

/** A closed shard and its files. */
export interface ClosedShard {
  readonly number: number
  readonly files: readonly ShardFile[]
}

/** The shards of a run that are done, in their order. */
export const closedShards = (
  { query }: Database,
  authority: string,
  run: string,
): Promise<readonly ClosedShard[]> =>
  query<ClosedShard>(
    `SELECT number, files FROM veristamp.shards
     WHERE authority = $1 AND run = $2 AND number > 0 AND closed IS NOT NULL ORDER BY number`,
    [authority, run],
  )

/** Opens a shard again whose files are gone or damaged, for whoever puts the run together. */
export async function reopenShard(
  { query }: Database,
  authority: string,
  lease: Lease,
  number: number,
): Promise<void> {
  await query(
    `UPDATE veristamp.shards AS lost SET closed = NULL, files = NULL, done = 0, lease = NULL, fence = lost.fence + 1
     FROM veristamp.shards AS shard
     WHERE ${MINE} AND lost.authority = $1 AND lost.run = $2 AND lost.number = $5
       AND pg_notify('veristamp', '') IS NOT NULL`,
    [...mine(authority, lease), number],
  )
}

/** Shards that wait, by what a worker lacks for them. */
export interface PassedOver {
  readonly key: number
  readonly program: number
  readonly fonts: number
  readonly sealed: number
  /** Runs that are to be put together, for a worker that sends its files. */
  readonly folder: number
}

/** Open shards: `able` are those that this worker can do, once nobody else is at them. */
export interface OpenShards {
  readonly open: number
  readonly able: number
  readonly passedOver: PassedOver
}

/** Counts open shards, and those that this worker can't do. */
export async function countOpen(
  { query }: Database,
  authority: string,
  { keys, program, fonts, sealed, folder }: Skills,
): Promise<OpenShards> {
  const [row] = await query<Record<keyof PassedOver | 'open' | 'able', number>>(
    `SELECT count(*)::integer AS open,
       (count(*) FILTER (WHERE NOT (key OR program OR fonts OR sealed OR folder)))::integer AS able,
       (count(*) FILTER (WHERE key))::integer AS key,
       (count(*) FILTER (WHERE program))::integer AS program,
       (count(*) FILTER (WHERE fonts))::integer AS fonts,
       (count(*) FILTER (WHERE sealed))::integer AS sealed,
       (count(*) FILTER (WHERE folder))::integer AS folder
     FROM (
       SELECT run.public_key <> ALL($2) AS key, run.program <> $3 AS program,
         coalesce(run.fonts <> coalesce($4, ''), false) AS fonts, run.sealed AND NOT $5 AS sealed,
         shard.number = 0 AND NOT $6 AS folder
       FROM veristamp.shards AS shard, veristamp.runs AS run WHERE ${OPEN}
     ) AS lacking`,
    [authority, keys, program, fonts ?? null, sealed, folder],
  )
  const { open, able, ...passedOver } = row!
  return { open, able, passedOver }
}

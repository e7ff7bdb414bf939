import type { Reservation } from '../run/job.ts'
import type { RunVoid } from '../run/ledger/ledger.ts'
import { recordOf, recordText } from '../run/ledger/record.ts'
import type { RunProduct } from '../run/ledger/survey.ts'
import { type Asking, DURABLE } from './database.ts'

/** Runs as the table has them. Their records are the text that a folder has in its file, letter by letter. */

export interface RunRow {
  readonly run: Reservation
  readonly record: string
  readonly void?: RunVoid | undefined
}

interface Raw {
  readonly record: string
  readonly void: RunVoid | null
}

const read = ({ record, void: why }: Raw): RunRow => ({
  run: recordOf(record),
  record,
  void: why ?? undefined,
})

const RUNS = 'SELECT record, void FROM veristamp.runs WHERE authority = $1'

/** All runs of an authority. @throws VeristampError `run_corrupt` for a record that somebody changed */
export const allRuns = async ({ query }: Asking, authority: string): Promise<RunRow[]> =>
  (await query<Raw>(RUNS, [authority])).map(read)

/** The same, of one product. */
export const runsOfProduct = async (
  { query }: Asking,
  authority: string,
  { facility, product }: RunProduct,
): Promise<RunRow[]> =>
  (await query<Raw>(`${RUNS} AND facility = $2 AND product = $3`, [authority, facility, product])).map(read)

export async function oneRun({ query }: Asking, authority: string, id: string): Promise<RunRow | undefined> {
  const [row] = await query<Raw>(`${RUNS} AND id = $2`, [authority, id])
  return row && read(row)
}

/** A shard before anybody is at it. */
export interface NewShard {
  /** 0 puts the run together, and has no serials. */
  readonly number: number
  readonly first: number | null
  readonly last: number | null
}

/** What a run has that is to be done in shards. */
export interface QueuedRun {
  /** The version of the program that queued it: another may lay out otherwise. */
  readonly program?: string
  readonly shards?: readonly NewShard[]
}

/**
 * One statement, and so one transaction: the run and its shards. It has reached the disk
 * when it is answered, whatever the server's own setting says.
 */
const INSERT = `
${DURABLE}, run AS (
  INSERT INTO veristamp.runs
    (authority, id, facility, product, serials, public_key, sealed, fonts, record, program)
  SELECT $1, $2, $3, $4, int8range($5, $6, '[]'), $7, $8, $9, $10, $11 FROM durable
  RETURNING authority, id
), shards AS (
  INSERT INTO veristamp.shards (authority, run, number, serials)
  SELECT run.authority, run.id, each.number,
    CASE WHEN each.first IS NULL THEN 'empty'::int8range ELSE int8range(each.first, each.last, '[]') END
  FROM run, jsonb_to_recordset($12::jsonb) AS each(number integer, first bigint, last bigint)
)
SELECT id FROM run`

/**
 * Keeps a run that is reserved, and its shards.
 * @throws VeristampError `fleet_failed` with the state 23P01 where another run has its serials, 23505 its name
 */
export async function insertRun(
  { query }: Asking,
  authority: string,
  run: Reservation,
  { program, shards = [] }: QueuedRun = {},
): Promise<void> {
  const { id, facility, product, first, last, publicKey, sealed = false, fonts = null } = run
  await query(INSERT, [
    ...[authority, id, facility, product, first, last, publicKey, sealed, fonts, recordText(run)],
    ...[program ?? null, JSON.stringify(shards)],
  ])
}

/**
 * Lets workers at a run: from here on they know what its first stamp is to be, and whoever signs it otherwise may not sign
 * at all. The same transaction wakes them.
 */
export async function openRun(
  { query }: Asking,
  authority: string,
  id: string,
  firstCode: string,
): Promise<void> {
  await query(
    `WITH run AS (
       UPDATE veristamp.runs SET first_code = $3
       WHERE authority = $1 AND id = $2 AND first_code IS NULL AND program IS NOT NULL RETURNING id
     )
     SELECT pg_notify('veristamp', '') FROM run`,
    [authority, id, firstCode],
  )
}

/** Declares a run void, and fences off whoever is at its shards. */
export async function voidRunRow(
  { query }: Asking,
  authority: string,
  id: string,
  why: RunVoid,
): Promise<void> {
  await query(
    `WITH void AS (
       UPDATE veristamp.runs SET void = $3::jsonb WHERE authority = $1 AND id = $2 AND void IS NULL RETURNING id
     )
     UPDATE veristamp.shards SET fence = fence + 1, lease = NULL, worker = NULL
     FROM void WHERE authority = $1 AND run = void.id AND closed IS NULL`,
    [authority, id, JSON.stringify(why)],
  )
}

import { VeristampError } from '../lib/errors.ts'
import { type FleetServer, loadDriver, type PgClient, type PgDriver, settingsOf } from './driver.ts'
import { fleetFailed, isPassing, toFleetError } from './failures.ts'

/** A PostgreSQL database: questions, transactions, and a wait that a message ends. */
export interface Database {
  /** One statement, and so one transaction. */
  query<Row = object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** Statements of one transaction, which is undone where `work` throws. */
  transaction<T>(work: (query: Database['query']) => Promise<T>): Promise<T>
  /** Waits for a message on the channel, for so many milliseconds at the most, or until the signal. Never throws. */
  wait(milliseconds: number, signal?: AbortSignal | undefined): Promise<void>
  close(): Promise<void>
}

/** What asks questions: a database, or a transaction of it. */
export type Asking = Pick<Database, 'query'>

/** The channel that announces shards. A message is only a wake-up: a listener that misses it asks the table soon. */
export const CHANNEL = 'veristamp'

const MAX_CONNECTIONS = 4

/** Begins a statement that has reached the disk once it is answered, whatever the server's own setting says. */
export const DURABLE = `WITH durable AS MATERIALIZED (
  SELECT set_config('synchronous_commit',
    CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, true)
)`

/** Opens a database. It connects when it is first asked. @throws VeristampError `fleet_failed` without the driver */
export async function openDatabase(server: FleetServer): Promise<Database> {
  const driver = await loadDriver()
  const pool = new driver.Pool({ ...settingsOf(server), max: MAX_CONNECTIONS })
  pool.on('error', () => {}) // an idle connection was cut: the next question opens another
  // One that is cut in a transaction says so here as well, and nobody else listens: its question fails anyway.
  pool.on('connect', (client) => client.on('error', () => {}))
  const listener = listenerOf(driver, server)
  let isSafe: Promise<void> | undefined
  const safe = (): Promise<void> => {
    isSafe ??= checkSafe(pool)
    isSafe.catch(() => (isSafe = undefined))
    return isSafe
  }
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      await safe()
      return await work()
    } catch (error) {
      throw toFleetError(error)
    }
  }
  return {
    query: <Row>(text: string, values: readonly unknown[] = []) =>
      asked(async () => (await pool.query(text, [...values])).rows as Row[]),
    transaction: (work) => asked(() => inTransaction(pool, work)),
    wait: listener.wait,
    async close() {
      await listener.close()
      await pool.end()
    },
  }
}

type Pool = InstanceType<PgDriver['Pool']>
type PoolClient = Awaited<ReturnType<Pool['connect']>>

/** A server that does not flush to the disk would give serials away twice after a power cut. */
async function checkSafe(pool: Pool): Promise<void> {
  const { rows } = await pool.query("SELECT current_setting('fsync') AS fsync")
  if ((rows[0] as { fsync: string }).fsync !== 'on') throw fleetFailed({ fault: 'unsafe' })
}

/** Whoever falls asleep in the midst of a transaction loses it, so that nobody waits for long. */
const BEGIN = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = '30s'"

/**
 * A connection in a new transaction. One that was cut while it lay idle may look whole until it is used. Nothing was
 * done on it, so the next one is tried; if the server is gone, `connect` says so.
 */
async function begin(pool: Pool): Promise<PoolClient> {
  for (let left = MAX_CONNECTIONS; ; left--) {
    const client = await pool.connect()
    try {
      await client.query(BEGIN)
      return client
    } catch (error) {
      client.release(true)
      if (left === 0 || !isPassing(toFleetError(error))) throw error
    }
  }
}

async function inTransaction<T>(pool: Pool, work: (query: Database['query']) => Promise<T>): Promise<T> {
  const client = await begin(pool)
  let broken: unknown
  try {
    const done = await work(
      async <Row>(text: string, values: readonly unknown[] = []) =>
        (await client.query(text, [...values])).rows as Row[],
    )
    await client.query('COMMIT')
    return done
  } catch (error) {
    await client.query('ROLLBACK').catch((fault: unknown) => (broken = fault))
    throw error
  } finally {
    client.release(broken !== undefined)
  }
}

/** A connection of its own that hears messages. One that is cut is opened again by the next wait. */
function listenerOf(driver: PgDriver, server: FleetServer): Pick<Database, 'wait' | 'close'> {
  let client: PgClient | undefined
  let wake = (): void => {}
  const drop = async (): Promise<void> => {
    const old = client
    client = undefined
    await old?.end().catch(() => {})
  }
  const connect = async (): Promise<void> => {
    const next = new driver.Client(settingsOf(server))
    next.on('error', () => void drop())
    next.on('notification', () => wake())
    client = next
    await next.connect()
    await next.query(`LISTEN ${CHANNEL}`)
  }
  return {
    async wait(milliseconds, signal) {
      if (signal?.aborted) return
      if (client === undefined) connect().catch(drop)
      await new Promise<void>((resolve) => {
        const end = (): void => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', end)
          wake = () => {}
          resolve()
        }
        const timer = setTimeout(end, milliseconds)
        signal?.addEventListener('abort', end)
        wake = end
      })
    },
    close: drop,
  }
}

/** True for an error of the database with one of these codes (PostgreSQL, appendix A). */
export const isSqlState = (error: unknown, ...states: readonly string[]): boolean =>
  error instanceof VeristampError && error.code === 'fleet_failed' && states.includes(stateOf(error))

const stateOf = ({ details }: VeristampError<'fleet_failed'>): string =>
  (details as { state?: string | undefined }).state ?? ''

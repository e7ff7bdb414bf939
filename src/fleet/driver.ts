import { type ArgumentTable, aFlag, checkTable, ifGiven, textOf, wholeNumber } from '../lib/arguments.ts'
import { fleetFailed } from './failures.ts'

/** The one door to `pg`, which whoever runs a fleet installs, and nobody else. */

/**
 * Where PostgreSQL is. What is left out comes from the environment, as for `psql`: PGHOST, PGPORT, PGDATABASE, PGUSER.
 * The password always does: from PGPASSWORD or from `.pgpass`.
 */
export interface FleetServer {
  /** A name, an address, or the folder of a socket. */
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly database?: string | undefined
  readonly user?: string | undefined
  /** True for a connection that is encrypted, to a server that proves its name. True by default but on this machine. */
  readonly tls?: boolean | undefined
}

export const serverFields: ArgumentTable<FleetServer> = {
  host: ifGiven(textOf(255)),
  port: ifGiven(wholeNumber(1, 65_535)),
  database: ifGiven(textOf(63)),
  user: ifGiven(textOf(63)),
  tls: ifGiven(aFlag),
}

/** What is used of the package `pg`. */
export interface PgDriver {
  readonly Pool: new (
    settings: object,
  ) => {
    query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
    connect(): Promise<PgClient & { release(isBroken?: boolean): void }>
    on(event: 'error' | 'connect', listener: (client: PgClient) => void): void
    end(): Promise<void>
  }
  readonly Client: new (settings: object) => PgClient
}

export interface PgClient {
  connect(): Promise<unknown>
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
  on(event: 'error' | 'notification', listener: () => void): void
  end(): Promise<void>
}

/** @throws VeristampError `fleet_failed` where the package is not installed */
export async function loadDriver(): Promise<PgDriver> {
  try {
    return (await import('pg')).default
  } catch (cause) {
    throw fleetFailed({ fault: 'no_driver' }, cause)
  }
}

export const checkServer = (server: FleetServer): FleetServer => checkTable('server', server, serverFields)

const HERE = /^(localhost|127\.\d+\.\d+\.\d+|::1|\/.*)$/

/** What a connection is opened with. The driver looks the password up by itself. */
export function settingsOf({ host, port, database, user, tls }: FleetServer): object {
  const where = host ?? (process.env.PGHOST || 'localhost')
  return {
    ...{ host: where, port, database, user },
    ssl: (tls ?? !HERE.test(where)) ? { rejectUnauthorized: true } : false,
    application_name: 'veristamp',
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
    keepAlive: true,
  }
}

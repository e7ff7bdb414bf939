import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/fleet/database.ts'
import { type FleetServer, loadDriver, type PgDriver } from '../../src/fleet/driver.ts'
import { checkTables, makeTables } from '../../src/fleet/schema.ts'

/** A PostgreSQL in a scratch folder, on a socket there, from Debian's binaries. */
export interface TestServer {
  /** Makes an empty database, and says where it is. */
  database(): Promise<FleetServer>
  /** The same, with the tables of a fleet. */
  readyDatabase(): Promise<FleetServer>
  /** Runs a statement as the owner of everything. */
  sql(server: FleetServer, text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
}

/** One that belongs to a single test or bench, and is ended by its number. */
export interface ScratchServer extends TestServer {
  /** Ends the server at once, as a power cut would, and starts it again. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const ROOT = '/usr/lib/postgresql'

/** The binaries of the newest PostgreSQL; undefined where there is none. */
export function postgresBinaries(): string | undefined {
  const versions = existsSync(ROOT) ? readdirSync(ROOT).map(Number).filter(Number.isInteger) : []
  const newest = Math.max(...versions)
  return existsSync(join(ROOT, String(newest), 'bin', 'postgres'))
    ? join(ROOT, String(newest), 'bin')
    : undefined
}

/** PostgreSQL refuses to run as root. */
export function otherUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = ['postgres:', 'nobody:']
    .map((name) => lines.find((each) => each.startsWith(name)))
    .find(Boolean)
  const [, , uid, gid] = line!.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/** Makes a server's files in an empty folder. @returns how its programs are run */
export function makeCluster(bin: string, folder: string) {
  const user = otherUser()
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid!)
  const options = {
    ...user,
    cwd: folder,
    stdio: 'ignore' as const,
    env: { LC_ALL: 'C', PATH: process.env.PATH! },
  }
  const data = join(folder, 'data')
  const argv = ['-D', data, '-U', 'tester', '--auth=trust', '--no-sync', '-E', 'UTF8']
  execFileSync(join(bin, 'initdb'), argv, options)
  const settings = ['listen_addresses=', 'max_connections=400', 'logging_collector=off']
  return { data, options, argv: ['-k', folder, ...settings.flatMap((setting) => ['-c', setting])] }
}

export async function startPostgres(bin: string): Promise<ScratchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-pg-'))
  const { data, options, argv } = makeCluster(bin, folder)
  const server = serverAt(folder, 1) // tests end it, and pace themselves by how long a connection takes
  let child: ChildProcess
  const start = async () => {
    child = spawn(join(bin, 'postgres'), ['-D', data, ...argv], options)
    await until(async () => void (await server.sql({ database: 'postgres' }, 'SELECT')))
  }
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill(signal)
    })
  await start()
  return {
    ...server,
    async restart() {
      await end('SIGQUIT') // at once: it recovers from its log
      await start()
    },
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true })
    },
  }
}

/** Of the lock under which the database is made that others are copies of. */
const LOCK = 1
const READY = 'ready'

type Pool = InstanceType<PgDriver['Pool']>

/**
 * A server that is running.
 * @param folder where its socket is
 * @param maxUses for how many questions a connection is kept
 */
export function serverAt(folder: string, maxUses = Number.POSITIVE_INFINITY): TestServer {
  const at = (database: string): FleetServer => ({ host: folder, user: 'tester', database })
  const pools = new Map<string, Promise<Pool>>()
  // A connection takes the server longer than most questions, so it is kept for the next one, for a moment.
  const open = async (database: string): Promise<Pool> => {
    const { Pool } = await loadDriver()
    const pool = new Pool({ ...at(database), maxUses, idleTimeoutMillis: 2_000, allowExitOnIdle: true })
    pool.on('error', () => {}) // the server goes down
    pool.on('connect', (client) => client.on('error', () => {}))
    return pool
  }
  const poolOf = (database: string): Promise<Pool> => {
    const pool = pools.get(database) ?? open(database)
    pools.set(database, pool)
    return pool
  }
  const sql: TestServer['sql'] = async ({ database }, text, values) => {
    const client = await (await poolOf(database!)).connect()
    try {
      return (await client.query(text, values)).rows as never
    } finally {
      client.release() // also after an error, by which the pool's own way would end it
    }
  }
  /** Files are copied as they are, not page by page by the log: PostgreSQL 15 has to be asked for that. */
  const copyOf = async (template: string): Promise<FleetServer> => {
    const name = nameOfDatabase()
    await sql(at('postgres'), `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`)
    return at(name)
  }
  /** Made by the first of all processes that asks; the others wait. */
  const makeReady = async (): Promise<void> => {
    const client = await (await poolOf('postgres')).connect()
    try {
      await client.query('SELECT pg_advisory_lock($1)', [LOCK])
      const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [READY])
      if (rows.length > 0) return
      const server = await copyOf('template1')
      await makeEach(server)
      await client.query(`ALTER DATABASE ${server.database} RENAME TO ${READY}`)
    } finally {
      client.release(true) // the lock goes with it
    }
  }
  let isReady: Promise<void> | undefined
  return {
    database: () => copyOf('template1'),
    async readyDatabase() {
      isReady ??= makeReady()
      await isReady
      return copyOf(READY)
    },
    sql,
  }
}

const nameOfDatabase = (): string => `fleet_${randomUUID().slice(0, 13).replace('-', '_')}`

/** The tables of a fleet; and a file of what each first connection would look up, which is copied with them. */
async function makeEach(server: FleetServer): Promise<void> {
  for (const make of [makeTables, checkTables]) {
    const database = await openDatabase(server)
    await make(database)
    await database.close()
  }
}

async function until(work: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === 2_400) throw error
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/fleet/database.ts'
import { type FleetServer, loadDriver, type PgClient } from '../../src/fleet/driver.ts'
import { makeTables } from '../../src/fleet/schema.ts'

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
  const server = serverAt(folder)
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

/** A server that is running. @param folder where its socket is */
export function serverAt(folder: string): TestServer {
  const at = (database: string): FleetServer => ({ host: folder, user: 'tester', database })
  const withClient = async <T>(database: string, work: (client: PgClient) => Promise<T>): Promise<T> => {
    const { Client } = await loadDriver()
    const client = new Client(at(database))
    client.on('error', () => {})
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
  const sql: TestServer['sql'] = ({ database }, text, values) =>
    withClient(database!, async (client) => (await client.query(text, values)).rows as never)
  const copyOf = async (template: string): Promise<FleetServer> => {
    const name = `fleet_${randomUUID().slice(0, 13).replace('-', '_')}`
    await sql(at('postgres'), `CREATE DATABASE ${name} TEMPLATE ${template}`)
    return at(name)
  }
  return {
    database: () => copyOf('template1'),
    async readyDatabase() {
      await withClient('postgres', async (client) => {
        await client.query('SELECT pg_advisory_lock($1)', [LOCK])
        const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [READY])
        if (rows.length > 0) return
        const server = await copyOf('template1')
        const database = await openDatabase(server)
        await makeTables(database)
        await database.close()
        await client.query(`ALTER DATABASE ${server.database} RENAME TO ${READY}`)
      })
      return copyOf(READY)
    },
    sql,
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

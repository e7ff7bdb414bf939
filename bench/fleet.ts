import { strict as assert } from 'node:assert'
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FleetServer } from '../src/fleet/driver.ts'
import { openFleet } from '../src/fleet/open.ts'
import { queueRun } from '../src/fleet/queue.ts'
import { startRun } from '../src/run/run.ts'
import { postgresBinaries, startPostgres, type TestServer } from '../test/support/postgres.ts'
import { keySigner, PRESS_SEED, RESERVED } from '../test/support/runs.ts'
import { measureScans } from './fleet-scans.ts'
import type { Measurement } from './lib/results.ts'

/**
 * A fleet on one machine with Debian's PostgreSQL beside it: reservations, a run in shards, scans of many kiosks. Long: about
 * ten minutes on a quiet machine. VERISTAMP_FLEET_ROWS and VERISTAMP_FLEET_STAMPS make it shorter.
 */
const ROWS = (process.env.VERISTAMP_FLEET_ROWS ?? '1000000,10000000').split(',').map(Number)
const STAMPS = Number(process.env.VERISTAMP_FLEET_STAMPS ?? 1_000_000)
const SHARD = STAMPS / 20
const CONNECTIONS = 64
const RESERVATIONS = 5

const signer = keySigner(PRESS_SEED)
const scope = [{ facility: 12 }]
const reach = { keyId: 7, publicKey: signer.publicKey, scope }
const job = { facility: 12, product: 104, count: STAMPS }

export async function run(): Promise<Measurement[]> {
  const bin = postgresBinaries()
  assert.ok(bin, 'PostgreSQL is not installed: apt-get install postgresql')
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-bench-fleet-'))
  const postgres = await startPostgres(bin)
  try {
    return [
      ...(await measureReservations(postgres, join(folder, 'reserved'))),
      ...(await measureRuns(postgres, folder)),
      ...(await measureScans(postgres, folder, ROWS)),
    ]
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true })
  }
}

const row = (subject: string, rest: Record<string, number>): Measurement => ({
  ...{ subject, peer: null, ratio: null, medianMicroseconds: null, spread: null },
  ...rest,
})

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** Printers that all take serials at once: each of its own product, and all of one. */
export async function measureReservations(postgres: TestServer, folder: string): Promise<Measurement[]> {
  const server = await postgres.readyDatabase()
  const options = { folder, authority: 'QN', server }
  const fleets = await Promise.all(Array.from({ length: CONNECTIONS }, () => openFleet(options)))
  const rows: Measurement[] = []
  for (const [subject, productOf] of [
    ['serials of 64 products reserved by 64 connections', (i: number) => 200 + i],
    ['serials of one product reserved by 64 connections', () => 104],
  ] as const) {
    const seconds = await timed(() =>
      Promise.all(
        fleets.map(async (fleet, i) => {
          for (let n = 0; n < RESERVATIONS; n++)
            await fleet.reserve({ facility: 12, product: productOf(i), count: 10 }, reach, { now: RESERVED })
        }),
      ),
    )
    rows.push(row(subject, { reservationsPerSecond: (CONNECTIONS * RESERVATIONS) / seconds }))
  }
  const [taken] = await fleets[0]!.list().then((runs) => [runs.length])
  assert.equal(taken, 2 * CONNECTIONS * RESERVATIONS)
  for (const fleet of fleets) await fleet.close()
  return rows
}

/** One run, by one process alone and by workers. */
export async function measureRuns(postgres: TestServer, folder: string): Promise<Measurement[]> {
  const tools = { signer, now: RESERVED }
  const alone = await timed(() => startRun(join(folder, 'alone'), job, { keyId: 7, scope }, tools))
  const rows = [row('a run in one process', { stamps: STAMPS, seconds: alone })]
  for (const workers of [1, 2, 4]) {
    const server = await postgres.readyDatabase()
    const options = { folder: join(folder, `workers${workers}`), authority: 'QN', server }
    const fleet = await openFleet(options)
    const { id } = await queueRun(fleet, job, { keyId: 7, scope }, tools, { shard: SHARD, program: '1' })
    const seconds = await timed(() =>
      Promise.all(Array.from({ length: workers }, () => work(options.folder, server))),
    )
    assert.ok((await fleet.describe(id)).finished)
    await fleet.close()
    rmSync(options.folder, { recursive: true })
    rows.push(
      row(`a run in shards, ${workers} ${workers === 1 ? 'worker' : 'workers'}`, { stamps: STAMPS, seconds }),
    )
  }
  return rows
}

/** A worker in a process of its own. */
function work(folder: string, server: FleetServer): Promise<void> {
  const child = fork(
    fileURLToPath(new URL('lib/fleet-worker.ts', import.meta.url)),
    [folder, JSON.stringify(server)],
    {
      execArgv: process.execArgv,
    },
  )
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))))
  })
}

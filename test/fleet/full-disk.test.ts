import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { Metrics } from '../../src/cli/server/metrics.ts'
import { shardsAnswerer } from '../../src/cli/server/shards.ts'
import { fleetIntakeStore } from '../../src/fleet/intake-store.ts'
import { openFleet } from '../../src/fleet/open.ts'
import { queueRun } from '../../src/fleet/queue.ts'
import { workFleet } from '../../src/fleet/work.ts'
import { openIntake } from '../../src/intake/intake.ts'
import { startRun } from '../../src/run/run.ts'
import { at, codeOf, exported, HERE, openLog, scan, scanners } from '../scanlog/logs.ts'
import { fonts } from '../support/labels.ts'
import { otherUser, postgresBinaries, type TestServer } from '../support/postgres.ts'
import { JOB, keySigner, outputsOf, PRESS_SEED, REACH, RESERVED, toolsOf } from '../support/runs.ts'
import { sharedPostgres } from '../support/shared-postgres.ts'
import { fastEngine } from '../support/trust-lists.ts'

/** Disks run full, the workers' and the database's: nothing is lost, and all goes on once there is room. */

const bin = postgresBinaries()
const FONTS = { regular: fonts.regular }

describe.skipIf(bin === undefined)('a fleet whose disk is full', () => {
  let folder: string
  let disk: string
  let postgres: TestServer

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'veristamp-full-'))
    chmodSync(folder, 0o711) // PostgreSQL runs as another user
    postgres = await sharedPostgres(bin!)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const mount = (options: string) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status === 0
  /** A small disk of its own; where only root may have one, the test is skipped with a word. */
  const smallDisk = (context: TestContext, name: string, kilobytes: number, own = '') => {
    disk = join(folder, name)
    mkdirSync(disk)
    if (!mount(`size=${kilobytes}k${own}`))
      context.skip('a disk of its own, to be filled, takes root to mount')
  }
  const moreRoom = () => expect(mount('remount,size=8m')).toBe(true)
  /** PostgreSQL lets go of files that are gone a moment later. */
  const unmount = async () => {
    for (let tries = 0; spawnSync('umount', [disk]).status !== 0; tries++) {
      expect(tries).toBeLessThan(200)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  it('gives a shard back, and comes to the files of one machine once there is room', async (context) => {
    smallDisk(context, 'runs', 200)
    try {
      const options = { folder: disk, authority: 'QN', server: await postgres.readyDatabase() }
      const fleet = await openFleet(options)
      const job = { ...JOB, count: 1_500 }
      const signer = keySigner(PRESS_SEED)
      const tools = { ...toolsOf(FONTS), now: RESERVED }
      const run = await queueRun(fleet, job, REACH, tools, { shard: 100, program: '1' })
      const work = () => workFleet(fleet, { signers: [signer], program: '1', drain: true })
      await expect(work()).rejects.toMatchObject({ code: 'ENOSPC' })
      const { finished, shards } = await fleet.describe(run.id)
      expect([finished, shards.filter(({ state }) => state === 'taken')]).toEqual([false, []])
      moreRoom()
      await work()
      await fleet.close()
      const alone = await startRun(join(folder, 'alone'), job, REACH, tools)
      expect(outputsOf(join(disk, run.id))).toEqual(outputsOf(alone.folder))
    } finally {
      await unmount()
    }
  })

  it('has a shard given back whose worker sends its files, and takes them once there is room', async (context) => {
    smallDisk(context, 'office', 200)
    const app = new Hono()
    const open = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
    try {
      await new Promise((resolve) => open.once('listening', () => resolve(undefined)))
      const { port } = open.address() as { readonly port: number }
      const options = { authority: 'QN', server: await postgres.readyDatabase() }
      const fleet = await openFleet({ ...options, folder: disk })
      const away = await openFleet({ ...options, folder: join(folder, 'away') })
      const take = shardsAnswerer(fleet, new Metrics())
      app.put('/shards/:name', (c) => take(c.req.param('name'), c.req.raw))
      const job = { ...JOB, count: 4_000 }
      const signer = keySigner(PRESS_SEED)
      const tools = { ...toolsOf(FONTS), now: RESERVED }
      const run = await queueRun(fleet, job, REACH, tools, { shard: 4_000, program: '1' })
      const sendTo = { url: `http://127.0.0.1:${port}`, token: 'a-token' }
      const common = { signers: [signer], program: '1', drain: true }
      const full = { code: 'send_failed', details: { fault: 'full', status: 507 } }
      await expect(workFleet(away, { ...common, sendTo })).rejects.toMatchObject(full)
      expect((await fleet.describe(run.id)).shards.map(({ state }) => state)).toEqual(['open'])
      expect(readdirSync(join(disk, run.id, 'shards'))).toEqual([])
      moreRoom()
      await workFleet(away, { ...common, sendTo })
      await workFleet(fleet, common)
      for (const each of [fleet, away]) await each.close()
      const alone = await startRun(join(folder, 'alone-as-well'), job, REACH, tools)
      expect(outputsOf(join(disk, run.id))).toEqual(outputsOf(alone.folder))
    } finally {
      open.close()
      await unmount()
    }
  })

  it('keeps a document whole or not at all, and takes it once there is room', async (context) => {
    const { uid = process.getuid!(), gid = process.getgid!() } = otherUser()
    smallDisk(context, 'scans', 256, `,uid=${uid},gid=${gid},mode=700`)
    const server = await postgres.readyDatabase()
    const sql = (text: string) => postgres.sql(server, text)
    try {
      await sql(`CREATE TABLESPACE small LOCATION '${disk}'`)
      await sql('ALTER TABLE veristamp.scans SET TABLESPACE small')
      const fleet = await openFleet({ folder: join(folder, 'none'), authority: 'QN', server })
      const lists = { trust: 1, trustList: scanners }
      const intake = openIntake({ store: fleetIntakeStore(fleet), lists, engine: fastEngine })
      await intake.settle()
      const kiosk = await openLog({ place: HERE })
      for (let i = 0; i < 5_000; i++) scan(kiosk, codeOf(i), 0)
      const file = await exported(kiosk, HERE)
      const full = { code: 'fleet_failed', details: { fault: 'failed', state: '53100' } }
      await expect(intake.take(file, { now: at(0) })).rejects.toMatchObject(full)
      expect(await sql('SELECT count(*)::int AS count FROM veristamp.scans')).toEqual([{ count: 0 }])
      moreRoom()
      expect(await intake.take(file, { now: at(0) })).toMatchObject({ taken: [{ added: 5_000, known: 0 }] })
      await fleet.close()
    } finally {
      await sql('ALTER TABLE veristamp.scans SET TABLESPACE pg_default')
      await sql('DROP TABLESPACE IF EXISTS small')
      await unmount()
    }
  })
})

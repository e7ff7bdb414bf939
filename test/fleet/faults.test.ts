import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FleetServer } from '../../src/fleet/driver.ts'
import { fleetIntakeStore } from '../../src/fleet/intake-store.ts'
import { type Fleet, openFleet } from '../../src/fleet/open.ts'
import { queueRun } from '../../src/fleet/queue.ts'
import { type WorkEvent, workFleet } from '../../src/fleet/work.ts'
import { openIntake } from '../../src/intake/intake.ts'
import { concatBytes } from '../../src/lib/bytes.ts'
import { startRun } from '../../src/run/run.ts'
import { type Desk, foundProject, openDesk } from '../cli/desk.ts'
import { at, codeOf, exported, HANOI, HERE, MINUTE, openLog, scan, scanners } from '../scanlog/logs.ts'
import { fonts } from '../support/labels.ts'
import { areWhole } from '../support/laws.ts'
import { postgresBinaries, type ScratchServer, startPostgres } from '../support/postgres.ts'
import { JOB, keySigner, outputsOf, PRESS_SEED, REACH, RESERVED, toolsOf } from '../support/runs.ts'
import { fastEngine } from '../support/trust-lists.ts'

/** Connections are cut, the database goes down in the midst of a transaction, clocks jump: nothing is lost or there twice. */

const bin = postgresBinaries()
const FONTS = { regular: fonts.regular }
const ROUNDS = areWhole ? 40 : 5

describe.skipIf(bin === undefined)('a fleet in bad weather', () => {
  let folder: string
  let postgres: ScratchServer
  let server: FleetServer
  let fleet: Fleet

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'veristamp-weather-'))
    postgres = await startPostgres(bin!)
    server = await postgres.readyDatabase()
    fleet = await openFleet({ folder: join(folder, 'runs'), authority: 'QN', server })
  }, 60_000)
  afterAll(async () => {
    await fleet.close()
    await postgres.stop()
    rmSync(folder, { recursive: true })
  })
  afterEach(() => void vi.restoreAllMocks())

  /** Ends all connections of the fleet; where the database is down, none is left. */
  const cutAll = () =>
    postgres
      .sql(
        server,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'veristamp'`,
      )
      .catch(() => [])
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

  /** Waits until the table is locked, or until somebody waits for it. */
  async function locks(which: 'granted' | 'NOT granted'): Promise<void> {
    const asked = `SELECT FROM pg_locks WHERE relation = 'veristamp.undone'::regclass AND ${which}`
    while ((await postgres.sql(server, asked)).length === 0) await pause(20)
  }

  /** Asks again, as kiosks and people do, until it was answered. */
  async function insist<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (tries === 600) throw error
        expect(error).toMatchObject({ code: 'fleet_failed', details: { fault: 'unreachable' } })
        await pause(50)
      }
    }
  }

  it('takes every scan once, and finds every copy, though connections are cut and the database goes down', async () => {
    const lists = { trust: 1, trustList: scanners }
    const intake = openIntake({ store: fleetIntakeStore(fleet), lists, engine: fastEngine })
    await insist(() => intake.settle())
    let isOver = false
    const weather = (async () => {
      for (let round = 1; !isOver; round++) {
        await pause(Math.random() * 60)
        if (round % (areWhole ? 10 : 4) === 0) await postgres.restart()
        else await cutAll()
        if (round > ROUNDS) return
      }
    })()
    const perKiosk = 40
    const send = async (place: string, seconds: number) => {
      for (let round = 0; round < ROUNDS; round++) {
        const kiosk = await openLog({ place })
        for (let i = 0; i < perKiosk; i++) scan(kiosk, codeOf(round * perKiosk + i), seconds)
        const file = await exported(kiosk, place)
        const answer = await insist(() => intake.take(file, { now: at(MINUTE) }))
        const [taken] = answer.ok ? answer.taken : []
        // What was answered by nobody may have been kept all the same.
        expect([0, perKiosk]).toContain(taken!.added)
        expect(taken!.added + taken!.known).toBe(perKiosk)
      }
    }
    await Promise.all([send(HERE, 0), send(HANOI, MINUTE)])
    isOver = true
    await weather
    await insist(() => intake.settle())
    // A server that starts anew finds what others left unjudged.
    const next = openIntake({ store: fleetIntakeStore(fleet), lists, engine: fastEngine })
    await insist(() => next.settle())
    const all = ROUNDS * perKiosk
    const found = await next.findings({ max: 2 * all })
    expect(new Set(found.map(({ serial }) => serial)).size).toBe(all)
    expect(found).toHaveLength(all)
    expect((await next.scanners()).slice(0, 2).map(({ scans }) => scans)).toEqual([all, all])
    const [row] = await postgres.sql(
      server,
      `SELECT count(*)::int AS scans, (SELECT sum(valid)::int FROM veristamp.scan_days) AS days,
         (SELECT count(*)::int FROM veristamp.intakes WHERE NOT settled) AS open FROM veristamp.scans`,
    )
    expect(row).toEqual({ scans: 2 * all, days: 2 * all, open: 0 })
  }, 300_000)

  it('keeps nothing of a document whose transaction never ended', async () => {
    const intake = openIntake({
      store: fleetIntakeStore(fleet),
      lists: { trust: 1, trustList: scanners },
      engine: fastEngine,
    })
    await insist(() => intake.settle())
    const kiosk = await openLog({ place: HERE })
    for (const serial of [900_001, 900_002]) scan(kiosk, codeOf(serial), 0)
    const file = await exported(kiosk, HERE)
    // The table is locked: the transaction waits in its midst, and dies there.
    const locked = postgres
      .sql(server, 'BEGIN; LOCK veristamp.undone; SELECT pg_sleep(60); COMMIT')
      .catch(() => {})
    await locks('granted')
    const taking = intake.take(file, { now: at(0) })
    const lost = expect(taking).rejects.toMatchObject({ details: { fault: 'unreachable' } })
    await locks('NOT granted')
    await postgres.restart()
    await lost
    await locked
    const count = 'SELECT count(*)::int AS count FROM veristamp.scans WHERE serial > 900000'
    expect(await postgres.sql(server, count)).toEqual([{ count: 0 }])
    expect(await insist(() => intake.take(file, { now: at(0) }))).toMatchObject({
      taken: [{ added: 2, known: 0 }],
    })
  }, 60_000)

  it('gives no serial twice, though connections are cut while serials are taken', async () => {
    const reach = { ...REACH, publicKey: keySigner(PRESS_SEED).publicKey }
    let isOver = false
    const weather = (async () => {
      // It clears up after a while: else a machine on which a reservation takes longer than a cut would never be done.
      for (let cuts = 0; !isOver && cuts < 2 * ROUNDS; cuts++) {
        await pause(Math.random() * 80)
        await cutAll()
      }
    })()
    const one = async () => {
      for (let i = 0; i < ROUNDS; i++)
        await insist(() => fleet.reserve({ ...JOB, facility: 13, count: 5 }, reach, { now: RESERVED }))
    }
    await Promise.all([one(), one()])
    isOver = true
    await weather
    const runs = await insist(() => fleet.list({ facility: 13, product: 104 }))
    expect(runs.length).toBeGreaterThanOrEqual(2 * ROUNDS)
    const serials = runs.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i))
    expect(new Set(serials).size).toBe(serials.length)
    expect((await fleet.survey()).faults).toEqual([])
  }, 60_000)

  it('begins on another connection when the one at hand was cut while it lay idle', async () => {
    for (let round = 0; round < 20; round++) {
      await insist(() => Promise.all(Array.from({ length: 4 }, () => fleet.list()))) // as many connections as it holds
      await cutAll()
      await fleet.reserve(
        { ...JOB, facility: 13, count: 1 },
        { ...REACH, publicKey: keySigner(PRESS_SEED).publicKey },
        { now: RESERVED },
      )
    }
  })

  it('comes to the files of one machine, though clocks jump and connections are cut', async () => {
    const job = { ...JOB, count: 1_000 }
    const signer = keySigner(PRESS_SEED)
    const tools = { ...toolsOf(FONTS), now: RESERVED }
    const run = await queueRun(fleet, job, REACH, tools, { shard: 100, program: '1' })
    const real = Date.now
    let jump = 0
    vi.spyOn(Date, 'now').mockImplementation(() => real() + jump)
    const events: WorkEvent[] = []
    const onEvent = (event: WorkEvent) => {
      events.push(event)
      jump = (Math.random() - 0.5) * 1e12
      if (events.length % 5 === 0) void cutAll()
    }
    await insist(() => workFleet(fleet, { signers: [signer], program: '1', drain: true, onEvent }))
    vi.restoreAllMocks()
    expect(events.filter(({ event }) => event === 'lost')).toEqual([])
    const alone = await startRun(join(folder, 'alone'), job, REACH, tools)
    expect(outputsOf(join(fleet.folder, run.id))).toEqual(outputsOf(alone.folder))
  }, 60_000)

  it('goes on with a run when the database was stopped at once in its midst', async () => {
    const job = { ...JOB, facility: 13, product: 105, count: 1_000 }
    const signer = keySigner(PRESS_SEED)
    const tools = { ...toolsOf(FONTS), now: RESERVED }
    const run = await queueRun(fleet, job, REACH, tools, { shard: 100, program: '1' })
    let events = 0
    let restarted: Promise<void> | undefined
    const onEvent = () => {
      if (++events === 5) restarted = postgres.restart()
    }
    await workFleet(fleet, { signers: [signer], program: '1', drain: true, onEvent })
    await restarted
    const alone = await startRun(join(folder, 'quiet'), job, REACH, tools)
    expect(outputsOf(join(fleet.folder, run.id))).toEqual(outputsOf(alone.folder))
  }, 120_000)

  it('refuses files of too many documents before it reads one', async () => {
    const intake = openIntake({
      store: fleetIntakeStore(fleet),
      lists: { trust: 1, trustList: scanners },
      engine: fastEngine,
    })
    const file = await exported(await openLog({ place: HERE }), HERE)
    const many = concatBytes(...Array.from({ length: 65 }, () => file))
    expect(await intake.take(many, { now: at(0) })).toMatchObject({
      reason: 'malformed',
      detail: 'cbor_too_many',
    })
    expect(await intake.take(many.subarray(file.length), { now: at(0) })).toMatchObject({ ok: true })
  })

  describe('at the command line', () => {
    /** A project whose ledger is the database. */
    async function project(): Promise<Desk & Disposable> {
      const desk = openDesk()
      desk.now = new Date(Math.floor(Date.now() / 1000) * 1000)
      await foundProject(desk)
      return desk
    }
    const useDatabase = async (desk: Desk) => {
      const file = desk.path('veristamp.json')
      const ledger = { postgres: await postgres.database() }
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ledger }))
    }
    /** As it is built: its keys sign in threads of their own. */
    const work = async (desk: Desk) => {
      const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
      const argv = [cli, '--dir', desk.folder, '--lang', 'en', 'work', '--drain']
      return (await promisify(execFile)(process.execPath, argv)).stdout
    }

    it('prints a run by fleet init, issue --shard and work, as one machine would', async () => {
      using desk = await project()
      using alone = openDesk()
      alone.now = desk.now
      cpSync(desk.folder, alone.folder, { recursive: true })
      await useDatabase(desk)
      const missing = await desk.say('issue', '--product', '104', '--count', '10')
      expect([missing.exit, missing.err]).toEqual([2, expect.stringContaining('veristamp fleet init')])
      for (let i = 0; i < 2; i++) expect(await desk.done('fleet', 'init')).toContain('The database is ready.')
      const options = ['--product', '104', '--count', '250', '--lot', 'L7']
      const queued = await desk.done('issue', ...options, '--shard', '100', '--sheets-per-file', '1')
      expect(queued).toContain('serials 1 to 250 are reserved, in 3 shards')
      expect((await desk.say('verify-run', '12-104-1-1')).exit).not.toBe(0)
      expect(await desk.done('runs')).toContain('12-104-1-1')
      const all = await Promise.all(Array.from({ length: areWhole ? 2 : 1 }, () => work(desk)))
      const stamps = all.map((text) => Number(/(\d+) stamps/.exec(text)![1]))
      expect(stamps.reduce((sum, each) => sum + each, 0)).toBe(250)
      expect(await desk.done('verify-run', '12-104-1-1')).toContain('all signatures good')
      await alone.done('issue', ...options, '--sheets-per-file', '1')
      const filesOf = (one: Desk) => outputsOf(one.path('runs', '12-104-1-1'))
      expect(filesOf(desk)).toEqual(filesOf(alone))
      await desk.done('issue', '--product', '104', '--count', '10')
      expect(await desk.done('runs')).toContain('12-104-1-2')
    }, 120_000)

    it('serves scans from the database, and lets two servers do so at once', async () => {
      using desk = await project()
      await useDatabase(desk)
      await desk.done('fleet', 'init')
      desk.env.VERISTAMP_TOKEN = 'a-token'
      const statuses: number[] = []
      desk.onOut = async (text) => {
        const [address] = /http:\/\/127\S+/.exec(text) ?? []
        if (address === undefined) return
        desk.onOut = async (other) => {
          const [second] = /http:\/\/127\S+/.exec(other) ?? []
          const headers = { Authorization: 'Bearer a-token' }
          for (const each of [address, second!])
            statuses.push((await fetch(new URL('/findings', each), { headers })).status)
          desk.stop.abort()
        }
        await desk.done('serve', '--port', '0')
      }
      await desk.done('serve', '--port', '0')
      expect(statuses).toEqual([200, 200])
    }, 60_000)
  })
})

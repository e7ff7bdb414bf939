import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FleetServer } from '../../src/fleet/driver.ts'
import { fleetIntakeStore } from '../../src/fleet/intake-store.ts'
import { type Fleet, initFleet, openFleet } from '../../src/fleet/open.ts'
import { fleetScanStore } from '../../src/fleet/scan-store.ts'
import { openIntake } from '../../src/intake/intake.ts'
import { folderLedger } from '../../src/run/ledger/ledger.ts'
import { recordFile } from '../../src/run/ledger/record.ts'
import { describeIntakeStore } from '../intake/stores.ts'
import { describeLedger } from '../run/ledgers.ts'
import { at, codeOf, exported, HANOI, HERE, openLog, scan, scanners } from '../scanlog/logs.ts'
import { describeScanStore } from '../scanlog/scan-stores.ts'
import { postgresBinaries, type TestServer } from '../support/postgres.ts'
import { JOB, keySigner, PRESS_SEED, REACH, RESERVED } from '../support/runs.ts'
import { sharedPostgres } from '../support/shared-postgres.ts'
import { fastEngine } from '../support/trust-lists.ts'

const reach = { ...REACH, publicKey: keySigner(PRESS_SEED).publicKey }

const bin = postgresBinaries()
if (bin === undefined) console.log('The fleet is not tested: no PostgreSQL is installed here.')

describe.skipIf(bin === undefined)('PostgreSQL', () => {
  let folder: string
  let postgres: TestServer
  const servers = new Map<string, FleetServer>()
  const open: Fleet[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'veristamp-fleet-'))
    postgres = await sharedPostgres(bin!)
  }, 60_000)
  afterAll(async () => {
    for (const each of open) await each.close()
    rmSync(folder, { recursive: true })
  })

  async function fleet(name: string, { database = name, authority = 'QN' } = {}): Promise<Fleet> {
    const server = servers.get(database) ?? (await postgres.readyDatabase())
    servers.set(database, server)
    const opened = await openFleet({ folder: join(folder, name), authority, server })
    open.push(opened)
    return opened
  }

  // One database for all, as it serves several authorities: each test is one of them.
  describeLedger('PostgreSQL', (name) => fleet(name, { database: 'ledgers', authority: name }))

  let logs = 0
  let log: Promise<Fleet> | undefined
  describeScanStore('PostgreSQL', async () => {
    log ??= fleet('scans')
    return fleetScanStore(await log, `log${logs}`)
  })
  beforeEach(() => void logs++)

  // A database for each: what the intake before still does in the background is none of the next one's business.
  describeIntakeStore('PostgreSQL', async (name) => fleetIntakeStore(await fleet(name)), 4)

  describe('its tables', () => {
    it('are made once, however often that is asked, and by no older program', async () => {
      const { folder: own } = await fleet('tables')
      const options = { folder: own, authority: 'QN', server: servers.get('tables')! }
      await Promise.all([initFleet(options), initFleet(options)])
      await postgres.sql(options.server, 'UPDATE veristamp.version SET version = 99')
      await expect(initFleet(options)).rejects.toMatchObject({ details: { fault: 'newer' } })
      await expect(openFleet(options)).rejects.toMatchObject({ details: { fault: 'newer' } })
      await postgres.sql(options.server, 'UPDATE veristamp.version SET version = 0')
      await expect(openFleet(options)).rejects.toMatchObject({ details: { fault: 'older' } })
    })

    it('are brought up to date, with what is in them', async () => {
      const { folder: own, reserve } = await fleet('grown-up')
      const { id } = await reserve(JOB, reach, { now: RESERVED })
      const server = servers.get('grown-up')!
      const tables = ['scanners', 'intakes', 'scans', 'undone', 'scan_days', 'findings', 'judged']
      await postgres.sql(server, `DROP TABLE ${tables.map((table) => `veristamp.${table}`).join()}`)
      await postgres.sql(server, 'DROP INDEX veristamp.runs_product')
      await postgres.sql(server, 'UPDATE veristamp.version SET version = 1')
      const options = { folder: own, authority: 'QN', server }
      await expect(openFleet(options)).rejects.toMatchObject({ details: { fault: 'older' } })
      expect(await initFleet(options)).toBe(0)
      const now = await openFleet(options)
      open.push(now)
      expect(await now.list()).toMatchObject([{ id }])
      expect(await fleetIntakeStore(now).scanners('QN')).toEqual([])
    })

    it('let servers take scans, and change none', async () => {
      const { folder: own } = await fleet('serving')
      const server = servers.get('serving')!
      await postgres.sql(server, 'CREATE ROLE office LOGIN IN ROLE veristamp_server')
      const as = (text: string) =>
        postgres.sql(server, `SET LOCAL ROLE office; ${text}`).catch(({ code }) => code)
      for (const table of ['scans', 'undone', 'scanners', 'intakes', 'runs', 'shards'])
        expect(await as(`DELETE FROM veristamp.${table}`), table).toBe('42501')
      for (const change of [
        'scans SET status = 0',
        'undone SET time = 0',
        'runs SET void = NULL',
        'shards SET fence = 1',
      ])
        expect(await as(`UPDATE veristamp.${change}`), change).toBe('42501')
      const office = await openFleet({ folder: own, authority: 'QN', server: { ...server, user: 'office' } })
      open.push(office)
      const intake = openIntake({
        store: fleetIntakeStore(office),
        lists: { trust: 1, trustList: scanners },
        engine: fastEngine,
      })
      for (const place of [HERE, HANOI]) {
        const kiosk = await openLog({ place })
        scan(kiosk, codeOf(1), 0)
        expect(await intake.take(await exported(kiosk, place), { now: at(0) })).toMatchObject({ ok: true })
      }
      await intake.settle()
      expect(await intake.findings({ max: 1 })).toHaveLength(1)
      expect(await office.list()).toEqual([])
    })

    it('are missed, and so is a server, with a word', async () => {
      const server = await postgres.database()
      const options = { folder: join(folder, 'none'), authority: 'QN', server }
      await expect(openFleet(options)).rejects.toMatchObject({ details: { fault: 'not_ready' } })
      const nobody = { ...options, server: { host: join(folder, 'nowhere') } }
      await expect(openFleet(nobody)).rejects.toMatchObject({ details: { fault: 'unreachable' } })
      const stranger = { ...options, server: { ...server, user: 'stranger' } }
      await expect(openFleet(stranger)).rejects.toMatchObject({ details: { fault: 'refused' } })
      const wrong = { ...options, server: { ...server, password: 'x' } as FleetServer }
      await expect(openFleet(wrong)).rejects.toMatchObject({ code: 'argument_type' })
    })

    it('refuse by themselves a serial that is given twice, whoever writes, void or not', async () => {
      const { reserve, void: declareVoid } = await fleet('overlap')
      const { id } = await reserve(JOB, reach, { now: RESERVED })
      await declareVoid(id, { reason: 'lost', date: '2026-03-01' })
      const copy = (authority: string, serials: string) =>
        postgres.sql(
          servers.get('overlap')!,
          `INSERT INTO veristamp.runs SELECT $1, $2, facility, product, $3, 'another key', sealed, fonts, record
           FROM veristamp.runs WHERE id = $4`,
          [authority, '12-104-9-1', serials, id],
        )
      await expect(copy('QN', '[40,50]')).rejects.toMatchObject({ code: '23P01' })
      await expect(copy('QN', '[0,1]')).rejects.toMatchObject({ code: '23P01' })
      await expect(copy('QN', '[41,)')).rejects.toMatchObject({ code: '23514' })
      await copy('HP', '[1,40]')
      await copy('QN', '[41,50]')
    })

    it('let workers take and close shards, and nothing else', async () => {
      await fleet('rights')
      const server = servers.get('rights')!
      await postgres.sql(server, 'CREATE ROLE helper LOGIN IN ROLE veristamp_worker')
      await postgres.sql(server, 'CREATE ROLE press LOGIN IN ROLE veristamp_printer')
      const as = (user: string, text: string) =>
        postgres.sql(server, `SET LOCAL ROLE ${user}; ${text}`).catch(({ code }) => code)
      for (const table of ['runs', 'shards', 'version', 'scan_chunks']) {
        for (const user of ['helper', 'press']) {
          if (user === 'press' && table === 'scan_chunks') continue
          expect(await as(user, `DELETE FROM veristamp.${table}`), table).toBe('42501')
          expect(await as(user, `TRUNCATE veristamp.${table}`), table).toBe('42501')
        }
      }
      for (const user of ['helper', 'press']) {
        expect(await as(user, 'UPDATE veristamp.shards SET fence = 1')).not.toBe('42501')
        expect(await as(user, "UPDATE veristamp.shards SET serials = 'empty'")).toBe('42501')
        expect(await as(user, "UPDATE veristamp.runs SET serials = 'empty'")).toBe('42501')
        expect(await as(user, "UPDATE veristamp.runs SET record = ''")).toBe('42501')
        expect(await as(user, 'CREATE TABLE veristamp.x ()')).toBe('42501')
      }
      expect(await as('helper', 'UPDATE veristamp.runs SET void = NULL')).toBe('42501')
      expect(await as('helper', "INSERT INTO veristamp.runs (id) VALUES ('x')")).toBe('42501')
      const press = await openFleet({
        folder: join(folder, 'rights'),
        authority: 'QN',
        server: { ...server, user: 'press' },
      })
      open.push(press)
      const run = await press.reserve(JOB, reach, { now: RESERVED })
      await press.void(run.id, { reason: 'lost', date: '2026-03-01' })
    })
  })

  describe('a reservation', () => {
    it('reads what belongs to its product alone, in the database by an index and in the folder', async () => {
      const ledger = await fleet('many')
      const server = servers.get('many')!
      for (const product of [104, 105, 106])
        await ledger.reserve({ ...JOB, product }, { ...reach, scope: [{ facility: 12 }] }, { now: RESERVED })
      // Nobody could read these: they are another product's.
      await postgres.sql(server, "UPDATE veristamp.runs SET record = 'x' WHERE product <> 104")
      rmSync(recordFile(ledger.folder, '12-105-7-1'))
      expect(await ledger.reserve(JOB, reach, { now: RESERVED })).toMatchObject({ first: 41 })
      await expect(ledger.list()).rejects.toMatchObject({ code: 'run_corrupt' })
    })

    it('waits its turn among those of its product, and no longer than a sleeper may hold it', async () => {
      const ledger = await fleet('queue')
      const server = servers.get('queue')!
      const scope = { ...reach, scope: [{ facility: 12 }] }
      const holding = postgres
        .sql(
          server,
          "BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('veristamp 12 104 QN', 0)); SELECT pg_sleep(60)",
        )
        .catch(({ code }) => code)
      const holders = () =>
        postgres.sql(
          server,
          `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        )
      while ((await holders()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      let isOver = false
      const waiting = ledger.reserve(JOB, scope, { now: RESERVED }).then(() => (isOver = true))
      await ledger.reserve({ ...JOB, product: 105 }, scope, { now: RESERVED })
      const [holder, ...others] = await holders()
      expect([isOver, others]).toEqual([false, []])
      await postgres.sql(server, 'SELECT pg_terminate_backend($1)', [holder!.pid])
      expect(await holding).toBe('57P01')
      expect(await waiting).toBe(true)
      const limit = "SELECT current_setting('idle_in_transaction_session_timeout') AS limit"
      expect(await ledger.database.transaction((query) => query(limit))).toEqual([{ limit: '30s' }])
    })
  })

  describe('a database that an old backup was brought back into', () => {
    it('gives no serial again that the folder knows of, and takes the runs in again', async () => {
      const ledger = await fleet('restored')
      const server = servers.get('restored')!
      await ledger.reserve(JOB, reach, { now: RESERVED })
      const lost = await ledger.reserve(JOB, reach, { now: RESERVED })
      await ledger.void(lost.id, { reason: 'lost', date: '2026-03-01' })
      await postgres.sql(server, 'DELETE FROM veristamp.runs WHERE id = $1', [lost.id])
      await expect(ledger.reserve(JOB, reach, { now: RESERVED })).rejects.toMatchObject({
        code: 'run_corrupt',
        details: { fault: 'unlisted' },
      })
      await expect(ledger.record(lost.id)).rejects.toMatchObject({ details: { fault: 'unlisted' } })
      // Another product goes on, and so do people who have looked at it: its serials stay taken.
      expect(await ledger.reserve({ ...JOB, facility: 13 }, reach, { now: RESERVED })).toMatchObject({
        first: 1,
      })
      const accepted = new Set([`${lost.id}.json`])
      expect(await ledger.plan(JOB, reach, { now: RESERVED, accepted })).toMatchObject({
        first: 81,
        id: '12-104-7-3',
      })
      expect(await initFleet({ folder: ledger.folder, authority: 'QN', server })).toBe(1)
      expect(await ledger.reserve(JOB, reach, { now: RESERVED })).toMatchObject({
        first: 81,
        id: '12-104-7-3',
      })
      expect(await ledger.describe(lost.id)).toMatchObject({ run: { id: lost.id, last: 80 }, void: true })
      const [row] = await postgres.sql(server, 'SELECT void FROM veristamp.runs WHERE id = $1', [lost.id])
      expect(row).toEqual({ void: { reason: 'lost', date: '2026-03-01' } })
    })

    it('stops where it has other serials for a run than the folder', async () => {
      const ledger = await fleet('other')
      const server = servers.get('other')!
      const { id } = await ledger.reserve(JOB, reach, { now: RESERVED })
      const record = recordFile(ledger.folder, id)
      rmSync(record)
      await folderLedger(ledger.folder).reserve({ ...JOB, count: 41 }, reach, { now: RESERVED })
      await expect(ledger.reserve(JOB, reach, { now: RESERVED })).rejects.toMatchObject({
        details: { fault: 'other_record' },
      })
      const options = { folder: ledger.folder, authority: 'QN', server }
      await expect(initFleet(options)).rejects.toMatchObject({ details: { fault: 'other_record' } })
    })

    it('takes in the runs of a printer that had its folder alone before', async () => {
      const before = folderLedger(join(folder, 'grown'))
      const first = await before.reserve(JOB, reach, { now: RESERVED })
      await before.void(first.id, { reason: 'lost', date: '2026-03-01' })
      const server = await postgres.database()
      const options = { folder: before.folder, authority: 'QN', server }
      expect([await initFleet(options), await initFleet(options)]).toEqual([1, 0])
      const ledger = await openFleet(options)
      open.push(ledger)
      expect(await ledger.list()).toEqual([first])
      expect(await ledger.reserve(JOB, reach, { now: RESERVED })).toMatchObject({
        first: 41,
        id: '12-104-7-2',
      })
    })
  })
})

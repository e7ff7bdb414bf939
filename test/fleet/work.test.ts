import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FleetServer } from '../../src/fleet/driver.ts'
import { closeShard, type Skills, takeShard } from '../../src/fleet/leases.ts'
import { type Fleet, openFleet } from '../../src/fleet/open.ts'
import { letWorkersAt, queueRun } from '../../src/fleet/queue.ts'
import { type WorkEvent, type WorkTools, workFleet } from '../../src/fleet/work.ts'
import { digestFonts } from '../../src/run/fonts.ts'
import type { RunJob } from '../../src/run/job.ts'
import { lockFolder } from '../../src/run/ledger/lock.ts'
import { recordFile } from '../../src/run/ledger/record.ts'
import { resumeRun, startRun } from '../../src/run/run.ts'
import { verifyRun } from '../../src/run/verify-run.ts'
import { fonts } from '../support/labels.ts'
import { share } from '../support/laws.ts'
import { postgresBinaries, type TestServer } from '../support/postgres.ts'
import {
  JOB,
  keySigner,
  outputsOf,
  PASSPHRASE,
  PLAIN,
  PRESS_SEED,
  REACH,
  RESERVED,
  SEALED,
  toolsOf,
} from '../support/runs.ts'
import { sharedPostgres } from '../support/shared-postgres.ts'

const bin = postgresBinaries()
if (bin === undefined) console.log('Workers are not tested: no PostgreSQL is installed here.')

const FONTS = { regular: fonts.regular }
const signer = keySigner(PRESS_SEED)
const tools = { ...toolsOf(FONTS), now: RESERVED }
const cut = { shard: 100, program: '1' }
/** Volumes of two pages of 65 labels; the first page begins in its middle. */
const VOLUMES: RunJob = { ...PLAIN, count: 300, sheet: { ...PLAIN.sheet!, volume: 2, start: 31 } }

describe.skipIf(bin === undefined)('workers', () => {
  let folder: string
  let postgres: TestServer
  let server: FleetServer
  let fleet: Fleet
  let made = 0
  const open: Fleet[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'veristamp-work-'))
    postgres = await sharedPostgres(bin!)
  }, 60_000)
  afterAll(async () => {
    for (const each of open) await each.close()
    rmSync(folder, { recursive: true })
  })

  const again = async (options = { folder: fleet.folder, authority: 'QN', server }): Promise<Fleet> => {
    const opened = await openFleet(options)
    open.push(opened)
    return opened
  }
  const fresh = async () => {
    server = await postgres.readyDatabase()
    fleet = await again({ folder: join(folder, `runs${++made}`), authority: 'QN', server })
    return fleet
  }

  const worker = (more: Partial<WorkTools> = {}): WorkTools => ({
    signers: [signer],
    program: '1',
    fonts: FONTS,
    passphrase: PASSPHRASE,
    drain: true,
    ...more,
  })

  /** The same job on one machine. */
  const known = new Map<RunJob, Map<string, Buffer>>()
  const alone = async (job: RunJob) => {
    const files =
      known.get(job) ?? outputsOf((await startRun(join(folder, `alone${made}`), job, REACH, tools)).folder)
    known.set(job, files)
    return files
  }

  it('come to the files of one machine, byte for byte', async () => {
    const run = await queueRun(await fresh(), VOLUMES, REACH, tools, cut)
    const { shards } = await fleet.describe(run.id)
    expect(shards.map(({ first, last, state }) => [first, last, state])).toEqual([
      [1, 100, 'open'],
      [101, 230, 'open'],
      [231, 300, 'open'],
    ])
    const events: WorkEvent[] = []
    const done = await workFleet(fleet, worker({ onEvent: (event) => events.push(event) }))
    expect(done).toEqual({ shards: 3, stamps: 300 })
    expect(events.at(-1)).toEqual({ event: 'done', run: run.id, shard: 0 })
    const { finished } = await fleet.describe(run.id)
    expect(finished).toBe(true)
    const outputs = outputsOf(join(fleet.folder, run.id))
    expect([...outputs.keys()]).toHaveLength(5)
    expect(outputs).toEqual(await alone(VOLUMES))
    expect((await fleet.survey()).faults).toEqual([])
  })

  it('share a run, and codes alone', async () => {
    const job = { ...JOB, count: 900 }
    const run = await queueRun(await fresh(), job, REACH, tools, { ...cut, shard: 151 })
    const all = await Promise.all([1, 2, 3].map(async () => workFleet(await again(), worker())))
    expect(all.reduce((sum, { stamps }) => sum + stamps, 0)).toBe(900)
    expect(outputsOf(join(fleet.folder, run.id))).toEqual(await alone(job))
  })

  it('do sealed runs by the secret in the folder, and pass them over without the passphrase', async () => {
    const job = { ...SEALED, count: 150 }
    const run = await queueRun(await fresh(), job, REACH, tools, cut)
    const events: WorkEvent[] = []
    await workFleet(fleet, worker({ passphrase: undefined, onEvent: (event) => events.push(event) }))
    expect(events).toEqual([
      { event: 'waiting', passedOver: { key: 0, program: 0, fonts: 0, sealed: 2, folder: 0 } },
    ])
    await expect(workFleet(fleet, worker({ passphrase: 'chè' }))).rejects.toMatchObject({
      code: 'passphrase',
    })
    await workFleet(fleet, worker())
    const outputs = outputsOf(join(fleet.folder, run.id))
    const files = (await import('../../src/run/folder.ts')).filesOf(fleet.folder, run)
    const options = { publicKeys: [signer.publicKey], passphrase: PASSPHRASE }
    expect(await verifyRun(files, options)).toMatchObject({ ok: true })
    const dump = JSON.stringify(await postgres.sql(server, 'SELECT * FROM veristamp.runs, veristamp.shards'))
    expect(dump).not.toContain(PASSPHRASE)
    expect(dump).not.toContain('veristamp-secret')
    // The same record and secret, on one machine.
    for (const name of outputs.keys()) rmSync(join(fleet.folder, run.id, name), { recursive: true })
    await resumeRun(fleet.folder, run.id, toolsOf(FONTS))
    expect(outputsOf(join(fleet.folder, run.id))).toEqual(outputs)
  })

  it('leave alone what is for another key, version or font', async () => {
    await queueRun(await fresh(), PLAIN, REACH, tools, { ...cut, program: '2' })
    const events: WorkEvent[] = []
    const other = keySigner(PRESS_SEED.replace('00', '42'))
    await workFleet(
      fleet,
      worker({ signers: [other], fonts: undefined, onEvent: (event) => events.push(event) }),
    )
    expect(events).toEqual([
      { event: 'waiting', passedOver: { key: 2, program: 2, fonts: 2, sealed: 0, folder: 0 } },
    ])
  })

  it('end when each shard that is left waits for something else that they lack', async () => {
    await queueRun(await fresh(), { ...JOB, count: 30 }, REACH, tools, { ...cut, program: '2' })
    await queueRun(fleet, PLAIN, REACH, tools, cut)
    const events: WorkEvent[] = []
    await workFleet(fleet, worker({ fonts: undefined, onEvent: (event) => events.push(event) }))
    const passedOver = { key: 0, program: 2, fonts: 2, sealed: 0, folder: 0 }
    expect(events).toEqual([{ event: 'waiting', passedOver }])
  })

  it('refuse a key that signs otherwise than when the run was queued', async () => {
    const run = await queueRun(await fresh(), PLAIN, REACH, tools, cut)
    await postgres.sql(server, "UPDATE veristamp.runs SET first_code = 'X' || first_code")
    await expect(workFleet(fleet, worker())).rejects.toMatchObject({ code: 'not_deterministic' })
    expect((await fleet.describe(run.id)).shards[0]!.state).toBe('open')
    const sloppy = { ...signer, deterministic: false }
    await expect(workFleet(fleet, worker({ signers: [sloppy] }))).rejects.toMatchObject({
      code: 'not_deterministic',
    })
  })

  it('do nothing before the run is let to them, and nothing once it is void', async () => {
    await fresh()
    const { id } = await fleet.reserve(PLAIN, { ...REACH, publicKey: signer.publicKey }, { now: RESERVED })
    const options = { now: RESERVED, fonts: digestFonts(FONTS) }
    const run = await fleet.cut(PLAIN, { ...REACH, publicKey: signer.publicKey }, options, cut)
    expect(await workFleet(fleet, worker())).toEqual({ shards: 0, stamps: 0 })
    await letWorkersAt(fleet, run, toolsOf(FONTS))
    await fleet.void(run.id, { reason: 'lost', date: '2026-03-01' })
    expect(await workFleet(fleet, worker())).toEqual({ shards: 0, stamps: 0 })
    expect((await fleet.describe(id)).shards).toEqual([])
  })

  const skills: Skills = {
    worker: 'w',
    keys: [Buffer.from(signer.publicKey).toString('hex')],
    program: '1',
    fonts: digestFonts(FONTS),
    sealed: true,
    folder: true,
  } // prettier-ignore

  it('fence off whoever slept: two on one shard close it once', async () => {
    const run = await queueRun(await fresh(), VOLUMES, REACH, tools, cut)
    const asleep = (await takeShard(fleet.database, 'QN', skills))!
    await postgres.sql(
      server,
      "UPDATE veristamp.shards SET lease = clock_timestamp() - interval '1 second' WHERE lease IS NOT NULL",
    )
    const awake = (await takeShard(fleet.database, 'QN', skills))!
    expect([awake.shard.number, awake.fence]).toEqual([asleep.shard.number, asleep.fence + 1])
    const file = { name: 'x', sha256: '00'.repeat(32), size: 1 }
    expect(await closeShard(fleet.database, 'QN', asleep, [file])).toBe(false)
    await postgres.sql(server, 'UPDATE veristamp.shards SET lease = NULL')
    // What somebody was killed over who put the run together.
    writeFileSync(join(fleet.folder, run.id, 'sheets-1.pdf.0.tmp'), 'half')
    await workFleet(fleet, worker())
    expect(await closeShard(fleet.database, 'QN', asleep, [file])).toBe(false)
    expect(outputsOf(join(fleet.folder, run.id))).toEqual(await alone(VOLUMES))
  })

  it('notice that their shard was taken over, and leave its files alone', async () => {
    const run = await queueRun(await fresh(), VOLUMES, REACH, tools, cut)
    const events: WorkEvent[] = []
    let [isAsleep, slept] = [false, 0]
    const slow = {
      ...signer,
      async sign(message: Uint8Array) {
        // As if it had slept: another takes the shard while it signs.
        if (isAsleep && slept++ === 0)
          await postgres.sql(
            server,
            'UPDATE veristamp.shards SET fence = fence + 1, lease = NULL WHERE number = 2',
          )
        return signer.sign(message)
      },
    }
    const onEvent = (event: WorkEvent) => {
      events.push(event)
      isAsleep = event.event === 'taken' && event.shard === 2
    }
    await workFleet(fleet, worker({ signers: [slow], onEvent }))
    expect(outputsOf(join(fleet.folder, run.id))).toEqual(await alone(VOLUMES))
    expect(events.filter((each) => 'shard' in each && each.shard === 2).map(({ event }) => event)).toEqual([
      'taken',
      'lost',
      'taken',
      'done',
    ])
  })

  const harms: readonly (readonly [string, (file: string) => void])[] = [
    ['gone', (file) => rmSync(file)],
    ['cut', (file) => truncateSync(file, 100)],
    ['another', (file) => writeFileSync(file, 'x')],
  ]
  it.each(share(harms, 3))(
    'do a shard again whose file is %s when the run is put together',
    async (_, harm) => {
      const run = await queueRun(await fresh(), VOLUMES, REACH, tools, cut)
      const own = join(fleet.folder, run.id, 'shards')
      const events: WorkEvent[] = []
      const check = (_run: unknown, { number }: { number: number }) => {
        if (number === 0 && events.every(({ event }) => event !== 'reopened'))
          harm(join(own, readdirSync(own).find((name) => name.includes('.3.') && name.endsWith('.pdf'))!))
      }
      await workFleet(fleet, worker({ check, onEvent: (event) => events.push(event) }))
      expect(events).toContainEqual({ event: 'reopened', run: run.id, shard: 3 })
      expect(outputsOf(join(fleet.folder, run.id))).toEqual(await alone(VOLUMES))
    },
  )

  it('give their shard back when they are asked to stop', async () => {
    const run = await queueRun(await fresh(), VOLUMES, REACH, tools, cut)
    const stop = new AbortController()
    const onEvent = ({ event }: WorkEvent) => event === 'taken' && stop.abort()
    expect(await workFleet(fleet, worker({ signal: stop.signal, onEvent }))).toEqual({ shards: 0, stamps: 0 })
    expect((await fleet.describe(run.id)).shards.every(({ state }) => state === 'open')).toBe(true)
    expect(readdirSync(join(fleet.folder, run.id, 'shards'))).toEqual([])
    await workFleet(fleet, worker())
    expect(outputsOf(join(fleet.folder, run.id))).toEqual(await alone(VOLUMES))
  })

  it('clear away, when they start, what others left beside a run that is put together, unless it is mended', async () => {
    const run = await queueRun(await fresh(), { ...JOB, count: 30 }, REACH, tools, cut)
    const own = (...names: string[]) => join(fleet.folder, run.id, ...names)
    const halves = ['codes.csv.0.tmp', 'sheets-1.pdf.0.tmp', 'manifest.cbor.0.tmp']
    const others = ['hidden.pdf.0.tmp', 'notes.txt']
    const leave = () => {
      mkdirSync(own('shards'), { recursive: true })
      for (const name of [...halves, ...others, `shards/${run.id}.1.1.codes.csv`])
        writeFileSync(own(name), 'x')
    }
    leave()
    const lock = lockFolder(own()) // of somebody who is at it
    await workFleet(fleet, worker({ signers: [keySigner(PRESS_SEED.replace('00', '42'))] }))
    expect(existsSync(own(halves[0]!))).toBe(true) // it is not put together yet
    lock.release()
    await workFleet(fleet, worker())
    const outputs = () => [...outputsOf(own()).keys()]
    const whole = ['codes.csv', 'manifest.cbor', 'notes.txt']
    expect(outputs()).toEqual(whole)
    leave()
    const mending = lockFolder(own())
    await workFleet(fleet, worker())
    expect(existsSync(own(halves[0]!))).toBe(true)
    mending.release()
    await workFleet(fleet, worker())
    expect(outputs()).toEqual([...whole.slice(0, 1), others[0], ...whole.slice(1)])
  })

  it('write a record into the folder that a kill had left in the database alone', async () => {
    const run = await queueRun(await fresh(), PLAIN, REACH, tools, cut)
    rmSync(recordFile(fleet.folder, run.id))
    await workFleet(fleet, worker())
    expect(existsSync(recordFile(fleet.folder, run.id))).toBe(true)
    expect((await fleet.survey()).faults).toEqual([])
  })
})

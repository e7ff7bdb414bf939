import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FleetServer } from '../../src/fleet/driver.ts'
import { type Fleet, openFleet } from '../../src/fleet/open.ts'
import { queueRun } from '../../src/fleet/queue.ts'
import { workFleet } from '../../src/fleet/work.ts'
import { tidyRunFolder } from '../../src/run/folder.ts'
import type { RunJob } from '../../src/run/job.ts'
import { recordFile } from '../../src/run/ledger/record.ts'
import { resumeRun } from '../../src/run/run.ts'
import { fonts } from '../support/labels.ts'
import { kills } from '../support/laws.ts'
import { postgresBinaries, type ScratchServer, startPostgres } from '../support/postgres.ts'
import { bundleProgram } from '../support/programs.ts'
import { keySigner, outputsOf, PLAIN, PRESS_SEED, REACH, RESERVED, toolsOf } from '../support/runs.ts'

/**
 * Workers die at random moments, sleep and wake as if nothing had happened, and the database goes down at once: no
 * serial is there twice, none is lost, and the files are those of one machine.
 */

const FONT = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
)
const FONTS = { regular: fonts.regular }
/** Two at a time. */
const ROUNDS = Math.ceil(kills(24, 4) / 2)
const JOB: RunJob = { ...PLAIN, count: 1_300, sheet: { ...PLAIN.sheet!, volume: 2 } }

const bin = postgresBinaries()

describe.skipIf(bin === undefined)('a fleet whose workers are killed', () => {
  let build: string
  let folder: string
  let postgres: ScratchServer
  let server: FleetServer
  let fleet: Fleet
  let errors = ''

  beforeAll(async () => {
    build = mkdtempSync(fileURLToPath(new URL('../../node_modules/.work-child-', import.meta.url)))
    bundleProgram('work-child.ts', join(build, 'child.mjs'))
    folder = mkdtempSync(join(tmpdir(), 'veristamp-fleet-kill-'))
    postgres = await startPostgres(bin!)
    server = await postgres.readyDatabase()
    fleet = await openFleet({ folder: join(folder, 'runs'), authority: 'QN', server })
  }, 60_000)
  afterAll(async () => {
    await fleet.close()
    await postgres.stop()
    for (const each of [folder, build]) rmSync(each, { recursive: true })
  })

  /** A worker, once it has taken a shard. */
  async function worker(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [
      ...[join(build, 'child.mjs'), fleet.folder, JSON.stringify(server), FONT],
    ])
    child.stderr.on('data', (data) => (errors += data))
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (data) => String(data).includes('taken') && resolve())
      child.once('exit', () => resolve())
    })
    return child
  }

  const gone = (child: ChildProcess, signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill(signal)
    })

  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

  /** As if the time of all leases had passed. */
  const leasesEnd = () =>
    postgres.sql(
      server,
      'UPDATE veristamp.shards SET lease = NULL WHERE lease IS NOT NULL AND closed IS NULL',
    )

  async function openShards(): Promise<number> {
    const [row] = await postgres.sql(
      server,
      'SELECT count(*)::int AS open FROM veristamp.shards WHERE closed IS NULL',
    )
    return row!.open as number
  }

  it(
    `comes to the files of one machine after ${2 * ROUNDS} kills`,
    async () => {
      const tools = { ...toolsOf(FONTS), now: RESERVED }
      const queue = () => queueRun(fleet, JOB, REACH, tools, { shard: 130, program: '1' })
      const runs = [await queue()]
      let zombie: ChildProcess | undefined
      for (let round = 0; round < ROUNDS; round++) {
        if ((await openShards()) < 4) runs.push(await queue())
        const [one, other] = await Promise.all([worker(), worker()])
        if (round % 5 === 1) {
          // It sleeps with its shard, which others do meanwhile, and wakes when all is over.
          one.kill('SIGSTOP')
          zombie ??= one
        } else await pause(Math.random() * 150)
        if (round % 5 === 4) await postgres.restart()
        await leasesEnd()
        await gone(other, 'SIGKILL')
        if (one !== zombie) await gone(one, 'SIGKILL')
        await leasesEnd()
      }
      await workFleet(fleet, { signers: [keySigner(PRESS_SEED)], program: '1', fonts: FONTS, drain: true })
      // Whoever is killed when others have the run already, or in the moment after it was closed, may leave what it had half
      // written. That those who live take it away, work.test.ts says.
      const filesOf = (id: string) => {
        tidyRunFolder(join(fleet.folder, id))
        rmSync(join(fleet.folder, id, 'shards'), { recursive: true, force: true })
        return outputsOf(join(fleet.folder, id))
      }
      const whole = runs.map(({ id }) => filesOf(id))
      zombie!.kill('SIGCONT')
      await pause(300)
      await gone(zombie!, 'SIGTERM')
      expect(errors).toBe('')
      expect(await openShards()).toBe(0)
      const list = await fleet.list()
      expect(list.map(({ first }) => first)).toEqual(list.map((_, index) => 1 + index * JOB.count))
      for (const [index, { id }] of runs.entries()) {
        const alone = join(folder, 'alone')
        mkdirSync(join(alone, id), { recursive: true })
        copyFileSync(recordFile(fleet.folder, id), recordFile(alone, id))
        const files = outputsOf((await resumeRun(alone, id, toolsOf(FONTS))).folder)
        expect(files.size).toBe(12)
        expect(whole[index]).toEqual(files)
        expect(filesOf(id)).toEqual(files)
      }
    },
    600_000 + ROUNDS * 20_000,
  )
})

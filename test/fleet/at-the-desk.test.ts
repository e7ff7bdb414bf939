import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FleetServer } from '../../src/fleet/driver.ts'
import { type Desk, foundProject, openDesk } from '../cli/desk.ts'
import { postgresBinaries, type TestServer } from '../support/postgres.ts'
import { sharedPostgres } from '../support/shared-postgres.ts'

/** What people read at the command line whose project has its ledger on PostgreSQL. */

const bin = postgresBinaries()
const ISSUE = ['issue', '--product', '104', '--count', '100', '--shard', '50', '--no-sheets', '--wait']

describe.skipIf(bin === undefined)('at a desk with a fleet', () => {
  let desk: Desk & Disposable
  let postgres: TestServer
  let server: FleetServer

  beforeEach(async () => {
    desk = openDesk()
    desk.now = new Date(Math.floor(Date.now() / 1000) * 1000)
    await foundProject(desk)
    postgres = await sharedPostgres(bin!)
    server = await postgres.readyDatabase()
    nameServer()
  })
  afterEach(() => desk[Symbol.dispose]())

  const nameServer = (more = {}) => {
    const file = desk.path('veristamp.json')
    const ledger = { postgres: { ...server, ...more } }
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ledger }))
  }
  /** As it is built: its keys sign in threads of their own. */
  const work = async () => {
    const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
    await promisify(execFile)(process.execPath, [cli, '--dir', desk.folder, 'work', '--drain'])
  }
  /** The wait for a run, which is stopped once `text` was told. */
  const waitUntil = async (text: string, ...argv: string[]) => {
    let told = ''
    desk.onErr = (more) => {
      told += more
      if (told.includes(text)) desk.stop.abort()
    }
    const said = await desk.say(...argv)
    desk.stop = new AbortController()
    desk.onErr = () => {}
    return said
  }

  it('whoever waits for a run is told at once which it is, and that it needs workers', async () => {
    const { exit, err } = await waitUntil('"progress":"work"', ...ISSUE)
    expect(err).toMatch(
      /^Run 12-104-1-1: serials 1 to 100 are reserved, in 2 shards\.\nNext: on each machine that is to print: veristamp work\n\{"progress"/,
    )
    expect([exit, err]).toEqual([3, expect.stringContaining('veristamp issue --resume 12-104-1-1 --wait')])
    await work()
    expect(await desk.done('issue', '--resume', '12-104-1-1', '--wait')).toContain('codes.csv')
  })

  it('whoever asks again after a run is told how far it is', async () => {
    await waitUntil('"progress":"work"', ...ISSUE)
    await postgres.sql(
      server,
      "UPDATE veristamp.shards SET closed = clock_timestamp(), files = '[]' WHERE number = 1",
    )
    expect(await desk.done('issue', '--resume', '12-104-1-1')).toContain(
      'are reserved, in 2 shards.\n1 of 2 shards done\nNext: ',
    )
  })

  it('whoever looks for a queued run before it is done is told to wait for its workers', async () => {
    await desk.done(...ISSUE.filter((each) => each !== '--wait'))
    const how = 'veristamp issue --resume 12-104-1-1 --wait'
    for (const lang of ['vi', 'en']) {
      desk.env.VERISTAMP_LANG = lang
      for (const command of ['verify-run', 'cover', 'sheet', 'release']) {
        const { exit, err } = await desk.say(
          command,
          '12-104-1-1',
          ...(command === 'release' ? ['--to', 'A'] : []),
        )
        expect([exit, err], command).toEqual([2, expect.stringContaining(how)])
      }
      expect((await desk.say('status')).out).toContain(how)
    }
    desk.stop.abort() // such a wait is what it says
    expect((await desk.say('issue', '--resume', '12-104-1-1', '--wait')).err).toContain('goes on without you')
  })

  it('a worker that is to send its files is told what it lacks for that', async () => {
    const refused = async (text: string, ...argv: string[]) => {
      const { exit, out, err } = await desk.say('work', ...argv)
      expect([exit, out, err]).toEqual([2, '', expect.stringContaining(text)])
    }
    await refused('--token-file, --allow-http goes with --send-to', '--token-file', 't', '--allow-http')
    const to = ['--send-to', 'https://office.example']
    await refused('VERISTAMP_TOKEN', ...to)
    desk.env.VERISTAMP_TOKEN = 'a-token'
    for (const address of ['http://office.example', 'office.example', 'https://a:b@office.example/?c'])
      await refused('--allow-http', '--send-to', address)
    desk.env.VERISTAMP_LANG = 'vi'
    await refused('địa chỉ của veristamp serve', '--send-to', 'x')
  })

  it('a wait goes on though the database is away for a while, and says so once', async () => {
    await postgres.sql(server, 'CREATE ROLE waits LOGIN IN ROLE veristamp_printer')
    nameServer({ user: 'waits' })
    const postgresItself = { database: 'postgres' }
    const letIn = (most: number) =>
      postgres.sql(postgresItself, `ALTER DATABASE ${server.database} CONNECTION LIMIT ${most}`)
    let told = ''
    const steps: Record<string, () => Promise<unknown>> = {
      // Nobody gets in any more, and whoever is in gets out.
      '"progress"': async () => {
        await letIn(0)
        await postgres.sql(
          postgresItself,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'waits'",
        )
      },
      'can’t be reached': async () => {
        await letIn(-1)
        await work()
      },
    }
    const taken: Promise<unknown>[] = []
    desk.onErr = (more) => {
      told += more
      for (const [text, step] of Object.entries(steps))
        if (told.includes(text)) {
          delete steps[text]
          taken.push(step())
        }
    }
    expect(await desk.done(...ISSUE)).toContain('codes.csv')
    await Promise.all(taken)
    expect(told.match(/can’t be reached/g)).toHaveLength(1)
  })

  it('a server whose user may not see scans does not start, and says which role it lacks', async () => {
    await postgres.sql(server, 'CREATE ROLE only_prints LOGIN IN ROLE veristamp_printer')
    nameServer({ user: 'only_prints' })
    expect((await desk.say('runs')).exit).toBe(0)
    const { exit, err } = await desk.say('serve', '--port', '0')
    expect([exit, err]).toEqual([2, expect.stringContaining('permission denied for table')])
    expect(err).toContain('veristamp_server')
    desk.env.VERISTAMP_LANG = 'vi'
    expect((await desk.say('serve', '--port', '0')).err).toMatch(
      /PostgreSQL không cho phép.*\n.*veristamp_server/,
    )
  })

  it('each role is named to whoever makes the database ready', async () => {
    const said = await desk.done('fleet', 'init')
    for (const role of ['printer', 'worker', 'server']) expect(said).toContain(`veristamp_${role}`)
  })
})

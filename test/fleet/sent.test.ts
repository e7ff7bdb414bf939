import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { serverApp } from '../../src/cli/server/app.ts'
import type { ServerParts } from '../../src/cli/server/parts.ts'
import { writeContentDigest } from '../../src/fleet/content-digest.ts'
import type { FleetServer } from '../../src/fleet/driver.ts'
import { type Lease, type Skills, takeShard } from '../../src/fleet/leases.ts'
import { type Fleet, openFleet } from '../../src/fleet/open.ts'
import { queueRun } from '../../src/fleet/queue.ts'
import { shardFileName } from '../../src/fleet/shard-files.ts'
import { type WorkEvent, type WorkTools, workFleet } from '../../src/fleet/work.ts'
import { openChunkIntakeStore } from '../../src/intake/chunk-store.ts'
import { openIntake } from '../../src/intake/intake.ts'
import { systemCalls } from '../../src/node/files/disk.ts'
import { type FinishedRun, filesOf, secretFile } from '../../src/run/folder.ts'
import { digestFonts } from '../../src/run/fonts.ts'
import type { Reservation, RunJob } from '../../src/run/job.ts'
import { startRun } from '../../src/run/run.ts'
import { verifyRun } from '../../src/run/verify-run.ts'
import { memoryScanStore } from '../../src/scanlog/store.ts'
import { foundProject, openDesk } from '../cli/desk.ts'
import { serveApart } from '../cli/serve-apart.ts'
import { fonts } from '../support/labels.ts'
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
import { fastEngine, listOf, mustLoad } from '../support/trust-lists.ts'

/** Workers that mount nothing, and send the files of their shards to a server that has the folder. */

const bin = postgresBinaries()
const FONTS = { regular: fonts.regular }
const TOKEN = 'a-token'
const signer = keySigner(PRESS_SEED)
const tools = { ...toolsOf(FONTS), now: RESERVED }
/** Three volumes of a page each. */
const VOLUMES: RunJob = { ...PLAIN, count: 150, sheet: { ...PLAIN.sheet!, volume: 1 } }
const CUT = { shard: 65, program: '1' }
const trustList = mustLoad(listOf({ issuers: [] }, 'root'))
const skills: Skills = {
  ...{ worker: 'w', program: '1', fonts: digestFonts(FONTS), sealed: true, folder: false },
  keys: [Buffer.from(signer.publicKey).toString('hex')],
}
const listening = async (each: Server): Promise<string> => {
  if (!each.listening) await new Promise((resolve) => each.once('listening', () => resolve(undefined)))
  return `http://127.0.0.1:${(each.address() as AddressInfo).port}`
}
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe.skipIf(bin === undefined)('shards that are sent', () => {
  let folder: string
  let postgres: TestServer
  let database: FleetServer
  /** With the folder. */
  let fleet: Fleet
  /** Without: its folder is never made, but for a secret that somebody puts there. */
  let away: Fleet
  let parts: ServerParts
  let app: ReturnType<typeof serverApp>
  const faults: unknown[] = []
  let server: Server
  let url: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'veristamp-sent-'))
    postgres = await sharedPostgres(bin!)
    database = await postgres.readyDatabase()
    const at = (name: string) => openFleet({ folder: join(folder, name), authority: 'QN', server: database })
    fleet = await at('runs')
    away = await at('away')
    const store = await openChunkIntakeStore(memoryScanStore())
    parts = {
      intake: openIntake({ store, lists: { trustList, trust: 1 }, engine: fastEngine }),
      lists: {
        current: () => ({ trustList, revocationList: undefined }),
        fault: () => undefined,
        look: () => false,
      },
      ...{ fleet, token: TOKEN, runs: async () => [], now: () => new Date(), refresh: () => {} },
      onFault: (error) => faults.push(error),
    }
    app = serverApp(parts)
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
    url = await listening(server)
  }, 60_000)
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    for (const each of [fleet, away]) await each.close()
    rmSync(folder, { recursive: true })
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    expect(faults.splice(0)).toEqual([])
  })

  /** What is left of a test's run is no work for the next one. */
  const giveUp = ({ id }: Reservation) => fleet.void(id, { reason: 'other', date: '2026-03-01' })

  const worker = (more: Partial<WorkTools> = {}): WorkTools => ({
    ...{ signers: [signer], program: '1', fonts: FONTS, drain: true },
    ...more,
  })
  const sender = (more: Partial<WorkTools> = {}): WorkTools =>
    worker({ sendTo: { url, token: TOKEN, patience: 5_000 }, ...more })
  const filesIn = (run: Reservation): string[] => {
    const own = join(filesOf(fleet.folder, run).folder, 'shards')
    return existsSync(own) ? readdirSync(own).sort() : []
  }
  /** What senders have left in the system's folder for such things. */
  const leftBehind = () => readdirSync(tmpdir()).filter((name) => name.startsWith('veristamp-work-'))

  it('make, with those of a worker that has the folder, the files of one machine, byte for byte', async () => {
    const before = leftBehind()
    const run = await queueRun(fleet, VOLUMES, REACH, tools, CUT)
    const stop = new AbortController()
    const events: WorkEvent[] = []
    const onEvent = (event: WorkEvent) => {
      events.push(event)
      if (events.filter((each) => each.event === 'done').length === 2) stop.abort()
    }
    const sent = await workFleet(away, sender({ signal: stop.signal, onEvent }))
    expect(sent).toEqual({ shards: 2, stamps: 130 })
    expect(filesIn(run)).toHaveLength(4)
    expect(await workFleet(fleet, worker())).toEqual({ shards: 1, stamps: 20 })
    const alone = await startRun(join(folder, 'alone'), VOLUMES, REACH, tools)
    expect(outputsOf(join(fleet.folder, run.id))).toEqual(outputsOf(alone.folder))
    expect([existsSync(away.folder), leftBehind()]).toEqual([false, before])
  })

  it('are all that a worker without the folder does: runs are put together by others, and it ends', async () => {
    await queueRun(fleet, { ...JOB, count: 40 }, REACH, tools, { ...CUT, shard: 20 })
    const events: WorkEvent[] = []
    const onEvent = (event: WorkEvent) => events.push(event)
    expect(await workFleet(away, sender({ onEvent }))).toEqual({ shards: 2, stamps: 40 })
    expect(events.at(-1)).toMatchObject({ event: 'waiting', passedOver: { folder: 1 } })
  })

  it('may have hidden codes, by the secret that somebody puts on that machine, and never send it', async () => {
    const run = await queueRun(fleet, { ...SEALED, count: 20 }, REACH, tools, CUT)
    const passphrase = PASSPHRASE
    await expect(workFleet(away, sender({ passphrase }))).rejects.toMatchObject({ code: 'run_corrupt' })
    const secretOf = (each: Fleet) => secretFile(filesOf(each.folder, run).folder)
    mkdirSync(filesOf(away.folder, run).folder, { recursive: true })
    writeFileSync(secretOf(away), readFileSync(secretOf(fleet)))
    await workFleet(away, sender({ passphrase }))
    expect(filesIn(run)).toHaveLength(2)
    await workFleet(fleet, worker({ passphrase }))
    const files: FinishedRun = filesOf(fleet.folder, run)
    expect(await verifyRun(files, { publicKeys: [signer.publicKey], passphrase })).toMatchObject({ ok: true })
  })

  describe('to the server', () => {
    let run: Reservation
    let lease: Lease
    let name: string
    const bytes = Buffer.from('"1","X"\r\n')

    beforeAll(async () => {
      run = await queueRun(fleet, { ...JOB, count: 230 }, REACH, tools, CUT)
    })
    beforeEach(async () => {
      await postgres.sql(
        database,
        'UPDATE veristamp.shards SET closed = NULL, files = NULL, lease = NULL WHERE run = $1',
        [run.id],
      )
      rmSync(join(filesOf(fleet.folder, run).folder, 'shards'), { recursive: true, force: true })
      lease = (await takeShard(fleet.database, 'QN', skills))!
      name = shardFileName(lease, 'codes.csv')
    })

    const digestOf = async (content: Uint8Array<ArrayBuffer>) =>
      writeContentDigest(Buffer.from(await crypto.subtle.digest('SHA-256', content)).toString('hex'))
    type Sent = { body?: Uint8Array<ArrayBuffer> | ReadableStream; headers?: Record<string, string | null> }
    /** @param headers those that are null are left out */
    async function put(to: string, { body = new Uint8Array(bytes), headers = {} }: Sent = {}) {
      const all = {
        ...{ Authorization: `Bearer ${TOKEN}`, 'Content-Length': String(bytes.length) },
        ...{ 'Content-Digest': await digestOf(new Uint8Array(bytes)), ...headers },
      }
      const given = Object.entries(all).filter((each): each is [string, string] => each[1] !== null)
      const request = { method: 'PUT', headers: Object.fromEntries(given), body, duplex: 'half' }
      const answer = await app.request(to, request as RequestInit)
      const text = await answer.text()
      return [answer.status, text === '' ? undefined : JSON.parse(text).reason]
    }
    const address = () => `/shards/${name}`
    const next = () =>
      postgres.sql(
        database,
        'UPDATE veristamp.shards SET fence = fence + 1, lease = NULL WHERE number = 1 AND run = $1',
        [run.id],
      )

    it('lie there under their name, as often as they come', async () => {
      for (let i = 0; i < 2; i++) expect(await put(address())).toEqual([204, undefined])
      expect(filesIn(run)).toEqual([name])
      expect(readFileSync(join(filesOf(fleet.folder, run).folder, 'shards', name))).toEqual(bytes)
    })

    it('are refused without the token, and nothing of them is read', async () => {
      expect(await put(address(), { headers: { Authorization: null } })).toEqual([401, 'token'])
      expect(await put(address(), { headers: { Authorization: 'Bearer other' } })).toEqual([401, 'token'])
      expect(filesIn(run)).toEqual([])
    })

    it('are refused with an old fence, and change nothing of what the new one has', async () => {
      await next()
      expect(await put(address())).toEqual([409, 'fence'])
      const future = shardFileName({ ...lease, fence: 9 }, 'codes.csv')
      expect(await put(`/shards/${future}`)).toEqual([409, 'fence'])
      expect(filesIn(run)).toEqual([])
    })

    it('are refused if another takes the shard while they come', async () => {
      let asked = 0
      const pull = async (controller: ReadableStreamDefaultController) => {
        asked++
        await next()
        controller.enqueue(new Uint8Array(bytes))
        controller.close()
      }
      const slow = new ReadableStream({ pull }, { highWaterMark: 0 })
      expect(asked).toBe(0)
      expect(await put(address(), { body: slow })).toEqual([409, 'fence'])
      expect(filesIn(run)).toEqual([])
    })

    it('are taken once more after their shard was closed, and others in their name are not', async () => {
      const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
      const files = JSON.stringify([{ name, sha256, size: bytes.length }])
      await postgres.sql(
        database,
        'UPDATE veristamp.shards SET closed = clock_timestamp(), files = $1::jsonb WHERE number = 1 AND run = $2',
        [files, run.id],
      )
      expect(await put(address())).toEqual([204, undefined])
      const other = new Uint8Array(bytes).fill(65)
      const headers = { 'Content-Digest': await digestOf(other) }
      expect(await put(address(), { body: other, headers })).toEqual([409, 'fence'])
      expect(filesIn(run)).toEqual([])
    })

    it('are refused if they are not what was announced', async () => {
      const other = new Uint8Array(bytes).fill(65)
      expect(await put(address(), { body: other })).toEqual([400, 'digest'])
      expect(await put(address(), { body: other.subarray(1) })).toEqual([400, 'length'])
      const cut = new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) })
      expect(await put(address(), { body: cut })).toEqual([408, 'too_slow'])
      const more = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(bytes)) })
      expect(await put(address(), { body: more })).toEqual([400, 'length'])
      expect(filesIn(run)).toEqual([])
    })

    it('are refused before anything is read if they are longer than such a shard can be', async () => {
      const unread = new ReadableStream({ pull: () => expect.unreachable() }, { highWaterMark: 0 })
      const headers = (length: number) => ({ 'Content-Length': String(length) })
      expect(await put(address(), { body: unread, headers: headers(65 * 560 + 1) })).toEqual([
        413,
        'too_long',
      ])
      const withSheets = await queueRun(fleet, VOLUMES, REACH, tools, CUT)
      const volume = `/shards/${withSheets.id}.1.1.sheets-1.pdf`
      expect(await put(volume, { body: unread, headers: headers(2 ** 28) })).toEqual([413, 'too_long'])
      await giveUp(withSheets)
    })

    it('are refused with headers that do not say all that it needs', async () => {
      const cases: readonly [Record<string, string | null>, readonly [number, string]][] = [
        [{ 'Content-Length': null }, [411, 'content_length']],
        [{ 'Content-Length': '-1' }, [411, 'content_length']],
        [{ 'Content-Digest': null }, [400, 'content_digest']],
        [{ 'Content-Digest': 'sha-512=:AAAA:' }, [400, 'content_digest']],
        [{ 'Content-Range': 'bytes 0-8/9' }, [400, 'content_range']],
        [{ 'Content-Encoding': 'gzip' }, [415, 'content_encoding']],
      ]
      for (const [headers, expected] of cases)
        expect(await put(address(), { headers }), JSON.stringify(headers)).toEqual(expected)
      expect(filesIn(run)).toEqual([])
    })

    it('have no other names than those of shards', async () => {
      const [id, rest] = [run.id, 'codes.csv']
      for (const hostile of [
        ...[
          `${id}.1.1.sheets-2.pdf`,
          `${id}.1.1.manifest.cbor`,
          `${id}.1.1.secret.json`,
          `${id}.0.1.${rest}`,
        ],
        ...[`${id}.9.1.${rest}`, `${id}.01.1.${rest}`, `${id}.1.1`, `12-104-7-999.1.1.${rest}`, `..`, `.`],
        ...[`..%2F..%2Fx`, `${id}.1.1.%2E%2E%2Fx`, `..%5C${id}.1.1.${rest}`, `${id}.1.1.${rest}%00`],
        ...[`${id}.1.1.${rest}.tmp`, `${id}.1.1e0.${rest}`, `${id}.1.99999999999999999999.${rest}`, '%'],
        ...[`${'1'.repeat(5_000)}.1.1.${rest}`, `%F0%9F%8D%B5`, `${id}.1.1.CODES.CSV`, `%E0%A4%A`],
      ])
        expect((await put(`/shards/${hostile}`))[0], hostile).toBe(404)
      expect(filesIn(run)).toEqual([])
    })

    it('are too many at once for it at some point, and come again later', async () => {
      const go: (() => void)[] = []
      const waiting = () =>
        new ReadableStream({
          async pull(controller) {
            await new Promise<void>((resolve) => go.push(resolve))
            controller.enqueue(new Uint8Array(bytes))
            controller.close()
          },
        })
      const all = Array.from({ length: 9 }, () => put(address(), { body: waiting() }))
      expect(await Promise.race(all)).toEqual([503, 'busy'])
      while (go.length < 8) await pause(5)
      for (const each of go) each()
      const answers = (await Promise.all(all)).map(([status]) => status)
      expect(answers.filter((status) => status === 204)).toHaveLength(8)
    })

    it('do not fit on a disk that is full, and leave nothing there', async () => {
      vi.spyOn(systemCalls, 'flush').mockImplementation(() => {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
      })
      expect(await put(address())).toEqual([507, 'full'])
      expect(filesIn(run)).toEqual([])
    })

    it('are refused once their run is void', async () => {
      await giveUp(run)
      expect(await put(address())).toEqual([409, 'void'])
      expect(filesIn(run)).toEqual([])
    })
  })

  it('outlive a server that is killed in the midst of one and started again', async () => {
    using desk = openDesk()
    await foundProject(desk)
    const file = desk.path('veristamp.json')
    const ledger = { postgres: database }
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ledger }))
    const options = { authority: 'quang-ninh.example', server: database }
    const office = await openFleet({ ...options, folder: desk.path('runs') })
    const printer = await openFleet({ ...options, folder: join(folder, 'none') })
    const job = { ...JOB, count: 60 }
    const run = await queueRun(office, job, REACH, tools, { ...CUT, shard: 20 })
    const first = await serveApart(desk.folder, TOKEN)
    // Whoever begins to send here will never end.
    const half = (await takeShard(office.database, options.authority, skills))!
    const name = shardFileName(half, 'codes.csv')
    const cut = request(`${first.address}/shards/${name}`, {
      method: 'PUT',
      headers: {
        ...{ Authorization: `Bearer ${TOKEN}`, 'Content-Length': '1000' },
        'Content-Digest': writeContentDigest('00'.repeat(32)),
      },
    })
    cut.on('error', () => {}).write('"1","X"')
    const own = desk.path('runs', run.id, 'shards')
    while (!existsSync(own) || readdirSync(own).length === 0) await pause(10)
    await first.end('SIGKILL')
    expect(readdirSync(own)).toEqual([expect.stringMatching(/\.codes\.csv\..+\.tmp$/)])
    await postgres.sql(database, 'UPDATE veristamp.shards SET lease = NULL')
    let second: Server | undefined
    const onEvent = ({ event }: WorkEvent) => {
      if (event !== 'unreachable' || second !== undefined) return
      const { port } = new URL(first.address)
      const { fetch } = serverApp({ ...parts, fleet: office })
      second = serve({ fetch, port: Number(port), hostname: '127.0.0.1' }) as Server
    }
    const sendTo = { url: first.address, token: TOKEN }
    expect(await workFleet(printer, sender({ sendTo, onEvent }))).toEqual({ shards: 3, stamps: 60 })
    await workFleet(office, worker())
    const alone = await startRun(join(folder, 'undisturbed'), job, REACH, tools)
    expect(outputsOf(join(office.folder, run.id))).toEqual(outputsOf(alone.folder))
    second!.close()
    for (const each of [office, printer]) await each.close()
  })

  describe('by a worker whose server is not there, or not well', () => {
    const fake = async (answer: Parameters<typeof createServer>[1]): Promise<Server> =>
      createServer(answer).listen(0, '127.0.0.1')
    const queue = async () => {
      queued = await queueRun(fleet, { ...JOB, count: 40 }, REACH, tools, CUT)
      return queued
    }
    let queued: Reservation | undefined
    afterEach(async () => {
      if (queued !== undefined) await giveUp(queued)
      queued = undefined
    })
    const stateOf = async ({ id }: Reservation) => (await fleet.describe(id)).shards[0]!.state
    const sendTo = (each: string, patience = 0) => sender({ sendTo: { url: each, token: TOKEN, patience } })

    it('are sent again after an answer that got lost, a broken connection and a busy server', async () => {
      const run = await queue()
      let tries = 0
      const proxy = await fake(async (request, response) => {
        tries++
        if (tries === 2) return request.once('data', () => request.socket.destroy())
        const body = Buffer.concat(await request.toArray())
        if (tries === 3) return response.writeHead(503, { 'Retry-After': '0' }).end()
        if (tries === 4) return response.writeHead(400, { 'Retry-After': '0' }).end('{"reason":"digest"}')
        const headers = request.headers as Record<string, string>
        const { status } = await app.request(request.url!, { method: 'PUT', headers, body })
        expect(status).toBe(204)
        return tries === 1 ? request.socket.destroy() : response.writeHead(status).end()
      })
      const events: WorkEvent[] = []
      const onEvent = (event: WorkEvent) => events.push(event)
      const given = await listening(proxy)
      await workFleet(away, { ...sendTo(given, 60_000), onEvent })
      proxy.close()
      expect(tries).toBe(5)
      expect(events.filter((each) => each.event === 'unreachable')).toEqual(
        Array.from({ length: 4 }, () => ({ event: 'unreachable', server: given })),
      )
      expect(await stateOf(run)).toBe('done')
    })

    it.each([
      ['is busy', 503, 'busy'],
      ['wants another token', 401, 'unauthorized'],
      ['has no room', 507, 'full'],
      ['takes no shards', 404, 'refused'],
      ['is elsewhere', 308, 'refused'],
    ])('are given back where it %s', async (_, status, fault) => {
      const run = await queue()
      const unwell = await fake((request, response) => {
        request.resume()
        response.writeHead(status, { Location: '/' }).end()
      })
      await expect(workFleet(away, sendTo(await listening(unwell)))).rejects.toMatchObject({
        ...{ code: 'send_failed', details: { fault, status } },
      })
      unwell.close()
      expect(await stateOf(run)).toBe('open')
    })

    it('are given back where nobody answers at its address, and the token is in no message', async () => {
      const run = await queue()
      const gone = await fake(() => {})
      const nobody = await listening(gone)
      await new Promise((resolve) => gone.close(resolve))
      const error = await workFleet(away, sendTo(nobody)).catch((fault: Error) => fault)
      expect(error).toMatchObject({ code: 'send_failed', details: { fault: 'unreachable', server: nobody } })
      expect(JSON.stringify([String(error), error])).not.toContain(TOKEN)
      expect(await stateOf(run)).toBe('open')
    })

    it('are lost where another has the shard by then, who does it', async () => {
      const run = await queue()
      const events: WorkEvent[] = []
      const onEvent = (event: WorkEvent) => events.push(event)
      const taking =
        'UPDATE veristamp.shards SET fence = fence + 1, lease = NULL WHERE number = 1 AND run = $1'
      let isFirst = true
      const slow = {
        ...signer,
        async sign(message: Uint8Array) {
          if (isFirst) await postgres.sql(database, taking, [run.id])
          isFirst = false
          return signer.sign(message)
        },
      }
      await workFleet(away, sender({ signers: [slow], onEvent }))
      const own = events.filter((each) => 'shard' in each).map(({ event }) => event)
      expect(own).toEqual(['taken', 'lost', 'taken', 'done'])
      expect(filesIn(run)).toEqual([`${run.id}.1.3.codes.csv`])
    })

    it('are not closed where the server says that another has the shard, or that the run is void', async () => {
      const run = await queue()
      let reason = 'void'
      const server409 = await fake((request, response) => {
        request.resume()
        response.writeHead(409).end(JSON.stringify({ reason }))
      })
      const given = await listening(server409)
      await expect(workFleet(away, sendTo(given))).rejects.toMatchObject({ code: 'run_void' })
      expect(await stateOf(run)).toBe('open')
      reason = 'fence'
      const [stop, events] = [new AbortController(), [] as string[]]
      const onEvent = ({ event }: WorkEvent) => {
        events.push(event)
        if (event === 'lost') stop.abort()
      }
      await workFleet(away, { ...sendTo(given), signal: stop.signal, onEvent })
      server409.close()
      expect([events, await stateOf(run)]).toEqual([['taken', 'lost'], 'taken'])
    })

    it('are given back at once by a worker that is stopped while it sends, or waits to send again', async () => {
      for (const status of [undefined, 503]) {
        const run = await queue()
        const stop = new AbortController()
        const silent = await fake((request, response) => {
          request.resume()
          if (status !== undefined) response.writeHead(status, { 'Retry-After': '60' }).end()
          setTimeout(() => stop.abort(), 20)
        })
        const tools = { ...sendTo(await listening(silent), 90_000), signal: stop.signal }
        expect(await workFleet(away, tools)).toEqual({ shards: 0, stamps: 0 })
        silent.close()
        expect(await stateOf(run)).toBe('open')
        await giveUp(run)
      }
      queued = undefined
    })

    it('go nowhere by an address without https', async () => {
      for (const each of ['http://office.example', 'ftp://office.example', 'https://a:b@office.example'])
        await expect(workFleet(away, sendTo(each))).rejects.toMatchObject({ code: 'argument_range' })
    })
  })
})

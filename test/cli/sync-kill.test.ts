import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaptureStore, certificateFetch, fileCaptureStore } from '../../src/node.ts'
import { type CaptureServer, openCaptureServer } from '../support/capture-server.ts'
import { share } from '../support/laws.ts'
import { openDesk } from './desk.ts'
import { foundTea, TEA } from './tea.ts'

/** `veristamp sync` as a process of its own: killed at any moment, and with a client certificate. */

const EVENTS = 24
/** Events in a document: as many may come twice. */
const LIMIT = 2

let build: string
let bundle: string
let project: string
beforeAll(async () => {
  build = mkdtempSync(fileURLToPath(new URL('../../node_modules/.sync-child-', import.meta.url)))
  bundle = join(build, 'child.mjs')
  buildSync({
    entryPoints: [fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))],
    ...{ outfile: bundle, bundle: true, platform: 'node', format: 'esm', packages: 'external' },
  })
  using desk = openDesk()
  await foundTea(desk)
  await desk.done('--yes', 'issue', '--product', TEA, '--count', `${EVENTS}`, '--no-sheets')
  project = mkdtempSync(join(tmpdir(), 'veristamp-sync-'))
  cpSync(desk.folder, project, { recursive: true })
}, 300_000)
afterAll(() => {
  for (const folder of [build, project]) rmSync(folder, { recursive: true })
})

interface Ended {
  readonly exit: number | null
  readonly out: string
}

function start(
  folder: string,
  argv: readonly string[],
  env = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const line = [bundle, '--dir', folder, 'sync', ...argv, '--max-epcs', '1']
  const child = spawn(process.execPath, line, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (out += text))
  const ended = new Promise<Ended>((resume) => child.on('close', (exit) => resume({ exit, out })))
  return { child, ended }
}

/** A moment: at which of the requests, before or after the server has done what was asked, and how long after. */
interface Moment {
  readonly request: number
  readonly isTaken: boolean
  readonly delay: number
}

async function killAt(moment: Moment): Promise<CaptureServer> {
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-sync-'))
  cpSync(project, folder, { recursive: true })
  let requests = 0
  let child: ChildProcess | undefined
  await using server = await openCaptureServer({
    headers: { 'gs1-epcis-capture-limit': `${LIMIT}` },
    maxEvents: LIMIT,
    async misbehave(asked) {
      if (++requests !== moment.request) return false
      if (moment.isTaken) asked.take()
      setTimeout(() => child?.kill('SIGKILL'), moment.delay)
      if (moment.delay === 0) await new Promise((resume) => setTimeout(resume, 20))
      return false
    },
  })
  try {
    const first = start(folder, [server.url])
    child = first.child
    const { exit } = await first.ended
    expect(exit, JSON.stringify(moment)).toBeNull()
    child = undefined
    const second = await start(folder, [server.url]).ended
    expect(second, JSON.stringify(moment)).toMatchObject({ exit: 0 })
    const memory = memoryOf(folder)
    expect(memory.openJobs(), JSON.stringify(moment)).toEqual([])
    expect(
      [...server.taken.keys()].filter((id) => !memory.has(id)),
      JSON.stringify(moment),
    ).toEqual([])
    return server
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function memoryOf(folder: string): CaptureStore {
  const state = join(folder, 'state', 'epcis')
  const [log] = readdirSync(state).filter((name) => name.endsWith('.log'))
  return fileCaptureStore(join(state, log!))
}

/** OPTIONS, and for each document a POST and a look at its job. */
const REQUESTS = 1 + 2 * (EVENTS / LIMIT)
const moments = Array.from(
  { length: 20 },
  (): Moment => ({
    request: 1 + Math.floor(Math.random() * (REQUESTS - 2)),
    isTaken: Math.random() < 0.5,
    delay: Math.random() < 0.5 ? 0 : Math.floor(Math.random() * 4),
  }),
)

describe('veristamp sync, killed', () => {
  it.concurrent.each(share(moments, 10))(
    'at request $request (taken: $isTaken) after $delay ms, gives all of it',
    async (moment) => {
      const { taken } = await killAt(moment)
      expect(taken.size).toBe(EVENTS)
      const repeats = [...taken.values()].filter((times) => times > 1)
      // `take` beside the server's own work counts a document twice, and a kill sends it once more.
      expect(repeats.length).toBeLessThanOrEqual(LIMIT)
      expect(Math.max(...taken.values())).toBeLessThanOrEqual(3)
    },
  )
})

const openssl = (folder: string, ...argv: string[]): void =>
  void execFileSync('openssl', argv, { cwd: folder, stdio: 'ignore' })

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A certificate that signs itself. */
function makeCertificate(folder: string, name: string): void {
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl(folder, 'req', '-x509', ...key, '-keyout', `${name}.key`, '-out', `${name}.pem`, ...subject)
}

describe.skipIf(!hasOpenssl())('with a client certificate', () => {
  it('is let in, with a key in the open or encrypted, and by no other certificate', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'veristamp-sync-'))
    cpSync(project, folder, { recursive: true })
    for (const name of ['server', 'client', 'thief']) makeCertificate(folder, name)
    openssl(
      folder,
      'pkcs8',
      '-topk8',
      '-in',
      'client.key',
      '-out',
      'sealed.key',
      '-passout',
      'pass:green tea 7',
      '-v2',
      'aes-256-cbc',
    )
    writeFileSync(join(folder, 'passphrase'), 'green tea 7\n', { mode: 0o600 })
    const text = (name: string) => readFileSync(join(folder, name), 'utf8')
    const tls = {
      cert: text('server.pem'),
      key: text('server.key'),
      ca: text('client.pem'),
      requestCert: true,
    }
    await using server = await openCaptureServer({}, ((listener: never) =>
      createServer(tls, listener)) as never)
    const path = (name: string) => join(folder, name)
    const sync = (cert: string, key: string, ...more: string[]) =>
      start(folder, [server.url, '--client-cert', path(cert), '--client-key', path(key), ...more], {
        NODE_EXTRA_CA_CERTS: path('server.pem'),
      }).ended
    try {
      expect(await sync('client.pem', 'client.key')).toMatchObject({ exit: 0 })
      expect(server.taken.size).toBe(EVENTS)
      const sealed = await sync('client.pem', 'sealed.key', '--passphrase-file', path('passphrase'))
      expect(sealed).toMatchObject({ exit: 0, out: expect.stringContaining('Sent 0 events') })
      expect(await sync('client.pem', 'thief.key')).toMatchObject({
        exit: 2,
        out: expect.stringContaining('no certificate and its private key'),
      })
      const ca = text('server.pem')
      const thief = certificateFetch({ cert: text('thief.pem'), key: text('thief.key'), ca })
      await expect(thief(`${server.url}/capture`, { method: 'OPTIONS' })).rejects.toThrow()
      const own = certificateFetch({ cert: text('client.pem'), key: text('client.key'), ca })
      expect((await own(`${server.url}/capture`, { method: 'OPTIONS' })).status).toBe(204)
      const unknown = certificateFetch({ cert: text('client.pem'), key: text('client.key') })
      await expect(unknown(`${server.url}/capture`)).rejects.toThrow(/self.signed/)
    } finally {
      if (existsSync(folder)) rmSync(folder, { recursive: true })
    }
  })
})

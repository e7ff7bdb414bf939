import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { certificate } from '../../examples/consumer/test/support/certificate.ts'
import { checkSite } from '../../src/cli/site/check.ts'
import { NOW } from './desk.ts'
import { openSiteProject } from './site-project.ts'

/** The samples for web servers, in those servers: as `veristamp site` writes them, but for folder, port and certificate. */

interface Place {
  /** The folder that the site was written to. */
  readonly root: string
  /** A folder for whatever the server keeps. */
  readonly scratch: string
  readonly port: number
  readonly sample: string
}

interface WebServer {
  readonly binary: string
  readonly sample: string
  /** The file that it is started with, and how. */
  readonly config: (place: Place) => string
  readonly argv: (file: string, place: Place) => readonly string[]
}

/** As Debian's own file has it around what hosts put in. */
const nginx: WebServer = {
  binary: 'nginx',
  sample: 'nginx.conf',
  config: ({ root, scratch, port, sample }) => `
    daemon off;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    pid ${scratch}/pid;
    error_log ${scratch}/log;
    events {}
    http {
      ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path ${scratch}/${each};`).join('\n')}
      include /etc/nginx/mime.types;
      default_type application/octet-stream;
      ssl_certificate ${scratch}/cert; ssl_certificate_key ${scratch}/key;
      ${put(sample, [
        ['listen 443 ', `listen 127.0.0.1:${port} `],
        ['root /srv/veristamp;', `root ${root};`],
        ['root /srv/veristamp-kiosk;', `root ${root}-kiosk;`],
      ])}
    }`,
  argv: (file, { scratch }) => ['-p', scratch, '-e', `${scratch}/log`, '-c', file],
}

const caddy: WebServer = {
  binary: 'caddy',
  sample: 'Caddyfile',
  config: ({ root, scratch, port, sample }) => `{
      admin off
      auto_https disable_redirects
      https_port ${port}
      skip_install_trust
    }
    ${put(
      sample,
      ['veristamp-kiosk', 'veristamp'].map((name) => [
        `root * /srv/${name}\n`,
        `root * ${name === 'veristamp' ? root : `${root}-kiosk`}\n  bind 127.0.0.1\n  tls ${scratch}/cert ${scratch}/key\n`,
      ]),
    )}`,
  argv: (file) => ['run', '--config', file, '--adapter', 'caddyfile'],
}

/** Replaces what a host replaces, all of which is there. */
function put(sample: string, changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replaceAll(from, to)
  }, sample)
}

const isHere = ({ binary }: WebServer): boolean => spawnSync(binary, ['-h']).error === undefined

describe.each([nginx, caddy])('the sample for $binary', (server) => {
  const why = isHere(server) ? '' : ` (skipped: there is no ${server.binary} here)`
  test.skipIf(why !== '').each([
    ['in a folder', 'HTTPS://TEM.EXAMPLE/QNI/', 'https://tem.example/QNI/'],
    ['on a host of its own', 'HTTPS://TEM.EXAMPLE/', 'https://tem.example/'],
  ])(`gives a page %s all that it needs${why}`, async (_, prefix, address) => {
    using desk = await openSiteProject([prefix])
    await desk.done('site', '-o', 'public')
    for (const [from, to] of [
      ['kiosk', ''],
      ['lists', 'lists'],
    ])
      cpSync(desk.path('public', new URL(address).pathname, from!), desk.path('public-kiosk', to!), {
        recursive: true,
      })
    await using running = await start(server, desk.path('public'))
    const { get } = running
    // The kiosk of a test lies beside the page.
    expect(await checkSite(address, get, NOW)).toEqual([{ fault: 'kiosk_beside', at: `${address}kiosk/` }])
    const of = (path: string): Promise<Response> => get(new URL(path, address))
    const page = await (await of('')).text()
    const { trust } = (await (await of('lists/lists.json')).json()) as { trust: { path: string } }
    const { headers } = await of(`lists/${trust.path}`)
    expect([headers.get('content-type'), headers.get('content-encoding')]).toEqual([
      'application/cbor',
      'gzip',
    ])
    const statuses = async (...paths: string[]) =>
      Promise.all(paths.map(async (path) => [path, (await of(path)).status]))
    expect(await statuses('assets/none.js', 'lists/none.cbor', 'pictures/none.jpg', 'kiosk/')).toEqual([
      ['assets/none.js', 404],
      ['lists/none.cbor', 404],
      ['pictures/none.jpg', 404],
      ['kiosk/', 200],
    ])
    expect(await checkSite('https://kiosk.tem.example/', get, NOW)).toEqual([])
    // As people type it.
    if (prefix.endsWith('QNI/'))
      for (const path of ['/qni', '/QNI', '/qni/', '/']) {
        const answer = await of(path)
        expect([path, answer.status, answer.headers.get('location')]).toEqual([
          path,
          302,
          expect.stringMatching(/^(https:\/\/tem\.example)?\/QNI\/$/),
        ])
      }
    expect(await (await of('/nothing/that/is/here')).text()).toEqual(
      prefix.endsWith('QNI/') ? expect.not.stringContaining('id="site"') : page,
    )
  })
})

type Get = typeof globalThis.fetch

/** Starts a server with its sample, and takes it for tem.example. */
async function start(server: WebServer, root: string): Promise<{ readonly get: Get } & AsyncDisposable> {
  const scratch = mkdtempSync(join(tmpdir(), 'veristamp-web-'))
  const port = await freePort()
  writeFileSync(join(scratch, 'cert'), certificate.cert)
  writeFileSync(join(scratch, 'key'), certificate.key)
  const sample = readFileSync(join(root, 'samples', server.sample), 'utf8')
  const place: Place = { root, scratch, port, sample }
  const file = join(scratch, 'config')
  writeFileSync(file, server.config(place))
  const env = { PATH: process.env.PATH, HOME: scratch, XDG_DATA_HOME: scratch, XDG_CONFIG_HOME: scratch }
  const child = spawn(server.binary, server.argv(file, place), { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (some) => (said += String(some)))
  const stop = async (): Promise<void> => {
    await end(child)
    rmSync(scratch, { recursive: true, force: true })
  }
  const get: Get = (address) => ask(new URL(String(address)), port)
  try {
    await expect
      .poll(
        async () => {
          if (child.exitCode !== null) throw new Error(`${server.binary}: ${said}`)
          return (await get('https://tem.example/').catch(() => undefined)) !== undefined
        },
        { timeout: 20_000 },
      )
      .toBe(true)
  } catch (error) {
    await stop()
    throw new Error(said, { cause: error })
  }
  return { get, [Symbol.asyncDispose]: stop }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Asks the server on this machine as the host that the address names. */
function ask({ hostname, pathname, search }: URL, port: number): Promise<Response> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', port, path: pathname + search, servername: hostname, ca: certificate.cert },
        // The certificate knows no host below tem.example.
        ...(hostname.startsWith('kiosk.') && { checkServerIdentity: () => undefined }),
        headers: { host: hostname, 'accept-encoding': 'gzip' },
      },
      (answer) => {
        buffer(answer).then((bytes) => {
          const headers = new Headers(answer.headers as Record<string, string>)
          const body = headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes
          resolve(
            new Response(answer.statusCode === 304 ? null : Uint8Array.from(body), {
              status: answer.statusCode!,
              headers,
            }),
          )
        }, reject)
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}

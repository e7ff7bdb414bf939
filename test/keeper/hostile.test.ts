import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Keeper } from '../../src/keeper/keeper.ts'
import type { KeeperAlarm, KeeperReason } from '../../src/keeper/state.ts'
import { memoryKeeperStore } from '../../src/keeper/store.ts'
import {
  at,
  createServer,
  DAY,
  filesOf,
  hashOf,
  keeperOf,
  revocationOf,
  type Server,
  stampOf,
  trustOf,
} from './world.ts'

/** What servers and networks do to a keeper that has the first lists and should get the second. */

const A = 'a.example'
const now = at(DAY)
const trust = trustOf(A, { sequence: 1 })
const text = (json: unknown) =>
  new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json))

let server: Server
let keeper: Keeper
let alarms: KeeperAlarm[]
let first: Uint8Array
let second: Uint8Array

const siteOf = (revocation: Uint8Array, revocationSequence: number, before: readonly Uint8Array[] = []) =>
  filesOf({ authority: A, trust, trustSequence: 1, revocation, revocationSequence, before })

beforeEach(async () => {
  server = createServer()
  first = await revocationOf(A, 1)
  second = await revocationOf(A, 2, { issued: at(DAY / 2) })
  alarms = []
  keeper = keeperOf(server, { store: memoryKeeperStore(), onAlarm: (alarm) => alarms.push(alarm) })
  server.sites.set(A, siteOf(first, 1))
  await keeper.refresh({ now })
  server.sites.set(A, siteOf(second, 2))
})
afterEach(() => vi.useRealTimers())

const reasonOf = (each = keeper) => each.state.authorities[0]!.lastFailure?.reason
const sequenceOf = (each = keeper) => each.state.authorities[0]!.revocationList?.sequence

/** The old verifier is in use, without a warning; and the next good answer brings the new one. */
async function isUnharmed(): Promise<void> {
  expect(keeper.verify(await stampOf(A, 2), { now })).toMatchObject({ status: 'valid', warnings: [] })
  expect(keeper.verify(await stampOf(A, 1), { now })).toMatchObject({ reason: 'revoked' })
  server.answer = () => undefined
  server.sites.set(A, siteOf(second, 2))
  await keeper.refresh({ now })
  expect(sequenceOf()).toBe(2)
  expect(keeper.verify(await stampOf(A, 2), { now })).toMatchObject({ reason: 'revoked', warnings: [] })
}

const html = '<!doctype html><title>Wi-Fi</title><p>Please log in.'
const ofIndex = (address: string) => address.endsWith('/lists.json')
const indexText = () => new TextDecoder().decode(server.sites.get(A)!.get('lists.json'))
// biome-ignore lint/suspicious/noExplicitAny: what it says is to be spoilt
const change = (edit: (index: any) => unknown): Uint8Array => text(edit(JSON.parse(indexText())))
const putIndex = (bytes: Uint8Array) => void server.sites.get(A)!.set('lists.json', bytes)
const answer = (...args: ConstructorParameters<typeof Response>) => new Response(...args)
const failing = (bytes: Uint8Array) =>
  new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.slice(0, 10))
      controller.error(new Error('reset'))
    },
  })

const CASES: readonly (readonly [KeeperReason, string, () => void])[] = [
  [
    'no_answer',
    'the network is down',
    () => {
      server.answer = () => Promise.reject(new TypeError('fetch failed'))
    },
  ],
  [
    'no_answer',
    'the connection breaks in an answer',
    () => {
      server.answer = () => answer(failing(second))
    },
  ],
  [
    'status',
    'what answers is no response',
    () => {
      server.answer = () => ({}) as Response
    },
  ],
  [
    'status',
    'the server is in trouble',
    () => {
      server.answer = () => answer('sorry', { status: 503 })
    },
  ],
  ['status', 'a list is gone', () => void server.sites.get(A)!.delete('revocation.cbor')],
  [
    'redirect',
    'it sends elsewhere',
    () => {
      server.answer = () => answer(null, { status: 302, headers: { location: 'https://b.example/' } })
    },
  ],
  [
    'redirect',
    'it was followed elsewhere',
    () => {
      server.answer = () => Object.defineProperty(answer('x'), 'redirected', { value: true })
    },
  ],
  [
    'bad_index',
    'a captive portal answers everything',
    () => {
      server.answer = () => answer(html, { headers: { 'content-type': 'text/html' } })
    },
  ],
  [
    'other_bytes',
    'a captive portal answers for the list',
    () => {
      server.answer = (address) => (ofIndex(address) ? undefined : answer(html))
    },
  ],
  [
    'other_bytes',
    'a body is cut off',
    () => void server.sites.get(A)!.set('revocation.cbor', second.slice(0, -1)),
  ],
  [
    'other_bytes',
    'the list is yesterday’s under its new name',
    () => void server.sites.get(A)!.set('revocation.cbor', first),
  ],
  [
    'too_long',
    'the index is endless',
    () => {
      server.answer = (address) => (ofIndex(address) ? answer(new Uint8Array(65_537)) : undefined)
    },
  ],
  [
    'too_long',
    'the list is endless',
    () => {
      server.answer = (address) => (ofIndex(address) ? undefined : answer(new Uint8Array(2 ** 22 + 1)))
    },
  ],
  ['bad_index', 'the index is empty', () => putIndex(text(''))],
  ['bad_index', 'the index is no UTF-8', () => putIndex(Uint8Array.of(0x22, 0xff, 0x22))],
  ['bad_index', 'the index is very deep', () => putIndex(text('['.repeat(30_000) + ']'.repeat(30_000)))],
  [
    'bad_index',
    'the index is deep inside',
    () => putIndex(text(`{"kind":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`)),
  ],
  [
    'bad_index',
    'the index has a field of nobody’s',
    () => putIndex(change((index) => ({ ...index, next: 1 }))),
  ],
  [
    'bad_index',
    'a list has a field of nobody’s',
    () => putIndex(change((index) => ({ ...index, trust: { ...index.trust, size: 1 } }))),
  ],
  [
    'bad_index',
    'a field stands there twice',
    () => putIndex(text(indexText().replace('"authority"', '"authority": "x", "authority"'))),
  ],
  [
    'bad_index',
    'it names too many deltas',
    () =>
      putIndex(
        change(({ revocation, ...index }) => ({
          ...index,
          revocation: {
            ...revocation,
            deltas: Array(65).fill({ from: hashOf(first), path: 'x', sha256: hashOf(first) }),
          },
        })),
      ),
  ],
  ...[
    '../x',
    './x',
    '/x',
    '//b.example/x',
    'https://b.example/x',
    'a/../x',
    'a//x',
    'x?y',
    'x#y',
    'x%2e',
    'a\\x',
    '.x',
    'x/',
    'a/.x',
    '',
    'a'.repeat(201),
    'x y',
    'ｘ',
  ].map((path): [KeeperReason, string, () => void] => [
    'bad_index',
    `a path is ${path.slice(0, 20)}`,
    () => putIndex(change(({ revocation, ...index }) => ({ ...index, revocation: { ...revocation, path } }))),
  ]),
  [
    'wrong_authority',
    'the index is of another authority',
    () => putIndex(change((index) => ({ ...index, authority: 'b.example' }))),
  ],
]

describe('a keeper keeps its lists, and says why, where', () => {
  it.each(CASES)('%s: %s', async (reason, _, harm) => {
    harm()
    await keeper.refresh({ now })
    expect(reasonOf()).toBe(reason)
    expect(alarms).toEqual([])
    await isUnharmed()
  })

  it('status: it says unchanged to whoever has nothing', async () => {
    server.answer = () => answer(null, { status: 304 })
    const fresh = keeperOf(server)
    await fresh.refresh({ now })
    expect(reasonOf(fresh)).toBe('status')
  })

  it.each([
    ['does not answer', () => new Promise<Response>(() => {})],
    [
      'never ends',
      () =>
        Promise.resolve(
          answer(
            new ReadableStream({
              pull: (to) => new Promise((go) => setTimeout(() => go(to.enqueue(new Uint8Array(1))), 1_000)),
            }),
          ),
        ),
    ],
  ])('deadline: a server that %s', async (_, reply) => {
    vi.useFakeTimers({ now })
    for (const part of ['lists.json', 'revocation.cbor']) {
      server.answer = (address) => (address.endsWith(part) ? reply() : undefined)
      const refreshed = keeper.refresh()
      await vi.advanceTimersByTimeAsync(200_000)
      await refreshed
      expect(reasonOf()).toBe('deadline')
      expect(vi.getTimerCount()).toBeLessThanOrEqual(1) // the server's own
    }
    vi.useRealTimers()
    await isUnharmed()
  })
})

it('reads answers without a stream too, as React Native has them, and none that says it is too long', async () => {
  const plain = (bytes: Uint8Array, length = bytes.length) => ({
    ...{ status: 200, headers: new Headers({ 'content-length': String(length) }) },
    arrayBuffer: async () => Uint8Array.from(bytes).buffer,
  })
  const site = server.sites.get(A)!
  const fileAt = (address: string) => site.get(address.split('/').at(-1)!)!
  server.answer = (address) => plain(fileAt(address), 2 ** 24) as Response
  await keeper.refresh({ now })
  expect(reasonOf()).toBe('too_long')
  server.answer = () => plain(new Uint8Array(2 ** 17), 1) as Response
  await keeper.refresh({ now })
  expect(reasonOf()).toBe('too_long')
  server.answer = (address) => plain(fileAt(address)) as Response
  await keeper.refresh({ now })
  expect(sequenceOf()).toBe(2)
})

describe('a list that is old', () => {
  it('in an index that is old is a stale copy, and nothing is asked for', async () => {
    await keeper.refresh({ now })
    server.sites.set(A, siteOf(first, 1))
    server.asked.length = 0
    await keeper.refresh({ now })
    expect(keeper.state.authorities[0]).toMatchObject({
      staleCopy: true,
      alarms: [],
      revocationList: { sequence: 2 },
    })
    expect(server.asked.length).toBe(1)
    server.sites.set(A, siteOf(second, 2))
    await keeper.refresh({ now })
    expect(keeper.state.authorities[0]!.staleCopy).toBe(false)
  })

  it('in an index that calls it new is a rollback, and an alarm', async () => {
    await keeper.refresh({ now })
    server.sites.set(A, siteOf(first, 3))
    await keeper.refresh({ now })
    await keeper.refresh({ now })
    expect([reasonOf(), sequenceOf()]).toEqual(['rollback', 2])
    expect(alarms).toEqual([{ authority: A, kind: 'rollback', detail: '1 after 2' }])
    await keeper.refresh({ now })
    expect(keeper.state.authorities[0]!.alarms).toEqual(['rollback'])
  })

  it('is a rollback for a trust list too', async () => {
    const site = (trustList: Uint8Array, trustSequence: number) =>
      filesOf({ authority: A, trust: trustList, trustSequence, revocation: first, revocationSequence: 1 })
    server.sites.set(A, site(trustOf(A, { sequence: 5 }), 5))
    await keeper.refresh({ now })
    server.sites.set(A, site(trustOf(A, { sequence: 4 }), 6))
    await keeper.refresh({ now })
    expect([reasonOf(), keeper.state.authorities[0]!.trustList!.sequence]).toEqual(['rollback', 5])
  })

  it('of the same number and with another body is equivocation, and an alarm', async () => {
    server.sites.set(A, siteOf(await revocationOf(A, 1, { twist: 1 }), 1))
    await keeper.refresh({ now })
    expect(reasonOf()).toBe('equivocation')
    expect(alarms).toMatchObject([{ authority: A, kind: 'equivocation' }])
    await isUnharmed()
  })

  it('raises no alarm by itself: what nobody signed is no evidence', async () => {
    const forged = first.slice()
    forged[forged.length - 1]! ^= 1
    server.sites.set(A, siteOf(forged, 1))
    await keeper.refresh({ now })
    expect([reasonOf(), alarms]).toEqual(['wrong_key', []])
    await isUnharmed()
  })
})

describe('a delta that does not fit', () => {
  it.each([
    ['is another', async () => ['other.cbor', second] as const],
    ['is cut off', async () => ['delta-0.cbor', new Uint8Array(3)] as const],
    ['is gone', async () => ['delta-0.cbor', undefined] as const],
  ])('%s: the whole list comes in its place', async (_, harm) => {
    const site = siteOf(second, 2, [first])
    const [name, bytes] = await harm()
    if (bytes === undefined) site.delete(name)
    else if (name === 'delta-0.cbor') site.set(name, bytes)
    else {
      site.set(name, bytes)
      const index = JSON.parse(new TextDecoder().decode(site.get('lists.json')))
      index.revocation.deltas[0] = { from: hashOf(first), path: name, sha256: hashOf(second) }
      site.set('lists.json', text(index))
    }
    server.sites.set(A, site)
    await keeper.refresh({ now })
    expect([reasonOf(), sequenceOf()]).toEqual([undefined, 2])
    expect(server.asked.at(-1)!.address).toMatch(/revocation\.cbor$/)
  })
})

describe('a new epoch', () => {
  const next = trustOf(A, { sequence: 2, epoch: 1 })

  it('is taken with its revocation list', async () => {
    const revocation = await revocationOf(A, 3, { epoch: 1 })
    const site = filesOf({
      authority: A,
      trust: next,
      trustSequence: 2,
      revocation,
      revocationSequence: 3,
      epoch: 1,
    })
    server.sites.set(A, site)
    await keeper.refresh({ now })
    expect(keeper.verify(await stampOf(A, 3), { now })).toMatchObject({
      reason: 'revoked',
      trustList: { sequence: 2 },
    })
  })

  it.each([
    ['does not come', (site: Map<string, Uint8Array>) => void site.delete('revocation.cbor')],
    ['is another', (site: Map<string, Uint8Array>) => void site.set('revocation.cbor', first)],
  ])('leaves the old pair where its revocation list %s', async (_, harm) => {
    const revocation = await revocationOf(A, 3, { epoch: 1 })
    const site = filesOf({
      authority: A,
      trust: next,
      trustSequence: 2,
      revocation,
      revocationSequence: 3,
      epoch: 1,
    })
    harm(site)
    server.sites.set(A, site)
    await keeper.refresh({ now })
    expect(keeper.state.authorities[0]).toMatchObject({
      trustList: { sequence: 1 },
      revocationList: { sequence: 1 },
    })
    expect(keeper.verify(await stampOf(A, 2), { now })).toMatchObject({ status: 'valid' })
    expect(reasonOf()).toBeDefined()
  })

  it('leaves the old pair where the index still has the old revocation list', async () => {
    server.sites.set(
      A,
      filesOf({ authority: A, trust: next, trustSequence: 2, revocation: second, revocationSequence: 2 }),
    )
    await keeper.refresh({ now })
    expect([reasonOf(), keeper.state.authorities[0]!.trustList!.sequence]).toEqual(['wrong_epoch', 1])
  })

  it('is not taken alone, also not by whoever has nothing better', async () => {
    const fresh = keeperOf(server, { store: memoryKeeperStore() })
    server.sites.get(A)!.delete('revocation.cbor')
    await fresh.refresh({ now })
    expect(fresh.verify(await stampOf(A, 2), { now })).toMatchObject({ reason: 'trust_list_missing' })
  })
})

describe('over real HTTP', () => {
  let http: HttpServer
  let reply: (url: string) => { status?: number; headers?: Record<string, string>; body: Uint8Array | string }
  let seen: { url: string; headers: Record<string, unknown> }[]
  let real: Keeper

  beforeEach(async () => {
    seen = []
    http = createHttpServer((request, response) => {
      seen.push({ url: request.url!, headers: request.headers })
      const { status = 200, headers = {}, body } = reply(request.url!)
      response.writeHead(status, headers).end(body)
    })
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
    const { port } = http.address() as AddressInfo
    real = keeperOf(server, {
      fetch: undefined,
      store: memoryKeeperStore(),
      addresses: { [A]: `http://127.0.0.1:${port}/lists/` },
    })
  })
  afterEach(() => void http.close())

  const file = (url: string) => server.sites.get(A)!.get(url.split('/').at(-1)!)!

  it('brings lists, compressed or not and of whatever type, and sends no more than it must', async () => {
    reply = (url) => ({
      body: gzipSync(file(url)),
      headers: {
        'content-encoding': 'gzip',
        'content-type': 'text/html',
        'set-cookie': 'who=me',
        etag: '"cookie"',
      },
    })
    await real.refresh({ now })
    await real.refresh({ now })
    expect([reasonOf(real), sequenceOf(real)]).toEqual([undefined, 2])
    for (const { headers } of seen) {
      expect(headers).not.toHaveProperty('cookie')
      expect(headers).not.toHaveProperty('referer')
      expect(headers).not.toHaveProperty('if-none-match')
    }
  })

  it('stops reading what unpacks to more than a list may have', async () => {
    const bomb = gzipSync(new Uint8Array(2 ** 27))
    reply = (url) =>
      ofIndex(url) ? { body: file(url) } : { body: bomb, headers: { 'content-encoding': 'gzip' } }
    const before = process.memoryUsage().arrayBuffers
    await real.refresh({ now })
    expect(reasonOf(real)).toBe('too_long')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26)
    reply = () => ({ body: bomb, headers: { 'content-encoding': 'gzip' } })
    await real.refresh({ now })
    expect(reasonOf(real)).toBe('too_long')
  })

  it('follows no redirect', async () => {
    reply = (url) =>
      url.startsWith('/lists/')
        ? { status: 302, headers: { location: '/other/lists.json' }, body: '' }
        : { body: file(url) }
    await real.refresh({ now })
    expect([sequenceOf(real), seen.length]).toEqual([undefined, 1])
    expect(['no_answer', 'redirect']).toContain(reasonOf(real))
  })

  it('asks with an ETag only where the server names the bytes by their hash', async () => {
    reply = (url) => ({ body: file(url), headers: { etag: `"${hashOf(file(url))}"` } })
    await real.refresh({ now })
    await real.refresh({ now })
    expect(seen.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      undefined,
      undefined,
      `"${hashOf(file('lists.json'))}"`,
    ])
  })
})

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { draftDocument, signDocument } from '../../../../src/document/sign.ts'
import { seedSigner } from '../../../../src/ed25519/noble/signer.ts'
import { createUpload, documentsOf, type Upload, type UploadOptions } from '../../src/kiosk/upload.ts'

/** What a server does with each request, one after another; the last one for all that follow. */
type Act = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const START = Date.parse('2026-03-01T08:00:00Z')
const signer = seedSigner(new Uint8Array(32).fill(5))
const documentOf = (length: number) =>
  signDocument(draftDocument('veristamp:scans1', new Uint8Array(length).fill(7)), signer)

let acts: Act[]
let bodies: Buffer[]
let requests: IncomingMessage[]
let address: string
let now: number
let upload: Upload
const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    const body = Buffer.concat(parts)
    bodies.push(body)
    requests.push(request)
    const act = acts.length > 1 ? acts.shift()! : acts[0]!
    act(request, response, body)
  })
})
const status =
  (code: number, headers: Record<string, string> = {}): Act =>
  (_, response) =>
    void response.writeHead(code, headers).end()

beforeEach(async () => {
  acts = [status(204)]
  bodies = []
  requests = []
  now = START
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scans`
})
afterEach(async () => {
  upload.stop()
  vi.useRealTimers()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

interface Asked {
  readonly since: (Date | undefined)[]
  kept: Date | undefined
}

function open(files: readonly Uint8Array[], options: Partial<UploadOptions> = {}): Asked {
  const asked: Asked = { since: [], kept: undefined }
  upload = createUpload({
    address,
    async log(since) {
      asked.since.push(since)
      return Buffer.concat(files)
    },
    sent: {
      get: async () => asked.kept,
      set: async (when) => {
        asked.kept = when
      },
    },
    now: () => new Date(now),
    random: () => 0.5,
    ...options,
  })
  return asked
}

describe('The log’s way to a server', () => {
  test('is one request for each document, as cbor, with nothing that tells more', async () => {
    const files = await Promise.all([3, 30, 300, 70_000].map(documentOf))
    const asked = open(files)
    expect(await upload.send()).toBeUndefined()
    expect(bodies).toEqual(files.map((file) => Buffer.from(file)))
    for (const { method, url, headers } of requests) {
      expect([method, url, headers['content-type']]).toEqual(['POST', '/scans', 'application/cbor'])
      expect([headers.cookie, headers.authorization, headers.referer]).toEqual([
        undefined,
        undefined,
        undefined,
      ])
    }
    expect([upload.state, upload.lastSent, asked.kept]).toEqual(['sent', new Date(START), new Date(START)])
  })

  test('begins an hour before the last time, and anew each week and under a clock that was ahead', async () => {
    const asked = open([])
    await upload.send()
    now += HOUR
    await upload.send()
    now = START - HOUR
    await upload.send()
    now = START + 7 * 24 * HOUR
    await upload.send()
    expect(asked.since).toEqual([undefined, new Date(START - HOUR), undefined, undefined])
  })

  test('is taken up again where it broke off: nothing counts as sent before all is', async () => {
    const files = await Promise.all([10, 20, 30].map(documentOf))
    acts = [status(204), (request) => void request.socket.destroy(), status(204)]
    const asked = open(files)
    expect(await upload.send()).toBe(MINUTE)
    expect([upload.state, asked.kept]).toEqual(['unreachable', undefined])
    await upload.send()
    expect(bodies.slice(-3)).toEqual(files.map((file) => Buffer.from(file)))
    expect(upload.state).toBe('sent')
  })

  test.each([
    ['an error', status(500), 'unreachable', MINUTE],
    ['a redirect elsewhere', status(302, { location: 'http://127.0.0.1:1/steal' }), 'unreachable', MINUTE],
    [
      'a broken answer',
      ((_: IncomingMessage, response: ServerResponse) =>
        void response.socket!.end('HTTP/0.1 what\r\n\r\n')) as Act,
      'unreachable',
      MINUTE,
    ],
    [
      'an answer that has no end',
      ((_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200)
        const pour = setInterval(() => response.write(Buffer.alloc(65_536)), 1)
        response.on('close', () => clearInterval(pour))
      }) as Act,
      'sent',
      undefined,
    ],
    ['a wait of two minutes', status(429, { 'retry-after': '120' }), 'unreachable', 2 * MINUTE],
    ['a wait of a thousand years', status(503, { 'retry-after': '31556952000' }), 'unreachable', 24 * HOUR],
    ['a wait below 0', status(503, { 'retry-after': '-9' }), 'unreachable', MINUTE],
    ['a wait of no length', status(503, { 'retry-after': '0' }), 'unreachable', MINUTE],
    [
      'a wait that is no number',
      status(503, { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }),
      'unreachable',
      MINUTE,
    ],
    ['not found', status(404), 'none', 24 * HOUR],
    ['not allowed', status(405), 'none', 24 * HOUR],
    ['an unknown scanner', status(403), 'refused', HOUR],
    ['too long', status(413), 'refused', HOUR],
  ])('survives %s', async (_, act, state, wait) => {
    acts = [act]
    const asked = open([await documentOf(9)])
    expect([await upload.send(), upload.state]).toEqual([wait, state])
    expect(asked.kept === undefined).toBe(state !== 'sent')
  })

  test('waits twice as long each time, an hour at the most, and not as long as all others', async () => {
    acts = [status(500)]
    open([await documentOf(9)])
    const waits: (number | undefined)[] = []
    for (let i = 0; i < 8; i++) waits.push(await upload.send())
    expect(waits.map((wait) => wait! / MINUTE)).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    upload.stop()
    open([await documentOf(9)], { random: () => 1 })
    expect(await upload.send()).toBe(1.2 * MINUTE)
  })

  test('gathers what comes within a minute, and tries again by itself', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const post = vi.fn(async () => new Response(null, { status: post.mock.calls.length === 1 ? 503 : 204 }))
    open([await documentOf(9)], { fetch: post })
    for (let i = 0; i < 5; i++) upload.changed()
    await vi.advanceTimersByTimeAsync(MINUTE - 1)
    expect(post).toHaveBeenCalledTimes(0)
    await vi.advanceTimersByTimeAsync(1)
    expect([post.mock.calls.length, upload.state]).toEqual([1, 'unreachable'])
    upload.changed()
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect([post.mock.calls.length, upload.state]).toEqual([2, 'sent'])
    await vi.advanceTimersByTimeAsync(24 * HOUR)
    expect(post).toHaveBeenCalledTimes(2)
    upload.changed()
    upload.stop()
    await vi.advanceTimersByTimeAsync(HOUR)
    expect(post).toHaveBeenCalledTimes(2)
  })

  test('begins again for what was scanned while it was on its way', async () => {
    const post = async () => {
      upload.changed()
      return new Response(null, { status: 204 })
    }
    open([await documentOf(9)], { fetch: post })
    expect([await upload.send(), upload.state]).toEqual([MINUTE, 'sent'])
  })

  test('is none where the log can’t be made, and scanning goes on', async () => {
    open([], { log: () => Promise.reject(new Error('no key')) })
    expect(await upload.send()).toBe(MINUTE)
    expect(upload.state).toBe('unreachable')
  })

  test('takes a log apart into its documents', async () => {
    const files = await Promise.all([0, 23, 24, 255, 256, 65_535, 65_536].map(documentOf))
    expect([...documentsOf(Buffer.concat(files))].map((each) => Buffer.from(each))).toEqual(
      files.map((file) => Buffer.from(file)),
    )
  })
})

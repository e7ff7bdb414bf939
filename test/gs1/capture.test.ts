import { describe, expect, it } from 'vitest'
import {
  type CaptureClientOptions,
  type CaptureStore,
  createCaptureClient,
  declareMistake,
  type EpcisEvent,
  memoryCaptureStore,
} from '../../src/gs1.ts'
import { retryAfter } from '../../src/lib/try-again.ts'
import {
  type CaptureServer,
  openCaptureServer,
  problem,
  type ServerOptions,
} from '../support/capture-server.ts'
import { collect, maker, SQUID, TIME } from '../support/gs1-facts.ts'

/** The client that gives events to servers, and servers that misbehave. */

const TOKEN = 'eyJhbGciOi.J9-secret_~+/=='

/** So many events, each of one stamp. */
const events = (count: number, first = 1): Promise<EpcisEvent[]> =>
  collect(
    maker.commissioned(
      Array.from({ length: count }, (_, i) => ({
        ...{ product: SQUID, first: first + i, last: first + i },
        time: new Date(TIME.getTime() + (first + i) * 1000),
      })),
    ),
  )

const clientOf = ({ url }: CaptureServer, options: Partial<CaptureClientOptions> = {}) =>
  createCaptureClient({ url, store: memoryCaptureStore(), now: () => TIME, ...options })

async function withServer(
  options: ServerOptions,
  work: (server: CaptureServer) => Promise<void>,
): Promise<void> {
  await using server = await openCaptureServer(options)
  await work(server)
}

const idsOf = (all: readonly EpcisEvent[]) => all.map(({ eventID }) => eventID)
const failure = (facts: object) =>
  expect.objectContaining({ code: 'capture_failed', details: expect.objectContaining(facts) })

describe.concurrent('a capture client', () => {
  it('gives a server every event once, and nothing the second time', () =>
    withServer({ looks: 1 }, async (server) => {
      const store = memoryCaptureStore()
      const all = await events(7)
      const client = clientOf(server, { store })
      expect(await client.send(all)).toEqual({ sent: 7, known: 0, refused: [], complete: true })
      expect([...server.taken]).toEqual(idsOf(all).map((id) => [id, 1]))
      expect(server.posts[0]!.headers).toMatchObject({
        'gs1-capture-error-behaviour': 'rollback',
        'gs1-epcis-version': '2.0.0',
        'content-type': 'application/json',
      })
      expect(await client.send([...all, ...(await events(1, 8)), all[0]!])).toMatchObject({
        sent: 1,
        known: 7,
      })
      expect(server.posts.map((post) => post.events)).toEqual([7, 1])
    }))

  it('keeps to the limits that a server states', () =>
    withServer({ headers: { 'GS1-EPCIS-Capture-Limit': '3' }, maxEvents: 3 }, async (server) => {
      expect(await clientOf(server).send(await events(7))).toMatchObject({ sent: 7, refused: [] })
      expect(server.posts.map((post) => post.events)).toEqual([3, 3, 1])
    }))

  it('keeps to a limit of bytes, to the last one', () =>
    withServer({}, async (probe) => {
      const all = await events(4)
      await clientOf(probe).send(all.slice(0, 2))
      const limit = probe.posts[0]!.bytes
      for (const [most, expected] of [
        [limit, [2, 2]],
        [limit - 1, [1, 1, 1, 1]],
      ] as const)
        await withServer(
          { headers: { 'GS1-EPCIS-Capture-File-Size-Limit': `${most}` }, maxBytes: most },
          async (server) => {
            expect(await clientOf(server).send(all)).toMatchObject({ sent: 4, refused: [] })
            expect(server.posts.map((post) => post.events)).toEqual(expected)
            for (const { bytes } of server.posts) expect(bytes).toBeLessThanOrEqual(most)
          },
        )
    }))

  it.each(['0', '-1', 'many', '1e9', '99999999999999999999', ''])('passes over the limit %j', (limit) =>
    withServer(
      { headers: { 'gs1-epcis-capture-limit': limit, 'gs1-epcis-capture-file-size-limit': limit } },
      async (server) => {
        expect(await clientOf(server).send(await events(3))).toMatchObject({ sent: 3 })
        expect(server.posts).toHaveLength(1)
      },
    ),
  )

  it('finds the limit of a server that lies about it', () =>
    withServer({ headers: { 'gs1-epcis-capture-limit': '1000' }, maxEvents: 2 }, async (server) => {
      expect(await clientOf(server).send(await events(11))).toMatchObject({ sent: 11, refused: [] })
      expect([...server.taken.values()]).toEqual(Array(11).fill(1))
    }))

  it('says which event is too large, and sends the others', () =>
    withServer(
      { headers: { 'gs1-epcis-capture-file-size-limit': '1000' }, maxBytes: 1000 },
      async (server) => {
        const large = await collect(maker.commissioned([{ product: SQUID, first: 1, last: 50, time: TIME }]))
        const result = await clientOf(server).send([...(await events(1)), ...large, ...(await events(1, 2))])
        expect(result).toMatchObject({
          sent: 2,
          refused: [{ event: large[0]!.eventID, reason: 'too_large' }],
        })
        expect(server.posts).toHaveLength(2)
      },
    ))

  it.each([{}, { proceeds: true }])('finds what is refused among many, and gives the rest (%j)', (kind) =>
    withServer(
      { ...kind, refuses: ({ epcList }) => (/\/(5|12)$/.test(epcList![0]!) ? 'no such product' : undefined) },
      async (server) => {
        const all = await events(20)
        const { sent, refused } = await clientOf(server).send(all)
        expect(sent).toBe(18)
        expect(refused).toEqual(
          [4, 11].map((at) => ({
            ...{ event: all[at]!.eventID, declaration: false, reason: 'refused' },
            problems: ['Refused: no such product'],
          })),
        )
        expect(server.taken.size).toBe(18)
      },
    ),
  )

  it('says what behaviour it asks for: to proceed only where a server can do nothing else', () =>
    withServer({ headers: { 'gs1-capture-error-behaviour': 'proceed' }, proceeds: true }, async (server) => {
      await clientOf(server).send(await events(1))
      expect(server.posts[0]!.headers['gs1-capture-error-behaviour']).toBe('proceed')
    }))

  it('stops after a hundred refusals, and says so', () =>
    withServer({ refuses: () => 'never' }, async (server) => {
      const result = await clientOf(server).send(await events(130))
      expect([result.refused.length, result.complete, result.sent]).toEqual([100, false, 0])
    }))

  it('counts an event as given that a server refuses because it has it', () =>
    withServer({ noRepeats: true }, async (server) => {
      const all = await events(5)
      await clientOf(server).send(all.slice(1, 3))
      expect(await clientOf(server).send(all)).toMatchObject({ sent: 5, refused: [] })
      expect([...server.taken.values()]).toEqual(Array(5).fill(1))
    }))

  it('sends a declaration of a mistake after its event, each once', () =>
    withServer({ noRepeats: true }, async (server) => {
      const store = memoryCaptureStore()
      const [event] = await events(1)
      const mistake = declareMistake(event!, { declared: TIME, reason: 'did_not_occur' })
      expect(await clientOf(server, { store }).send([event!, mistake])).toMatchObject({
        sent: 2,
        refused: [],
      })
      expect(await clientOf(server, { store }).send([event!, mistake])).toMatchObject({ sent: 0, known: 2 })
      expect([...server.declared]).toEqual([event!.eventID])
    }))

  it('waits as long as a server asks, in seconds or until a date', () =>
    withServer(
      {
        misbehave: ({ kind, number }, response) => {
          if (kind !== 'POST' || number > 2) return false
          const when = number === 1 ? '1' : new Date(Date.now() + 1500).toUTCString()
          problem(response, number === 1 ? 429 : 503, 'busy', '', { 'retry-after': when })
          return true
        },
      },
      async (server) => {
        const start = Date.now()
        expect(await clientOf(server, { now: () => new Date() }).send(await events(2))).toMatchObject({
          sent: 2,
        })
        expect(Date.now() - start).toBeGreaterThan(1400)
        expect(server.asked.POST).toBe(3)
      },
    ))

  it('ends where a server asks for more patience than there is, and says when to come back', () =>
    withServer(
      {
        misbehave: (_, response) => {
          problem(response, 429, 'TooManyRequests', 'come back tomorrow', { 'retry-after': '3600' })
          return true
        },
      },
      async (server) => {
        const until = new Date(TIME.getTime() + 3_600_000).toISOString()
        await expect(clientOf(server).send(await events(1))).rejects.toEqual(
          failure({ fault: 'busy', until }),
        )
      },
    ))

  it('does not ask without end where a server is busy for ever and says to come back at once', () =>
    withServer(
      {
        misbehave: (_, response) => {
          problem(response, 503, 'busy', '', { 'retry-after': '0' })
          return true
        },
      },
      async (server) => {
        await expect(clientOf(server, { patience: 500 }).send(await events(1))).rejects.toMatchObject({
          details: { fault: 'busy' },
        })
        expect(server.asked.OPTIONS).toBeLessThan(10)
      },
    ))

  it.each(['OPTIONS', 'POST', 'job'])('goes on after cut connections and 502 at %s', (kind) =>
    withServer(
      {
        misbehave: (asked, response) => {
          if (asked.kind !== kind || asked.number > 2) return false
          asked.take() // what was cut may have arrived
          if (asked.number === 1) asked.request.socket.destroy()
          else response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
          return true
        },
      },
      async (server) => {
        const all = await events(3)
        expect(await clientOf(server).send(all)).toMatchObject({ sent: 3, refused: [] })
        expect([...server.taken.keys()]).toEqual(idsOf(all))
      },
    ),
  )

  it('ends where nobody answers', () =>
    withServer({}, async (server) => {
      await server[Symbol.asyncDispose]()
      await expect(clientOf(server, { patience: 1000 }).send(await events(1))).rejects.toEqual(
        failure({ fault: 'unreachable', server: server.url }),
      )
    }))

  it.each([
    ['never answers', () => true],
    [
      'drips',
      (_: unknown, response: import('node:http').ServerResponse) => {
        response.writeHead(200)
        const timer = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(timer))
        return true
      },
    ],
  ] as const)('gives a request that %s no more time than it has', (_, misbehave) =>
    withServer({ misbehave }, async (server) => {
      const client = clientOf(server, { timeout: 150, patience: 500 })
      await expect(client.send(await events(1))).rejects.toEqual(failure({ fault: 'timeout' }))
    }),
  )

  it('reads no more of an answer than it needs', () =>
    withServer(
      {
        misbehave: ({ kind }, response) => {
          if (kind !== 'job') return false
          response.writeHead(200, { 'content-type': 'application/json' })
          const more = (): void => {
            while (response.write(' '.repeat(65_536)));
            response.once('drain', more)
          }
          more()
          return true
        },
      },
      async (server) => {
        const before = process.memoryUsage().rss
        await expect(clientOf(server).send(await events(1))).rejects.toEqual(
          failure({ fault: 'strange_answer' }),
        )
        expect(process.memoryUsage().rss - before).toBeLessThan(200e6)
      },
    ))

  it.each(['OPTIONS', 'POST', 'job'])(
    'follows no redirection at %s, and gives its token to no other',
    async (kind) => {
      await using other = await openCaptureServer()
      await withServer(
        {
          misbehave: (asked, response) => {
            if (asked.kind !== kind) return false
            response.writeHead(307, { location: `${other.url}/capture` }).end()
            return true
          },
        },
        async (server) => {
          await expect(clientOf(server, { token: TOKEN }).send(await events(1))).rejects.toEqual(
            failure({ fault: 'redirected' }),
          )
          expect(other.asked).toEqual({ OPTIONS: 0, POST: 0, job: 0, event: 0 })
        },
      )
    },
  )

  it.each<[string, ServerOptions['location']]>([
    ['absolute', (id, base) => `${base}/capture/${id}`],
    ['from the root of the host', (id) => `/v2/capture/${id}`],
    ['from the root of the server', (id) => `/capture/${id}`],
    ['from where it was posted', (id) => `capture/${id}`],
  ])('finds a job whose address is %s', (_, location) =>
    withServer({ location: location! }, async (server) => {
      expect(await clientOf(server).send(await events(1))).toMatchObject({ sent: 1 })
    }),
  )

  it.each<[string, ServerOptions['location']]>([
    ['of another host', (id) => `https://evil.example/capture/${id}`],
    ['that is empty', () => undefined],
    ['with a user', (id, base) => `${base.replace('//', '//user:word@')}/capture/${id}`],
    ['of another kind', () => 'javascript:alert(1)'],
    ['that is no address', () => 'http://[::'],
  ])('takes no job address %s', (_, location) =>
    withServer({ location: location! }, async (server) => {
      await expect(clientOf(server).send(await events(1))).rejects.toEqual(
        failure({ fault: 'strange_answer', status: 202 }),
      )
      expect(server.asked.job).toBe(0)
    }),
  )

  it.each([
    ['null', 'strange_answer'],
    ['{}', 'strange_answer'],
    ['{"running":"no","success":1}', 'strange_answer'],
    ['<html>', 'strange_answer'],
    ['[]', 'strange_answer'],
  ])('takes %s for no job', (text, fault) =>
    withServer(
      {
        misbehave: ({ kind }, response) => {
          if (kind === 'job') response.writeHead(200).end(text)
          return kind === 'job'
        },
      },
      async (server) => {
        await expect(clientOf(server).send(await events(1))).rejects.toEqual(failure({ fault }))
      },
    ),
  )

  it('comes back for a job that takes too long, and for one that is gone', () =>
    withServer({ looks: 1 }, async (server) => {
      const store = memoryCaptureStore()
      const all = await events(2)
      await expect(clientOf(server, { store, patience: 0 }).send(all)).rejects.toEqual(
        failure({ fault: 'job_open' }),
      )
      expect(store.openJobs()).toEqual([{ job: '/v2/capture/id1', events: idsOf(all) }])
      expect(await clientOf(server, { store }).send(all)).toMatchObject({ sent: 0, known: 2 })
      expect(server.posts).toHaveLength(1)
      store.note({ begun: { job: '/v2/capture/id77', events: ['urn:x:1'] } })
      expect(await clientOf(server, { store }).send(await events(1, 3))).toMatchObject({ sent: 1 })
      expect([store.openJobs(), store.has('urn:x:1')]).toEqual([[], false])
    }))

  it('says what a server wants that knows us not, and repeats no token', () =>
    withServer({ token: 'another' }, async (server) => {
      const error = await clientOf(server, { token: TOKEN })
        .send(await events(1))
        .catch((thrown: unknown) => thrown)
      expect(error).toEqual(
        failure({ fault: 'unauthorized', status: 401, detail: expect.stringContaining('not with Bearer …') }),
      )
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('secret')
    }))

  it('shows its token to the server', () =>
    withServer({ token: TOKEN }, async (server) => {
      expect(await clientOf(server, { token: TOKEN }).send(await events(1))).toMatchObject({ sent: 1 })
    }))

  it('says where nothing captures events', () =>
    withServer({}, async (server) => {
      const client = createCaptureClient({
        url: `${server.url}/wrong`,
        store: memoryCaptureStore(),
        now: () => TIME,
      })
      await expect(client.send(await events(1))).rejects.toEqual(
        failure({ fault: 'no_capture', status: 404 }),
      )
    }))

  it('stops when it is asked to, wherever it is', () =>
    withServer({ looks: 1e9 }, async (server) => {
      const stop = new AbortController()
      setTimeout(() => stop.abort(new Error('enough')), 300)
      await expect(clientOf(server).send(await events(1), { signal: stop.signal })).rejects.toThrow('enough')
    }))

  it('hands on what the store and the events throw', () =>
    withServer({}, async (server) => {
      const store: CaptureStore = {
        ...memoryCaptureStore(),
        note() {
          throw new Error('disk full')
        },
      }
      await expect(clientOf(server, { store }).send(await events(1))).rejects.toThrow('disk full')
      const broken = (async function* () {
        yield* await events(1)
        throw new Error('bad row')
      })()
      await expect(clientOf(server).send(broken)).rejects.toThrow('bad row')
    }))
})

describe('the address of a server', () => {
  const open = (url: string, options: Partial<CaptureClientOptions> = {}) =>
    createCaptureClient({ url, store: memoryCaptureStore(), now: () => TIME, ...options })

  it.each([
    'https://a.example',
    'https://a.example/v2/',
    'http://localhost:8080/x',
    'http://127.0.0.1/',
    'http://[::1]:9/',
  ])('may be %s', (url) => {
    expect(() => open(url)).not.toThrow()
  })

  it.each([
    'http://a.example',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'ftp://a.example',
    'a.example',
    '',
    'https://a.example/?key=secret',
    'https://a.example/#secret',
    'https://user:secret@a.example',
    'ftp://user:secret@a.example',
    'user:secret@a.example',
    'https://user:secret@a b',
    'https://secret@[::/',
  ])('may not be %j, and nothing secret of it is repeated', (url) => {
    expect(() => open(url)).toThrow(expect.objectContaining({ code: 'argument_range' }))
    expect(() => open(url)).not.toThrow(/secret/)
  })

  it('may be plain http to elsewhere where that is allowed', () => {
    expect(() => open('http://a.example', { allowHttp: true })).not.toThrow()
  })

  it.each(['a b', 'ü', 'a\nb', '', 'a\r\nX-Evil: 1'])(
    'takes no token %j, and does not repeat it',
    (token) => {
      expect(() => open('https://a.example', { token })).toThrow(/options.token: expected a bearer token/)
    },
  )
})

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    [' 120 ', 120_000],
    [TIME.toUTCString(), 0],
    [new Date(TIME.getTime() + 5000).toUTCString(), 5000],
    [new Date(0).toUTCString(), 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['99999999999', undefined],
    [null, undefined],
  ])('of %j is %j', (text, expected) => {
    expect(retryAfter(text, TIME)).toBe(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { serverApp } from '../../src/cli/server/app.ts'
import { Paces } from '../../src/cli/server/limits.ts'
import type { RunAtHand } from '../../src/cli/server/runs-at-hand.ts'
import { MAX_UPLOAD } from '../../src/cli/server/scans.ts'
import { toFleetError } from '../../src/fleet/failures.ts'
import { openChunkIntakeStore } from '../../src/intake/chunk-store.ts'
import { openIntake } from '../../src/intake/intake.ts'
import { dayOfScan, type IntakeStore } from '../../src/intake/store.ts'
import { concatBytes } from '../../src/lib/bytes.ts'
import { memoryScanStore, type ScanStore } from '../../src/scanlog/store.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'
import {
  at,
  codeOf,
  DAY,
  exported,
  HANOI,
  HERE,
  MINUTE,
  NOWHERE,
  openLog,
  START,
  scan,
  scannerOf,
} from '../scanlog/logs.ts'
import { hasGs1Data, whyNoGs1Data } from '../support/gs1-data.ts'
import { catalogue, SQUID_GTIN } from '../support/gs1-facts.ts'
import { expectValid, schemaOf } from '../support/gs1-schemas.ts'
import { fastEngine, listOf, mustLoad } from '../support/trust-lists.ts'

const listWith = (...prefixes: string[]): TrustList =>
  mustLoad(
    listOf({ issuers: [], prefixes, catalogue, scanners: [scannerOf(HERE), scannerOf(HANOI)] }, 'root'),
  )
const TRUST = listWith('HTTPS://TEM.EXAMPLE/QNI/')
const TOKEN = 'a-token'

const RUN: RunAtHand = {
  ...{ id: '12-104-1-1', facility: 12, product: 104, first: 1, last: 3, count: 3 },
  ...{ reserved: at(0), state: 'finished', released: 0, revoked: 0 },
}

interface Setting {
  readonly trustList?: TrustList
  readonly chunks?: ScanStore
  readonly max?: number
  readonly token?: string | undefined
  readonly fault?: unknown
  readonly now?: Date
  /** What the store of findings throws. */
  readonly broken?: unknown
}

async function server(setting: Setting = {}) {
  const { trustList = TRUST, chunks = memoryScanStore(), max, fault } = setting
  const store = await openChunkIntakeStore(chunks, { ...(max !== undefined && { max }) })
  const lists = { trustList, trust: trustList.sequence }
  const faults: unknown[] = []
  let now = setting.now ?? at(DAY)
  const app = serverApp({
    intake: openIntake({
      store: setting.broken ? brokenBy(store, setting.broken) : store,
      lists,
      engine: fastEngine,
    }),
    lists: {
      current: () => ({ trustList, revocationList: undefined }),
      fault: () => fault,
      look: () => false,
    },
    runs: async () => [RUN],
    token: 'token' in setting ? setting.token : TOKEN,
    now: () => now,
    refresh: () => {},
    onFault: (error) => faults.push(error),
  })
  return {
    faults,
    later: (seconds: number) => {
      now = new Date(now.getTime() + 1000 * seconds)
    },
    ask: async (path: string, options?: RequestInit) => app.request(path, options),
    send: async (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
      app.request('/scans', {
        method: 'POST',
        headers: { 'Content-Type': 'application/cbor', ...headers },
        body,
        duplex: 'half',
      } as RequestInit),
    open: async (path: string) => app.request(path, { headers: { Authorization: `Bearer ${TOKEN}` } }),
  }
}

/** A store whose database refuses all that is asked. */
function brokenBy(store: IntakeStore, error: unknown): IntakeStore {
  const fail = () => Promise.reject(error)
  return { ...store, findings: fail, scanners: fail, keep: fail }
}

async function logOf(
  place: string,
  serials: readonly number[],
  seconds = 0,
): Promise<Uint8Array<ArrayBuffer>> {
  const log = await openLog({ place })
  for (const serial of serials) scan(log, codeOf(serial), seconds)
  return new Uint8Array(await exported(log, place))
}

// biome-ignore lint/suspicious/noExplicitAny: each test looks for what it expects
const jsonOf = async (response: Response): Promise<any> => response.json()
const said = async (response: Response) => [response.status, await response.json()]

describe('POST /scans', () => {
  it('takes a kiosk’s file, as often as it comes, and says what it took', async () => {
    const { send } = await server()
    const file = await logOf(HERE, [1, 2])
    const taken = { authority: TRUST.authority, place: HERE, future: 0, undone: 0, newest: START }
    expect(await said(await send(file))).toEqual([200, { taken: [{ ...taken, added: 2, known: 0 }] }])
    expect(await said(await send(file))).toEqual([200, { taken: [{ ...taken, added: 0, known: 2 }] }])
    const both = concatBytes(file, await logOf(HANOI, [7]))
    expect((await jsonOf(await send(both))).taken.map(({ added }: { added: number }) => added)).toEqual([
      0, 1,
    ])
  })

  it('tells everyone with the token of a copy that two kiosks saw', async () => {
    const { send, ask, open } = await server()
    await send(await logOf(HERE, [1]))
    await send(await logOf(HANOI, [1], MINUTE))
    const { findings } = await jsonOf(await open('/findings'))
    expect(findings).toMatchObject([
      { finding: { kind: 'impossible_travel', seconds: MINUTE }, serial: 1, single: false, disputed: false },
    ])
    expect(await said(await open('/findings?max=0'))).toEqual([200, { findings: [] }])
    expect(await said(await open('/findings?skip=1'))).toEqual([200, { findings: [] }])
    expect((await open('/findings?max=-1')).status).toBe(400)
    expect((await ask('/findings')).status).toBe(401)
  })

  it('refuses what is forged, damaged, too long, or from nobody it knows', async () => {
    const { send, ask, open } = await server()
    const good = await logOf(HERE, [1])
    expect(await said(await send(await logOf(NOWHERE, [1])))).toMatchObject([
      403,
      { reason: 'unknown_scanner' },
    ])
    const forged = good.slice()
    forged[forged.length - 1]! ^= 1
    expect(await said(await send(forged))).toMatchObject([403, { reason: 'bad_signature' }])
    expect(await said(await send(good.slice(1)))).toMatchObject([400, { reason: 'malformed' }])
    expect((await send(good, { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await send(good, { 'Content-Encoding': 'gzip' })).status).toBe(415)
    expect((await ask('/scans', { method: 'POST' })).status).toBe(415)
    const tooLong = [413, { reason: 'too_long', max: MAX_UPLOAD }]
    expect(await said(await send(good, { 'Content-Length': String(MAX_UPLOAD + 1) }))).toEqual(tooLong)
    expect(await said(await send(endless(MAX_UPLOAD + 1)))).toEqual(tooLong)
    expect((await ask('/scans')).status).toBe(404)
    const figures = await (await open('/metrics')).text()
    expect(figures).toContain('veristamp_uploads_refused_total{reason="unknown_scanner"} 1\n')
    expect(figures).toContain('veristamp_uploads_refused_total{reason="wrong_media_type"} 3\n')
  })

  it('is no fault of the server where whoever sent it hangs up', async () => {
    const { send, faults } = await server()
    const cut = new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) })
    expect(await said(await send(cut))).toEqual([408, { reason: 'too_slow' }])
    expect(faults).toEqual([])
  })

  it('may be sent by a page of any host, as kiosks are', async () => {
    const { ask, send } = await server()
    const asked = await ask('/scans', { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([204, 'Content-Type'])
    for (const answer of [asked, await send(await logOf(HERE, [1])), await send(Uint8Array.of(1))])
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('says that it is full, or busy, so that nobody throws scans away', async () => {
    const { send } = await server({ max: 1 })
    expect(await said(await send(await logOf(HERE, [1, 2])))).toEqual([507, { reason: 'full' }])
    const inDatabase = toFleetError({ severity: 'ERROR', code: '53100', message: 'could not extend file' })
    for (const noRoom of [Object.assign(new Error('no space'), { code: 'ENOSPC' }), inDatabase]) {
      const append = () => Promise.reject(noRoom)
      const full = await server({ chunks: { ...memoryScanStore(), append } })
      expect(await said(await full.send(await logOf(HERE, [1])))).toEqual([507, { reason: 'full' }])
    }
    const cut = toFleetError({ severity: 'FATAL', code: '57P01', message: 'shut down' })
    const away = await server({ chunks: { ...memoryScanStore(), append: () => Promise.reject(cut) } })
    expect(await said(await away.send(await logOf(HERE, [1])))).toEqual([503, { reason: 'busy' }])
    const broken = await server({
      chunks: { ...memoryScanStore(), append: () => Promise.reject(new Error('broken')) },
    })
    expect(await said(await broken.send(await logOf(HERE, [1])))).toEqual([500, { reason: 'failed' }])
    expect(broken.faults).toMatchObject([{ message: 'broken' }])
  })

  it('lets one scanner send so much at a time, and others go on', async () => {
    const { send, later } = await server()
    const file = await logOf(HERE, [1])
    const many = concatBytes(...Array.from({ length: 64 }, () => file))
    for (let i = 0; i < 3; i++) expect((await send(many)).status).toBe(200)
    const refused = await send(many)
    expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, 28])
    expect((await send(await logOf(HANOI, [1]))).status).toBe(200)
    later(28)
    expect((await send(many)).status).toBe(200)
  })

  it('works on so many files at a time', async () => {
    const chunks = memoryScanStore()
    let go = () => {}
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    const { send } = await server({
      chunks: { ...chunks, append: (chunk) => gate.then(() => chunks.append(chunk)) },
    })
    const file = await logOf(HERE, [1])
    const answers = Array.from({ length: 12 }, () => send(file))
    const first = await Promise.race(answers)
    expect([first.status, first.headers.get('retry-after')]).toEqual([503, '5'])
    go()
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(8)
  })
})

/** A body that never says how long it is. */
function endless(length: number): ReadableStream<Uint8Array> {
  let left = length
  return new ReadableStream({
    pull(controller) {
      const size = Math.min(left, 2 ** 20)
      left -= size
      if (size === 0) controller.close()
      else controller.enqueue(new Uint8Array(size))
    },
  })
}

describe('a database that does not do what is asked', () => {
  const says = (code: string, message: string) => toFleetError({ severity: 'ERROR', code, message })

  it('is quoted to those with the token where it allows something not, and kiosks keep their scans', async () => {
    const broken = says('42501', 'permission denied for table findings')
    const { open, ask, send, faults } = await server({ broken })
    for (const path of ['/findings', '/office/data', '/metrics'])
      expect(await said(await open(path)), path).toEqual([
        500,
        { reason: 'database', detail: expect.stringContaining('permission denied for table findings') },
      ])
    expect((await ask('/findings')).status).toBe(401)
    const before = faults.length
    const answer = await send(await logOf(HERE, [1]))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(faults.slice(before)).toEqual([broken])
  })

  it.each([
    ['goes down', '57P01'],
    ['has too many visitors', '53300'],
  ])('is asked again a little later where it %s', async (_, code) => {
    const { open } = await server({ broken: says(code, 'not now') })
    const answer = await open('/findings')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await answer.json()).toEqual({ reason: 'busy' })
  })
})

describe('what is not public', () => {
  it('is for those with the token alone', async () => {
    const { ask, open } = await server()
    for (const path of ['/findings', '/runs', '/metrics', '/office/data']) {
      expect((await ask(path)).status, path).toBe(401)
      const wrong = await ask(path, { headers: { Authorization: 'Bearer wrong' } })
      expect([wrong.status, wrong.headers.get('www-authenticate')], path).toEqual([401, 'Bearer'])
      expect((await open(path)).status, path).toBe(200)
    }
    expect(await said(await open('/runs'))).toEqual([
      200,
      { runs: [{ ...RUN, reserved: RUN.reserved.toISOString() }] },
    ])
  })

  it('is for nobody where no token was set, whatever is sent', async () => {
    const { ask, open } = await server({ token: undefined })
    expect(await said(await ask('/findings'))).toEqual([403, { reason: 'no_token_set' }])
    expect((await open('/findings')).status).toBe(403)
  })

  it('answers guesses ever more slowly, and the right token all the same', async () => {
    const { ask, open, later } = await server()
    const guess = () => ask('/runs', { headers: { Authorization: 'Bearer guess' } })
    for (let i = 0; i < 30; i++) expect((await guess()).status).toBe(401)
    const slow = await guess()
    expect([slow.status, slow.headers.get('retry-after')]).toEqual([429, '2'])
    expect((await open('/runs')).status).toBe(200)
    later(2)
    expect((await guess()).status).toBe(401)
  })
})

describe('GET /health and /metrics', () => {
  it('say how the lists are', async () => {
    const { ask, open, send } = await server()
    const trust = { sequence: TRUST.sequence, expires: TRUST.expires.toISOString() }
    expect(await said(await ask('/health'))).toEqual([200, { ok: true, authority: TRUST.authority, trust }])
    expect((await ask('/health', { method: 'HEAD' })).status).toBe(200)
    await send(await logOf(HERE, [1, 2]))
    const figures = await (await open('/metrics')).text()
    expect(figures).toMatch(/^(# TYPE \w+ (counter|gauge)\n(\w+(\{\w+="[^"\n]*"\})? [\d.e+-]+\n)+)+$/)
    expect(figures).toContain('veristamp_scans_total{state="added"} 2\n')
    expect(figures).toContain('veristamp_scanners 2\n')
    expect(figures).toContain('veristamp_scanners_silent 1\n')
    const old = await server({ now: TRUST.expires })
    expect((await old.ask('/health')).status).toBe(503)
    const broken = await server({ fault: new Error('x') })
    expect((await broken.ask('/health')).status).toBe(503)
  })
})

describe('GET /office/data', () => {
  it('has all that the office looks at', async () => {
    const { send, open } = await server({ now: at(2 * DAY) })
    await send(await logOf(HERE, [1, 2]))
    await send(await logOf(HANOI, [1], MINUTE))
    const data = await jsonOf(await open('/office/data'))
    const day = dayOfScan(START)
    const counted = { day, invalid: 0, indeterminate: 0 }
    expect(data).toMatchObject({
      authority: TRUST.authority,
      today: day + 2,
      lists: [{ kind: 'trust', sequence: TRUST.sequence, expires: TRUST.expires.toISOString() }],
      findings: [{ serial: 1, product: 104 }],
      scanners: [
        { place: HERE, counts: true, scans: 2 },
        { place: HANOI, scans: 1 },
      ],
      runs: [{ id: RUN.id, state: 'finished' }],
      products: { 104: 'Chả mực' },
    })
    expect(data.days).toEqual([
      { ...counted, place: HERE, valid: 2 },
      { ...counted, place: HANOI, valid: 1 },
    ])
  })
})

describe('paces', () => {
  it('let through what they promise, however the clock goes', () => {
    const paces = new Paces({ burst: 3, perSecond: 1 })
    expect([0, 0, 0, 0].map((now) => paces.take('a', now))).toEqual([0, 0, 0, 1])
    expect(paces.take('b', 0)).toBe(0)
    expect(paces.take('a', -99_000)).toBe(1)
    expect(paces.take('a', 1_000)).toBe(0)
    expect(paces.take('a', 1_000, 99)).toBe(3)
    expect(paces.take('a', 4_000, 99)).toBe(0)
  })
})

const LINK = `/QNI/01/${SQUID_GTIN}`
const LINKSET = 'application/linkset+json'

describe('the resolver of GS1', () => {
  it('leads to one default link, with the query that came, and says where the linkset is', async () => {
    const { ask } = await server()
    for (const path of [
      `${LINK}/10/L-7`,
      `${LINK}/21/9`,
      `${LINK}/10/L%2F7/21/9`,
      `${LINK}/22/A/10/B/21/9`,
      `${LINK}/21/9/`,
    ]) {
      const answer = await ask(`http://other.example${path}?11=260220&utm=1`)
      expect([answer.status, answer.headers.get('location')], path).toEqual([
        307,
        `https://tem.example${LINK}?11=260220&utm=1`,
      ])
      const own = path.replace(/\/$/, '')
      expect(answer.headers.get('link')).toMatch(
        new RegExp(`^<${own}/?\\?linkType=linkset>; rel="linkset"; type="${LINKSET.replace('+', '\\+')}"$`),
      )
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    }
    const typed = await ask(`http://x.example${LINK}/21/9?linkType=gs1:traceability&a=1`)
    expect(typed.headers.get('location')).toBe(`https://tem.example${LINK}?a=1`)
    expect((await ask(`http://x.example${LINK}?linkType=gs1:nothing`)).status).toBe(404)
    expect((await ask(`http://x.example${LINK}?linkType=constructor`)).status).toBe(404)
    const short = await ask('http://x.example/01/8935000000120/')
    expect(short.headers.get('location')).toBe(`https://tem.example${LINK}`)
  })

  it('never leads a browser round in a circle', async () => {
    const { ask } = await server()
    for (const path of [LINK, `${LINK}/`]) expect((await ask(`https://tem.example${path}`)).status).toBe(404)
  })

  it('answers with the linkset without a detour, where it is asked for', async () => {
    const { ask } = await server()
    const asked = [
      ask(`${LINK}?linkType=linkset`),
      ask(`${LINK}/10/L/21/9?linkType=all`),
      ask(LINK, { headers: { Accept: `text/html;q=0.5, ${LINKSET};q=0.9` } }),
      ask(LINK, { headers: { Accept: 'Application/Linkset+JSON' } }),
    ]
    for (const answer of await Promise.all(asked)) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, LINKSET])
      const { linkset } = await jsonOf(answer)
      expect(linkset).toHaveLength(1)
      expect(linkset[0].anchor).toBe(`https://id.gs1.org/01/${SQUID_GTIN}`)
      expect(linkset[0]['https://ref.gs1.org/voc/defaultLink']).toHaveLength(1)
    }
  })

  it('does not answer with a linkset where that is refused', async () => {
    const { ask } = await server()
    for (const q of ['0', '0.0', '0.000'])
      expect((await ask(`${LINK}/21/9`, { headers: { Accept: `${LINKSET}; q=${q}` } })).status).toBe(307)
  })

  it('names no other host where the linkset is, whatever was typed', async () => {
    const { ask } = await server()
    const answer = await ask(`http://x.example//evil.example/01/${SQUID_GTIN}/21/9`)
    expect(answer.headers.get('link')).toMatch(/^<\/evil/)
    expect(answer.headers.get('location')).toMatch(/^https:\/\/tem\.example\//)
  })

  it.skipIf(!hasGs1Data)(`answers with a linkset by the schema of GS1${whyNoGs1Data}`, async () => {
    const { ask } = await server()
    const linkset = await (await ask(`${LINK}/10/L-7/21/9?linkType=linkset`)).json()
    expectValid(schemaOf('gs1-linkset-schema.json'), linkset)
  })

  it('takes HEAD and OPTIONS, and nothing that would change something', async () => {
    const { ask } = await server()
    const head = await ask(`http://x.example${LINK}/21/9`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([307, ''])
    const set = await ask(`${LINK}?linkType=all`, { method: 'HEAD' })
    expect([set.status, set.headers.get('content-type'), await set.text()]).toEqual([200, LINKSET, ''])
    const options = await ask(LINK, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
    expect(options.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS')
    const post = await ask(LINK, { method: 'POST' })
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })

  it.each([
    ['a wrong check digit', '/01/08935000000121'],
    ['too few digits', '/01/893500000012'],
    ['letters', '/01/0893500000012X'],
    ['no number', '/01/'],
    ['a qualifier without a value', `/01/${SQUID_GTIN}/10`],
    ['qualifiers in the wrong order', `/01/${SQUID_GTIN}/21/9/10/L`],
    ['a qualifier twice', `/01/${SQUID_GTIN}/10/L/10/L`],
    ['an unknown qualifier', `/01/${SQUID_GTIN}/17/270101`],
    ['a lot that is too long', `/01/${SQUID_GTIN}/10/${'L'.repeat(21)}`],
    ['a letter that GS1 does not have', `/01/${SQUID_GTIN}/10/%C4%91`],
    ['a broken percent-encoding', `/01/${SQUID_GTIN}/10/%E0%A4%A`],
  ])('answers 400 for %s', async (_, path) => {
    const { ask } = await server()
    const answer = await ask(path)
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([400, '*'])
  })

  it('knows its own products alone', async () => {
    const { ask } = await server()
    expect((await ask('/01/04006381333931')).status).toBe(404)
    const bare = await server({ trustList: listWith() })
    expect((await bare.ask(LINK)).status).toBe(404)
    expect((await bare.ask('/.well-known/gs1resolver')).status).toBe(404)
  })

  it('leads to the site where its prefix ends in /#', async () => {
    const { ask } = await server({ trustList: listWith('HTTPS://TEM.EXAMPLE/#') })
    const answer = await ask(`http://x.example/01/${SQUID_GTIN}/21/9?a=1`)
    expect([answer.status, answer.headers.get('location')]).toEqual([307, 'https://tem.example/?a=1'])
  })

  it('describes itself at its well-known place', async () => {
    const { ask } = await server()
    expect((await ask('/.well-known/gs1resolver/')).status).toBe(200)
    const answer = await ask('/.well-known/gs1resolver')
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(await said(answer)).toEqual([
      200,
      {
        name: TRUST.authority,
        resolverRoot: 'https://tem.example/QNI/',
        supportedPrimaryKeys: ['01'],
        supportedLinkType: [{ namespace: 'https://ref.gs1.org/voc/', prefix: 'gs1:' }],
        linkTypeDefaultCanBeLinkset: false,
      },
    ])
  })
})

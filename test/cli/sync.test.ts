import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type CaptureServer,
  openCaptureServer,
  problem,
  type ServerOptions,
} from '../support/capture-server.ts'
import { type Desk, openDesk } from './desk.ts'
import { BUYER, foundTea, TEA } from './tea.ts'

/** `veristamp sync`: what a project gives to a capture server. Killed processes: sync-kill.test.ts. */

const TOKEN = 'eyJhbGciOi.J9-secret_~+/=='

let desk: Desk & Disposable
let server: CaptureServer | undefined
beforeEach(async () => {
  desk = openDesk()
  await foundTea(desk)
  await desk.done('--yes', 'issue', '--product', TEA, '--count', '5', '--no-sheets')
})
afterEach(async () => {
  desk[Symbol.dispose]()
  await server?.[Symbol.asyncDispose]()
  server = undefined
})

const open = async (options: ServerOptions = {}): Promise<CaptureServer> => {
  server = await openCaptureServer(options)
  return server
}
const idsIn = (file: string): string[] =>
  JSON.parse(readFileSync(desk.path(file), 'utf8')).epcisBody.eventList.map(
    ({ eventID }: { eventID: string }) => eventID,
  )

describe('veristamp sync', () => {
  it('gives a server what export --epcis says, and later what is new', async () => {
    const { url, taken } = await open()
    expect(await desk.done('sync', url, '--max-epcs', '2')).toBe('Sent 3 events.\n')
    await desk.done('export', '--epcis', '--max-epcs', '2', '-o', 'events.json')
    expect([...taken.keys()]).toEqual(idsIn('events.json'))
    await desk.done('--yes', 'runs', 'void', `12-${TEA}-1-1`)
    writeFileSync(desk.path('shipped.csv'), `product,first,last,to,time\n${TEA},1,2,${BUYER},2026-03-02\n`)
    const said = await desk.say('--json', 'sync', `${url}/`, '--max-epcs', '2', '--shipped', 'shipped.csv')
    expect(said.exit).toBe(0)
    expect(JSON.parse(said.out)).toEqual({ url, sent: 4, known: 3, refused: 0, complete: true })
    expect([...taken.values()]).toEqual(Array(7).fill(1))
    expect(await desk.done('--lang', 'vi', 'sync', url, '--max-epcs', '2')).toBe(
      'Đã gửi 0 sự kiện; máy chủ đã có sẵn 6.\n',
    )
  })

  it('asks before other settings send all of it again', async () => {
    const { url, taken } = await open()
    await desk.done('sync', url)
    const { exit, err } = await desk.say('sync', url, '--offset', '+08:00')
    expect([exit, err]).toEqual([
      2,
      expect.stringMatching(/with offset \+07:00, and now with offset \+08:00: all of them get other ids/),
    ])
    expect(taken.size).toBe(1)
    await desk.done('sync', url, '--printed', 'commissioning') // as by default
    expect(taken.size).toBe(1)
    await desk.done('--yes', 'sync', url, '--offset', '+08:00')
    expect(taken.size).toBe(2)
  })

  it('asks when the registry gives another GLN, and not when a product is new', async () => {
    const { url, taken } = await open()
    await desk.done('sync', url)
    const file = desk.path('registry', 'facilities.csv')
    writeFileSync(file, readFileSync(file, 'utf8').replace('8935000000014', BUYER))
    const products = desk.path('registry', 'products.csv')
    writeFileSync(products, readFileSync(products, 'utf8').replace('Chè đen,,', 'Chè đen,8935000000137,'))
    await desk.done('--yes', 'trust', 'build')
    const { exit, err } = await desk.say('sync', url)
    expect([exit, err]).toEqual([
      2,
      expect.stringContaining(
        `product ${TEA}: 0${TEA} 8935000000014, and now with product ${TEA}: 0${TEA} ${BUYER}`,
      ),
    ])
    writeFileSync(file, readFileSync(file, 'utf8').replace(BUYER, '8935000000014'))
    await desk.done('--yes', 'trust', 'build')
    await desk.done('--yes', 'issue', '--product', '104', '--count', '2', '--no-sheets')
    expect(await desk.done('sync', url)).toBe('Sent 1 event; the server had 1 already.\n')
    expect(taken.size).toBe(2)
  })

  it('says what was refused and why, in both languages, and sends it again the next time', async () => {
    let isStrict = true
    const { url, taken } = await open({ refuses: () => (isStrict ? 'unknown\u001b[2J product' : undefined) })
    const { exit, out, err } = await desk.say('sync', url)
    expect([exit, out, err]).toEqual([
      1,
      expect.stringMatching(/^Refused: ni:\/\/\/.*: Refused: unknown\ufffd\[2J product\nSent 0 events\.\n$/),
      expect.stringMatching(/Error: the server refused 1 event\nNext: ask those who run the server/),
    ])
    expect((await desk.say('--lang', 'vi', 'sync', url)).err).toMatch(/Lỗi: máy chủ từ chối 1 sự kiện/)
    isStrict = false
    expect(await desk.done('sync', url)).toBe('Sent 1 event.\n')
    expect(taken.size).toBe(1)
  })

  it('shows the token of a file, and never tells it', async () => {
    const { url } = await open({ token: TOKEN })
    writeFileSync(desk.path('token'), `Bearer ${TOKEN}\r\nmore\n`, { mode: 0o600 })
    expect(await desk.done('sync', url, '--token-file', 'token')).toBe('Sent 1 event.\n')
    writeFileSync(desk.path('token'), `x${TOKEN}\n`)
    const wrong = await desk.say('sync', url, '--token-file', 'token')
    expect(wrong).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/does not let us in \(HTTP 401\).*\nNext: ask for a token/s),
    })
    writeFileSync(desk.path('token'), `${TOKEN} ü\n`)
    const odd = await desk.say('sync', url, '--token-file', 'token')
    expect(odd).toMatchObject({ exit: 2, err: expect.stringMatching(/token holds no bearer token/) })
    for (const { out, err } of [wrong, odd]) expect(out + err).not.toContain('secret')
    for (const name of readdirSync(desk.path('state', 'epcis')))
      expect(readFileSync(desk.path('state', 'epcis', name), 'utf8')).not.toContain('secret')
  })

  it('warns of a token that other users may read', async () => {
    const { url } = await open()
    writeFileSync(desk.path('token'), `${TOKEN}\n`, { mode: 0o644 })
    expect((await desk.say('sync', url, '--token-file', 'token')).err).toMatch(/Warning: .*token/)
  })

  it.each([
    [
      ['https://user:secret@a.example'],
      /https:\/\/…@a\.example.* is no address of a capture server\nNext: give the part before/,
    ],
    [['http://a.example'], /needs --allow-http/],
    [['https://a.example?key=secret'], /is no address/],
    [['here'], /is no address/],
    [['https://a.example', '--client-cert', 'c.pem'], /give both --client-cert and --client-key/],
    [['https://a.example', '--token-file', 'none'], /none can't be found/],
    [
      ['https://a.example', '--client-cert', 'veristamp.json', '--client-key', 'veristamp.json'],
      /no certificate and its private key/,
    ],
    [['https://a.example', '--shipped', 'products.csv'], /No row at the top names the columns/],
  ])('refuses %j before anything is sent', async (argv, message) => {
    const { exit, err } = await desk.say('sync', ...argv)
    expect([exit, err]).toEqual([2, expect.stringMatching(message)])
    expect(err).not.toContain('secret')
  })

  it('ends with 3 where a server is busy for too long, in words', async () => {
    const { url } = await open({
      misbehave: (_, response) => {
        problem(response, 429, 'TooManyRequests', 'come back later', { 'retry-after': '99999' })
        return true
      },
    })
    const { exit, err } = await desk.say('sync', url)
    expect([exit, err]).toEqual([
      3,
      expect.stringMatching(
        /is busy \(HTTP 429\): TooManyRequests: come back later\nNext: not before 2026-.*goes on where it stopped/s,
      ),
    ])
  })

  it('goes on where the memory is torn or damaged: what it does not know is sent again', async () => {
    const { url, taken } = await open()
    await desk.done('sync', url, '--max-epcs', '1')
    const [log] = readdirSync(desk.path('state', 'epcis')).filter((name) => name.endsWith('.log'))
    const file = desk.path('state', 'epcis', log!)
    const lines = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, lines.slice(0, -2).join('\n').slice(0, -9))
    await desk.done('sync', url, '--max-epcs', '1')
    expect([...taken.values()]).toEqual(Array(5).fill(2))
    appendFileSync(file, '{"taken":["ni:///x"]}\nnonsense\n')
    expect(await desk.done('sync', url, '--max-epcs', '1')).toMatch(
      /^Sent 0 events; the server had 5 already/,
    )
  })

  it('lets only one process send at a time', async () => {
    let other: Promise<{ exit: number; err: string }> | undefined
    const { url } = await open({
      misbehave: async ({ kind }) => {
        if (kind === 'POST') {
          other = desk.say('sync', url)
          await other
        }
        return false
      },
    })
    await desk.done('sync', url)
    expect(await other).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/is sending events of this project\nNext: wait/),
    })
  })
})

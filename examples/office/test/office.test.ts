import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serverApp } from '../../../src/cli/server/app.ts'
import type { RunAtHand } from '../../../src/cli/server/runs-at-hand.ts'
import { openChunkIntakeStore } from '../../../src/intake/chunk-store.ts'
import { type Intake, openIntake } from '../../../src/intake/intake.ts'
import { memoryScanStore } from '../../../src/scanlog/store.ts'
import {
  codeOf,
  DAY,
  HANOI,
  HERE,
  HOUR,
  MINUTE,
  NOWHERE,
  openLog,
  START,
  scan,
  scannerOf,
} from '../../../test/scanlog/logs.ts'
import { launchBrowser, noBrowser } from '../../../test/support/browser.ts'
import { catalogue } from '../../../test/support/gs1-facts.ts'
import { share } from '../../../test/support/laws.ts'
import { AUTHORITY, fastEngine, keyOf, listOf, mustLoad } from '../../../test/support/trust-lists.ts'
import { look } from '../../consumer/test/support/look.ts'

const TOKEN = 'a-token'
const SHOTS = fileURLToPath(new URL('../out/screens/', import.meta.url))
/** The evening after the first scan. */
const NOW = new Date((START + 10 * HOUR) * 1000)

const SAIGON = { ...scannerOf('Chợ Bến Thành'), position: '+10.7721+106.6983' }
const trustList = mustLoad(
  listOf(
    {
      issuers: [],
      catalogue,
      scanners: [HERE, HANOI, NOWHERE].map((place) => scannerOf(place)).concat(SAIGON),
      issued: new Date((START - DAY) * 1000),
      expires: new Date((START + 20 * DAY) * 1000),
    },
    'root',
  ),
)

const run = (number: number, state: RunAtHand['state'], rest: Partial<RunAtHand> = {}): RunAtHand => ({
  ...{
    id: `12-104-1-${number}`,
    facility: 12,
    product: 104,
    first: number * 50_000,
    last: (number + 1) * 50_000 - 1,
  },
  ...{
    count: 50_000,
    reserved: new Date((START - number * DAY) * 1000),
    state,
    released: 0,
    revoked: 0,
    ...rest,
  },
})
const RUNS = [
  run(5, 'unfinished', { shards: { done: 7, count: 20 } }),
  run(4, 'finished'),
  run(3, 'partly_released', { released: 20_000 }),
  run(2, 'partly_revoked', { released: 49_000, revoked: 120 }),
  run(1, 'void'),
]

async function fill(intake: Intake): Promise<void> {
  const send = async (place: string, steps: readonly (readonly [serial: number, seconds: number])[]) => {
    const log = await openLog({ place, rules: { sameScan: 0 } })
    for (const [serial, seconds] of steps) scan(log, codeOf(serial), seconds)
    const file = await log.export(keyOf(place), { authority: AUTHORITY, now: NOW })
    expect(await intake.take(file, { now: new Date((START + 9 * HOUR) * 1000) })).toMatchObject({ ok: true })
  }
  const daily = Array.from({ length: 200 }, (_, i) => [1_000 + i, -i * 3 * HOUR] as const)
  await send(HERE, [...daily, [1, 0], ...Array.from({ length: 25 }, (_, i) => [2, i * MINUTE] as const)])
  await send(HANOI, [
    ...daily.slice(0, 60).map(([serial, seconds]) => [serial + 500, seconds] as const),
    [1, 20 * MINUTE - 1140],
    [3, 0],
  ])
  await send(SAIGON.place, [[3, HOUR]])
}

async function startServer(intake: Intake, now: () => Date) {
  const app = serverApp({
    ...{ intake, now, token: TOKEN },
    lists: {
      current: () => ({ trustList, revocationList: undefined }),
      fault: () => undefined,
      look: () => false,
    },
    runs: async () => RUNS,
    refresh: () => {},
    onFault: (error) => console.error(error),
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/office`,
    stop: () => server.close(),
  }
}

describe.skipIf(noBrowser)('the office’s page (skipped without Chromium)', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof startServer>>
  let intake: Intake

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true })
    const store = await openChunkIntakeStore(memoryScanStore())
    intake = openIntake({ store, lists: { trustList, trust: trustList.sequence }, engine: fastEngine })
    await fill(intake)
    server = await startServer(intake, () => NOW)
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    server.stop()
  })

  async function open(
    width = 1280,
    locale = 'vi-VN',
    dark = false,
  ): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      locale,
      colorScheme: dark ? 'dark' : 'light',
      timezoneId: 'Asia/Ho_Chi_Minh',
    })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      // A wrong token is answered with 401, which the browser tells too.
      if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text())
    })
    await page.goto(server.address)
    return { page, complaints }
  }

  async function enter(page: Page, token = TOKEN): Promise<void> {
    await page.fill('#token', token)
    await page.click('form button')
  }

  const screens: readonly (readonly [width: number, locale: string, dark: boolean])[] = [
    [360, 'vi-VN', false],
    [800, 'en-GB', false],
    [1280, 'vi-VN', false],
    [360, 'en-GB', true],
    [1280, 'en-GB', true],
  ]
  test.each(share(screens, 3))('reads well %i pixels wide, in %s (dark: %s)', async (width, locale, dark) => {
    const { page, complaints } = await open(width, locale, dark)
    const name = `${width}-${locale.slice(0, 2)}${dark ? '-dark' : ''}`
    expect(await look(page, `sign-in-${name}`, 'all', SHOTS)).toEqual([])
    await enter(page)
    await page.waitForSelector('.copies')
    expect(await look(page, `office-${name}`, 'all', SHOTS)).toEqual([])
    const until = locale === 'vi-VN' ? 'dùng đến 21/3/2026' : 'good until 21 Mar 2026'
    expect(await page.locator('.lists .row').textContent()).toContain(until)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('lets nobody in without the token, and forgets it with the tab', async () => {
    const { page } = await open()
    await enter(page, 'wrong')
    await page.waitForSelector('[role=alert]')
    expect(await page.textContent('[role=alert]')).toBe('Mã truy cập không đúng.')
    expect(await page.isVisible('.copies')).toBe(false)
    await enter(page)
    await page.waitForSelector('.copies')
    await page.reload()
    await page.waitForSelector('.copies')
    const other = await page.context().newPage()
    await other.goto(server.address)
    expect(await other.isVisible('#token')).toBe(true)
    await page.click('text=Thoát')
    expect(await page.isVisible('#token')).toBe(true)
    await page.reload()
    expect(await page.isVisible('#token')).toBe(true)
    expect(page.url()).not.toContain(TOKEN)
  })

  test('tells what was found, on whose word, and how kiosks, runs and lists are', async () => {
    const { page } = await open(1280, 'en-GB')
    await enter(page)
    await page.waitForSelector('.copies')
    const texts = await page.locator('.copy').allInnerTexts()
    const about = (serial: number) => texts.find((text) => text.includes(`Chả mực, no. ${serial}\n`))
    expect(texts).toHaveLength(3)
    expect(about(1)).toMatch(/124 km apart in 60 seconds/)
    expect(about(1)).toContain(`${HERE}`)
    expect(about(1)).not.toContain('One scanner’s word')
    expect(about(2)).toMatch(/scanned 25 times in 24 minutes[\s\S]*and 21 more[\s\S]*One scanner’s word/)
    expect(about(3)).toContain('Chợ Bến Thành')
    expect(await page.locator('.map line').count()).toBe(2)
    expect(await page.locator('.kiosks .row').allInnerTexts()).toEqual([
      expect.stringMatching(/1 hour ago|60 minutes ago/),
      expect.stringContaining(HANOI),
      expect.stringContaining('never'),
      expect.stringContaining('Chợ Bến Thành'),
    ])
    const states = await page.locator('.runs .row').allInnerTexts()
    const expected = ['reserved', 'printed', 'partly released', 'partly revoked', 'void']
    for (const [i, state] of expected.entries()) expect(states[i]).toContain(state)
    expect(states[0]).toContain('7 of 20 shards done')
    expect(await page.locator('.lists .row').textContent()).toContain('good until 21 Mar 2026')
    await page.click('text=Tiếng Việt')
    expect(await page.locator('.copies h2').textContent()).toBe('Nghi tem sao chép')
    expect(await page.getAttribute('html', 'lang')).toBe('vi')
  })

  test('says so where the server does not answer, and shows what it knew', async () => {
    const { page } = await open(800, 'en-GB')
    await page.clock.install()
    await page.reload()
    await enter(page)
    await page.waitForSelector('.copies')
    await page.route('**/data', (route) => route.abort())
    await page.clock.runFor(31_000)
    await page.waitForFunction(() =>
      document.querySelector('.state')!.textContent!.includes('does not answer'),
    )
    expect(await page.locator('.copy').count()).toBe(3)
  })
})

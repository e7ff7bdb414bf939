import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { png, symbol } from 'veristamp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { firstBytes } from '../../bench/visits.ts'
import { addressOf, answerOn, HOME, openStage, remember, type Stage, writePage } from '../support/stage.ts'
import { HASH } from '../support/world.ts'

let stage: Stage

beforeEach(async () => {
  if (!noBrowser) stage = await openStage()
})
afterEach(() => stage?.close())

/** Waits until the page works without a network. */
const keepsItself = (page: Page): Promise<unknown> =>
  page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

const cached = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names = await caches.keys()
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return all.flat().map(({ url }) => url)
  })

describe.skipIf(noBrowser)(`The lists of the consumer page, in Chromium${whyNot}`, () => {
  test('bring red to a page that was green, within one refresh', async () => {
    const { page, context } = await stage.open()
    await page.goto(addressOf(stage.label('valid').url))
    expect(await answerOn(page)).toBe('Hợp lệ')
    stage.publish(await stage.revoke([90_001], 'stolen', new Date()))
    await page.reload()
    await page.locator('.panel.bad .now').waitFor()
    expect(await page.locator('h1').textContent()).toBe('Đã thu hồi')
    expect(await page.locator('.why').first().textContent()).toBe('Tem này đã bị lấy cắp.')
    await context.close()
  })

  test('answer offline, say how old they are, and ask nobody because of a scan', async () => {
    const { page, context, strays } = await stage.open({ language: 'en' })
    await page.goto(addressOf(stage.label('valid').url))
    await answerOn(page)
    await keepsItself(page)
    await context.setOffline(true)
    await page.goto(addressOf((await stage.tea(90_103)).toUrl(HASH)))
    await page.reload()
    expect(await answerOn(page)).toBe('Valid')
    await page.getByText('offline').waitFor()
    expect(await page.locator('.freshness').textContent()).toMatch(/1 day ago.*This phone is offline/)
    await page.goto(addressOf(stage.label('revoked').url))
    expect(await answerOn(page)).toBe('Revoked')
    const kept = await cached(page)
    expect(kept.length).toBeGreaterThan(8)
    // No address with a stamp, no list, no reader of codes: the files of the page.
    expect(kept.filter((url) => !/\/QNI\/(assets\/[\w.-]+\.(js|css|woff2)|icon\.svg)?$/.test(url))).toEqual(
      [],
    )
    expect(strays).toEqual([])
    await context.close()
  })

  test('scan offline once they scanned, and after a new build too', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    const scan = async (stamp: string): Promise<string> => {
      await page.goto(HOME)
      await page.locator('button.scan').click()
      const buffer = Buffer.from(png(symbol(stamp), { dots: 8 }))
      await page
        .locator('dialog input[type=file]')
        .setInputFiles({ name: 'stamp.png', mimeType: 'image/png', buffer })
      return answerOn(page)
    }
    await page.goto(HOME)
    await keepsItself(page)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    expect(await scan(stage.label('revoked').url)).toBe('Revoked')
    expect((await cached(page)).filter((url) => /worker|wasm/.test(url))).toHaveLength(2)
    writePage(stage.site, stage, 'new')
    await page.goto(HOME)
    await expect
      .poll(() => page.evaluate(() => caches.keys().then((names) => names.join())), { timeout: 60_000 })
      .toMatch(/^page-new\w+$/)
    await context.setOffline(true)
    expect(await scan(stage.label('valid').url)).toBe('Valid')
    await context.close()
  })

  test('stay as they are when a server offers older ones', async () => {
    const back = remember(join(stage.site, 'lists'))
    const { page, context } = await stage.open({ language: 'en' })
    stage.publish(await stage.revoke([90_001], 'recalled', new Date()))
    await page.goto(addressOf(stage.label('valid').url))
    expect(await answerOn(page)).toBe('Revoked')
    back()
    await page.reload()
    expect(await answerOn(page)).toBe('Revoked')
    await page.reload()
    expect(await answerOn(page)).toBe('Revoked')
    await context.close()
  })

  test('can be missing at first: the page says what to do, and answers once they come', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    stage.instead.set('lists/lists.json', () => new Response('<p>Log in to the Wi-Fi</p>', { status: 200 }))
    await page.goto(addressOf(stage.label('valid').url))
    await page.locator('.panel.unsure button').waitFor()
    stage.instead.clear()
    await page.locator('.panel.unsure button').click()
    expect(await answerOn(page)).toBe('Valid')
    await context.close()
  })

  test('a new build takes over by the next visit, and the old one’s files go', async () => {
    const { page, context } = await stage.open()
    await page.goto(HOME)
    await keepsItself(page)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    writePage(stage.site, stage, 'new')
    await page.goto(addressOf(stage.label('valid').url))
    await answerOn(page)
    // One cache is left: the new one's.
    const settled = () => page.evaluate(() => caches.keys().then((names) => names.join()))
    await expect.poll(settled, { timeout: 60_000 }).toMatch(/^page-new\w+$/)
    await page.reload()
    await page.locator('body[data-build=new]').waitFor()
    expect(await answerOn(page)).toBe('Hợp lệ')
    await context.close()
  })

  test('travel while the script does, each asked for once', async () => {
    const { page, context } = await stage.open()
    const script = `assets/${readdirSync(join(stage.site, 'assets')).find((name) => /^index-.*\.js$/.test(name))}`
    const lists = () => stage.requests.flatMap(({ path }) => /\/lists\/(.*)/.exec(path)?.[1] ?? [])
    // The server sends the script once it was asked for the lists.
    stage.instead.set(script, async () => {
      await expect.poll(() => lists().length, { timeout: 30_000 }).toBe(3)
      return new Response(readFileSync(join(stage.site, script)), {
        headers: { 'content-type': 'text/javascript' },
      })
    })
    await page.goto(addressOf(stage.label('valid').url))
    expect(await answerOn(page)).toBe('Hợp lệ')
    expect(lists().sort()).toEqual([
      'lists.json',
      expect.stringMatching(/^rev/),
      expect.stringMatching(/^trust/),
    ])
    await context.close()
  })

  test('and the page come to the first answer in at most 8 requests and 30 kB, gzipped', async () => {
    const { page, context } = await stage.open()
    await page.goto(addressOf(stage.label('valid').url))
    await page.locator('.panel.good h1').waitFor()
    const names = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name, startTime }) => ({ name, startTime })),
    )
    // The cards are asked for when the answer stands.
    const after = names.find(({ name }) => /more-/.test(name))?.startTime ?? Number.POSITIVE_INFINITY
    const before = names.filter(({ startTime }) => startTime < after)
    expect(1 + before.filter(({ name }) => !/\.(woff2|png|svg)$/.test(name)).length).toBeLessThanOrEqual(8)
    expect(firstBytes(stage.site)).toBeLessThanOrEqual(30_000)
    await context.close()
  })
})

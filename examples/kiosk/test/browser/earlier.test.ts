import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { launch } from '../support/chromium.ts'
import { answerOn, clearAnswer, openPage, openStage, type Stage } from '../support/stage.ts'

/** What the kiosk of version 0.1.0 kept in IndexedDB, at commit b353a19: `test/fixtures/README.md`. */
const kept = JSON.parse(
  readFileSync(new URL('../../../../test/fixtures/kiosk-b353a19.json', import.meta.url), 'utf8'),
) as {
  readonly now: number
  readonly databases: unknown
  readonly pictures: Readonly<Record<string, string>>
}

let stage: Stage
let browser: Browser
beforeAll(async () => {
  if (noBrowser) return
  stage = await openStage()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

/** Puts the databases in place of those that the page has just made. A new pair of keys stands for the one that no file can hold. */
const restore = (page: Page): Promise<void> =>
  page.evaluate(async (databases) => {
    const keys = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
    // biome-ignore lint/suspicious/noExplicitAny: whatever was kept
    const revive = (value: any): any => {
      if (typeof value !== 'object' || value === null) return value
      if ('$bytes' in value)
        return Uint8Array.from(value.$bytes.match(/../g) ?? [], (hex) => parseInt(String(hex), 16))
      if ('$key' in value) return value.$key === 'private' ? keys.privateKey : keys.publicKey
      if (Array.isArray(value)) return value.map(revive)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, revive(each)]))
    }
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    // biome-ignore lint/suspicious/noExplicitAny: the file's shape
    for (const { name, version, stores } of databases as any) {
      indexedDB.deleteDatabase(name)
      const request: IDBOpenDBRequest = indexedDB.open(name, version)
      request.onupgradeneeded = () => {
        for (const { name, keyPath, autoIncrement } of stores)
          request.result.createObjectStore(name, { keyPath, autoIncrement })
      }
      const database = await settled(request)
      for (const { name, keyPath, entries } of stores) {
        const store = database.transaction(name, 'readwrite').objectStore(name)
        for (const [key, value] of entries)
          await settled(keyPath === null ? store.put(revive(value), revive(key)) : store.put(revive(value)))
      }
      database.close()
    }
  }, kept.databases)

/** Shows a stamp of then. */
async function show(page: Page, name: string): Promise<string> {
  await clearAnswer(page)
  const buffer = Buffer.from(kept.pictures[name]!, 'base64')
  await page.setInputFiles('.sources input[type=file]', {
    name: `${name}.png`,
    mimeType: 'image/png',
    buffer,
  })
  return answerOn(page)
}

describe.skipIf(noBrowser)(`A kiosk of version 0.1.0, in Chromium${whyNot}`, () => {
  test('goes on with its lists, its history and its scan log', async () => {
    const { page, complaints } = await openPage(browser, stage.served.address)
    // A page that lets go of its databases.
    await page.goto(`${stage.served.address}demo/setup.json`)
    await restore(page)
    const before = complaints.length // that page has no icon
    await page.clock.setFixedTime(kept.now + 60_000)
    await page.goto(stage.served.address)
    await page.locator('.answer.ready').waitFor()
    expect(await show(page, 'valid')).toBe('VALID')
    expect(await page.locator('.evidence').textContent()).toContain('Seen here once before')
    expect(await show(page, 'revoked')).toBe('REVOKED')
    expect(await show(page, 'copied')).toBe('MAYBE A COPY')
    await page.getByRole('button', { name: 'History', exact: true }).click()
    expect(await page.locator('.entry').count()).toBe(6)
    expect(complaints.slice(before)).toEqual([])
    await page.context().close()
  })
})

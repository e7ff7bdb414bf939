import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { createIssuer, seedSigner } from 'veristamp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { AUTHORITY } from '../../../quang-ninh/province.ts'
import { type SlicedFiles, sliceLists, stampOf, writeSliced } from '../support/sliced.ts'
import { addressOf, answerOn, openStage, type Stage } from '../support/stage.ts'
import { HASH, PATH } from '../support/world.ts'

let stage: Stage
let lists: SlicedFiles
const now = new Date()
const prefixes = [PATH, HASH]

beforeAll(async () => {
  if (noBrowser) return
  stage = await openStage(now)
  lists = await sliceLists(stage.province, now, { prefixes })
  writeSliced(join(stage.site, 'lists'), lists)
})
afterAll(() => stage?.close())

/** Two neighbours whose stamps ask for different slices, of both lists. */
const [ONE, OTHER] = [310, 450]

/** What was asked for since, of the lists. */
const asked = (since = 0): string[] =>
  stage.requests.slice(since).flatMap(({ path }) => /\/lists\/(.*)/.exec(path)?.[1] ?? [])
const slicesIn = (names: readonly string[]) => names.filter((name) => name.startsWith('slice-')).sort()
const namesOf = (keyId: number, { slicesOf } = lists) =>
  slicesOf(keyId)
    .map(({ name }) => name)
    .sort()

async function scan(page: Page, keyId: number, serial = 5): Promise<string> {
  await page.goto('about:blank')
  await page.goto(addressOf(await stampOf(keyId, serial, HASH)))
  return answerOn(page)
}

const keepsItself = (page: Page): Promise<unknown> =>
  page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

/** What the page keeps of a slice. */
const keptText = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(
    (key) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('veristamp-page', 1)
        opening.onerror = reject
        opening.onsuccess = () => {
          const reading = opening.result.transaction('texts').objectStore('texts').get(key)
          reading.onsuccess = () => resolve(reading.result)
        }
      }),
    `veristamp ${AUTHORITY} slice ${name.slice('slice-'.length, -'.cbor'.length)}`,
  )

/** What a server may have in the place of a slice. */
const FAULTS: Readonly<Record<string, (name: string) => Response | Promise<Response>>> = {
  'nothing there': () => new Response('no', { status: 404 }),
  'bytes that were changed': (name) =>
    new Response(Uint8Array.from(lists.files.get(name)!, (byte) => byte ^ 1)),
  'the slice of other key ids': () => new Response(Buffer.from(lists.slicesOf(OTHER)[0]!.bytes)),
  'the other list’s slice': (name) =>
    new Response(Buffer.from(lists.slicesOf(ONE).find((slice) => slice.name !== name)!.bytes)),
  'more bytes than it has': (name) =>
    new Response(Buffer.concat([lists.files.get(name)!, Buffer.alloc(300_000)])),
}

describe.skipIf(noBrowser)(`The consumer page with lists in slices, in Chromium${whyNot}`, () => {
  test('brings those of the stamp’s key id alone, one stamp after another, and keeps them', async () => {
    expect(namesOf(ONE)).toHaveLength(2)
    expect(namesOf(OTHER)).not.toEqual(namesOf(ONE))
    const { page, context, complaints, strays } = await stage.open({ language: 'en' })
    let since = stage.requests.length
    expect(await scan(page, ONE)).toBe('Valid')
    expect(await page.locator('.goods').textContent()).toContain(`Cơ sở ${ONE}`)
    expect(slicesIn(asked(since))).toEqual(namesOf(ONE))
    expect(asked(since)).toHaveLength(5)
    expect(await scan(page, ONE, 9)).toBe('Revoked')
    expect(await scan(page, ONE, 1001)).toBe('Not valid')
    since = stage.requests.length
    expect(await scan(page, OTHER)).toBe('Valid')
    expect(slicesIn(asked(since))).toEqual(namesOf(OTHER))
    since = stage.requests.length
    expect(await scan(page, ONE)).toBe('Valid')
    await keepsItself(page)
    await context.setOffline(true)
    expect(await scan(page, OTHER, 9)).toBe('Revoked')
    expect(await scan(page, ONE)).toBe('Valid')
    await page.getByText('This phone is offline').waitFor()
    expect(slicesIn(asked(since))).toEqual([])
    expect(complaints.filter((each) => !each.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
    expect(strays).toEqual([])
    await context.close()
  })

  test('says “not checked” offline, of forged stamps too, and answers as soon as there is a network', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    expect(await scan(page, ONE)).toBe('Valid')
    await keepsItself(page)
    await context.setOffline(true)
    expect(await scan(page, OTHER)).toBe('Not checked')
    expect(await page.locator('.panel').getAttribute('class')).toBe('panel unsure')
    expect(await page.locator('.panel .why').textContent()).toContain('is not on this phone yet')
    expect(await page.locator('.goods, .good, .bad').count()).toBe(0)
    expect(await scan(page, ONE)).toBe('Valid')
    expect(await scan(page, OTHER)).toBe('Not checked')
    await context.setOffline(false)
    await page.locator('.panel.good').waitFor()
    expect(await answerOn(page)).toBe('Valid')
    await page.goto(addressOf(stage.label('forged').url))
    expect(await answerOn(page)).toBe('Forged')
    await context.close()
  })

  test('is neither green nor red where a server has something else in the place of a slice', async () => {
    for (const name of namesOf(ONE)) {
      const { page, context } = await stage.open({ language: 'en' })
      for (const [fault, answer] of Object.entries(FAULTS)) {
        stage.instead.set(`lists/${name}`, () => answer(name))
        expect([fault, await scan(page, ONE)]).toEqual([fault, 'Not checked'])
      }
      stage.instead.clear()
      // A slow test gives the page the minute after which it asks again by itself.
      const again = page.getByRole('button', { name: 'Check again' })
      await again.click({ timeout: 5_000 }).catch(() => page.locator('.panel.good').waitFor())
      await page.locator('.panel.good').waitFor()
      await context.close()
    }
  })

  test('waits twenty seconds for a slice that never comes', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    await page.clock.install()
    const [name] = namesOf(ONE)
    stage.instead.set(`lists/${name}`, () => new Promise(() => undefined))
    await page.goto(addressOf(await stampOf(ONE, 5, HASH)))
    await expect
      .poll(() => asked().filter((each) => each === name).length, { timeout: 30_000 })
      .toBeGreaterThan(0)
    await page.locator('.panel.checking').waitFor()
    await page.clock.fastForward(21_000)
    expect(await answerOn(page)).toBe('Not checked')
    stage.instead.clear()
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.locator('.panel.good').waitFor()
    await context.close()
  })

  test('renews only those that it keeps, so that they answer offline', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    expect(await scan(page, ONE)).toBe('Valid')
    await keepsItself(page)
    const later = await sliceLists(stage.province, now, { prefixes, sequence: 12, renamed: ONE })
    writeSliced(join(stage.site, 'lists'), later)
    const changed = slicesIn([...later.files.keys()]).filter((name) => !lists.files.has(name))
    expect(changed).toHaveLength(1)
    const since = stage.requests.length
    // The home page: nobody asks about a stamp.
    await page.goto('about:blank')
    await page.goto('https://tem.example/QNI/')
    await expect.poll(() => slicesIn(asked(since)), { timeout: 30_000 }).toEqual(changed)
    await page.locator('.meanings').waitFor()
    await expect.poll(() => keptText(page, changed[0]!), { timeout: 30_000 }).toBeTruthy()
    await context.setOffline(true)
    expect(await scan(page, ONE)).toBe('Valid')
    expect(await page.locator('.panel .why').textContent()).toContain(`Cơ sở ${ONE} mới`)
    expect(await scan(page, OTHER)).toBe('Not checked')
    writeSliced(join(stage.site, 'lists'), lists)
    await context.close()
  })

  test('asks for none where no slice could help', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    const since = stage.requests.length
    await page.goto('https://tem.example/QNI/#12345')
    expect(await answerOn(page)).toBe('Not a stamp')
    const stranger = createIssuer({ keyId: 60_000, signer: seedSigner(new Uint8Array(32).fill(1)) })
    const stamp = await stranger.issue({ facility: 1, product: 1, serial: 1 })
    await page.goto('about:blank')
    await page.goto(addressOf(stamp.toUrl(HASH)))
    expect(await answerOn(page)).toBe('Not trusted')
    expect(slicesIn(asked(since))).toEqual([])
    await context.close()
  })
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { encodePins, signTrustList } from 'veristamp/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { launch } from '../support/chromium.ts'
import { openDemo, openPage, openStage, reload, type Stage, showPicture } from '../support/stage.ts'

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

const MINUTE = 60_000
const evidence = (page: Page) => page.locator('.evidence').textContent()
const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

describe.skipIf(noBrowser)(`The kiosk's scan log, in Chromium${whyNot}`, () => {
  test('says where else a stamp was seen, beside a verdict that stays', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    expect(await showPicture(page, stage, 'copied')).toBe('MAYBE A COPY')
    const said = await evidence(page)
    for (const each of ['Too far away', 'Chợ Móng Cái', 'Chợ Đồng Xuân']) expect(said).toContain(each)
    expect(await page.locator('.reason').textContent()).toContain('Too far away')
    await page.context().close()
  })

  test('remembers over a reload, and forgets a scan that is undone', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    const start = Date.now()
    await page.clock.setFixedTime(start)
    await showPicture(page, stage, 'valid')
    expect(await evidence(page)).toContain('Scanned for the first time')
    await reload(page)
    await page.clock.setFixedTime(start + MINUTE)
    await showPicture(page, stage, 'valid')
    expect(await evidence(page)).toContain('Seen here once before')
    await tab(page, 'History')
    page.on('dialog', (dialog) => dialog.accept())
    for (const entry of await page.locator('.entry').all()) {
      await entry.getByRole('button', { name: 'Take back' }).click()
      await entry.getByText('taken back').waitFor()
    }
    await reload(page)
    await page.clock.setFixedTime(start + 2 * MINUTE)
    await showPicture(page, stage, 'valid')
    expect(await evidence(page)).toContain('Scanned for the first time')
    await page.context().close()
  })

  test('goes to another kiosk in a file, once the trust list names its key', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'valid')
    await tab(page, 'Data')
    const key = (await page.locator('.key code').textContent())!
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save this kiosk’s log' }).click(),
    ])
    const log = join(stage.folder, 'own.scans')
    await download.saveAs(log)
    await page.context().close()

    const other = await openElsewhere('Chợ Vân Đồn')
    expect(await load(other, log)).toContain('No scanner that the trust list names')
    expect(await load(other, await listNaming(key))).toContain('loaded')
    expect(await load(other, log)).toBe(
      '✓ Log of another kiosk (own.scans): loaded. Chợ Hạ Long: 1 new scan.',
    )
    await tab(other, 'Scan')
    await showPicture(other, stage, 'valid')
    expect(await evidence(other)).toContain('Seen at another place: Chợ Hạ Long')
    await other.context().close()
  })
})

async function load(page: Page, path: string): Promise<string> {
  await tab(page, 'Data')
  await page.setInputFiles('.panel input[type=file] >> nth=0', path)
  return (await page.locator('.outcomes li').textContent())!
}

/** A kiosk of the same authority at another place. */
async function openElsewhere(place: string): Promise<Page> {
  const { province } = stage
  const setup = join(stage.folder, 'elsewhere.json')
  writeFileSync(setup, encodePins({ authority: province.content.authority, place, roots: province.roots }))
  const { page } = await openPage(browser, stage.served.address)
  await page.setInputFiles('.setup input[type=file]', setup)
  await page.getByRole('button', { name: 'They agree: use this set-up' }).click()
  await page.locator('.answer.ready').waitFor()
  await load(page, stage.file('trust-list.cbor'))
  await load(page, stage.file('revocation-list.cbor'))
  return page
}

/** The next trust list, in which the kiosk at Hạ Long has this key. */
async function listNaming(key: string): Promise<string> {
  const { content, root } = stage.province
  const scanner = { place: 'Chợ Hạ Long', publicKey: Uint8Array.from(Buffer.from(key, 'hex')) }
  const path = join(stage.folder, 'trust-2.cbor')
  const scanners = [...content.scanners!, scanner]
  writeFileSync(path, await signTrustList({ ...content, sequence: 2, scanners }, [root]))
  return path
}

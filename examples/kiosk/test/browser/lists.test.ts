import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { signTrustList } from 'veristamp/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { launch } from '../support/chromium.ts'
import { serve } from '../support/server.ts'
import { clearAnswer, openDemo, openPage, openStage, type Stage, showPicture } from '../support/stage.ts'

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

const DAY = 86_400_000
const open = () => openDemo(browser, stage.served.address)
const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function loadFile(page: Page, path: string): Promise<string> {
  await tab(page, 'Data')
  await page.setInputFiles('.panel input[type=file] >> nth=0', path)
  return (await page.locator('.outcomes li').textContent())!
}

/** The province's next trust list. */
async function trustList(sequence: number): Promise<string> {
  const { content, root } = stage.province
  const path = join(stage.folder, `trust-${sequence}.cbor`)
  writeFileSync(path, await signTrustList({ ...content, sequence }, [root]))
  return path
}

describe.skipIf(noBrowser)(`The kiosk's lists, in Chromium${whyNot}`, () => {
  test('check stamps after a reload with no network', async () => {
    const [demo, pictures] = [join(stage.folder, 'demo'), join(stage.folder, 'pictures')]
    const alone = await serve(stage.site, { demo, pictures })
    const { page, complaints, strays } = await openDemo(browser, alone.address)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
      while (navigator.serviceWorker.controller === null) await new Promise((done) => setTimeout(done, 50))
    })
    await alone.close()
    await page.reload()
    await page.locator('.answer.ready').waitFor()
    expect(await showPicture(page, stage, 'valid')).toBe('VALID')
    expect(await showPicture(page, stage, 'revoked')).toBe('REVOKED')
    // It asks whether there are newer pictures of products, in vain.
    expect(complaints.filter((each) => !each.includes('ERR_CONNECTION_REFUSED'))).toEqual([])
    expect(await fetchFails(page)).toBe(true)
    expect(strays).toEqual([])
    await page.context().close()
  })

  test('that are past their date give no verdict of valid, and say their age', async () => {
    const { page } = await open()
    await page.clock.setFixedTime(new Date(Date.now() + 100 * DAY))
    expect(await showPicture(page, stage, 'valid')).toBe('CAN’T TELL')
    await tab(page, 'Data')
    const status = page.locator('.status')
    expect(await status.textContent()).toContain('Data updated 101 days ago')
    expect(await status.textContent()).toContain('The data is too old')
    expect(await status.locator('.fine').count()).toBe(0)
    await page.context().close()
  })

  test('older than the last are refused, also after a reload', async () => {
    const { page } = await open()
    expect(await loadFile(page, await trustList(3))).toBe('✓ Trust list (trust-3.cbor): loaded.')
    expect(await loadFile(page, await trustList(2))).toContain('older than one this device has seen')
    await page.reload()
    expect(await loadFile(page, await trustList(2))).toContain('older than one this device has seen')
    expect(await page.locator('.facts').first().textContent()).toContain('no. 3')
    await page.context().close()
  })

  test('take a delta, which revokes one stamp more', async () => {
    const { page } = await open()
    expect(await showPicture(page, stage, 'revoked-later')).toBe('VALID')
    expect(await loadFile(page, stage.file('revocation-delta.cbor'))).toBe(
      '✓ Changes to the revocation list (revocation-delta.cbor): loaded.',
    )
    await tab(page, 'Scan')
    expect(await showPicture(page, stage, 'revoked-later')).toBe('REVOKED')
    expect(await loadFile(page, stage.file('revocation-delta.cbor'))).toContain('refused')
    await page.context().close()
  })

  test('that are no lists are refused by name', async () => {
    const { page } = await open()
    expect(await loadFile(page, stage.file('sheet.pdf'))).toContain('not a file of this system')
    expect(await loadFile(page, stage.file('setup.json'))).toContain('set up already')
    await page.context().close()
  })

  test('come from an address of this server and of no other', async () => {
    const { page, strays } = await open()
    await tab(page, 'Data')
    await page.locator('summary').click()
    await page.locator('#address').fill('https://example.com/trust-list.cbor')
    await page.getByRole('button', { name: 'Load from the address' }).click()
    expect(await page.locator('.address .problem').textContent()).toContain('own server')
    await page.locator('#address').fill('/demo/revocation-list.cbor')
    await page.getByRole('button', { name: 'Load from the address' }).click()
    expect(await page.locator('.outcomes li').textContent()).toBe(
      '✓ Revocation list (/demo/revocation-list.cbor): loaded.',
    )
    expect(strays).toEqual([])
    await page.context().close()
  })

  test('are unprotected where the browser keeps no memory of them, and the kiosk says so', async () => {
    const { page } = await openPage(browser, stage.served.address)
    await page.context().addInitScript(() => {
      const { open } = indexedDB
      IDBFactory.prototype.open = function (name, version) {
        if (name === 'veristamp') throw new DOMException('no room', 'QuotaExceededError')
        return open.call(this, name, version)
      }
    })
    await page.reload()
    await page.getByRole('button', { name: 'Use the demo’s files' }).click()
    await page.locator('.answer.ready').waitFor()
    expect(await page.locator('.status').textContent()).toContain('No rollback protection')
    expect(await showPicture(page, stage, 'valid')).toBe('VALID')
    expect(await page.locator('.answer').textContent()).toContain('No protection against older lists')
    await page.context().close()
  })

  test('are forgotten with everything else when the kiosk starts over', async () => {
    const { page } = await open()
    await showPicture(page, stage, 'valid')
    await tab(page, 'Settings')
    const asked: string[] = []
    page.once('dialog', (dialog) => {
      asked.push(dialog.message())
      return dialog.dismiss()
    })
    await page.getByRole('button', { name: 'Start over' }).click()
    expect(await page.locator('.panel h1').textContent()).toBe('Settings')
    expect(asked.join()).toContain('the log that was not sent')
    page.once('dialog', (dialog) => dialog.accept())
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.getByRole('button', { name: 'Use the demo’s files' }).click()
    await page.getByRole('button', { name: 'History', exact: true }).click()
    expect(await page.locator('.entry').count()).toBe(0)
    await page.context().close()
  })

  test('answer though the disk is full, and the kiosk says that nothing was kept', async () => {
    const { page } = await open()
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no room', 'QuotaExceededError')
      }
    })
    expect(await showPicture(page, stage, 'valid')).toBe('VALID')
    expect(await page.locator('.failure').first().textContent()).toContain('no room')
    expect(await showPicture(page, stage, 'revoked')).toBe('REVOKED')
    await page.context().close()
  })

  test('are believed only after somebody compared the set-up', async () => {
    const { page } = await openPage(browser, stage.served.address)
    const picker = '.setup input[type=file]'
    await page.setInputFiles(picker, stage.file('labels.json'))
    expect(await page.locator('.confirm .problem').textContent()).toContain('not a set-up file')
    await page.setInputFiles(picker, stage.file('setup.json'))
    expect(await page.locator('.confirm code').textContent()).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-?){4}$/)
    await page.getByRole('button', { name: 'They differ: leave it' }).click()
    expect(await page.locator('.confirm').textContent()).toBe('')
    await page.setInputFiles(picker, stage.file('setup.json'))
    await page.getByRole('button', { name: 'They agree: use this set-up' }).click()
    expect(await page.locator('.answer.ready').textContent()).toContain('There is no data yet')
    await tab(page, 'Data')
    await page.setInputFiles(
      '.panel input[type=file] >> nth=0',
      ['revocation-list.cbor', 'trust-list.cbor'].map((name) => stage.file(name)),
    )
    await expect.poll(() => page.locator('.outcomes .loaded').count()).toBe(2)
    await tab(page, 'Scan')
    await clearAnswer(page)
    expect(await showPicture(page, stage, 'valid')).toBe('VALID')
    await page.context().close()
  })
})

const fetchFails = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    fetch('demo/setup.json').then(
      () => false,
      () => true,
    ),
  )

import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { signTrustList } from 'veristamp/authority'
import { openCheckReport } from 'veristamp/scanlog'
import { loadTrustList } from 'veristamp/verify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { launch } from '../support/chromium.ts'
import { scan } from '../support/scanner.ts'
import { openDemo, openStage, reload, type Stage, showPicture } from '../support/stage.ts'

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

const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const poll = <T>(ask: () => T) => expect.poll(ask, { timeout: 30_000 })

async function openInspector(): Promise<Page> {
  const { page } = await openDemo(browser, stage.served.address, 'en', {
    permissions: ['camera', 'geolocation'],
    geolocation: { latitude: 20.9517, longitude: 107.0748 },
  })
  await tab(page, 'Settings')
  await page.getByLabel('Inspector’s mode').check()
  await tab(page, 'Scan')
  return page
}

async function downloaded(
  page: Page,
  button: string,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

const keyOn = async (page: Page): Promise<Uint8Array> => {
  await tab(page, 'Data')
  return Uint8Array.from(Buffer.from((await page.locator('.key code').textContent())!, 'hex'))
}

describe.skipIf(noBrowser)(`An inspector, in Chromium${whyNot}`, () => {
  test('finds nothing to write into before the mode is on', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'valid')
    expect(await page.locator('.remark').count()).toBe(0)
    await page.context().close()
  })

  test('writes a note, a photo and a place beside a check, and hands in a day’s checks, signed', async () => {
    const page = await openInspector()
    await showPicture(page, stage, 'revoked')
    await page.getByLabel('Note').fill('=Hộp bị rách')
    await page.getByLabel('Where').fill('sạp 14')
    await page.getByRole('button', { name: 'Add this device’s position' }).click()
    await page.getByText('+20.95170+107.07480').waitFor()
    await page.setInputFiles('.remark input[type=file]', stage.file('pictures/valid.png'))
    await page.locator('.remark img').waitFor()
    // The next check may be at the same stall, but nobody has said so.
    await showPicture(page, stage, 'valid')
    expect(await page.getByLabel('Where').inputValue()).toBe('')
    await showPicture(page, stage, 'expired')
    await page.getByRole('button', { name: 'Still at sạp 14' }).click()
    expect(await page.getByLabel('Where').inputValue()).toBe('sạp 14')
    await reload(page)
    const publicKey = await keyOn(page)
    await tab(page, 'History')
    expect(await page.locator('.remark-line summary').allTextContents()).toEqual([
      'sạp 14',
      'Add a note or a photo',
      'sạp 14 · +20.95170+107.07480 · =Hộp bị rách · with a photo',
    ])
    await page.getByLabel('Inspector').fill('Nguyễn Thị Lan')
    const { name, bytes } = await downloaded(page, 'Save the report')
    expect(name).toMatch(/^Chợ-Hạ-Long-\d{4}-\d\d-\d\d\.zip$/)
    // In a folder of its own: the reports of many kiosks are unpacked at one place.
    const folder = name.replace('.zip', '/')
    const unpacked = Object.entries(unzipSync(bytes))
    expect(unpacked.every(([path]) => path.startsWith(folder))).toBe(true)
    const files = Object.fromEntries(unpacked.map(([path, each]) => [path.slice(folder.length), each]))
    expect(Object.keys(files).sort()).toEqual(['checks.csv', 'photo-1.jpg', 'report.cbor'])
    expect([...files['photo-1.jpg']!.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
    const table = new TextDecoder().decode(files['checks.csv']).split('\r\n')
    expect(table[1]).toMatch(
      /REVOKED,.*recalled.*,Chợ Hạ Long,sạp 14,'\+20\.95170\+107\.07480,'=Hộp bị rách,photo-1\.jpg,Nguyễn Thị Lan$/,
    )
    expect(table[2]).toMatch(/VALID,,.*,Chợ Hạ Long,,,,,Nguyễn Thị Lan$/)
    expect(table[3]).toMatch(/EXPIRED,.*,Chợ Hạ Long,sạp 14,,,,Nguyễn Thị Lan$/)
    await expectSigned(files, publicKey)
    await page.context().close()
  })

  test('can write more afterwards, and take a photo away', async () => {
    const page = await openInspector()
    await showPicture(page, stage, 'valid')
    await page.setInputFiles('.remark input[type=file]', stage.file('pictures/valid.png'))
    await page.getByRole('button', { name: 'Remove the photo' }).waitFor()
    await tab(page, 'History')
    await page.locator('.remark-line summary').click()
    await page.getByLabel('Note').fill('afterwards')
    await page.getByRole('button', { name: 'Remove the photo' }).click()
    await page.locator('.remark .file').waitFor({ state: 'attached' })
    await reload(page)
    await tab(page, 'History')
    expect(await page.locator('.remark-line summary').textContent()).toBe('afterwards')
    await page.context().close()
  })

  test('is shown an answer no longer than others', async () => {
    const page = await openInspector()
    await page.clock.install()
    await page.reload()
    await showPicture(page, stage, 'valid')
    await page.getByLabel('Note').fill('torn')
    await page.clock.runFor(31_000)
    expect(await page.locator('.word').textContent()).toBe('VALID')
    // Nobody has written for minutes, though the field has the focus.
    await page.clock.runFor(150_000)
    await page.locator('.answer.ready').waitFor()
    await page.context().close()
  })

  test('says that a file is no photo, and keeps a note that a hand scanner typed into', async () => {
    const page = await openInspector()
    await showPicture(page, stage, 'valid')
    await page.setInputFiles('.remark input[type=file]', stage.file('sheet.pdf'))
    await poll(() => page.locator('.remark .problem').textContent()).toContain('PDF')
    await page.getByLabel('Note').fill('torn box')
    await scan(page, stage.label('revoked').url)
    await page.locator('.word').filter({ hasText: 'REVOKED' }).waitFor()
    await reload(page)
    await tab(page, 'History')
    await poll(() => page.locator('.remark-line summary').last().textContent()).toBe('torn box')
    await page.context().close()
  })
})

/** The report is this kiosk's, and its files are those of the archive. */
async function expectSigned(files: Record<string, Uint8Array>, publicKey: Uint8Array): Promise<void> {
  const { content, root, roots } = stage.province
  const place = 'Chợ Hạ Long'
  const list = await signTrustList({ ...content, sequence: 9, scanners: [{ place, publicKey }] }, [root])
  const loaded = loadTrustList(list, { authority: content.authority, roots })
  if (!loaded.ok) throw new Error(loaded.reason)
  const opened = openCheckReport(files['report.cbor']!, { trustLists: [loaded.trustList] })
  expect(opened).toMatchObject({ ok: true, report: { place, authority: content.authority } })
  if (!opened.ok) return
  for (const { name, size, digest } of opened.report.files) {
    const bytes = files[name]!
    const found = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))
    expect([name, size, digest]).toEqual([name, bytes.length, found])
  }
  expect(opened.report.files).toHaveLength(2)
}

describe.skipIf(noBrowser)(`A kiosk’s own key, in Chromium${whyNot}`, () => {
  test('is shown as a code and saved as a file, both with the place', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await tab(page, 'Data')
    const said = `Chợ Hạ Long · ${await page.locator('.key code').textContent()}`
    const picture = await page.locator('.enrol .test-code').screenshot()
    const wasm = new URL('../../../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm', import.meta.url)
    prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } })
    expect((await readBarcodes(picture)).map(({ text }) => text)).toEqual([said])
    const { name, bytes } = await downloaded(page, 'Save the key as a file')
    expect([name, bytes.toString()]).toEqual(['Chợ-Hạ-Long.scanner.txt', `${said}\n`])
    await page.context().close()
  })
})

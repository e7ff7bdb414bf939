import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { encodePins, signTrustList } from 'veristamp/authority'
import { publishLists } from 'veristamp/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { certificate } from '../../../consumer/test/support/certificate.ts'
import { foundProvince } from '../../../quang-ninh/province.ts'
import { launch } from '../support/chromium.ts'
import { scan } from '../support/scanner.ts'
import { serve } from '../support/server.ts'
import { answerOn, openDemo, openPage, openStage, type Stage, showPicture } from '../support/stage.ts'

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

/** Machines that test much at a time are slow. */
const poll = <T>(ask: () => T) => expect.poll(ask, { timeout: 30_000 })

describe.skipIf(noBrowser)(`A kiosk, in Chromium${whyNot}`, () => {
  test('is set up by a code that is scanned, once its fingerprint was compared', async () => {
    const { page } = await openPage(browser, stage.served.address)
    await page.locator('.setup').waitFor()
    await page.evaluate(
      (text) => {
        const data = new DataTransfer()
        data.setData('text/plain', text)
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
      },
      new TextDecoder().decode(stage.read('setup.json')),
    )
    expect(await page.locator('.confirm').textContent()).toContain('Chợ Hạ Long')
    await page.getByRole('button', { name: 'They agree: use this set-up' }).click()
    await page.locator('.answer.ready').waitFor()
    await page.context().close()
  })

  test('believes several authorities, each shown by its name', async () => {
    const other = await foundProvince(new Date())
    const authority = 'bo.example'
    const trustList = join(stage.folder, 'ministry.cbor')
    writeFileSync(trustList, await signTrustList({ ...other.content, authority }, [other.root]))
    const setup = join(stage.folder, 'ministry.json')
    writeFileSync(setup, encodePins({ authority, roots: other.roots }))
    const { page } = await openDemo(browser, stage.served.address)
    await tab(page, 'Data')
    await page.setInputFiles('.panel input[type=file] >> nth=0', trustList)
    const refusal = page.locator('.outcomes .refused')
    await poll(() => refusal.textContent()).toMatch(/ministry\.cbor.*lacks the signature/)
    await tab(page, 'Settings')
    await page.getByRole('button', { name: 'Add an authority' }).click()
    await page.setInputFiles('.setup input[type=file]', setup)
    await page.getByRole('button', { name: 'They agree: use this set-up' }).click()
    await poll(() => page.locator('.whose').textContent()).toContain(authority)
    // What one of them lacks says nothing of the other's stamps.
    const status = await page.locator('.status').textContent()
    for (const each of ['Data updated 1 day ago', `${authority}: No data`]) expect(status).toContain(each)
    await tab(page, 'Data')
    await page.setInputFiles('.panel input[type=file] >> nth=0', trustList)
    await page.locator('.outcomes .loaded').waitFor()
    await page.reload()
    await page.locator('.answer.ready').waitFor()
    await scan(
      page,
      (await other.issuers.get(12)!.issue({ facility: 12, product: 104, serial: 5 })).toText('base45'),
    )
    await answerOn(page)
    expect(await page.locator('.goods').textContent()).toContain(authority)
    await scan(page, stage.label('valid').base45)
    await page.locator('.goods').filter({ hasText: 'quang-ninh.example' }).waitFor()
    await page.context().close()
  })

  test('is moved by a set-up of the same keys, and keeps its own key', async () => {
    const { content, roots } = stage.province
    const { authority } = content
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'valid')
    await tab(page, 'Data')
    const key = await page.locator('.key code').textContent()
    await tab(page, 'Settings')
    await page.getByRole('button', { name: 'Add an authority' }).click()
    const offer = async (file: string) => {
      const buffer = Buffer.from(file)
      await page.setInputFiles('.setup input[type=file]', { name: 'a', mimeType: 'text/plain', buffer })
    }
    const keys = [new Uint8Array(32).fill(9)]
    await offer(encodePins({ authority, roots: { ...roots, keys }, place: 'Chợ Cái Rồng' }))
    await poll(() => page.locator('.confirm').textContent()).toContain('another fingerprint')
    await offer(encodePins({ authority, roots, place: 'Chợ Hạ Long' }))
    await poll(() => page.locator('.confirm').textContent()).toContain('this very set-up')
    await offer(encodePins({ authority, roots, place: 'Chợ Cái Rồng' }))
    await poll(() => page.locator('.confirm').textContent()).toContain('name the kiosk anew')
    await page.getByRole('button', { name: 'They agree: use this set-up' }).click()
    await page.locator('.confirm').waitFor({ state: 'detached' })
    await page.reload()
    await tab(page, 'Data')
    expect(await page.locator('.key').textContent()).toBe(`Chợ Cái Rồng · ${key}`)
    await tab(page, 'Scan')
    await showPicture(page, stage, 'valid')
    expect(await page.locator('.evidence').textContent()).toContain('Chợ Hạ Long')
    await page.context().close()
  })

  test('takes newer data by itself from its own server', async () => {
    const { province, folder } = stage
    const demo = join(folder, 'demo')
    const pins = { authority: province.content.authority, roots: province.roots }
    const trustList = await signTrustList({ ...province.content, sequence: 7 }, [province.root])
    publishLists(join(demo, 'lists'), { pins, trustList, revocationList: stage.read('revocation-list.cbor') })
    const setup = join(folder, 'online.json')
    const lists = 'https://kiosk.example/demo/lists/'
    writeFileSync(setup, encodePins({ ...pins, place: 'Chợ Cái Rồng', lists }))
    const secure = await serve(stage.site, { demo }, certificate)
    const { port } = new URL(secure.address)
    const own = await launch(undefined, [
      `--host-resolver-rules=MAP kiosk.example 127.0.0.1:${port}`,
      '--ignore-certificate-errors',
    ])
    const { page } = await openPage(own, 'https://kiosk.example/')
    await page.setInputFiles('.setup input[type=file]', setup)
    await page.getByRole('button', { name: 'They agree: use this set-up' }).click()
    await page.locator('.answer.ready').waitFor()
    await poll(() => page.locator('.status').textContent()).toContain('Data updated 1 day ago')
    await tab(page, 'Data')
    expect(await page.locator('.facts').first().textContent()).toContain('no. 7')
    expect(await page.locator('.asked').textContent()).toContain('Updated on')
    await own.close()
    await secure.close()
  })

  test('asks for the PIN before set-up, wiping and undo', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await tab(page, 'Settings')
    await page.getByRole('button', { name: 'Set a PIN' }).click()
    await page.locator('dialog input').fill('12')
    await page.getByRole('button', { name: 'Continue' }).click()
    await poll(() => page.locator('dialog .problem').textContent()).toContain('4 to 12')
    // Nobody sees what is typed: it is typed twice.
    const give = async (digits: string, label: string) => {
      await page.getByRole('textbox', { name: label, exact: true }).fill(digits)
      await page.getByRole('button', { name: 'Continue' }).click()
    }
    await give('2468', 'New PIN')
    await give('2486', 'New PIN, once more')
    await poll(() => page.locator('dialog .problem').textContent()).toContain('not the same')
    await give('2468', 'New PIN, once more')
    await page.getByRole('button', { name: 'Remove the PIN' }).waitFor()
    await page.reload()
    await showPicture(page, stage, 'valid')
    await page.getByRole('button', { name: 'Take this scan back' }).click()
    await page.locator('dialog input').fill('1111')
    await page.getByRole('button', { name: 'Continue' }).click()
    await poll(() => page.locator('dialog .problem').textContent()).toBe('Wrong PIN.')
    await page.locator('dialog input').fill('2468')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.locator('.answer.ready').waitFor()
    // Wiping asks anew, whoever gave the PIN a moment ago.
    await tab(page, 'Settings')
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.locator('dialog input').waitFor()
    await page.context().close()
  })

  test('works in one window at a time', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    const second = await page.context().newPage()
    await second.goto(stage.served.address)
    await second.getByRole('button', { name: 'Go on here' }).click()
    await second.locator('.answer.ready').waitFor()
    await page.getByRole('button', { name: 'Go on here' }).waitFor()
    await page.context().close()
  })

  test('works in a browser that keeps nothing, and says so', async () => {
    const { page } = await openPage(browser, stage.served.address)
    await page.context().addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('not here', 'SecurityError')
      }
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('not here', 'SecurityError')
        },
      })
    })
    await page.reload()
    await page.getByRole('button', { name: 'Dùng tệp của bản thử' }).click()
    await page.locator('.answer.ready').waitFor()
    expect(await page.locator('.status').textContent()).toContain('Không chặn được dữ liệu cũ')
    expect(await showPicture(page, stage, 'valid')).toBe('HỢP LỆ')
    await page.context().close()
  })
})

import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import QRCode from 'qrcode'
import { encodePins, signTrustList } from 'veristamp/authority'
import { publishLists } from 'veristamp/node'
import { textSymbol } from 'veristamp/print'
import { openScanLog } from 'veristamp/scanlog'
import { loadTrustList } from 'veristamp/verify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { certificate } from '../../../consumer/test/support/certificate.ts'
import { launch } from '../support/chromium.ts'
import { type Served, serve } from '../support/server.ts'
import { openPage, openStage, type Stage } from '../support/stage.ts'
import { film, type Grey, PIXELS_A_MILLIMETRE } from '../support/video.ts'

/** A site with a server of its own for logs, and a browser that nobody has used. */

const PLACE = 'Chợ Cái Rồng'
const DOT = 8

let stage: Stage
let served: Served
let browser: Browser

beforeAll(async () => {
  if (noBrowser) return
  stage = await openStage()
  const { province, folder } = stage
  const demo = join(folder, 'none')
  const pins = { authority: province.content.authority, roots: province.roots }
  const trustList = await signTrustList({ ...province.content, sequence: 7 }, [province.root])
  publishLists(join(folder, 'lists'), { pins, trustList, revocationList: stage.read('revocation-list.cbor') })
  served = await serve(
    stage.site,
    { demo, lists: join(folder, 'lists'), pictures: join(folder, 'pictures') },
    certificate,
  )
  const setup = encodePins({ ...pins, place: PLACE, lists: 'https://kiosk.example/lists/' })
  const video = join(folder, 'bare.y4m')
  filmCodes([JSON.stringify(JSON.parse(setup)), stage.label('valid').url], video)
  const { port } = new URL(served.address)
  browser = await launch(video, [
    `--host-resolver-rules=MAP kiosk.example 127.0.0.1:${port}`,
    '--ignore-certificate-errors',
  ])
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
  await stage?.close()
})

/** Films codes one after the other: the set-up's, then a stamp's. */
function filmCodes([setup, stamp]: readonly [string, string], file: string): void {
  const { size: stampSize, data } = QRCode.create(stamp).modules
  const codes = [textSymbol(setup), { size: stampSize, modules: Uint8Array.from(data, Number) }]
  const widths = codes.map(({ size }) => (size + 16) * DOT)
  const height = Math.max(...widths)
  const page: Grey = {
    width: widths[0]! + widths[1]!,
    height,
    pixels: new Uint8Array((widths[0]! + widths[1]!) * height).fill(255),
  }
  const sights = codes.map(({ size, modules }, i) => {
    const [left, top] = [(i === 0 ? 0 : widths[0]!) + 8 * DOT, (height - size * DOT) / 2]
    for (let y = 0; y < size * DOT; y++)
      for (let x = 0; x < size * DOT; x++)
        if (modules[Math.floor(y / DOT) * size + Math.floor(x / DOT)] === 1)
          page.pixels[(top + y) * page.width + left + x] = 0
    const middle = [left + (size * DOT) / 2, height / 2].map((each) => each / PIXELS_A_MILLIMETRE)
    return { x: middle[0]!, y: middle[1]!, across: (2.4 * size * DOT) / PIXELS_A_MILLIMETRE }
  })
  film(page, sights, file)
}

describe.skipIf(noBrowser)(`A bare tablet, in Chromium${whyNot}`, () => {
  test('is set up by one code before its camera and answers its first stamp, without a key being typed', async () => {
    const start = performance.now()
    const { page, complaints, strays } = await openPage(browser, 'https://kiosk.example/', 'vi', {
      camera: 'on',
      viewport: { width: 800, height: 1100 },
    })
    await page.getByRole('button', { name: 'Quét mã cài đặt' }).click()
    expect(await page.locator('.confirm code').textContent()).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-?){4}$/)
    expect(await page.locator('.confirm').textContent()).toContain(PLACE)
    await page.getByRole('button', { name: 'Khớp: dùng cài đặt này' }).click()
    await page.locator('.word').filter({ hasText: 'HỢP LỆ' }).waitFor()
    const took = performance.now() - start
    console.log(`from a bare profile to the first verdict: ${Math.round(took)} ms`)
    expect(took).toBeLessThan(60_000)
    expect([...complaints.filter((each) => !each.includes('404')), ...strays]).toEqual([])

    // Its log goes to the authority's server, signed by the key that it has made.
    await page.evaluate(() => localStorage.setItem('language', 'en'))
    await page.getByRole('button', { name: 'Dữ liệu', exact: true }).click()
    const publicKey = Uint8Array.from(Buffer.from((await page.locator('.key code').textContent())!, 'hex'))
    await page.locator('.upload button').click()
    await page
      .locator('.upload')
      .filter({ hasText: 'Đã gửi' })
      .or(page.locator('.upload').filter({ hasText: 'Sent' }))
      .waitFor()
    expect(await scansIn(served.posted.at(-1)!, publicKey)).toMatchObject({
      ok: true,
      places: [PLACE],
      added: 1,
    })
    await page.context().close()
  })
})

/** What another device makes of the log, once the trust list names the kiosk. */
async function scansIn(log: Uint8Array, publicKey: Uint8Array) {
  const { content, root, roots } = stage.province
  const scanners = [{ place: PLACE, publicKey }]
  const list = await signTrustList({ ...content, sequence: 9, scanners }, [root])
  const loaded = loadTrustList(list, { authority: content.authority, roots })
  if (!loaded.ok) throw new Error(loaded.reason)
  const own = await openScanLog({ place: 'desk', trustLists: [loaded.trustList] })
  return own.merge(log, { now: new Date() })
}

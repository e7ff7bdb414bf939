import type { Browser, Page } from 'playwright-core'
import { PNG } from 'pngjs'
import QRCode from 'qrcode'
import { png, symbol } from 'veristamp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { launch } from '../support/chromium.ts'
import { holdBeforeCamera } from '../support/fake-camera.ts'
import { scan } from '../support/scanner.ts'
import {
  answerOn,
  clearAnswer,
  openDemo,
  openPage,
  openStage,
  reload,
  type Stage,
  showPicture,
} from '../support/stage.ts'

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

const WRONG = '0000-0000-0000-0000'
const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const say = (page: Page) => page.locator('.say').textContent()

async function typeCode(page: Page, code: string): Promise<void> {
  await page.locator('#hidden-code').fill(code)
  await page.locator('.hidden-code button').click()
}

/** Shows symbols side by side in one picture. */
async function showTogether(page: Page, texts: readonly string[]): Promise<void> {
  await clearAnswer(page)
  const symbols = await Promise.all(texts.map((text) => QRCode.toBuffer(text, { scale: 5 })))
  const pictures = symbols.map((each) => each.toString('base64'))
  const together = await page.evaluate(async (pictures) => {
    const bitmaps = await Promise.all(
      pictures.map((each) =>
        createImageBitmap(new Blob([Uint8Array.from(atob(each), (letter) => letter.charCodeAt(0))])),
      ),
    )
    const canvas = document.createElement('canvas')
    canvas.width = bitmaps.reduce((sum, { width }) => sum + width + 60, 60)
    canvas.height = Math.max(...bitmaps.map(({ height }) => height)) + 120
    const context = canvas.getContext('2d')!
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    let left = 60
    for (const bitmap of bitmaps) {
      context.drawImage(bitmap, left, 60)
      left += bitmap.width + 60
    }
    return canvas.toDataURL('image/png').split(',')[1]!
  }, pictures)
  const buffer = Buffer.from(together, 'base64')
  await page.setInputFiles('.sources input[type=file]', { name: 'a.png', mimeType: 'image/png', buffer })
}

const BANK = '00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN63049E6F'

/** Machines that test much at a time are slow. */
const poll = <T>(ask: () => T) => expect.poll(ask, { timeout: 30_000 })

describe.skipIf(noBrowser)(`The kiosk's answers, in Chromium${whyNot}`, () => {
  test('turn as a whole once a hidden code was wrong twice, and the device remembers it', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'sealed')
    await typeCode(page, WRONG)
    expect(await page.locator('.hidden-result').textContent()).toContain('letter by letter')
    expect(await page.locator('.word').textContent()).toBe('VALID')
    // Another mistake is not the same code twice: people mistype. It is no green page any more either.
    await typeCode(page, '1111-1111-1111-1111')
    await page.locator('.answer.copy').waitFor()
    expect(await page.locator('.reason').textContent()).toContain('both were wrong')
    expect(await page.locator('#hidden-code').inputValue()).toBe('1111-1111-1111-1111')
    await typeCode(page, 'iiii llll 1111 1111')
    await page.locator('.answer.bad').waitFor()
    expect(await page.locator('.word').textContent()).toBe('HIDDEN CODE WRONG')
    await tab(page, 'History')
    expect(await page.locator('.entry.bad .badge').textContent()).toBe('HIDDEN CODE WRONG')
    await page.reload()
    await showPicture(page, stage, 'sealed')
    expect(await page.locator('.word').textContent()).toBe('MAYBE A COPY')
    expect(await page.locator('.reason').textContent()).toContain('wrong hidden code here')
    expect(await page.locator('.now').textContent()).not.toContain('other place')
    await typeCode(page, stage.label('sealed').hiddenCode!)
    await page.locator('.answer.good').waitFor()
    expect(await page.locator('.said').textContent()).toContain('belongs to this stamp')
    expect(await page.locator('#hidden-code').inputValue()).toBe(stage.label('sealed').hiddenCode!)
    await page.context().close()
  })

  test('say of two wrong hidden codes nothing that is remembered', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'sealed')
    for (const code of [WRONG, '1111-1111-1111-1111']) await typeCode(page, code)
    await page.locator('.answer.copy').waitFor()
    await reload(page)
    expect(await showPicture(page, stage, 'sealed')).toBe('VALID')
    await tab(page, 'History')
    expect(await page.locator('.entry .badge').allTextContents()).toEqual(['VALID', 'MAYBE A COPY'])
    await page.context().close()
  })

  test('show what came of a hidden code, however small the screen is', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await page.setViewportSize({ width: 360, height: 420 })
    await showPicture(page, stage, 'sealed')
    const isSeen = (selector: string) =>
      page.evaluate((selector) => {
        const { top, bottom, left, width } = document.querySelector(selector)!.getBoundingClientRect()
        const at = (y: number) => document.elementFromPoint(left + width / 2, y)?.closest(selector) !== null
        return at(top + 2) && at(bottom - 2)
      }, selector)
    await page.getByRole('button', { name: 'It has a hidden code' }).click()
    expect(await isSeen('#hidden-code')).toBe(true)
    await page.keyboard.type(WRONG)
    await page.keyboard.press('Enter')
    await page.locator('.hidden-result.bad').waitFor()
    expect(await isSeen('.hidden-result')).toBe(true)
    await page.locator('#hidden-code').fill(stage.label('sealed').hiddenCode!)
    await page.keyboard.press('Enter')
    await page.locator('.code-right').waitFor()
    expect(await isSeen('.code-right')).toBe(true)
    await page.context().close()
  })

  test('go when another code comes before the camera, and stay beside one that lies there anyway', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await holdBeforeCamera(page, stage.label('valid').url)
    await page.getByRole('button', { name: 'Turn the camera on' }).click()
    expect(await answerOn(page)).toBe('VALID')
    await holdBeforeCamera(page, 'https://example.com/tra-cuu/12345')
    await page.locator('.answer.ready').waitFor()
    await poll(() => say(page)).toBe('This code is not a stamp.')
    // The poster on the wall was there before the hand scanner read a stamp: the answer is not about it.
    await scan(page, stage.label('revoked').url)
    await page.locator('.answer.bad').waitFor()
    await page.waitForTimeout(3_000)
    expect(await page.locator('.word').textContent()).toBe('REVOKED')
    await page.context().close()
  })

  test('go when a hand scanner reads something else, which asks for it again, large', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await scan(page, stage.label('valid').url)
    expect(await answerOn(page)).toBe('VALID')
    await scan(page, stage.label('forged').url)
    await page.locator('.answer.ready').waitFor()
    expect(await page.locator('.word').textContent()).toBe('Scan it again')
    await scan(page, stage.label('forged').url)
    await page.locator('.answer.bad').waitFor()
    await scan(page, BANK)
    await page.locator('.answer.ready').waitFor()
    expect(await say(page)).toBe('This code is not a stamp.')
    await page.context().close()
  })

  test('turn for a hidden code that is scanned wrong twice too', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'sealed')
    for (const word of ['VALID', 'HIDDEN CODE WRONG']) {
      await scan(page, WRONG.replaceAll('-', ''))
      await page.locator('.word').filter({ hasText: word }).waitFor()
    }
    await page.context().close()
  })

  test('leave by themselves after half a minute, but not while somebody types', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await page.clock.install()
    await page.reload()
    await showPicture(page, stage, 'sealed')
    await page.locator('#hidden-code').focus()
    await page.clock.runFor(31_000)
    expect(await page.locator('.word').textContent()).toBe('VALID')
    await page.locator('#hidden-code').blur()
    await page.clock.runFor(31_000)
    await page.locator('.answer.ready').waitFor()
    await page.context().close()
  })

  test('are none for other codes and for a hidden code without its stamp: a quiet word, and nothing is noted', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showTogether(page, [BANK])
    await poll(() => say(page)).toBe('This code is not a stamp.')
    await showTogether(page, [stage.label('sealed').hiddenCode!.replaceAll('-', '')])
    await poll(() => say(page)).toContain('Scan its stamp first')
    await scan(page, 'HELLO WORLD')
    await poll(() => say(page)).toBe('This code is not a stamp.')
    expect(await page.locator('.answer:not(.ready)').count()).toBe(0)
    await tab(page, 'History')
    expect(await page.locator('.entry').count()).toBe(0)
    await page.context().close()
  })

  test('are the stamp’s where a bank’s code stands beside it', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showTogether(page, [BANK, stage.label('valid').url, 'https://example.com/promo/12345678'])
    expect(await answerOn(page)).toBe('VALID')
    await page.context().close()
  })

  test('are a list where a picture has several stamps', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    const names = ['valid', 'revoked', 'expired'] as const
    await showTogether(
      page,
      names.map((name) => stage.label(name).url),
    )
    await page.locator('.several').waitFor()
    const words = await page.locator('.several .badge').allTextContents()
    // The gravest are on the first screen, and counted.
    expect([words.slice(0, 2).sort(), words[2]]).toEqual([['EXPIRED', 'REVOKED'], 'VALID'])
    const count = (await page.locator('.count').textContent())!
    for (const each of ['3 stamps', '1 expired', '1 revoked', '1 valid']) expect(count).toContain(each)
    await page.locator('.several .bad').first().click()
    await page.locator('.answer.bad .word').waitFor()
    await page.getByRole('button', { name: 'List', exact: true }).click()
    await page.locator('.several').waitFor()
    await tab(page, 'History')
    expect(await page.locator('.entry').count()).toBe(3)
    await page.context().close()
  })

  test('take a text as scanners and people leave it', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await page.locator('.sources button').click()
    const { url } = stage.label('valid')
    await page
      .locator('dialog textarea')
      .fill(`  ]Q1${url.replace(/^HTTPS:..[^/]*/, (host) => host.toLowerCase())}?utm_source=x \n`)
    await page.locator('dialog').getByRole('button', { name: 'Check' }).click()
    expect(await answerOn(page)).toBe('VALID')
    await page.context().close()
  })

  test('have no green word on the data’s age while the clock is behind', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await page.clock.setFixedTime(Date.now() - 30 * 86_400_000)
    await page.reload()
    await page.locator('.answer.ready').waitFor()
    expect(await page.locator('.chip.fine').count()).toBe(0)
    expect(await page.locator('.chip.alarm').first().textContent()).toContain('clock is behind')
    await page.context().close()
  })

  test('say of a stamp that is scanned fifteen times in minutes that this is strange', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    const start = Date.now()
    for (let i = 0; i < 15; i++) {
      await page.clock.setFixedTime(start + i * 10_000)
      await scan(page, stage.label('valid').url)
      await poll(() => page.locator('.evidence').textContent()).toContain(
        i === 0 ? 'first time' : i === 1 ? 'once before' : `${i} times`,
      )
    }
    expect(await page.locator('.word').textContent()).toBe('MAYBE A COPY')
    await page.context().close()
  })

  test('of yesterday turn when a log that comes later makes the stamp a copy', async () => {
    const { page } = await openPage(browser, stage.served.address)
    await page.setInputFiles('.setup input[type=file]', stage.file('setup.json'))
    await page.getByRole('button', { name: 'They agree: use this set-up' }).click()
    await page.setInputFiles('.sources input[type=file]', stage.file('pictures/copied.png'))
    await poll(() => say(page)).toContain('There is no data yet')
    await tab(page, 'Data')
    await page.setInputFiles('.panel input[type=file] >> nth=0', [
      stage.file('trust-list.cbor'),
      stage.file('revocation-list.cbor'),
    ])
    await poll(() => page.locator('.outcomes .loaded').count()).toBe(2)
    await tab(page, 'Scan')
    expect(await showPicture(page, stage, 'copied')).toBe('VALID')
    await tab(page, 'Data')
    await page.setInputFiles('.panel input[type=file] >> nth=0', stage.file('other-kiosks.scans'))
    await page.locator('.outcomes .turned').waitFor()
    await tab(page, 'History')
    expect(await page.locator('.entry.copy').textContent()).toContain('MAYBE A COPY')
    expect(await page.locator('.entry.copy').textContent()).toContain('found out later')
    await page.context().close()
  })

  test('show the product’s picture where the site has one, without a network too', async () => {
    const body = Buffer.from(png(symbol('TEA'), { dots: 8 }))
    const { page } = await openDemo(browser, stage.served.address)
    await page
      .context()
      .route('**/pictures/index.json', (route) => route.fulfill({ json: { 104: 'tea.png' } }))
    await page
      .context()
      .route('**/pictures/tea.png', (route) => route.fulfill({ body, contentType: 'image/png' }))
    await page.reload()
    await poll(() => page.evaluate(() => caches.match('/pictures/tea.png').then((found) => found?.ok))).toBe(
      true,
    )
    await page.context().unrouteAll()
    await page.context().route('**/pictures/**', (route) => route.abort())
    await page.reload()
    await showPicture(page, stage, 'valid')
    const picture = page.locator('.goods img')
    await picture.waitFor()
    await poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
    await page.context().close()
  })

  test.each([
    ['nothing', Buffer.alloc(0), 'This file is empty.'],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'This is a PDF.'],
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'HEIC'],
    ['no picture', Buffer.from('hello'), 'not a picture'],
    ['a picture without a code', PNG.sync.write(new PNG({ width: 40, height: 40 })), 'No code was found'],
  ])('say in words what is wrong with a file: %s', async (_name, buffer, word) => {
    const { page } = await openDemo(browser, stage.served.address)
    await page.setInputFiles('.sources input[type=file]', { name: 'a', mimeType: 'image/png', buffer })
    await poll(() => say(page)).toContain(word)
    await page.context().close()
  })
})

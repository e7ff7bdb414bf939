import type { Page } from 'playwright-core'
import { png, symbol } from 'veristamp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { siteApp } from '../../../../src/cli/server/site-app.ts'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { addressOf, answerOn, HOME, openStage, type Stage } from '../support/stage.ts'
import { HASH, MAIL } from '../support/world.ts'

let stage: Stage

beforeAll(async () => {
  if (!noBrowser) stage = await openStage()
})
afterAll(() => stage?.close())

describe.skipIf(noBrowser)(`The consumer page, in Chromium${whyNot}`, () => {
  test('reads a stamp in each form, takes it off the address, and answers again after a reload', async () => {
    const hashed = (await stage.tea(90_101)).toUrl(HASH)
    for (const stamp of [
      stage.label('valid').url,
      hashed,
      stage.link,
      `${stage.label('valid').url}?fbclid=a1`,
    ]) {
      const { page, context, complaints } = await stage.open()
      await page.goto(addressOf(stamp))
      expect(await answerOn(page)).toBe('Hợp lệ')
      expect(page.url()).toBe(HOME)
      await page.reload()
      expect(await answerOn(page)).toBe('Hợp lệ')
      expect(complaints).toEqual([])
      await context.close()
    }
  })

  test('shows what a link of GS1’s says: lot and last day; stars as a picture and in numbers', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    await page.goto(addressOf(stage.link))
    await answerOn(page)
    const facts = (await page.locator('.goods').textContent())!
    for (const each of ['LotCM2611', 'Good until31 December 2049', 'Stamp number7', 'OCOP 4 stars'])
      expect(facts).toContain(each)
    expect(await page.locator('.stars [role=img]').getAttribute('aria-label')).toBe('OCOP 4 stars')
    await context.close()
  })

  test('never shows the answer of the stamp before, in one tab', async () => {
    const good = (await stage.tea(90_102)).toUrl(HASH)
    const recalled = (await stage.tea(90_007)).toUrl(HASH)
    const { page, context } = await stage.open()
    await page.goto(addressOf(good))
    expect(await answerOn(page)).toBe('Hợp lệ')
    const shown = await page.evaluate(async (next) => {
      const words: string[] = []
      const note = (): void => void words.push(document.querySelector('main')!.textContent!)
      new MutationObserver(note).observe(document.querySelector('main')!, { childList: true, subtree: true })
      location.hash = next.split('#')[1]!
      await new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }))
      note()
      await new Promise((resolve) => setTimeout(resolve, 1500))
      return words
    }, recalled)
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.filter((words) => words.includes('Hợp lệ'))).toEqual([])
    expect(await answerOn(page)).toBe('Đã thu hồi')
    await page.goBack()
    expect(await answerOn(page)).toBe('Hợp lệ')
    await context.close()
  })

  test('asks to compare a wrong hidden code, and turns the whole answer for the same one again', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    await page.goto(addressOf(stage.label('sealed').url))
    await answerOn(page)
    const type = async (code: string): Promise<void> => {
      await page.locator('#hidden-code').fill(code)
      await page.keyboard.press('Enter')
    }
    await type('1234')
    expect(await page.locator('.said').first().textContent()).toContain('not complete')
    await type('0000-0000-0000-0000')
    expect(await page.locator('.said').first().textContent()).toContain('letter by letter')
    expect(await page.locator('.panel').getAttribute('class')).toBe('panel good')
    await type('0000-0000-0000-0001')
    expect(await page.locator('.panel').getAttribute('class')).toBe('panel good')
    await type('oooo-oooo-oooo-oooL')
    await page.locator('.panel.bad .now').waitFor()
    expect(await page.locator('h1').textContent()).toBe('Hidden code is wrong')
    expect(await page.locator('.good').count()).toBe(0)
    expect(await page.locator('.address').count()).toBe(0)
    await type('0000-0000-0000-0002')
    expect(await page.locator('.panel').getAttribute('class')).toBe('panel bad')
    await type(stage.label('sealed').hiddenCode!)
    await page.locator('.panel.good').waitFor()
    await page.locator('.hidden.right').waitFor()
    await context.close()
  })

  test('does not answer inside another page', async () => {
    // As a server would that sends no header: the page looks for itself.
    stage.without.add('content-security-policy')
    const { page, context } = await stage.open({ language: 'en' })
    const shop = 'https://shop.example/QNI/shop.html'
    const holding = (address: string) => () =>
      new Response(`<iframe src="${address}">`, { headers: { 'content-type': 'text/html' } })
    stage.instead.set('shop.html', holding(addressOf(stage.label('valid').url)))
    await page.goto(shop)
    const frame = page.frameLocator('iframe')
    await frame.locator('.panel .now').waitFor()
    expect(await frame.locator('h1').textContent()).toBe('No answer here')
    expect(await frame.locator('body').textContent()).not.toContain('Valid')
    stage.without.clear()
    const { page: strict } = await stage.open({ language: 'en' })
    stage.instead.set('shop.html', holding(HOME))
    await strict.goto(shop)
    expect(await strict.frames().at(-1)!.locator('main').count()).toBe(0)
    await strict.context().close()
    stage.instead.clear()
    await context.close()
  })

  test('is never green at an address that is not the authority’s', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    const stamp = stage.label('valid').url
    await page.goto(addressOf(stamp).replace('tem.example', 'tem-vn.example'))
    await answerOn(page)
    expect(await page.locator('h1').textContent()).toBe('Not valid')
    expect(await page.locator('.panel .why').first().textContent()).toContain('web address')
    await page.goto(HOME.replace('tem.example', 'tem-vn.example'))
    await page.locator('.meanings').waitFor()
    await scanPicture(page, stamp)
    expect(await answerOn(page)).toBe('Wrong address')
    expect(await page.locator('.now').textContent()).toContain('Type tem.example/QNI')
    expect(await page.locator('.good').count()).toBe(0)
    await context.close()
  })

  test('calls a good stamp neither green nor false where a server shows the page without HTTPS', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    const { fetch } = siteApp(stage.folder, { path: new URL(HOME).pathname })
    await page.route('http://tem.example/**', async (route) => {
      const answer = await fetch(new Request(route.request().url()))
      await route.fulfill({
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: Buffer.from(await answer.arrayBuffer()),
      })
    })
    await page.goto(addressOf(stage.label('valid').url).replace('https:', 'http:'))
    expect(await answerOn(page)).toBe('Wrong address')
    expect(await page.locator('.good').count()).toBe(0)
    await context.close()
  })

  test('reads a photo of another stamp, with a reader that comes only then', async () => {
    const { page, context, complaints, strays } = await stage.open({ language: 'en' })
    const start = stage.requests.length
    await page.goto(HOME)
    await page.locator('.meanings').waitFor()
    const before = stage.requests.length
    await scanPicture(page, stage.label('revoked').url)
    expect(await answerOn(page)).toBe('Revoked')
    expect(stage.requests.slice(before).some(({ path }) => path.endsWith('.wasm'))).toBe(true)
    expect(stage.requests.slice(start, before).some(({ path }) => path.endsWith('.wasm'))).toBe(false)
    expect([...complaints, ...strays]).toEqual([])
    await context.close()
  })

  test('says quietly that a shop’s barcode is not a stamp, and goes on scanning', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    await page.goto(HOME)
    await scanPicture(page, '614141123452')
    await page.getByText('This code is not a stamp.').waitFor()
    await page.locator('dialog input[type=file]').setInputFiles(pictureOf(stage.label('valid').url))
    expect(await answerOn(page)).toBe('Valid')
    await context.close()
  })

  test.each([
    ['NotReadableError', 'Ứng dụng khác đang dùng máy ảnh.'],
    ['NotAllowedError', 'Chưa được phép dùng máy ảnh.'],
    ['NotFoundError', 'Không tìm thấy máy ảnh.'],
  ])('says why the camera does not open: %s', async (name, said) => {
    const { page, context } = await stage.open()
    await page.addInitScript((fault) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', fault))
    }, name)
    await page.goto(HOME)
    await page.locator('button.scan').click()
    await page.locator('dialog').getByText(said).waitFor()
    await context.close()
  })

  test('reports only what it showed, and only when asked to', async () => {
    const { page, context } = await stage.open({ language: 'en' })
    await page.goto(addressOf(stage.label('revoked').url))
    await answerOn(page)
    await page.locator('.report summary').click()
    await page.locator('#report-where').fill('Hạ Long market')
    const shown = (await page.locator('.sent').textContent())!
    expect(shown).toContain('Stamp number: 90007')
    expect(shown).toContain('Seen at: Hạ Long market')
    const mail = (await page.locator('.ways a[href^=mailto]').getAttribute('href'))!
    expect(mail.startsWith(`${MAIL}?subject=`)).toBe(true)
    expect(decodeURIComponent(mail.split('body=')[1]!)).toBe(shown)
    const digits = stage.label('revoked').digits
    expect(shown + mail).not.toContain(digits)
    expect(stage.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    await page.route('**/bao-cao', (route) => route.fulfill({ status: 204 }))
    const sending = page.waitForRequest('**/bao-cao')
    await page.locator('.ways button').click()
    const sent = await sending
    expect([sent.method(), sent.postData()]).toEqual(['POST', shown])
    await page.getByText('Sent. Thank you.').waitFor()
    await context.close()
  })
})

async function scanPicture(page: Page, stamp: string): Promise<void> {
  await page.locator('button.scan').click()
  await page.locator('dialog input[type=file]').setInputFiles(pictureOf(stamp))
}

const pictureOf = (stamp: string) => ({
  name: 'stamp.png',
  mimeType: 'image/png',
  buffer: Buffer.from(png(symbol(stamp), { dots: 8 })),
})

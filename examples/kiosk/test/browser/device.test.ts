import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { areWhole } from '../../../../test/support/laws.ts'
import { TEA } from '../../../quang-ninh/kiosk-labels.ts'
import { launch } from '../support/chromium.ts'
import { camerasOn, type FakeCamera, fakeCamera } from '../support/fake-camera.ts'
import { answerOn, openDemo, openPage, openStage, reload, type Stage, showPicture } from '../support/stage.ts'

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

const poll = <T>(ask: () => T) => expect.poll(ask, { timeout: 30_000 })
const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function openCamera(abilities: object = {}, prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  const { page } = await openDemo(browser, stage.served.address)
  await fakeCamera(page, abilities)
  await prepare?.(page)
  await page.getByRole('button', { name: 'Turn the camera on' }).click()
  return page
}

const asked = (page: Page) => page.evaluate(() => (window as unknown as { fake: FakeCamera }).fake.asked)

describe.skipIf(noBrowser)(`The kiosk's camera, in Chromium${whyNot}`, () => {
  test.each([
    ['NotAllowedError', 'blocks the camera'],
    ['NotReadableError', 'Another app'],
    ['NotFoundError', 'No camera was found'],
  ])('says what to do when a camera fails with %s', async (name, word) => {
    const { page } = await openDemo(browser, stage.served.address)
    await page.evaluate((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', name))
    }, name)
    await page.getByRole('button', { name: 'Turn the camera on' }).click()
    await poll(() => page.locator('.stage .problem').textContent()).toContain(word)
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    await page.context().close()
  })

  test('has a light and a zoom where the device has them', async () => {
    const page = await openCamera({ torch: true, zoom: { min: 1, max: 5, step: 0.5 } })
    const light = page.getByRole('button', { name: 'Light' })
    await light.click()
    await poll(() => light.getAttribute('aria-pressed')).toBe('true')
    await light.click()
    await page.getByLabel('Zoom').fill('2.5')
    await poll(() => asked(page)).toEqual([
      { advanced: [{ torch: true }] },
      { advanced: [{ torch: false }] },
      { advanced: [{ zoom: 2.5 }] },
    ])
    await page.context().close()
  })

  test('has neither where the device has none', async () => {
    const page = await openCamera()
    await page.locator('.stage.on').waitFor()
    expect(await page.getByRole('button', { name: 'Light' }).count()).toBe(0)
    expect(await page.getByLabel('Zoom').count()).toBe(0)
    await page.context().close()
  })

  test('that shows its last frame for ever is opened again', async () => {
    const page = await openCamera({}, (page) => page.clock.install())
    await page.locator('.stage.on').waitFor()
    await page.clock.runFor(10_000)
    expect(await camerasOn(page)).toEqual([1, 1])
    await page.evaluate(() => {
      const { fake } = window as unknown as { fake: FakeCamera }
      fake.isFrozen = true
    })
    await page.clock.runFor(10_000)
    await poll(() => camerasOn(page)).toEqual([2, 1])
    await page.context().close()
  })

  const faults: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
    [
      'is unplugged',
      (page) =>
        page.evaluate(() => {
          const [stream] = (window as unknown as { fake: FakeCamera }).fake.streams
          stream!.getVideoTracks()[0]!.dispatchEvent(new Event('ended'))
        }),
    ],
    ['is turned away from, to another page', (page) => tab(page, 'History')],
    ['is not needed: the language is changed', (page) => page.locator('.language').click()],
  ]
  test.each(faults)('is let go of when it %s', async (name, fail) => {
    const page = await openCamera()
    await page.locator('.stage.on').waitFor()
    await page.evaluate(() => localStorage.setItem('camera', 'off'))
    await fail(page)
    await poll(() => camerasOn(page)).toEqual([1, 0])
    if (name === 'is unplugged')
      expect(await page.locator('.stage .problem').textContent()).toContain('No camera was found')
    await page.context().close()
  })

  test.each([
    [
      'the reader of codes does not run',
      () => {
        Worker.prototype.postMessage = () => {
          throw new DOMException('no', 'DataCloneError')
        }
      },
    ],
    [
      'the device does not say what it can do',
      () => {
        MediaStreamTrack.prototype.getSettings = () => {
          throw new TypeError('no')
        }
      },
    ],
  ])('is let go of when %s', async (what, breakIt) => {
    const page = await openCamera({}, (page) => page.evaluate(breakIt))
    await poll(() => camerasOn(page)).toEqual([1, 0])
    if (what.startsWith('the reader'))
      await poll(() => page.locator('.stage .problem').textContent()).toContain('can’t read codes')
    await page.context().close()
  })

  test('that opens once the page was left is let go of', async () => {
    const page = await openCamera({}, (page) =>
      page.evaluate(() => {
        const open = navigator.mediaDevices.getUserMedia
        navigator.mediaDevices.getUserMedia = async (wanted) => {
          await new Promise((done) => Object.assign(window, { done }))
          return open(wanted)
        }
      }),
    )
    await page.evaluate(() => localStorage.setItem('camera', 'off'))
    await tab(page, 'History')
    await page.evaluate(() => (window as unknown as { done(): void }).done())
    await poll(() => camerasOn(page)).toEqual([1, 0])
    await page.context().close()
  })
})

const TYPES = { paste: 'clipboardData', drop: 'dataTransfer' } as const

/** Gives the page a file, or a text, as a browser does when somebody pastes or drops it. */
const give = (
  page: Page,
  how: keyof typeof TYPES,
  what: { file?: Buffer; text?: string },
): Promise<boolean> =>
  page.evaluate(
    ({ how, field, file, text }) => {
      const data = new DataTransfer()
      const bytes = file && Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0))
      if (bytes) data.items.add(new File([bytes], 'a.png', { type: 'image/png' }))
      if (text) data.setData('text/plain', text)
      const options = { [field]: data, bubbles: true, cancelable: true }
      const event = how === 'drop' ? new DragEvent('drop', options) : new ClipboardEvent('paste', options)
      return document.body.dispatchEvent(event)
    },
    { how, field: TYPES[how], file: what.file?.toString('base64'), text: what.text },
  )

describe.skipIf(noBrowser)(`The kiosk in daily use, in Chromium${whyNot}`, () => {
  test.each(['paste', 'drop'] as const)(
    'takes a picture and a text by %s, and the browser opens neither',
    async (how) => {
      const { page } = await openDemo(browser, stage.served.address)
      const file = readFileSync(stage.file('pictures/revoked.png'))
      expect(await give(page, how, { file })).toBe(false)
      expect(await answerOn(page)).toBe('REVOKED')
      expect(await give(page, how, { text: stage.label('valid').digits })).toBe(false)
      await page.locator('.word').filter({ hasText: 'VALID' }).waitFor()
      await tab(page, 'History')
      // Also from another page: the answer is shown.
      await give(page, how, { text: stage.label('expired').url })
      await page.locator('.word').filter({ hasText: 'EXPIRED' }).waitFor()
      await page.context().close()
    },
  )

  test('opens no file that is too large, whatever it begins with', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    const picture = readFileSync(stage.file('pictures/valid.png')).toString('base64')
    await page.evaluate((picture) => {
      const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([bytes, new Uint8Array(50_000_001)], 'a.png', { type: 'image/png' }))
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    }, picture)
    await poll(() => page.locator('.say').textContent()).toContain('too large')
    expect(await page.locator('.answer.ready').count()).toBe(1)
    await page.context().close()
  })

  test('says so where the reader of codes can’t be loaded, and takes hand scanners and typing', async () => {
    const { page } = await openPage(browser, stage.served.address)
    await page.context().route('**/*.wasm', (route) => route.abort())
    await page.reload()
    await page.getByRole('button', { name: 'Use the demo’s files' }).click()
    await page.setInputFiles('.sources input[type=file]', stage.file('pictures/valid.png'))
    await poll(() => page.locator('.say').textContent()).toContain('can’t read codes')
    await give(page, 'paste', { text: stage.label('valid').url })
    expect(await answerOn(page)).toBe('VALID')
    await page.context().close()
  })

  test('goes on after the browser has closed its database', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await page.evaluate(() => {
      const { transaction } = IDBDatabase.prototype
      const closed = new WeakSet<IDBDatabase>()
      let isFirst = true
      IDBDatabase.prototype.transaction = function (...args) {
        if (this.name === 'veristamp-kiosk' && isFirst) {
          isFirst = false
          closed.add(this)
        }
        if (closed.has(this)) throw new DOMException('closed', 'InvalidStateError')
        return transaction.apply(this, args)
      }
    })
    expect(await showPicture(page, stage, 'valid')).toBe('VALID')
    await reload(page)
    await tab(page, 'History')
    expect(await page.locator('.entry').count()).toBe(1)
    expect(await page.locator('.failure').count()).toBe(0)
    await page.context().close()
  })

  // The browser itself takes half a minute to let go of the older build.
  test.runIf(areWhole)('starts a newer build by itself within the hour, once nobody uses it', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
      while (navigator.serviceWorker.controller === null) await new Promise((done) => setTimeout(done, 50))
    })
    await page.clock.install()
    await page.reload()
    await page.locator('.answer.ready').waitFor()
    const worker = join(stage.site, 'sw.js')
    const before = readFileSync(worker, 'utf8')
    const [, version] = /"version":"(\w+)"/.exec(before)!
    writeFileSync(worker, before.replace(version!, 'feedfacefeedface'))
    const builds = () =>
      page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('kiosk-')))
    await showPicture(page, stage, 'valid')
    await page.clock.runFor(31 * 60_000)
    await poll(async () => (await builds()).sort()).toEqual(
      [`kiosk-${version}`, 'kiosk-feedfacefeedface'].sort(),
    )
    await poll(builds).toEqual(['kiosk-feedfacefeedface'])
    writeFileSync(worker, before)
    await page.locator('.answer.ready').waitFor()
    await tab(page, 'Settings')
    await poll(() => page.locator('.build').textContent()).toContain('feedfacefeedface')
    await page.context().close()
  })

  const SCANS = Number(process.env.VERISTAMP_KIOSK_SCANS ?? (areWhole ? 2_000 : 300))
  test(`answers the last of ${SCANS} scans as soon as the first, and remembers all of them`, async () => {
    const issuer = stage.province.issuers.get(TEA.facility)!
    const texts: string[] = []
    for (let i = 0; i < SCANS; i++)
      texts.push((await issuer.issue({ ...TEA, serial: 1 + i })).toText('base45'))
    const { page } = await openDemo(browser, stage.served.address)
    await tab(page, 'Data')
    const remembered = async () => Number(await page.locator('.facts dd').last().textContent())
    const before = await remembered()
    await tab(page, 'Scan')
    const times = await page.evaluate(async (texts) => {
      const times: number[] = []
      for (const text of texts) {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', text)
        const start = performance.now()
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
        times.push(performance.now() - start)
        await new Promise((done) => setTimeout(done))
      }
      return times
    }, texts)
    const median = (of: number[]): number => of.sort((a, b) => a - b)[of.length >> 1]!
    console.log(
      `${SCANS} scans: ${median(times.slice(0, 100)).toFixed(1)} ms each, at last ${median(times.slice(-100)).toFixed(1)} ms`,
    )
    await reload(page)
    await tab(page, 'Data')
    expect(await remembered()).toBe(before + SCANS)
    await tab(page, 'History')
    expect(await page.locator('.entry').count()).toBe(100)
    await page.getByRole('button', { name: 'Show more' }).click()
    expect(await page.locator('.entry').count()).toBe(200)
    await page.context().close()
  }, 600_000)
})

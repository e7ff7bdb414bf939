import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { encodePins } from 'veristamp/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { areWhole, share } from '../../../../test/support/laws.ts'
import { look } from '../../../consumer/test/support/look.ts'
import { sliceLists, stampOf } from '../../../consumer/test/support/sliced.ts'
import type { LabelName } from '../../../quang-ninh/kiosk-labels.ts'
import { PREFIX } from '../../../quang-ninh/province.ts'
import { launch } from '../support/chromium.ts'
import { scan } from '../support/scanner.ts'
import {
  answerOn,
  clearAnswer,
  openDemo,
  openPage,
  openStage,
  paste,
  reload,
  type Stage,
  showPicture,
} from '../support/stage.ts'

/** Pictures of every screen, for people to look at. */
const SHOTS = fileURLToPath(new URL('../../out/screens/', import.meta.url))

let stage: Stage
let browser: Browser

beforeAll(async () => {
  if (noBrowser) return
  mkdirSync(SHOTS, { recursive: true })
  stage = await openStage()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

type Language = 'vi' | 'en'

const ANSWERS: Readonly<Partial<Record<LabelName, Readonly<Record<Language, string>>>>> = {
  valid: { vi: 'HỢP LỆ', en: 'VALID' },
  sealed: { vi: 'HỢP LỆ', en: 'VALID' },
  dated: { vi: 'HỢP LỆ', en: 'VALID' },
  copied: { vi: 'NGHI LÀ BẢN SAO', en: 'MAYBE A COPY' },
  revoked: { vi: 'ĐÃ THU HỒI', en: 'REVOKED' },
  forged: { vi: 'TEM GIẢ', en: 'FORGED' },
  unknown: { vi: 'KHÔNG RÕ NGUỒN', en: 'ORIGIN UNKNOWN' },
  expired: { vi: 'HẾT HẠN', en: 'EXPIRED' },
  'not-issued': { vi: 'KHÔNG HỢP LỆ', en: 'NOT VALID' },
}

const SIZES = [
  [320, 640],
  [360, 740],
  [800, 1100],
  [1280, 800],
  [1920, 1080],
] as const

/**
 * Looks at all sizes, in the light and in the dark; but for CI at the smallest and the usual one of a kiosk. The rules of
 * WCAG are the same for all sizes: they are asked at the smallest, and those for colours in the dark.
 */
async function lookAround(page: Page, name: string): Promise<string[]> {
  const faults: string[] = []
  for (const [width, height] of areWhole ? SIZES : [SIZES[0], SIZES[3]]) {
    await page.setViewportSize({ width, height })
    const found = await look(page, `${name}-${width}`, width === SIZES[0][0] ? 'all' : 'none', SHOTS)
    faults.push(...found.map((fault) => `${width}: ${fault}`))
    // What scrolls lies between bar and tabs.
    const isLong = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight)
    if (isLong) faults.push(`${width}: the page scrolls as a whole`)
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 360, height: 740 })
  faults.push(...(await look(page, `${name}-dark`, 'colours', SHOTS)).map((fault) => `dark: ${fault}`))
  await page.emulateMedia({ colorScheme: 'light' })
  return faults
}

const TABS = {
  vi: { history: 'Lịch sử', lists: 'Dữ liệu', settings: 'Cài đặt' },
  en: { history: 'History', lists: 'Data', settings: 'Settings' },
} as const
const tab = (page: Page, language: Language, name: keyof (typeof TABS)[Language]) =>
  page.locator('nav').getByRole('button', { name: TABS[language][name], exact: true }).click()

async function typeCode(page: Page, code: string): Promise<void> {
  await page.locator('#hidden-code').fill(code)
  await page.locator('.hidden-code button').click()
}

/** States that no label of its own leads to. */
const OTHERS: Readonly<Record<string, (page: Page, language: Language) => Promise<unknown>>> = {
  ready: async () => undefined,
  camera: async (page) => {
    await page.evaluate(() => localStorage.setItem('camera', 'on'))
    await page.reload()
    await page.locator('.stage.on').waitFor()
  },
  'camera-denied': async (page) => {
    await page.context().addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
    })
    await page.evaluate(() => localStorage.setItem('camera', 'on'))
    await page.reload()
    await page.locator('.problem p').waitFor()
  },
  stale: async (page) => {
    await page.clock.setFixedTime(new Date(Date.now() + 100 * 86_400_000))
    await showPicture(page, stage, 'valid')
  },
  'clock-behind': async (page) => {
    await page.clock.setFixedTime(new Date(Date.now() - 30 * 86_400_000))
    await page.reload()
    await page.locator('.answer.ready').waitFor()
    await showPicture(page, stage, 'valid')
  },
  foreign: async (page) => {
    await page.setInputFiles('.sources input[type=file]', stage.file('pictures/valid.png'))
    await answerOn(page)
    await page.locator('button.next').click()
    await paste(page, 'HTTPS://BANK.EXAMPLE/PAY?ACCOUNT=1234')
    await page.locator('.say:not(:empty)').waitFor()
  },
  'hidden-code-once': async (page) => {
    await showPicture(page, stage, 'sealed')
    await typeCode(page, '0000-0000-0000-0000')
  },
  'hidden-code-wrong': async (page) => {
    await showPicture(page, stage, 'sealed')
    await typeCode(page, '0000-0000-0000-0000')
    await typeCode(page, '0000 0000 0000 OOOO')
    await page.locator('.answer.bad').waitFor()
  },
  'hidden-code-doubtful': async (page) => {
    await showPicture(page, stage, 'sealed')
    await typeCode(page, '0000-0000-0000-0000')
    await typeCode(page, '1111-1111-1111-1111')
    await page.locator('.answer.copy').waitFor()
  },
  'scan-again': async (page) => {
    await scan(page, stage.label('forged').url)
    await page.locator('.say:not(:empty)').waitFor()
  },
  'hidden-code-right': async (page) => {
    await showPicture(page, stage, 'sealed')
    await typeCode(page, stage.label('sealed').hiddenCode!)
    await page.locator('.hidden-result.good').waitFor()
  },
  type: async (page) => {
    await page.locator('.sources button').click()
    await page.locator('dialog textarea').fill('8934563100235')
    await page.locator('dialog button').first().click()
  },
  history: async (page, language) => {
    for (const name of ['valid', 'copied', 'revoked', 'forged', 'expired'] as const)
      await showPicture(page, stage, name)
    await tab(page, language, 'history')
    page.once('dialog', (dialog) => dialog.accept())
    await page.locator('.entry button.quiet').first().click()
    await page.locator('.undone-note').waitFor()
  },
  'history-opened': async (page, language) => {
    await showPicture(page, stage, 'revoked')
    await tab(page, language, 'history')
    await page.locator('.entry .open').click()
    await page.locator('dialog .word').waitFor()
  },
  lists: async (page, language) => {
    await tab(page, language, 'lists')
    await page.setInputFiles('.panel input[type=file] >> nth=0', [
      stage.file('revocation-delta.cbor'),
      stage.file('sheet.pdf'),
    ])
    await page.locator('.outcomes .refused').waitFor()
    await page.locator('summary').click()
  },
  'lists-with-missing-slices': async (page, language) => {
    const { folder, province } = stage
    const { files, slicesOf } = await sliceLists(province, new Date(), { prefixes: [PREFIX] })
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
    const lists = [...files.keys()].filter((name) => /^(trust|revocation)/.test(name))
    const some = [...lists, ...slicesOf(310).map(({ name }) => name)]
    await tab(page, language, 'lists')
    await page.setInputFiles(
      '.panel input[type=file] >> nth=0',
      some.map((name) => join(folder, name)),
    )
    await page.locator('.outcomes .loaded').nth(2).waitFor()
  },
  'not-known-here': async (page, language) => {
    await OTHERS['lists-with-missing-slices']!(page, language)
    await paste(page, await stampOf(450, 5, PREFIX))
    expect(await answerOn(page)).toBe(language === 'vi' ? 'MÁY CHƯA CÓ DỮ LIỆU' : 'NOT KNOWN HERE')
  },
  'lists-of-two': async (page, language) => {
    const setup = { authority: 'bo-khoa-hoc-cong-nghe.example', roots: stage.province.roots }
    await tab(page, language, 'settings')
    await page.locator('.settings .card button.quiet').first().click()
    const buffer = Buffer.from(encodePins(setup))
    await page.setInputFiles('.setup input[type=file]', { name: 'a', mimeType: 'text/plain', buffer })
    await page.locator('.confirm button').first().click()
    await tab(page, language, 'lists')
  },
  settings: async (page, language) => tab(page, language, 'settings'),
  'settings-add': async (page, language) => {
    await tab(page, language, 'settings')
    await page.locator('.settings .card button.quiet').first().click()
    await page.setInputFiles('.setup input[type=file]', stage.file('setup.json'))
    await page.locator('.confirm .problem').waitFor()
  },
  pin: async (page, language) => {
    await tab(page, language, 'settings')
    await page.locator('.reset button.quiet').click()
    await page.locator('dialog input').fill('12')
    await page.locator('dialog button').first().click()
    await page.locator('dialog .problem:not(:empty)').waitFor()
  },
  several: async (page) => {
    const buffer = await twoStamps(page)
    await page.setInputFiles('.sources input[type=file]', { name: 'a.png', mimeType: 'image/png', buffer })
    await page.locator('.several').waitFor()
  },
  inspector: async (page) => {
    await inspect(page)
    await showPicture(page, stage, 'revoked')
    await writeRemark(page)
  },
  'inspector-history': async (page, language) => {
    await inspect(page)
    await showPicture(page, stage, 'revoked')
    await writeRemark(page)
    await showPicture(page, stage, 'valid')
    await tab(page, language, 'history')
    await page.locator('.remark-line summary').last().click()
    await page.locator('.remark img').waitFor()
  },
  elsewhere: async (page) => {
    const other = await page.context().newPage()
    await other.goto(stage.served.address)
    await other.locator('.elsewhere button').click()
    await other.locator('.answer.ready').waitFor()
    await page.locator('.elsewhere').waitFor()
  },
}

async function inspect(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem('inspector', 'on'))
  await page.reload()
  await page.locator('.answer.ready').waitFor()
}

async function writeRemark(page: Page): Promise<void> {
  await page
    .locator('.remark textarea')
    .fill('Hộp bị rách, tem dán đè lên tem cũ; người bán không có hóa đơn.')
  await page.locator('.remark input:not(.file)').fill('Chợ Hạ Long, sạp 14')
  await page.setInputFiles('.remark input[type=file]', stage.file('pictures/valid.png'))
  await page.locator('.remark img').waitFor()
}

/** Two of the demo's pictures side by side. */
async function twoStamps(page: Page): Promise<Buffer> {
  const pictures = ['valid', 'revoked'].map((name) =>
    Buffer.from(stage.read(`pictures/${name}.png`)).toString('base64'),
  )
  const together = await page.evaluate(async (pictures) => {
    const bitmaps = await Promise.all(
      pictures.map((each) =>
        createImageBitmap(new Blob([Uint8Array.from(atob(each), (letter) => letter.charCodeAt(0))])),
      ),
    )
    const canvas = document.createElement('canvas')
    canvas.width = bitmaps.reduce((sum, { width }) => sum + width, 0)
    canvas.height = Math.max(...bitmaps.map(({ height }) => height))
    const context = canvas.getContext('2d')!
    let left = 0
    for (const bitmap of bitmaps) {
      context.drawImage(bitmap, left, 0)
      left += bitmap.width
    }
    return canvas.toDataURL('image/png').split(',')[1]!
  }, pictures)
  return Buffer.from(together, 'base64')
}

describe.skipIf(noBrowser).each(['vi', 'en'] as const)(
  `The kiosk's screens in %s, in Chromium${whyNot}`,
  (language) => {
    test('have no fault before they are set up', async () => {
      const { page, complaints } = await openPage(browser, stage.served.address, language)
      await page.locator('.setup').waitFor()
      expect(await lookAround(page, `${language}-setup`)).toEqual([])
      await page.setInputFiles('.setup input[type=file]', stage.file('setup.json'))
      await page.locator('.confirm code').waitFor()
      expect(await lookAround(page, `${language}-setup-compare`)).toEqual([])
      expect(complaints).toEqual([])
      await page.context().close()
    })

    test.each(share(Object.keys(ANSWERS) as LabelName[], 3))(
      'answer %s with its word, and have no fault',
      async (name) => {
        const { page, complaints, strays } = await openDemo(browser, stage.served.address, language)
        expect(await page.locator('html').getAttribute('lang')).toBe(language)
        expect(await showPicture(page, stage, name)).toBe(ANSWERS[name]![language])
        expect(await lookAround(page, `${language}-${name}`)).toEqual([])
        expect([...complaints, ...strays]).toEqual([])
        await page.context().close()
      },
    )

    test.each(share(Object.keys(OTHERS), 6))('have no fault in the state %s', async (name) => {
      const { page } = await openDemo(browser, stage.served.address, language)
      await OTHERS[name]!(page, language)
      expect(await lookAround(page, `${language}-${name}`)).toEqual([])
      await page.context().close()
    })
  },
)

describe.skipIf(noBrowser)(`The kiosk's screen, in Chromium${whyNot}`, () => {
  test('shows product, facility, stars, serial, lot, authority, place and the age of the data', async () => {
    const { page } = await openDemo(browser, stage.served.address, 'vi')
    await showPicture(page, stage, 'dated')
    const { product, facility, stars } = stage.label('dated')
    const goods = (await page.locator('.goods').textContent())!
    for (const each of [product, facility, 'Số tem4', 'Số lôCM2611', 'quang-ninh', 'Chợ Hạ Long'])
      expect(goods).toContain(each)
    expect(await page.locator('.stars [role=img]').getAttribute('aria-label')).toBe(`OCOP ${stars} sao`)
    expect(await page.locator('.stars .count').textContent()).toBe(`OCOP ${stars} sao`)
    expect(goods).toMatch(/Hạn dùng[1-9]\d?\/[1-9]\d?\/20\d\d/)
    expect(await page.locator('.status').textContent()).toContain('Dữ liệu cập nhật 1 ngày trước')
    await page.context().close()
  })

  test('says why and when a stamp was revoked', async () => {
    const { page } = await openDemo(browser, stage.served.address, 'vi')
    await showPicture(page, stage, 'revoked')
    expect(await page.locator('.reason').textContent()).toMatch(
      /Sản phẩm đang bị thu hồi\. Ngày thu hồi: [1-9]\d?\/[1-9]\d?\/20\d\d\./,
    )
    await page.context().close()
  })

  test('can be worked with the keyboard alone', async () => {
    const { page } = await openPage(browser, stage.served.address)
    await page.getByRole('button', { name: 'Use the demo’s files' }).waitFor()
    await reach(page, 'Use the demo’s files')
    await page.keyboard.press('Enter')
    await page.locator('.answer.ready').waitFor()
    await reach(page, 'History')
    await page.keyboard.press('Enter')
    expect(await page.locator('h1').textContent()).toBe('History')
    await reach(page, 'Tiếng Việt')
    await page.keyboard.press('Space')
    await expect.poll(() => page.locator('h1').textContent()).toBe('Lịch sử')
    await page.context().close()
  })

  test('keeps a history over a reload, in which a scan can be taken back', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'valid')
    await showPicture(page, stage, 'revoked')
    await reload(page)
    await tab(page, 'en', 'history')
    const entries = page.locator('.entry')
    expect(await entries.locator('.badge').allTextContents()).toEqual(['REVOKED', 'VALID'])
    expect(await entries.first().locator('.why').textContent()).toContain('This stamp was revoked.')
    page.once('dialog', (dialog) => dialog.dismiss())
    await entries
      .last()
      .getByRole('button', { name: /^Take back/ })
      .click()
    expect(await entries.getByText('taken back').count()).toBe(0)
    page.once('dialog', (dialog) => dialog.accept())
    await entries
      .last()
      .getByRole('button', { name: /^Take back/ })
      .click()
    await entries.last().getByText('taken back').waitFor()
    await reload(page)
    await tab(page, 'en', 'history')
    await entries.last().getByText('taken back').waitFor()
    expect(await entries.getByRole('button', { name: /^Take back/ }).count()).toBe(1)
    await page.context().close()
  })

  test('opens a line of the history with the keyboard, which is no new scan, and gives the focus back', async () => {
    const { page, complaints } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'valid')
    await tab(page, 'en', 'history')
    const line = page.locator('.entry .open')
    for (let times = 0; times < 2; times++) {
      await line.focus()
      await page.keyboard.press('Enter')
      const opened = page.getByRole('dialog', { name: 'VALID' })
      expect(await opened.locator('.word').textContent()).toBe('VALID')
      expect(await opened.locator('.evidence').textContent()).not.toContain('Seen here')
      expect(await opened.locator('.then').textContent()).toMatch(/the answer was: VALID\.$/)
      await page.keyboard.press('Escape')
      await opened.waitFor({ state: 'detached' })
      expect(await line.evaluate((each) => each === document.activeElement)).toBe(true)
    }
    expect(await page.locator('.entry').count()).toBe(1)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('opens a line with what came of its hidden code', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await OTHERS['hidden-code-doubtful']!(page, 'en')
    await clearAnswer(page)
    await OTHERS['hidden-code-wrong']!(page, 'en')
    await tab(page, 'en', 'history')
    const words = await page.locator('.entry .badge').allTextContents()
    expect(words).toEqual(['HIDDEN CODE WRONG', 'MAYBE A COPY'])
    for (const [at, word] of words.entries()) {
      await page.locator('.entry .open').nth(at).click()
      expect(await page.locator('dialog .word').textContent()).toBe(word)
      await page.keyboard.press('Escape')
      await page.locator('dialog').waitFor({ state: 'detached' })
    }
    await page.context().close()
  })

  test('opens a line anywhere on it, and says what the answer was where it is another now', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'valid')
    await page.clock.setFixedTime(new Date(Date.now() + 100 * 86_400_000))
    await tab(page, 'en', 'history')
    await page.locator('.entry time').click({ force: true })
    expect(await page.locator('dialog .word').textContent()).not.toBe('VALID')
    expect(await page.locator('dialog .then').textContent()).toMatch(/the answer was: VALID\.$/)
    await page.getByRole('button', { name: 'Back to the history' }).click()
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.context().close()
  })
})

/** Presses Tab until a button has the focus. */
async function reach(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabelName } from '../../../quang-ninh/kiosk-labels.ts'
import { launch, noBrowser, whyNot } from '../support/chromium.ts'
import { openDemo, openPage, openStage, reload, type Stage, showPicture } from '../support/stage.ts'

/** Pictures of every screen, for people to look at. */
const SHOTS = fileURLToPath(new URL('../../out/screens/', import.meta.url))

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

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

/** Takes a picture of a screen. @returns the rules of WCAG 2.2, A and AA, that it breaks */
async function look(page: Page, name: string): Promise<string[]> {
  await page.screenshot({ path: join(SHOTS, `${name}.png`) })
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    (
      globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    ).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

const ANSWERS: Readonly<Record<'vi' | 'en', Partial<Record<LabelName, string>>>> = {
  vi: {
    valid: 'HỢP LỆ',
    sealed: 'HỢP LỆ',
    dated: 'HỢP LỆ',
    copied: 'NGHI LÀ BẢN SAO',
    revoked: 'ĐÃ THU HỒI',
    forged: 'TEM GIẢ',
    unknown: 'KHÔNG TIN CẬY',
    expired: 'HẾT HẠN',
    'not-issued': 'KHÔNG HỢP LỆ',
  },
  en: {
    valid: 'VALID',
    sealed: 'VALID',
    dated: 'VALID',
    copied: 'MAYBE A COPY',
    revoked: 'REVOKED',
    forged: 'FORGED',
    unknown: 'NOT TRUSTED',
    expired: 'EXPIRED',
    'not-issued': 'NOT VALID',
  },
}
const TABS = {
  vi: ['Lịch sử', 'Danh sách', 'Máy quét'],
  en: ['History', 'Lists', 'Hand scanner'],
} as const

describe.skipIf(noBrowser).each(['vi', 'en'] as const)(
  `The kiosk's screens in %s, in Chromium${whyNot}`,
  (language) => {
    test('have words of that language, and no fault that axe-core finds', async () => {
      const { page, complaints } = await openPage(browser, stage.served.address, language)
      await page.locator('.setup').waitFor()
      const faults = { setup: await look(page, `${language}-setup`) }
      await page.context().close()
      expect(faults).toEqual({ setup: [] })
      expect(complaints).toEqual([])
    })

    test('answer each stamp of the sheet', async () => {
      const { page, complaints } = await openDemo(browser, stage.served.address, language)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect(await look(page, `${language}-ready`)).toEqual([])
      for (const [name, word] of Object.entries(ANSWERS[language])) {
        expect(await showPicture(page, stage, name as LabelName)).toBe(word)
        expect(await look(page, `${language}-${name}`)).toEqual([])
      }
      for (const [i, name] of TABS[language].entries()) {
        await page.getByRole('button', { name, exact: true }).click()
        expect(await look(page, `${language}-tab-${i + 1}`)).toEqual([])
      }
      expect(complaints).toEqual([])
      await page.context().close()
    })

    test('say that old lists tell nothing', async () => {
      const { page } = await openDemo(browser, stage.served.address, language)
      await page.clock.setFixedTime(new Date(Date.now() + 100 * 86_400_000))
      await showPicture(page, stage, 'valid')
      expect(await look(page, `${language}-stale`)).toEqual([])
      await page.context().close()
    })
  },
)

describe.skipIf(noBrowser)(`The kiosk's screen, in Chromium${whyNot}`, () => {
  test('shows product, facility, stars, serial, lot and the age of the lists', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'dated')
    const { product, facility, stars } = stage.label('dated')
    const facts = (await page.locator('.answer .facts').textContent())!
    for (const each of [product, facility, 'Serial4', 'LotCM2611', 'Lists1 day old'])
      expect(facts).toContain(each)
    expect(await page.locator('.stars').getAttribute('aria-label')).toBe(`${stars} of 5 OCOP stars`)
    await page.context().close()
  })

  test('checks a hidden code against its stamp', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'sealed')
    const field = page.locator('#hidden-code')
    const said = page.locator('.hidden-result')
    await field.fill(stage.label('sealed').hiddenCode!.toLowerCase())
    await page.keyboard.press('Enter')
    expect(await said.textContent()).toBe('✓ The hidden code belongs to this stamp.')
    expect(await look(page, 'en-hidden-code')).toEqual([])
    await field.fill('0000-0000-0000-0000')
    await page.keyboard.press('Enter')
    expect(await said.textContent()).toContain('another stamp')
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
    expect(await page.locator('h1').textContent()).toBe('Lịch sử')
    await page.context().close()
  })

  test('keeps a history over a reload, in which a scan can be undone', async () => {
    const { page } = await openDemo(browser, stage.served.address)
    await showPicture(page, stage, 'valid')
    await showPicture(page, stage, 'revoked')
    await reload(page)
    await page.getByRole('button', { name: 'History' }).click()
    const entries = page.locator('.entry')
    expect(await entries.locator('.badge').allTextContents()).toEqual(['REVOKED', 'VALID'])
    await entries.last().getByRole('button').click()
    await entries.last().getByText('undone').waitFor()
    await reload(page)
    await page.getByRole('button', { name: 'History' }).click()
    await entries.last().getByText('undone').waitFor()
    expect(await entries.getByRole('button').count()).toBe(1)
    await page.context().close()
  })

  test('fits a phone', async () => {
    const { page } = await openDemo(browser, stage.served.address, 'vi')
    await page.setViewportSize({ width: 390, height: 844 })
    await showPicture(page, stage, 'not-issued')
    expect(await look(page, 'phone')).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
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

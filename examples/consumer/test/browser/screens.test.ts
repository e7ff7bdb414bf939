import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { areWhole, share } from '../../../../test/support/laws.ts'
import type { LabelName } from '../../../quang-ninh/kiosk-labels.ts'
import { look } from '../support/look.ts'
import { type SlicedFiles, sliceLists } from '../support/sliced.ts'
import { addressOf, answerOn, HOME, openStage, type Stage } from '../support/stage.ts'
import { PATH } from '../support/world.ts'

let stage: Stage
let sliced: SlicedFiles

beforeAll(async () => {
  if (noBrowser) return
  const now = new Date()
  stage = await openStage(now)
  sliced = await sliceLists(stage.province, now, { prefixes: [PATH] })
})
afterAll(() => stage?.close())

type Language = 'vi' | 'en'

const WORDS: Readonly<Partial<Record<LabelName, Readonly<Record<Language, string>>>>> = {
  valid: { vi: 'Hợp lệ', en: 'Valid' },
  sealed: { vi: 'Hợp lệ', en: 'Valid' },
  dated: { vi: 'Hợp lệ', en: 'Valid' },
  revoked: { vi: 'Đã thu hồi', en: 'Revoked' },
  forged: { vi: 'Tem giả', en: 'Forged' },
  unknown: { vi: 'Không tin cậy', en: 'Not trusted' },
  expired: { vi: 'Hết hạn', en: 'Expired' },
  'not-issued': { vi: 'Không hợp lệ', en: 'Not valid' },
}

/** Milliseconds in a day. */
const DAY = 86_400_000

/** States that no label of its own leads to. */
const OTHERS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  home: async (page) => {
    await page.goto(HOME)
    await page.locator('.meanings').waitFor()
  },
  'no-stamp': async (page) => {
    await page.goto(`${HOME}12345`)
    await answerOn(page)
  },
  stale: async (page) => {
    await page.clock.setFixedTime(new Date(Date.now() + 30 * DAY))
    await openLabel(page, 'valid')
  },
  'stale-revoked': async (page) => {
    await page.clock.setFixedTime(new Date(Date.now() + 100 * DAY))
    await openLabel(page, 'not-issued')
  },
  'clock-behind': async (page) => {
    await page.clock.setFixedTime(new Date(Date.now() - 30 * DAY))
    await openLabel(page, 'valid')
  },
  'no-lists': async (page) => {
    await page.route('**/lists/**', (route) => route.abort())
    await page.goto(addressOf(stage.label('valid').url))
    await page.locator('.panel button').waitFor()
    await page.locator('.panel .now').waitFor()
  },
  'not-checked': async (page) => {
    await page.route('**/lists/**', (route) => {
      const bytes = sliced.files.get(route.request().url().split('/').at(-1)!)
      const isThere = bytes !== undefined && !route.request().url().includes('slice-')
      return isThere ? route.fulfill({ body: Buffer.from(bytes) }) : route.abort()
    })
    await openLabel(page, 'valid')
  },
  'hidden-code-once': async (page) => {
    await openLabel(page, 'sealed')
    await typeCode(page, '0000-0000-0000-0000')
  },
  'hidden-code-wrong': async (page) => {
    await openLabel(page, 'sealed')
    await typeCode(page, '0000-0000-0000-0000')
    await typeCode(page, '0000 0000 0000 OOOO')
    await page.locator('.panel.bad .now').waitFor()
    await page.locator('.cards').waitFor()
  },
  'hidden-code-right': async (page) => {
    await openLabel(page, 'sealed')
    await typeCode(page, stage.label('sealed').hiddenCode!)
    await page.locator('.hidden.right').waitFor()
  },
  report: async (page) => {
    await openLabel(page, 'revoked')
    await page.locator('.report summary').click()
    await page.locator('#report-where').fill('Chợ Hạ Long 1')
  },
  camera: async (page) => {
    await page.goto(HOME)
    await page.locator('button.scan').click()
    await page.locator('dialog.scanner').waitFor()
  },
}

const openLabel = async (page: Page, name: LabelName): Promise<string> => {
  await page.goto(addressOf(stage.label(name).url))
  return answerOn(page)
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.locator('#hidden-code').fill(code)
  await page.locator('.hidden button').click()
}

describe.skipIf(noBrowser).each(['vi', 'en'] as const)(
  `The consumer page in %s, in Chromium${whyNot}`,
  (language) => {
    test.each(share(Object.keys(WORDS) as LabelName[], 4))(
      'answers %s with its word, and has no fault in the light and in the dark',
      async (name) => {
        const { page, context, complaints, strays } = await stage.open({ language, width: 320 })
        expect(await openLabel(page, name)).toBe(WORDS[name]![language])
        expect(await page.locator('html').getAttribute('lang')).toBe(language)
        expect(await lookAround(page, `${language}-${name}`)).toEqual([])
        expect([...complaints, ...strays]).toEqual([])
        await context.close()
      },
    )

    test.each(share(Object.keys(OTHERS), 4))('has no fault in the state %s', async (name) => {
      const { page, context } = await stage.open({ language, width: 320 })
      await OTHERS[name]!(page)
      expect(await lookAround(page, `${language}-${name}`)).toEqual([])
      await context.close()
    })
  },
)

const SIZES = [
  [320, 640],
  [360, 740],
  [800, 900],
  [1280, 900],
] as const

/** Looks at all sizes, in the light and in the dark; but for CI at the smallest alone. */
async function lookAround(page: Page, name: string): Promise<string[]> {
  const faults: string[] = []
  for (const [width, height] of areWhole ? SIZES : SIZES.slice(0, 1)) {
    await page.setViewportSize({ width, height })
    const found = await look(page, `${name}-${width}`, width === SIZES[0][0] ? 'all' : 'none')
    faults.push(...found.map((fault) => `${width}: ${fault}`))
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 360, height: 740 })
  faults.push(...(await look(page, `${name}-dark`, 'colours')).map((fault) => `dark: ${fault}`))
  return faults
}

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_TEXT } from '../../src/core/layout-check.ts'
import { launch, noBrowser, whyNot } from '../support/chromium.ts'
import { AZERTY, scan, VIETNAMESE } from '../support/scanner.ts'
import { answerOn, clearAnswer, openDemo, openStage, type Stage } from '../support/stage.ts'

let stage: Stage
let browser: Browser
let page: Page

beforeAll(async () => {
  if (noBrowser) return
  stage = await openStage()
  browser = await launch()
  page = (await openDemo(browser, stage.served.address)).page
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

describe.skipIf(noBrowser)(`A hand scanner that types, in Chromium${whyNot}`, () => {
  test.each(['base45', 'digits', 'url'] as const)('is understood in %s', async (carrier) => {
    await clearAnswer(page)
    await scan(page, stage.label('valid')[carrier])
    expect(await answerOn(page)).toBe('VALID')
  })

  test.each([
    ['a French', AZERTY],
    ['a Vietnamese', VIETNAMESE],
  ])('is understood on %s keyboard layout, which garbles all carriers', async (_name, layout) => {
    for (const carrier of ['base45', 'digits', 'url'] as const) {
      await clearAnswer(page)
      await scan(page, stage.label('valid')[carrier], layout)
      expect(await answerOn(page)).toBe('VALID')
    }
  })

  test('presses no button with the spaces and the Enter of a scan', async () => {
    await clearAnswer(page)
    await page.locator('.language').focus()
    await scan(page, stage.label('valid').base45)
    expect(await answerOn(page)).toBe('VALID')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  })

  test('is understood while somebody types a hidden code, and scans that code too', async () => {
    await clearAnswer(page)
    await scan(page, stage.label('sealed').url)
    await answerOn(page)
    await page.locator('#hidden-code').focus()
    await scan(page, stage.label('revoked').url)
    await page.locator('.word').filter({ hasText: 'REVOKED' }).waitFor()
    await scan(page, stage.label('sealed').url)
    await page.locator('#hidden-code').waitFor()
    await scan(page, stage.label('sealed').hiddenCode!.replaceAll('-', ''), AZERTY)
    await page.locator('.hidden-result.good').waitFor()
    expect(await page.locator('.word').textContent()).toBe('VALID')
  })

  test('says of another barcode that it is no stamp', async () => {
    await clearAnswer(page)
    await scan(page, '8935049501503')
    expect(await answerOn(page)).toBe('NOT A STAMP')
  })

  test('is told by the test code what garbles it and how to mend it', async () => {
    await page.getByRole('button', { name: 'Hand scanner' }).click()
    const said = page.locator('#layout-result')
    await scan(page, TEST_TEXT)
    await expect.poll(() => said.textContent()).toBe('✓ All letters came out right.')
    await scan(page, TEST_TEXT, AZERTY)
    await expect.poll(() => said.textContent()).toContain('nothing to do')
    expect(await said.textContent()).toContain('A came out as Q')
    await scan(page, '8935049501503')
    await expect.poll(() => said.textContent()).toContain('another code')
  })
})

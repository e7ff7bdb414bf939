import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { TEST_TEXT } from '../../src/core/layout-check.ts'
import { launch } from '../support/chromium.ts'
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

/** Machines that test much at a time are slow. */
const poll = <T>(ask: () => T) => expect.poll(ask, { timeout: 30_000 })

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

  test('opens none of the browser’s own pages: no search, no downloads', async () => {
    await clearAnswer(page)
    const prevented = await page.evaluate((text) => {
      let time = 1_000
      const press = (key: string, ctrlKey = false): boolean => {
        const event = new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true })
        time += 8
        Object.defineProperty(event, 'timeStamp', { value: time })
        document.body.dispatchEvent(event)
        return event.defaultPrevented
      }
      const search = press('/')
      time += 2_000
      // Some scanners end with Ctrl + J in place of Enter, and type other control letters between.
      for (const letter of text.slice(0, 40)) press(letter)
      const shortcut = press('o', true)
      for (const letter of text.slice(40)) press(letter)
      return [search, shortcut, press('j', true)]
    }, stage.label('valid').digits)
    expect(prevented).toEqual([true, true, true])
    expect(await answerOn(page)).toBe('VALID')
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

  test('says quietly of another barcode that it is no stamp', async () => {
    await clearAnswer(page)
    await scan(page, '8935049501503')
    await poll(() => page.locator('.say').textContent()).toBe('This code is not a stamp.')
    expect(await page.locator('.answer:not(.ready)').count()).toBe(0)
  })

  test('whose reading fails by its signature alone is asked once more before it is called forged', async () => {
    await clearAnswer(page)
    await scan(page, stage.label('forged').url)
    await poll(() => page.locator('.say').textContent()).toBe('Not read well. Please scan it again.')
    expect(await page.locator('.answer:not(.ready)').count()).toBe(0)
    await scan(page, stage.label('forged').url)
    expect(await answerOn(page)).toBe('FORGED')
  })

  test('shows how to switch off an input method that changes letters', async () => {
    await clearAnswer(page)
    await scan(page, stage.label('valid').base45, { KeyA: ['â', 'Â'], KeyE: ['ê', 'Ê'] })
    expect(await answerOn(page)).toBe('VALID')
    await clearAnswer(page)
    await page.evaluate(() => {
      for (const key of 'HTTPS://TÊM.ÊXAMPLÊ/ABC')
        document.dispatchEvent(
          new KeyboardEvent('keydown', { key, code: '', bubbles: true, cancelable: true }),
        )
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    })
    await poll(() => page.locator('.say').textContent()).toContain('An input method')
  })

  test('leaves a field as it was, though its scan was typed into it', async () => {
    await page.getByRole('button', { name: 'Data', exact: true }).click()
    await page.locator('summary').click()
    const field = page.locator('#address')
    const before = await field.inputValue()
    await field.fill('/lists/')
    await scan(page, stage.label('sealed').url.slice(0, 40).padEnd(80, '7'))
    await poll(() => page.locator('.say').textContent()).toBe('Not read well. Please scan it again.')
    expect(await field.inputValue()).toBe('/lists/')
    await field.fill(before)
  })

  test('is told by the test code what garbles it and how to mend it', async () => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    const said = page.locator('#layout-result')
    await scan(page, TEST_TEXT)
    await poll(() => said.textContent()).toBe('✓ All letters came out right.')
    await scan(page, TEST_TEXT, AZERTY)
    await poll(() => said.textContent()).toContain('nothing to do')
    expect(await said.textContent()).toContain('A came out as Q')
    await scan(page, '8935049501503')
    await poll(() => said.textContent()).toContain('another code')
  })
})

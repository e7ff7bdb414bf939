import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser } from '../../../../test/support/browser.ts'
import { LABELS, pageOfLabels } from '../../../quang-ninh/label-page.ts'
import { launch, noRenderer, whyNoVideo } from '../support/chromium.ts'
import { openDemo, openStage, type Stage } from '../support/stage.ts'
import { photographOf, renderPage } from '../support/video.ts'

const isSkipped = noBrowser || noRenderer

let stage: Stage
let browser: Browser
beforeAll(async () => {
  if (isSkipped) return
  stage = await openStage()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

describe.skipIf(isSkipped)(`A photograph of a page of labels, in Chromium${whyNoVideo}`, () => {
  test('is answered for at least 60 of 65, and for none wrongly', async () => {
    const pdf = join(stage.folder, 'page.pdf')
    writeFileSync(pdf, await pageOfLabels(stage.province))
    const buffer = photographOf(renderPage(pdf, stage.folder))
    const { page } = await openDemo(browser, stage.served.address)
    const start = performance.now()
    await page.setInputFiles('.sources input[type=file]', { name: 'a.png', mimeType: 'image/png', buffer })
    await page.locator('.several').waitFor()
    console.log(`a page of ${LABELS} labels: ${Math.round(performance.now() - start)} ms`)
    const words = await page.locator('.several .badge').allTextContents()
    expect(words.length).toBeGreaterThanOrEqual(60)
    expect(new Set(words)).toEqual(new Set(['VALID']))
    await page.context().close()
  })
})

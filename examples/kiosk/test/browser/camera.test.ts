import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabelName } from '../../../quang-ninh/kiosk-labels.ts'
import { launch, noBrowser, noRenderer, whyNoVideo } from '../support/chromium.ts'
import { answerOn, openDemo, openStage, type Stage } from '../support/stage.ts'
import { film, type Grey, renderPage, type Sight } from '../support/video.ts'

const isSkipped = noBrowser || noRenderer

let stage: Stage
let sheet: Grey

beforeAll(async () => {
  if (isSkipped) return
  stage = await openStage()
  sheet = renderPage(stage.file('sheet.pdf'), stage.folder)
})
afterAll(() => stage?.close())

/** The middle of a place's symbol on the sheet, counted from 0. */
function symbolAt(place: number): Sight {
  const { left, top, width, height } = stage.sheet.layout.cells[place]!.symbol
  return { x: left + width / 2, y: top + height / 2, across: 2.3 * width }
}

const sightOf = (name: LabelName): Sight => symbolAt(stage.labels.findIndex((label) => label.name === name))

/** Shows the camera a film, and asks the kiosk. */
async function filmed<T>(sights: readonly Sight[], ask: (page: Page) => Promise<T>): Promise<T> {
  const video = join(stage.folder, 'film.y4m')
  film(sheet, sights, video)
  const browser = await launch(video)
  try {
    const { page, complaints, strays } = await openDemo(browser, stage.served.address)
    await page.getByRole('button', { name: 'Start the camera' }).click()
    const answer = await ask(page)
    expect(complaints).toEqual([])
    expect(strays).toEqual([])
    return answer
  } finally {
    await browser.close()
  }
}

/** The picture in the README. */
async function takeScreenshot(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1040, height: 620 })
  await page.screenshot({ path: fileURLToPath(new URL('../../screenshot.png', import.meta.url)) })
}

const framesShown = (page: Page, count: number) =>
  page.waitForFunction(
    (count) => document.querySelector('video')!.getVideoPlaybackQuality().totalVideoFrames > count,
    count,
  )

describe.skipIf(isSkipped)(`A camera that films a printed sheet, in Chromium${whyNoVideo}`, () => {
  test('is answered rightly for each stamp that comes into sight', async () => {
    const films: readonly (readonly [LabelName, string])[] = [
      ['valid', 'VALID'],
      ['revoked', 'REVOKED'],
      ['forged', 'FORGED'],
      ['unknown', 'NOT TRUSTED'],
      ['copied', 'MAYBE A COPY'],
    ]
    const sights = films.map(([name]) => sightOf(name))
    await filmed(sights, async (page) => {
      for (const [, word] of films) {
        await page
          .locator('.word')
          .filter({ hasText: new RegExp(`^${word}$`) })
          .waitFor()
      }
    })
  })

  test('that shows no stamp is not answered', async () => {
    const empty = symbolAt(stage.sheet.layout.cells.length - 1)
    const answers = await filmed([empty], async (page) => {
      await framesShown(page, 6)
      return page.locator('.answer:not(.ready)').count()
    })
    expect(answers).toBe(0)
  })

  test('counts a stamp that stays in sight once', async () => {
    const entries = await filmed([sightOf('valid')], async (page) => {
      expect(await answerOn(page)).toBe('VALID')
      if (process.env.UPDATE_SCREENSHOT === '1') await takeScreenshot(page)
      await framesShown(page, 8)
      await page.getByRole('button', { name: 'History' }).click()
      return page.locator('.entry').count()
    })
    expect(entries).toBe(1)
  })
})

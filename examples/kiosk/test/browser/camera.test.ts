import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import QRCode from 'qrcode'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser } from '../../../../test/support/browser.ts'
import type { LabelName } from '../../../quang-ninh/kiosk-labels.ts'
import { launch, noRenderer, whyNoVideo } from '../support/chromium.ts'
import { answerOn, openDemo, openStage, type Stage } from '../support/stage.ts'
import { film, type Grey, PIXELS_A_MILLIMETRE, renderPage, type Sight } from '../support/video.ts'

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

/** The sheet with another code right of a stamp's, and nearer to the middle of the picture. */
function withBankCode(name: LabelName): { readonly page: Grey; readonly sight: Sight } {
  const { x, y, across } = sightOf(name)
  const width = across / 2.3
  const { size, data } = QRCode.create(
    '00020101021138570010A000000727012700069704030112001101234567802',
  ).modules
  const page = { ...sheet, pixels: sheet.pixels.slice() }
  const [left, top] = [x + 0.7 * width, y - 0.35 * width].map((each) =>
    Math.round(each * PIXELS_A_MILLIMETRE),
  )
  const dot = Math.floor((0.7 * width * PIXELS_A_MILLIMETRE) / size)
  for (let row = -4 * dot; row < (size + 4) * dot; row++) {
    for (let column = -4 * dot; column < (size + 4) * dot; column++) {
      const [down, right] = [Math.floor(row / dot), Math.floor(column / dot)]
      const isDark = Math.min(down, right) >= 0 && Math.max(down, right) < size && data[down * size + right]
      page.pixels[(top! + row) * page.width + left! + column] = isDark ? 0 : 255
    }
  }
  return { page, sight: { x: x + 0.65 * width, y, across: 2.8 * width } }
}

/** Shows the camera a film, and asks the kiosk. */
async function filmed<T>(
  sights: readonly Sight[],
  ask: (page: Page) => Promise<T>,
  from: Grey = sheet,
  viewport = { width: 1280, height: 800 },
): Promise<T> {
  const video = join(stage.folder, 'film.y4m')
  film(from, sights, video)
  const browser = await launch(video)
  try {
    const { page, complaints, strays } = await openDemo(browser, stage.served.address, 'en', {
      camera: 'on',
      viewport,
    })
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
  await page.setViewportSize({ width: 1280, height: 720 })
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
      ['unknown', 'ORIGIN UNKNOWN'],
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

  test('is answered for the stamp where a bank’s code lies nearer to the middle, and the stamp is outlined', async () => {
    const { page: scene, sight } = withBankCode('valid')
    await filmed(
      [sight],
      async (page) => {
        await page.locator('.outline polygon').waitFor({ state: 'attached' })
        expect(await answerOn(page)).toBe('VALID')
        expect(await page.locator('.say').textContent()).toBe('')
        await page.getByRole('button', { name: 'History', exact: true }).click()
        expect(await page.locator('.entry').count()).toBe(1)
      },
      scene,
      { width: 1600, height: 720 },
    )
  })

  test('that shows a bank’s code alone says quietly that it is no stamp, and notes nothing', async () => {
    const { page: scene, sight } = withBankCode('valid')
    const { across } = sight
    await filmed(
      [{ ...sight, x: sight.x + 0.4 * (across / 2.8), across: 0.5 * across }],
      async (page) => {
        await page.locator('.say').filter({ hasText: 'This code is not a stamp.' }).waitFor()
        expect(await page.locator('.answer.ready').count()).toBe(1)
        await page.getByRole('button', { name: 'History', exact: true }).click()
        expect(await page.locator('.entry').count()).toBe(0)
      },
      scene,
    )
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
      await page.getByRole('button', { name: 'History', exact: true }).click()
      return page.locator('.entry').count()
    })
    expect(entries).toBe(1)
  })

  test('answers a stamp that was put away and still lies there again, at a touch', async () => {
    await filmed([sightOf('valid')], async (page) => {
      expect(await answerOn(page)).toBe('VALID')
      await page.getByRole('button', { name: 'Next stamp' }).click()
      await framesShown(page, 12)
      expect(await page.locator('.answer.ready').count()).toBe(1)
      await page.locator('.stage .frame').click()
      expect(await answerOn(page)).toBe('VALID')
      await page.getByRole('button', { name: 'History', exact: true }).click()
      expect(await page.locator('.entry').count()).toBe(1)
    })
  })
})

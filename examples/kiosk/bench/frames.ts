import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { noBrowser } from '../../../test/support/browser.ts'
import { pageOfLabels } from '../../quang-ninh/label-page.ts'
import { launch, noRenderer } from '../test/support/chromium.ts'
import { openStage, type Stage } from '../test/support/stage.ts'
import { framesOf, photographOf, renderPage } from '../test/support/video.ts'
import type { FrameTimes, PageTimes } from './page.ts'

const FRAMES = 200
const WARM_UP = 50
const PAGES = 7
const SIZE = [1280, 720] as const

/** Times filmed frames of a printed label, 1280 × 720, in Chromium: taken from the picture, found, verified. */
export const timeFrames = (): Promise<FrameTimes[]> =>
  inBenchPage(
    (stage) => {
      const { left, top, width, height } = stage.sheet.layout.cells[0]!.symbol
      const sight = { x: left + width / 2, y: top + height / 2, across: 4 * width }
      const frames = [...framesOf(renderPage(stage.file('sheet.pdf'), stage.folder), sight, SIZE)]
      writeFileSync(join(stage.folder, 'demo/frames.grey'), Buffer.concat(frames))
    },
    (page) =>
      page.evaluate(([frames, warmUp]) => (globalThis as unknown as Timed).measureFrames(frames, warmUp), [
        FRAMES,
        WARM_UP,
      ] as const),
  )

/** Times a photograph of a page of 65 labels, 12 megapixels, in Chromium: opened, found, verified, written down. */
export const timePages = (): Promise<PageTimes[]> =>
  inBenchPage(
    async (stage) => {
      const pdf = join(stage.folder, 'page.pdf')
      writeFileSync(pdf, await pageOfLabels(stage.province))
      writeFileSync(join(stage.folder, 'demo/page.png'), photographOf(renderPage(pdf, stage.folder)))
    },
    (page) => page.evaluate((times) => (globalThis as unknown as Timed).measurePage(times), PAGES),
  )

async function inBenchPage<T>(
  prepare: (stage: Stage) => unknown,
  measure: (page: Page) => Promise<T>,
): Promise<T> {
  if (noBrowser || noRenderer) throw new Error('needs Chromium and poppler-utils')
  const input = { bench: new URL('index.html', import.meta.url).pathname }
  const stage = await openStage({ rolldownOptions: { input } })
  const browser = await launch()
  try {
    await prepare(stage)
    const page = await browser.newPage()
    await page.goto(`${stage.served.address}bench/index.html`)
    return await measure(page)
  } finally {
    await browser.close()
    await stage.close()
  }
}

interface Timed {
  measureFrames(frames: number, warmUp: number): Promise<FrameTimes[]>
  measurePage(times: number): Promise<PageTimes[]>
}

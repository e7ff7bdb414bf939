import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch, noBrowser, noRenderer } from '../test/support/chromium.ts'
import { openStage } from '../test/support/stage.ts'
import { framesOf, renderPage } from '../test/support/video.ts'

const FRAMES = 200
const WARM_UP = 50

/**
 * Times filmed frames of a printed label, 640 × 480, in Chromium: posted to the worker, found, verified.
 * @returns milliseconds a frame
 */
export async function timeFrames(): Promise<number[]> {
  if (noBrowser || noRenderer) throw new Error('needs Chromium and poppler-utils')
  const input = { bench: new URL('index.html', import.meta.url).pathname }
  const stage = await openStage({ rolldownOptions: { input } })
  const browser = await launch()
  try {
    const { left, top, width, height } = stage.sheet.layout.cells[0]!.symbol
    const sight = { x: left + width / 2, y: top + height / 2, across: 2.3 * width }
    const frames = [...framesOf(renderPage(stage.file('sheet.pdf'), stage.folder), sight)]
    writeFileSync(join(stage.folder, 'demo/frames.grey'), Buffer.concat(frames))
    const page = await browser.newPage()
    await page.goto(`${stage.served.address}bench/index.html`)
    return await page.evaluate(
      ([frames, warmUp]) => (globalThis as unknown as Timed).measure(frames, warmUp),
      [FRAMES, WARM_UP] as const,
    )
  } finally {
    await browser.close()
    await stage.close()
  }
}

interface Timed {
  measure(frames: number, warmUp: number): Promise<number[]>
}

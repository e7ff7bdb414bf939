import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { encodePins } from '../../../src/trust/pins.ts'
import { noBrowser } from '../../../test/support/browser.ts'
import type { LargeLists } from '../../consumer/bench/visits.ts'
import { certificate } from '../../consumer/test/support/certificate.ts'
import { launch } from '../test/support/chromium.ts'
import { serve } from '../test/support/server.ts'
import { answerOn, openPage, openStage, paste } from '../test/support/stage.ts'

/** Megabytes that the page's heap may take: with more, Chromium ends it. */
const HEAP = 300

/** What a kiosk takes until it has all slices of large lists, in Chromium. */
export interface WholeLists {
  /** From the confirmed set-up: asked for, kept and loaded. */
  readonly milliseconds: number
  /** From a reload, with what it keeps. */
  readonly againMilliseconds: number
  /** What the heap holds then, and held before. */
  readonly megabytes: number
  readonly emptyMegabytes: number
}

export async function timeWholeLists(lists: LargeLists): Promise<WholeLists> {
  if (noBrowser) throw new Error('needs Chromium')
  const stage = await openStage({})
  const [folder, pictures] = [join(stage.folder, 'lists'), join(stage.folder, 'pictures')]
  mkdirSync(folder)
  const { authority, roots, files } = lists
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
  const setup = join(stage.folder, 'large.json')
  const address = 'https://kiosk.example/'
  writeFileSync(setup, encodePins({ authority, roots, place: 'Chợ Hạ Long', lists: `${address}lists/` }))
  const served = await serve(stage.site, { lists: folder, pictures }, certificate)
  const { port } = new URL(served.address)
  const browser = await launch(undefined, [
    `--host-resolver-rules=MAP kiosk.example 127.0.0.1:${port}`,
    '--ignore-certificate-errors',
    `--js-flags=--max-old-space-size=${HEAP}`,
  ])
  try {
    const { page } = await openPage(browser, address)
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    const emptyMegabytes = await heapOf(session)
    await page.setInputFiles('.setup input[type=file]', setup)
    const begin = performance.now()
    await page.locator('.confirm button').first().click()
    const milliseconds = await untilWhole(page, begin)
    const megabytes = await heapOf(session)
    const stamp = await lists.stampAt(lists.issuers >> 1, 1)
    await page.locator('nav button').first().click()
    await paste(page, stamp)
    const word = await answerOn(page)
    if (word !== 'VALID') throw new Error(`the kiosk says ${word}`)
    const again = performance.now()
    await page.reload()
    return { milliseconds, againMilliseconds: await untilWhole(page, again), megabytes, emptyMegabytes }
  } finally {
    await browser.close()
    await served.close()
    await stage.close()
  }
}

/** Waits until the kiosk has lists that lack nothing. */
async function untilWhole(page: Page, begin: number): Promise<number> {
  const chips = page.locator('.status .chip')
  for (;;) {
    const said = await chips.allTextContents()
    if (said.length > 0 && !said.some((each) => /No data|missing/.test(each)))
      return performance.now() - begin
    await page.waitForTimeout(100)
  }
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value / 2 ** 20
}

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { addressOf, type Opened, openStage, type Stage, writePageFor } from '../test/support/stage.ts'
import { HASH } from '../test/support/world.ts'

/**
 * Visits of the consumer page in Chromium as on a slow phone: 150 ms round trip, 1.6 Mbit/s, a processor four times slower
 * than this machine's.
 */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 96_000 }
const SLOWER = 4

export interface Visits {
  readonly first: readonly Visit[]
  readonly next: readonly Visit[]
  /** Page, style and script before the first answer, each gzipped: fonts, pictures and lists apart. */
  readonly bytes: number
}

export interface Visit {
  /** From the opened address to the verdict on the screen. */
  readonly milliseconds: number
  /** Until then, fonts and pictures apart. */
  readonly requests: number
  /** Of the lists that came until then, as they travelled. */
  readonly listBytes: number
}

/** Lists that are large, and stamps under them. */
export interface LargeLists {
  readonly authority: string
  readonly roots: { readonly threshold: number; readonly keys: readonly Uint8Array[] }
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly issuers: number
  stampAt(place: number, serial: number): Promise<string>
}

/** In a fresh profile, and once more when the page keeps itself. */
export const timeVisits = (count: number): Promise<Visits> =>
  onStage((stage) => timeOn(stage, count, async (serial) => (await stage.tea(90_200 + serial)).toUrl(HASH)))

/** The same for lists in slices: each visit's stamp is of another issuer, and the next visit's of the same slice. */
export const timeLargeVisits = (lists: LargeLists, count: number): Promise<Visits> =>
  onStage((stage) => {
    const { authority, roots, files } = lists
    writePageFor(stage.site, { authority, roots })
    const folder = join(stage.site, 'lists')
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
    const stampOf = (serial: number) =>
      lists.stampAt(Math.floor((lists.issuers * (serial % 100)) / count), 1 + Math.floor(serial / 100))
    return timeOn(stage, count, stampOf)
  })

async function onStage(work: (stage: Stage) => Promise<Visits>): Promise<Visits> {
  const stage = await openStage()
  try {
    return await work(stage)
  } finally {
    await stage.close()
  }
}

/** @param stampOf the stamp of the first visit of a number, and of the next: a hundred more */
async function timeOn(
  stage: Stage,
  count: number,
  stampOf: (serial: number) => Promise<string>,
): Promise<Visits> {
  const [first, next] = [[] as Visit[], [] as Visit[]]
  for (let i = 0; i < count; i++) {
    const opened = await openSlowly(stage)
    first.push(await visit(opened, await stampOf(i)))
    await opened.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    next.push(await visit(opened, await stampOf(100 + i)))
    await opened.context.close()
  }
  return { first, next, bytes: firstBytes(stage.site) }
}

async function openSlowly(stage: Stage): Promise<Opened> {
  const opened = await stage.open()
  const session = await opened.context.newCDPSession(opened.page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', NETWORK)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  // Notes when the answer stands, in milliseconds from when the address was opened.
  await opened.page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('.panel.good h1') === null) return
      observer.disconnect()
      requestAnimationFrame(() => {
        performance.mark('answered')
        console.info('answered')
      })
    }).observe(document, { childList: true, subtree: true })
  })
  return opened
}

async function visit({ page }: Opened, stamp: string): Promise<Visit> {
  const address = addressOf(stamp)
  await page.goto('about:blank')
  // Nothing else runs in the page meanwhile: what asks pages is large enough to be measured itself.
  const answered = page.waitForEvent('console', (message) => message.text() === 'answered')
  await page.goto(address, { waitUntil: 'commit' })
  await answered
  return page.evaluate(() => {
    const at = performance.getEntriesByName('answered')[0]!.startTime
    const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const loaded = all.filter(({ startTime }) => startTime < at)
    // The cards are asked for when the answer stands.
    const own = loaded.filter(({ name }) => !/\.(woff2|png|svg)$|\/more-/.test(name))
    const lists = own.filter(({ name }) => name.includes('/lists/'))
    const listBytes = lists.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
    return { milliseconds: at, requests: 1 + own.length, listBytes }
  })
}

/** Page, style and script before the first answer, each gzipped: fonts, pictures and lists apart. */
export function firstBytes(site: string): number {
  const assets = readdirSync(join(site, 'assets')).filter((name) =>
    /^((first|index)-.*\.(js|css)|answer-words-vi-.*\.js)$/.test(name),
  )
  const files = ['index.html', ...assets.map((name) => `assets/${name}`)]
  return files.reduce((sum, name) => sum + gzipSync(readFileSync(join(site, name)), { level: 9 }).length, 0)
}

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { encodePins } from 'veristamp/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noBrowser, whyNot } from '../../../../test/support/browser.ts'
import { certificate } from '../../../consumer/test/support/certificate.ts'
import { type SlicedFiles, sliceLists, stampOf, writeSliced } from '../../../consumer/test/support/sliced.ts'
import { AUTHORITY, PREFIX } from '../../../quang-ninh/province.ts'
import { launch } from '../support/chromium.ts'
import { type Served, serve } from '../support/server.ts'
import { answerOn, clearAnswer, openPage, openStage, paste, type Stage } from '../support/stage.ts'

let stage: Stage
let served: Served
let browser: Browser
let lists: SlicedFiles
/** Where the server has the lists. */
let site: string
const now = new Date()
const prefixes = [PREFIX]
const HOME = 'https://kiosk.example/'

beforeAll(async () => {
  if (noBrowser) return
  stage = await openStage()
  const { folder, province } = stage
  site = join(folder, 'lists')
  lists = await sliceLists(province, now, { prefixes })
  writeSliced(site, lists)
  const pictures = join(folder, 'pictures')
  served = await serve(stage.site, { demo: join(folder, 'none'), lists: site, pictures }, certificate)
  const pins = { authority: AUTHORITY, roots: province.roots, place: 'Chợ Cái Rồng' }
  writeFileSync(join(folder, 'online.json'), encodePins({ ...pins, lists: `${HOME}lists/` }))
  const { port } = new URL(served.address)
  browser = await launch(undefined, [
    `--host-resolver-rules=MAP kiosk.example 127.0.0.1:${port}`,
    '--ignore-certificate-errors',
  ])
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
  await stage?.close()
})

/** Two neighbours whose stamps ask for different slices, of both lists. */
const [ONE, OTHER] = [310, 450]
const poll = <T>(ask: () => T) => expect.poll(ask, { timeout: 60_000 })
const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const namesOf = (keyId: number) => lists.slicesOf(keyId).map(({ name }) => name)
const all = () => [...lists.files.keys()].filter((name) => name !== 'lists.json')
const slices = () => all().filter((name) => name.startsWith('slice-'))

/** @param setup the demo's says nothing of a server */
async function open(setup: 'setup.json' | 'online.json'): Promise<Page> {
  const { page } = await openPage(browser, HOME)
  const file = setup === 'setup.json' ? stage.file(setup) : join(stage.folder, setup)
  await page.setInputFiles('.setup input[type=file]', file)
  await page.getByRole('button', { name: 'They agree: use this set-up' }).click()
  await page.locator('.answer.ready').waitFor()
  return page
}

async function load(
  page: Page,
  files: readonly (string | { name: string; bytes: Uint8Array })[],
): Promise<string[]> {
  await tab(page, 'Data')
  await page.setInputFiles(
    '.panel input[type=file] >> nth=0',
    files.map((file) => {
      const { name, bytes } = typeof file === 'string' ? { name: file, bytes: lists.files.get(file)! } : file
      return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }
    }),
  )
  await page.locator('.outcomes li').first().waitFor()
  return page.locator('.outcomes li').allTextContents()
}

async function scan(page: Page, keyId: number, serial = 5): Promise<string> {
  await tab(page, 'Scan')
  if ((await page.locator('.answer:not(.ready)').count()) > 0) await clearAnswer(page)
  await paste(page, await stampOf(keyId, serial, PREFIX))
  return answerOn(page)
}

const missing = async (page: Page): Promise<string[]> => {
  await tab(page, 'Data')
  return page.locator('.missing').allTextContents()
}
const status = (page: Page) => page.locator('.status').textContent()

describe.skipIf(noBrowser)(`The kiosk with lists in slices, in Chromium${whyNot}`, () => {
  test('takes them from a stick, says which are missing, and calls their stamps neither good nor bad', async () => {
    const page = await open('setup.json')
    await load(page, ['trust-11.cbor', 'revocation-11.cbor'])
    expect(await status(page)).toContain('Part of the data is missing')
    expect(await missing(page)).toEqual([
      expect.stringMatching(/^Trust list: (\d+) of \1 parts are missing: key ids 1–\d+\b/),
      expect.stringMatching(/^Revocation list: (\d+) of \1 parts are missing: key ids /),
    ])
    expect(await scan(page, ONE)).toBe('NOT KNOWN HERE')
    expect(await page.locator('.answer.unsure .reason').textContent()).toContain(`key id ${ONE}`)
    expect(await page.locator('.goods').count()).toBe(0)
    expect(await load(page, namesOf(ONE))).toEqual(['✓ Parts of the lists: 2 loaded.'])
    expect(await scan(page, ONE)).toBe('VALID')
    expect(await scan(page, ONE, 9)).toBe('REVOKED')
    expect(await scan(page, OTHER)).toBe('NOT KNOWN HERE')
    await page.reload()
    expect(await scan(page, ONE)).toBe('VALID')
    expect(await scan(page, OTHER, 9)).toBe('NOT KNOWN HERE')
    const rest = slices().filter((name) => !namesOf(ONE).includes(name))
    expect(await load(page, rest)).toEqual([`✓ Parts of the lists: ${rest.length} loaded.`])
    expect(await missing(page)).toEqual([])
    expect(await status(page)).not.toContain('missing')
    expect(await scan(page, OTHER, 9)).toBe('REVOKED')
    await tab(page, 'History')
    expect(
      (await page.locator('.entry .badge').allTextContents()).filter((word) => word === 'NOT KNOWN HERE'),
    ).toHaveLength(3)
    await page.context().close()
  })

  test('refuses other bytes, other lists’ slices and what stands alone, and takes the good ones beside them', async () => {
    const page = await open('setup.json')
    expect(await load(page, namesOf(ONE))).toEqual([
      '✗ Parts of the lists: 2 refused. No list here names it: load the lists that belong to it.',
    ])
    const other = await sliceLists(stage.province, now, { prefixes, sequence: 12, renamed: ONE })
    const foreign = other.slicesOf(ONE).find(({ name }) => !lists.files.has(name))!
    const [good] = lists.slicesOf(OTHER)
    const changed = { name: good!.name, bytes: good!.bytes.map((byte, at) => (at === 99 ? byte ^ 1 : byte)) }
    expect(
      await load(page, ['trust-11.cbor', 'revocation-11.cbor', foreign, changed, ...namesOf(OTHER)]),
    ).toEqual([
      '✓ Trust list (trust-11.cbor): loaded.',
      '✓ Revocation list (revocation-11.cbor): loaded.',
      '✓ Parts of the lists: 2 loaded.',
      '✗ Parts of the lists: 2 refused. No list here names it: load the lists that belong to it.',
    ])
    expect(await scan(page, ONE)).toBe('NOT KNOWN HERE')
    expect(await scan(page, OTHER)).toBe('VALID')
    await page.context().close()
  })

  test('takes a whole folder, and passes over what is none of its business', async () => {
    const page = await open('setup.json')
    await tab(page, 'Data')
    const folder = join(stage.folder, 'stick')
    writeSliced(folder, lists)
    writeFileSync(join(folder, 'song.mp3'), 'la la')
    await page.setInputFiles('.panel input[type=file] >> nth=1', folder)
    await poll(() => page.locator('.outcomes li').allTextContents()).toEqual([
      '✓ Trust list (trust-11.cbor): loaded.',
      '✓ Revocation list (revocation-11.cbor): loaded.',
      `✓ Parts of the lists: ${slices().length} loaded.`,
    ])
    expect(await scan(page, OTHER)).toBe('VALID')
    await page.context().close()
  })

  test('takes files that are dropped on the page of data', async () => {
    const page = await open('setup.json')
    await tab(page, 'Data')
    await page.evaluate(
      (files) => {
        const data = new DataTransfer()
        for (const { name, base64 } of files) {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
          data.items.add(new File([bytes], name))
        }
        const options = { dataTransfer: data, bubbles: true, cancelable: true }
        document.querySelector('.panel')!.dispatchEvent(new DragEvent('drop', options))
      },
      all().map((name) => ({ name, base64: Buffer.from(lists.files.get(name)!).toString('base64') })),
    )
    await poll(() => page.locator('.outcomes .loaded').count()).toBe(3)
    await page.context().close()
  })

  test('brings all from its server, each once, uses those that come, and after a change those that changed', async () => {
    const lost = lists.trustSlices.find(({ name }) => name === namesOf(ONE)[0])!
    const mixed = lists.revocationSlices.find(({ name }) => name === namesOf(OTHER)[1])!
    // One slice is not there, and in the place of another lies the other list's.
    writeSliced(site, { ...lists, files: new Map([...lists.files].filter(([name]) => name !== lost.name)) })
    writeFileSync(join(site, mixed.name), lost.bytes)
    const page = await open('online.json')
    await poll(() => missing(page)).toEqual([
      `Trust list: 1 of ${lists.trustSlices.length} parts are missing: key ids ${lost.firstKeyId}–${lost.lastKeyId}.`,
      `Revocation list: 1 of ${lists.revocationSlices.length} parts are missing: key ids ${mixed.firstKeyId}–${mixed.lastKeyId}.`,
    ])
    expect(await scan(page, ONE)).toBe('NOT KNOWN HERE')
    expect(await scan(page, OTHER, 9)).toBe('NOT KNOWN HERE')
    writeSliced(site, lists)
    const since = served.requests.length
    await tab(page, 'Data')
    await page.getByRole('button', { name: 'Get newer data' }).click()
    await poll(() => missing(page)).toEqual([])
    const asked = (from: number) =>
      served.requests.slice(from).flatMap((path) => /\/lists\/(slice-.*)/.exec(path)?.[1] ?? [])
    expect(asked(since).sort()).toEqual([lost.name, mixed.name].sort())
    expect(await scan(page, ONE)).toBe('VALID')
    const later = await sliceLists(stage.province, now, { prefixes, sequence: 12, renamed: OTHER })
    const changed = [...later.files.keys()].filter((name) => /^slice/.test(name) && !lists.files.has(name))
    writeSliced(site, later)
    const before = served.requests.length
    await page.reload()
    await tab(page, 'Data')
    await poll(() => page.locator('.facts').first().textContent()).toContain('no. 12')
    await poll(() => missing(page)).toEqual([])
    expect(asked(before)).toEqual(changed)
    expect(changed).toHaveLength(1)
    await page.context().setOffline(true)
    expect(await scan(page, OTHER)).toBe('VALID')
    expect(await page.locator('.reason').textContent()).toContain(`Cơ sở ${OTHER} mới`)
    expect(await keptSlices(page)).toEqual(
      [...slices(), ...changed].filter((name) => later.files.has(name)).sort(),
    )
    writeSliced(site, lists)
    await page.context().close()
  })

  test('after a change takes patches in place of slices, and slices where the patches are no good', async () => {
    const page = await open('online.json')
    const asked = (from: number) =>
      served.requests
        .slice(from)
        .flatMap((path) => /\/lists\/((?:slice|trust-patches).*)/.exec(path)?.[1] ?? [])
    const change = async (site12: SlicedFiles, number: number) => {
      await poll(() => missing(page)).toEqual([])
      writeSliced(site, site12)
      const since = served.requests.length
      await page.reload()
      await tab(page, 'Data')
      await poll(() => page.locator('.facts').first().textContent()).toContain(`no. ${number}`)
      await poll(() => missing(page)).toEqual([])
      return asked(since)
    }
    const options = { prefixes, before: lists, renamed: OTHER }
    const later = await sliceLists(stage.province, now, { ...options, sequence: 12 })
    expect(await change(later, 12)).toEqual(['trust-patches.cbor'])
    await page.context().setOffline(true)
    expect(await scan(page, OTHER)).toBe('VALID')
    expect(await page.locator('.reason').textContent()).toContain(`Cơ sở ${OTHER} mới`)
    expect(await keptSlices(page)).toEqual(
      [...later.files.keys()].filter((name) => /^slice/.test(name)).sort(),
    )
    await page.context().setOffline(false)
    const last = await sliceLists(stage.province, now, {
      ...options,
      before: later,
      renamed: ONE,
      sequence: 13,
    })
    const changed = [...last.files.keys()].filter((name) => /^slice/.test(name) && !later.files.has(name))
    const spoilt = new Map([...last.files, ['trust-patches.cbor', later.files.get('trust-patches.cbor')!]])
    const [first, ...rest] = await change({ ...last, files: spoilt }, 13)
    expect(first).toBe('trust-patches.cbor')
    // Several at a time, in any order.
    expect(rest.sort()).toEqual(changed.sort())
    expect(await keptSlices(page)).toEqual(
      [...last.files.keys()].filter((name) => /^slice/.test(name)).sort(),
    )
    writeSliced(site, lists)
    await page.context().close()
  })
})

/** The slices that the kiosk keeps, as a server names them. */
const keptSlices = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('veristamp-kiosk', 1)
        opening.onerror = reject
        opening.onsuccess = () => {
          const reading = opening.result.transaction('files').objectStore('files').getAllKeys()
          reading.onsuccess = () => {
            opening.result.close()
            const names = reading.result.map(String).filter((name) => name.startsWith('slice:'))
            resolve(names.map((name) => `${name.replace(':', '-')}.cbor`).sort())
          }
        }
      }),
  )

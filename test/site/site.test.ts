import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOORS, GROUPS, importOf } from '../../src/package/site/pages.ts'
import { pages, ROOT, read } from '../docs/pages.ts'
import { launchBrowser, noBrowser, whyNot } from '../support/browser.ts'

let site: string
/** The pages of the site, by their paths in it. */
const html = new Map<string, string>()

beforeAll(() => {
  site = mkdtempSync(join(tmpdir(), 'veristamp-site-'))
  const { status, stdout, stderr } = spawnSync('npx', ['tsx', 'src/package/site/build.ts', site], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, ''])
  for (const path of readdirSync(site, { recursive: true, encoding: 'utf8' }))
    if (path.endsWith('.html')) html.set(path, readFileSync(join(site, path), 'utf8'))
})
afterAll(() => rmSync(site, { recursive: true, force: true }))

const attributes = (text: string, name: string): string[] =>
  [...text.matchAll(new RegExp(`<[^>]*?\\s${name}="([^"]*)"`, 'g'))].map(([, value]) =>
    decodeURIComponent(value!.replaceAll('&amp;', '&')),
  )

/** What is wrong with a link, in words. */
function faultOf(page: string, to: string): string | undefined {
  if (/^https?:/.test(to)) return undefined
  const [path, anchor] = to.split('#') as [string, string?]
  const target = path === '' ? page : normalize(join(dirname(page), path.split('?')[0]!))
  if (target.startsWith('..') || !existsSync(join(site, target))) return `${page}: nothing at ${to}`
  if (!anchor || !target.endsWith('.html')) return undefined
  return attributes(html.get(target)!, 'id').includes(anchor) ? undefined : `${page}: no ${to}`
}

describe('the site', () => {
  it('has links that lead to files and anchors of its own', () => {
    const links = [...html].flatMap(([page, text]) =>
      [...attributes(text, 'href'), ...attributes(text, 'src')].map((to) => ({ page, to })),
    )
    expect(links.length).toBeGreaterThan(2_000)
    expect(links.flatMap(({ page, to }) => faultOf(page, to) ?? [])).toEqual([])
  })

  it('links what doc comments say of the specification', () => {
    const page = html.get('functions/veristamp_verify.loadTrustList.html')!
    expect(attributes(page, 'href')).toContain('../documents/docs_spec_trust-lists.html#loading-a-trust-list')
  })

  it('has every page of the project', () => {
    expect(Object.values(GROUPS).flat().sort()).toEqual(pages.filter((page) => page !== 'README.md').sort())
    for (const page of Object.values(GROUPS).flat()) {
      const [, heading] = /^# (.*)$/m.exec(read(page))!
      const name = page.replace(/\.md$/, '').replaceAll('/', '_')
      expect(html.get(`documents/${name}.html`)).toContain(`>${heading!.replaceAll('`', '')}<`)
    }
  })

  it('has every function, class and table of every import', async () => {
    const doors = Object.keys(JSON.parse(read('package.json')).exports).filter((key) => !key.includes('json'))
    expect(DOORS.map(importOf).sort()).toEqual(doors.map((key) => `veristamp${key.slice(1)}`).sort())
    const names = [...html.keys()].flatMap((path) => /^\w+\/veristamp.*\.(\w+)\.html$/.exec(path)?.[1] ?? [])
    for (const door of DOORS) {
      const exported = Object.keys(await import(`../../src/${door}.ts`))
      expect(exported.length).toBeGreaterThan(1)
      expect(names).toEqual(expect.arrayContaining(exported))
    }
  })
})

describe(`in a browser${whyNot}`, () => {
  let browser: Browser
  beforeAll(async () => {
    if (!noBrowser) browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  it.skipIf(noBrowser)('fits a phone, a tablet and a desk', async () => {
    // Without the site's program, which has no part in how wide a page is, pages are there at once.
    const page = await browser.newPage({ javaScriptEnabled: false })
    const wide: string[] = []
    for (const width of [360, 800, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of html.keys()) {
        if (width > 360 && !/^(documents|modules|index)/.test(path)) continue
        await page.goto(pathToFileURL(join(site, path)).href)
        const scrolled = Number(await page.evaluate('document.documentElement.scrollWidth'))
        if (scrolled !== width) wide.push(`${path}: ${scrolled} on ${width}`)
      }
    }
    expect(wide).toEqual([])
    await page.close()
  })

  it.skipIf(noBrowser)('asks for nothing elsewhere, and lists every page at the left', async () => {
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(pathToFileURL(join(site, 'index.html')).href)
    await page.locator('.tsd-navigation a', { hasText: 'Changelog' }).waitFor({ state: 'attached' })
    const listed: string[] = await page.locator('.tsd-navigation a').evaluateAll((links) =>
      // Runs in the page, whose types this file has not.
      links.map((link) => (link as unknown as { href: string }).href),
    )
    const here = pathToFileURL(`${site}/`).href
    expect(asked.filter((url) => !url.startsWith(here))).toEqual([])
    expect(asked.length).toBeGreaterThan(3)
    const paths = listed
      .filter((url) => url.startsWith(here))
      .map((url) => url.slice(here.length).split('#')[0]!)
    for (const path of paths) expect(existsSync(join(site, path)), path).toBe(true)
    for (const path of html.keys()) if (path.startsWith('documents/')) expect(paths).toContain(path)
    await page.close()
  })
})

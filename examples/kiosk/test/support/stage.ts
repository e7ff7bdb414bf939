import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { BuildOptions } from 'vite'
import { once } from '../../../../test/support/once.ts'
import { type KioskFiles, writeKioskFiles } from '../../../quang-ninh/kiosk-files.ts'
import type { DemoLabel, LabelName } from '../../../quang-ninh/kiosk-labels.ts'
import { type Served, serve } from './server.ts'

/** A built kiosk, served, with a demo of its own. */
export interface Stage extends KioskFiles {
  readonly served: Served
  /** The folder of the built page. */
  readonly site: string
  /** Where the demo's files and those of the test are. */
  readonly folder: string
  label(name: LabelName): DemoLabel
  /** The path of a demo's file. */
  file(name: string): string
  read(name: string): Uint8Array
  close(): Promise<void>
}

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))

/** Vite takes seconds to load: only where the kiosk is built. */
async function buildKiosk(outDir: string, options: BuildOptions = {}): Promise<void> {
  const { build } = await import('vite')
  await build({ configFile, logLevel: 'error', build: { ...options, outDir } })
}

/** @param options of the build, besides those of the kiosk; without any, tests share one build */
export async function openStage(options?: BuildOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-kiosk-'))
  const [site, demo] = [join(folder, 'site'), join(folder, 'demo')]
  if (options === undefined) cpSync(await once('kiosk', buildKiosk), site, { recursive: true })
  else await buildKiosk(site, options)
  const files = await writeKioskFiles(demo, new Date())
  const pictures = join(folder, 'pictures')
  mkdirSync(pictures)
  writeFileSync(join(pictures, 'index.json'), '{}')
  const served = await serve(site, { demo, pictures })
  return {
    ...files,
    served,
    site,
    folder,
    label: (name) => files.labels.find((label) => label.name === name)!,
    file: (name) => join(demo, name),
    read: (name) => new Uint8Array(readFileSync(join(demo, name))),
    async close() {
      await served.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Kiosk {
  readonly page: Page
  /** What the page complained of: errors, and what its policy refused. */
  readonly complaints: readonly string[]
  /** Requests that left the origin. */
  readonly strays: readonly string[]
}

/** Milliseconds: machines that test much at a time are slow. */
const PATIENCE = 90_000

/** Opens the kiosk in a fresh profile. */
export async function openPage(
  browser: Browser,
  address: string,
  language: 'vi' | 'en' = 'en',
  { camera = 'off', ...options }: BrowserContextOptions & { readonly camera?: 'on' | 'off' } = {},
): Promise<Kiosk> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['camera'],
    ...options,
  })
  await context.addInitScript(
    (wanted) => {
      for (const [name, value] of Object.entries(wanted))
        if (localStorage.getItem(name) === null) localStorage.setItem(name, value)
    },
    { language, camera },
  )
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  const complaints: string[] = []
  const strays: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol !== 'blob:' && origin !== new URL(address).origin) strays.push(request.url())
  })
  await page.goto(address)
  return { page, complaints, strays }
}

/** Opens the kiosk and loads the demo's files. */
export async function openDemo(
  browser: Browser,
  address: string,
  language: 'vi' | 'en' = 'en',
  options: Parameters<typeof openPage>[3] = {},
): Promise<Kiosk> {
  const kiosk = await openPage(browser, address, language, options)
  const label = language === 'vi' ? 'Dùng tệp của bản thử' : 'Use the demo’s files'
  await kiosk.page.getByRole('button', { name: label }).click()
  await kiosk.page.locator('.answer.ready').waitFor()
  return kiosk
}

/** The word of the answer, once there is one. */
export async function answerOn(page: Page): Promise<string> {
  await page.locator('.answer:not(.ready)').waitFor()
  return (await page.locator('.word').textContent())!
}

/** Shows the kiosk one of the demo's pictures, after whatever it said before. */
export async function showPicture(page: Page, stage: Stage, name: LabelName): Promise<string> {
  await clearAnswer(page)
  await page.setInputFiles('.sources input[type=file]', stage.file(`pictures/${name}.png`))
  return answerOn(page)
}

/** Reloads the page once all that was scanned is on disk. */
export async function reload(page: Page): Promise<void> {
  await page.locator('#kiosk:not([data-saving])').waitFor()
  await page.reload()
}

/** Takes the last answer off the screen, so that the next one can't be mistaken for it. */
export async function clearAnswer(page: Page): Promise<void> {
  const next = page.locator('button.next')
  if ((await next.count()) > 0) await next.click()
  await page.locator('.answer.ready').waitFor()
}

/** A text, as a hand scanner's or a clipboard's. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  }, text)
}

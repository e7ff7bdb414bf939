import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { png, symbol } from 'veristamp'
import { encodePins, type Pins } from 'veristamp/authority'
import { publishLists } from 'veristamp/node'
import { siteApp } from '../../../../src/cli/server/site-app.ts'
import { placeOf } from '../../../../src/cli/site/place.ts'
import { consumerPage } from '../../../../src/cli/site/template.ts'
import { launchBrowser } from '../../../../test/support/browser.ts'
import { AUTHORITY } from '../../../quang-ninh/province.ts'
import { certificate } from './certificate.ts'
import { foundWorld, PATH, type World } from './world.ts'

/** A site as `veristamp site` makes it, on a server that the browser takes for tem.example. */
export interface Stage extends World {
  /** The folder of the page. */
  readonly site: string
  readonly folder: string
  /** What was asked for: paths, and what came with them. */
  readonly requests: { readonly method: string; readonly path: string; readonly body: string }[]
  readonly browser: Browser
  /** What the server answers in the place of a file, by its path from the page's folder on. */
  readonly instead: Map<string, (request: Request) => Response | Promise<Response>>
  /** Headers that the server leaves out. */
  readonly without: Set<string>
  publish(revocationList: Uint8Array): void
  open(options?: OpenOptions): Promise<Opened>
  close(): Promise<void>
}

export interface OpenOptions {
  readonly language?: 'vi' | 'en'
  readonly width?: number
  readonly dark?: boolean
}

export interface Opened {
  readonly context: BrowserContext
  readonly page: Page
  /** What the page complained of: errors, and what its policy refused. */
  readonly complaints: string[]
  /** Requests to other hosts. */
  readonly strays: string[]
}

const BASE = '/QNI/'
export const HOME = 'https://tem.example/QNI/'

/** Milliseconds: machines that test much at a time are slow. */
const PATIENCE = 60_000

export async function openStage(now = new Date()): Promise<Stage> {
  const world = await foundWorld(now)
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-page-'))
  const site = join(folder, 'QNI')
  writePage(site, world)
  const stage = { requests: [] as Stage['requests'], instead: new Map(), without: new Set<string>() }
  const app = siteApp(folder, { path: BASE })
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    createServer,
    serverOptions: certificate,
    async fetch(request: Request) {
      const { pathname } = new URL(request.url)
      stage.requests.push({ method: request.method, path: pathname, body: await request.clone().text() })
      const answer = await (stage.instead.get(pathname.slice(BASE.length)) ?? app.fetch)(request)
      for (const name of stage.without) answer.headers.delete(name)
      return answer
    },
  })
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const browser = await launchBrowser(
    `--host-resolver-rules=MAP *.example 127.0.0.1:${port}`,
    '--ignore-certificate-errors',
    ...['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  )
  const publish = (revocationList: Uint8Array): void => void publishInto(site, world, revocationList)
  publish(await world.revoke([90_007], 'recalled', now))
  return {
    ...world,
    ...stage,
    ...{ site, folder, browser, publish },
    open: (options) => openPage(browser, options),
    async close() {
      await browser.close()
      await new Promise((resolve) => {
        server.close(resolve)
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const pinsOf = ({ province }: World) => ({ authority: AUTHORITY, roots: province.roots })

export const writePage = (site: string, world: World, marker = ''): void =>
  writePageFor(site, pinsOf(world), marker)

/** @param pins whom the page believes */
export function writePageFor(site: string, pins: Pins, marker = ''): void {
  const settings = {
    ...{ place: placeOf(PATH), prefix: PATH, report: ['tel:113'] },
    pins: JSON.parse(encodePins(pins)) as object,
  }
  for (const [name, bytes] of consumerPage(settings)) write(join(site, name), bytes)
  const picture = png(symbol('TEA'), { dots: 24 })
  write(join(site, 'pictures/tea.png'), picture)
  write(join(site, 'pictures/index.json'), JSON.stringify({ 104: 'tea.png' }))
  if (marker !== '') {
    const file = join(site, 'sw.js')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"version":"/, `"version":"${marker}`))
    const page = join(site, 'index.html')
    writeFileSync(page, readFileSync(page, 'utf8').replace('<body>', `<body data-build="${marker}">`))
  }
}

function write(file: string, content: Uint8Array | string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

const publishInto = (site: string, world: World, revocationList: Uint8Array) =>
  publishLists(join(site, 'lists'), { pins: pinsOf(world), trustList: world.trustList, revocationList })

/** Keeps what a folder has now. @returns puts it back */
export function remember(folder: string): () => void {
  const copy = mkdtempSync(join(tmpdir(), 'veristamp-before-'))
  cpSync(folder, copy, { recursive: true })
  return () => {
    rmSync(folder, { recursive: true })
    cpSync(copy, folder, { recursive: true })
    rmSync(copy, { recursive: true })
  }
}

async function openPage(
  browser: Browser,
  { language = 'vi', width = 360, dark = false }: OpenOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 740 : 900 },
    locale: language === 'vi' ? 'vi-VN' : 'en-GB',
    colorScheme: dark ? 'dark' : 'light',
    permissions: ['camera'],
  })
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
    if (protocol !== 'blob:' && origin !== 'https://tem.example') strays.push(request.url())
  })
  return { context, page, complaints, strays }
}

/** An address as a phone's camera opens it. */
export const addressOf = (stamp: string): string =>
  stamp.replace('HTTPS://TEM.EXAMPLE', 'https://tem.example')

/** The word of the answer, once it is there with all that stands below it. */
export async function answerOn(page: Page): Promise<string> {
  await page.locator('.panel .now').waitFor()
  await page.locator('.cards').waitFor()
  return (await page.locator('h1').textContent())!
}

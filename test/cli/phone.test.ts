import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { certificate } from '../../examples/consumer/test/support/certificate.ts'
import { launch } from '../../examples/kiosk/test/support/chromium.ts'
import { noBrowser, whyNot } from '../support/browser.ts'
import { codesOf, openDesk } from './desk.ts'

const TYPES: Readonly<Record<string, string>> = { css: 'text/css', html: 'text/html', js: 'text/javascript' }

/** A web server that knows nothing of stamps: files, and 404.html for what is none. */
async function showFiles(folder: string): Promise<{ readonly port: number } & AsyncDisposable> {
  const server = createServer(certificate, ({ url }, answer) => {
    const { pathname } = new URL(url!, 'https://tem.example')
    const file = pathname.replace(/\/$/, '/index.html')
    const send = (status: number, name: string): void => {
      const content = readFileSync(join(folder, name))
      answer.writeHead(status, {
        'content-type': TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream',
      })
      answer.end(content)
    }
    try {
      send(200, file)
    } catch {
      send(404, '404.html')
    }
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close }
}

/** The word of the answer, once it is there with all that stands below it. */
async function answerOn(page: Page): Promise<string | null> {
  await page.locator('.panel .now').waitFor()
  await page.locator('.cards').waitFor()
  return page.locator('h1').textContent()
}

const productOn = (page: Page): Promise<string | null> => page.locator('h2.product').textContent()

test.skipIf(noBrowser)(
  `From a registry to a phone: green, then red within one refresh, and how old its knowledge is offline${whyNot}`,
  async () => {
    using desk = openDesk()
    desk.now = new Date()
    const tables = ['--facilities', 'facilities.csv', '--products', 'products.csv']
    await desk.done('init', 'quang-ninh.example', ...tables, '--prefix', 'HTTPS://TEM.EXAMPLE/#')
    await desk.done('keygen', '--no-encrypt')
    await desk.done('trust', 'build')
    await desk.done('issue', '--product', '104', '--count', '3', '--carrier', 'url', '--no-sheets')
    await desk.done('list')
    await desk.done('site', '-o', 'public')
    const [run] = readdirSync(desk.path('runs'))
    const address = codesOf(desk, run!)[1]!.replace('TEM.EXAMPLE', 'tem.example')

    await using server = await showFiles(desk.path('public'))
    const map = `--host-resolver-rules=MAP tem.example 127.0.0.1:${server.port}`
    const browser = await launch(undefined, [map, '--ignore-certificate-errors'])
    try {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB' })
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      await page.goto(address)
      expect([await answerOn(page), await productOn(page)]).toEqual([
        'Valid',
        'Chè xanh Đường Hoa thượng hạng',
      ])
      await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')

      await desk.done('--yes', 'revoke', '--product', '104', '--serials', '2', '--reason', 'stolen')
      await desk.done('list')
      await desk.done('publish', 'public/lists')
      await page.reload()
      await page.locator('.panel.bad .now').waitFor()
      expect(await answerOn(page)).toBe('Revoked')

      await context.setOffline(true)
      await page.reload()
      expect(await answerOn(page)).toBe('Revoked')
      await page.getByText('This phone is offline').waitFor()
      expect(await page.locator('.freshness').textContent()).toMatch(/\d{4}/)
    } finally {
      await browser.close()
    }
  },
)

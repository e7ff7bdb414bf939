import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPECTED } from './expected.ts'
import { type Installed, installPacked } from './packed.ts'

const BROWSERS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const browserPath = BROWSERS.find((path) => path !== undefined && existsSync(path))

/** Neither unsafe-eval nor wasm-unsafe-eval. */
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"

let app: Installed
let server: Server
let address: string

beforeAll(async () => {
  if (browserPath === undefined) return
  app = installPacked()
  const script = await bundlePage()
  server = createServer((request, response) => {
    const page =
      request.url === '/app.js'
        ? script
        : '<!doctype html><title>kiosk</title><script type="module" src="/app.js"></script>'
    const type = request.url === '/app.js' ? 'text/javascript' : 'text/html'
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY })
    response.end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})

afterAll(() => {
  server?.close()
  app?.remove()
})

async function bundlePage(): Promise<string> {
  const contents = `import * as veristamp from 'veristamp'
    import { mainJob } from './main-job.mjs'
    let evaluates = true
    try { new Function('return 1')() } catch { evaluates = false }
    globalThis.answers = mainJob(veristamp).then((job) => ({ job, evaluates }), (error) => String(error.stack))`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: app.folder },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  return outputFiles[0]!.text
}

describe.skipIf(browserPath === undefined)('in Chromium (skipped where none is installed)', () => {
  test('the package does the main job on a page whose policy forbids evaluating text', async () => {
    const browser = await chromium.launch({
      executablePath: browserPath!,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    })
    try {
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(address)
      const answers = await page.evaluate(
        () => (globalThis as unknown as { answers: Promise<unknown> }).answers,
      )
      expect(answers).toEqual({ job: EXPECTED, evaluates: false })
      expect(complaints).toEqual([])
    } finally {
      await browser.close()
    }
  })
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RFC8032_VECTORS } from '../ed25519/vectors.ts'
import { launchBrowser, noBrowser } from '../support/browser.ts'
import { EXPECTED } from './expected.ts'
import { type Installed, installPacked } from './packed.ts'

/** Neither unsafe-eval nor wasm-unsafe-eval, but on the page that may run WebAssembly. */
const policyFor = (path: string): string =>
  `default-src 'none'; script-src 'self'${path === '/wasm' ? " 'wasm-unsafe-eval'" : ''}; connect-src 'self'`

const { publicKey, message, signature } = RFC8032_VECTORS[2]!

let app: Installed
let server: Server
let address: string

beforeAll(async () => {
  if (noBrowser) return
  app = await installPacked()
  const script = await bundlePage()
  server = createServer((request, response) => {
    const page =
      request.url === '/app.js'
        ? script
        : '<!doctype html><title>kiosk</title><script type="module" src="/app.js"></script>'
    const type = request.url === '/app.js' ? 'text/javascript' : 'text/html'
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policyFor(request.url!),
    })
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
  const contents = `import * as light from 'veristamp'
    import * as authority from 'veristamp/authority'
    import { loadEngine } from 'veristamp/wasm'
    import { openIndexedDbScanStore, openIndexedDbStore } from 'veristamp/browser'
    import { openScanLog } from 'veristamp/scanlog'
    import { mainJob, memoryJob, scanJob } from './main-job.mjs'
    const veristamp = { ...light, ...authority }
    globalThis.memory = memoryJob(veristamp, openIndexedDbStore)
    globalThis.scans = scanJob(veristamp, openScanLog, openIndexedDbScanStore)
    const bytes = (hex) => Uint8Array.from(hex.match(/../g), (digits) => parseInt(digits, 16))
    globalThis.engine = loadEngine().then((engine) => {
      const { key } = engine.importKey(bytes('${publicKey}'))
      const job = { key, message: bytes('${message}'), signature: bytes('${signature}') }
      const jobs = new Array(300).fill(job).concat({ ...job, message: bytes('00') })
      const answers = engine.verifyMany ? engine.verifyMany(jobs) : jobs.map((one) => key.verify(one.message, one.signature))
      return { name: engine.name, refused: answers.flatMap((answer, i) => (answer ? [] : [i])) }
    })
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

/** What a page says under a global name, and that it complained of nothing. */
async function ask(path: string, name: 'answers' | 'engine' | 'memory' | 'scans'): Promise<unknown> {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(new URL(path, address).href)
    const said = await page.evaluate(
      (name) => (globalThis as unknown as Record<string, Promise<unknown>>)[name],
      name,
    )
    expect(complaints).toEqual([])
    return said
  } finally {
    await browser.close()
  }
}

describe.skipIf(noBrowser)('in Chromium (skipped where none is installed)', () => {
  test('the package does the main job on a page whose policy forbids evaluating text', async () => {
    expect(await ask('/', 'answers')).toEqual({ job: EXPECTED, evaluates: false })
  })
  test('IndexedDB remembers the newest list when it is opened again', async () => {
    expect(await ask('/', 'memory')).toEqual([1, 2, 'rollback', 'equivocation', 2])
  })
  test('IndexedDB keeps a scan log when it is opened again', async () => {
    expect(await ask('/', 'scans')).toEqual(['first_seen', 'seen_here', 2])
  })
  test('the WebAssembly engine verifies on a page whose policy allows it', async () => {
    expect(await ask('/wasm', 'engine')).toEqual({ name: 'wasm-simd', refused: [300] })
  })
  test('noble verifies in its place where the policy forbids WebAssembly', async () => {
    expect(await ask('/', 'engine')).toEqual({ name: 'noble', refused: [300] })
  })
})

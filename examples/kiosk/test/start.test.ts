import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../start.ts', import.meta.url))

let server: ChildProcess | undefined
afterAll(() => void server?.kill())

/** The address that the script prints once it serves. */
function start(): Promise<string> {
  server = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  return new Promise((resolve, reject) => {
    server!.stdout!.on('data', (part) => {
      printed += part
      const [, address] = /The kiosk: (\S+)/.exec(printed) ?? []
      if (address !== undefined) resolve(address)
    })
    server!.on('exit', (code) => reject(new Error(`ended with ${code}: ${printed}`)))
  })
}

test('one command builds the kiosk and serves it with the files of the demo', async () => {
  const address = await start()
  const read = async (path: string) => (await fetch(new URL(path, address))).text()
  expect(await read('')).toContain("script-src 'self' 'wasm-unsafe-eval'; style-src 'self'")
  expect(JSON.parse(await read('demo/setup.json'))).toMatchObject({ kind: 'veristamp-pins' })
  expect(await read('demo/sheet.pdf')).toMatch(/^%PDF/)
  expect(await read('sw.js')).toContain('manifest.webmanifest')
})

test('an option that it does not know starts nothing, and the message names its own', () => {
  const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', script, '--help'])
  expect([status, String(stdout)]).toEqual([0, expect.stringContaining('--new-demo')])
})

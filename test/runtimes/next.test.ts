import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXPECTED } from '../package/expected.ts'
import { copyInto, openScratch } from './scratch.ts'

/** Next 15: a route on the server, one at the edge, and the worker pool, which a bundler has to leave as it is. */

const JOB = new URL('../package/main-job.js', import.meta.url)

const route = (runtime: string) => `import * as veristamp from 'veristamp'
import * as authority from 'veristamp/authority'
import { mainJob } from '../../main-job.mjs'
export const runtime = '${runtime}'
export const dynamic = 'force-dynamic'
export const GET = async () => Response.json(await mainJob({ ...veristamp, ...authority }))
`

const POOL = `import { generateKeyPairSync } from 'node:crypto'
import { createIssuer } from 'veristamp'
import { createWorkerPool } from 'veristamp/node'
export const dynamic = 'force-dynamic'
export async function GET() {
  const pool = createWorkerPool({ threads: 2 })
  const signer = pool.signer(generateKeyPairSync('ed25519').privateKey)
  const code = await createIssuer({ keyId: 7, signer }).issue({ facility: 1, product: 2, serial: 3 })
  await pool.close()
  return Response.json(code.bytes.length)
}
`

const scratch = openScratch('next', ['next@15.5.29', 'react@19.2.0', 'react-dom@19.2.0'])
let server: ChildProcess | undefined
let address: string

beforeAll(async () => {
  copyInto(scratch, JOB, 'main-job.mjs')
  scratch.write('next.config.mjs', "export default { serverExternalPackages: ['veristamp'] }")
  scratch.write('app/layout.js', 'export default ({ children }) => <html><body>{children}</body></html>')
  scratch.write('app/server/route.js', route('nodejs'))
  scratch.write('app/edge/route.js', route('edge'))
  scratch.write('app/pool/route.js', POOL)
  scratch.run('env', 'NEXT_TELEMETRY_DISABLED=1', 'npx', 'next', 'build')
  const port = await freePort()
  address = `http://127.0.0.1:${port}`
  server = spawn(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)],
    {
      cwd: scratch.folder,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  await new Promise<void>((ready, fail) => {
    server!.stdout!.on('data', (text: Buffer) => text.includes('Ready') && ready())
    server!.on('exit', (code) => fail(new Error(`next start: exit ${code}`)))
  })
})
afterAll(() => {
  server?.removeAllListeners('exit')
  server?.kill()
})

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const ask = async (path: string): Promise<unknown> => (await fetch(`${address}${path}`)).json()

test('a route on the server does the main job', async () => {
  expect(await ask('/server')).toEqual(EXPECTED)
})

test('a route at the edge does the main job', async () => {
  expect(await ask('/edge')).toEqual(EXPECTED)
})

test('the worker pool signs, where next.config names veristamp under serverExternalPackages', async () => {
  expect(await ask('/pool')).toBe(69)
})

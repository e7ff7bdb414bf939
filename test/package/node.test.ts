import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPECTED } from './expected.ts'
import { doors, type Installed, installPacked } from './packed.ts'

let app: Installed
beforeAll(async () => {
  app = await installPacked()
})
afterAll(() => app.remove())

/** Runs a script in the app's folder and reads the JSON that it prints. */
function run(file: string, script: string): unknown {
  writeFileSync(join(app.folder, file), script)
  return JSON.parse(execFileSync(process.execPath, [file], { cwd: app.folder, encoding: 'utf8' }))
}

const print = 'console.log(JSON.stringify(answers))'

describe('the package as npm would upload it', () => {
  test('does the main job when imported', () => {
    const script = `import * as light from 'veristamp'
      import * as authority from 'veristamp/authority'
      import { nativeEngine } from 'veristamp/node'
      import { mainJob } from './main-job.mjs'
      const veristamp = { ...light, ...authority }
      const answers = [await mainJob(veristamp), await mainJob(veristamp, nativeEngine)]
      ${print}`
    expect(run('app.mjs', script)).toEqual([EXPECTED, EXPECTED])
  })

  test('has a command line', () => {
    const { bin } = JSON.parse(
      readFileSync(join(app.folder, 'node_modules/veristamp/package.json'), 'utf8'),
    ) as { bin: { veristamp: string } }
    const file = join(app.folder, 'node_modules/veristamp', bin.veristamp)
    const { status, stderr } = spawnSync(process.execPath, [file, '--lang', 'vi', 'runs'], {
      cwd: app.folder,
    })
    expect([status, stderr.toString()]).toEqual([2, expect.stringMatching(/^Lỗi: không có dự án ở đây/)])
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })

  test('does the main job when required', () => {
    const script = `const veristamp = { ...require('veristamp'), ...require('veristamp/authority') }
      const { nativeEngine } = require('veristamp/node')
      import('./main-job.mjs').then(async ({ mainJob }) => {
        const answers = [await mainJob(veristamp), await mainJob(veristamp, nativeEngine)]
        ${print}
      })`
    expect(run('app.cjs', script)).toEqual([EXPECTED, EXPECTED])
  })

  const pooled = `async function poolJob({ createWorkerPool }, { createIssuer, seedSigner }, { loadTrustList, signTrustList }) {
    const { privateKey } = crypto.generateKeyPairSync('ed25519')
    const pool = createWorkerPool({ threads: 2 })
    const [root, signer] = [seedSigner(new Uint8Array(32)), pool.signer(privateKey)]
    const roots = { threshold: 1, keys: [root.publicKey] }
    const [issued, expires] = [new Date('2026-01-01'), new Date('2026-07-01')]
    const scope = [{ facility: 12, product: 104 }]
    const entry = { keyId: 7, publicKey: signer.publicKey, name: 'Tea', scope, notBefore: issued, notAfter: expires }
    const content = { authority: 'a.example', sequence: 1, issued, expires, roots, issuers: [entry] }
    const loaded = loadTrustList(await signTrustList(content, [root]), { authority: 'a.example', roots })
    const row = { facility: 12, product: 104, first: 1, count: 50, concurrency: 50 }
    const texts = []
    for await (const code of createIssuer({ keyId: 7, signer }).issueMany(row)) texts.push(code.toText())
    const serials = []
    const verifier = pool.verifier({ trustLists: [loaded.trustList] })
    for await (const { stamp } of verifier.verifyMany(texts, { now: issued, chunk: 8 })) serials.push(stamp?.serial)
    await pool.close()
    return serials
  }`
  const serials = Array.from({ length: 50 }, (_, i) => i + 1)

  test('shares work over worker threads when imported', () => {
    const script = `import crypto from 'node:crypto'
      import * as node from 'veristamp/node'
      import * as veristamp from 'veristamp'
      import * as authority from 'veristamp/authority'
      ${pooled}
      const answers = await poolJob(node, veristamp, authority)
      ${print}`
    expect(run('pool.mjs', script)).toEqual(serials)
  })

  test('shares work over worker threads when required', () => {
    const script = `const crypto = require('node:crypto')
      ${pooled}
      poolJob(require('veristamp/node'), require('veristamp'), require('veristamp/authority')).then((answers) => ${print})`
    expect(run('pool.cjs', script)).toEqual(serials)
  })

  test('opens the same doors to both', () => {
    const names = JSON.stringify(doors)
    const imported = run(
      'names.mjs',
      `const answers = {}
      for (const door of ${names}) answers[door] = Object.keys(await import(door)).sort()
      ${print}`,
    )
    const required = run(
      'names.cjs',
      `const answers = {}
      for (const door of ${names}) answers[door] = Object.keys(require(door)).sort()
      ${print}`,
    )
    expect(required).toEqual(imported)
    expect(imported).toMatchSnapshot()
  })

  test('shares its classes between its doors', () => {
    const script = `import { ArgumentTypeError } from 'veristamp/verify'
      import { createIssuer, seedSigner } from 'veristamp'
      const issuer = createIssuer({ keyId: 1, signer: seedSigner(new Uint8Array(32)) })
      const error = await issuer.issue({ facility: 'x', product: 1, serial: 1 }).catch((thrown) => thrown)
      const answers = [error instanceof ArgumentTypeError, error instanceof TypeError, error.code, error.message]
      ${print}`
    expect(run('errors.mjs', script)).toEqual([
      true,
      true,
      'argument_type',
      'facility: expected a whole number from 0 to 9007199254740991, got "x"',
    ])
  })
})

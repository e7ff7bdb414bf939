import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { ArgumentRangeError, ArgumentTypeError, loadTrustList, VeristampError } from 'veristamp/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUTHORITY, type Fixtures, makeFixtures, NOW, pins, press, stamp } from './bytes-fixtures.ts'

/** What a bare platform lacks, and what two builds in one program share, has no say in what a stamp is worth. */

const root = fileURLToPath(new URL('../../', import.meta.url))
const require = createRequire(import.meta.url)

let fixtures: Fixtures
let script: string
beforeAll(async () => {
  fixtures = await makeFixtures()
  const doors = ['index', 'scanlog']
  const contents = doors.map((door) => `export * from './dist/${door}.js'`).join('\n')
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    logLevel: 'silent',
    format: 'iife',
    globalName: 'veristamp',
    target: 'es2022',
    write: false,
  })
  script = outputFiles[0]!.text
})
afterAll(() => fixtures.remove())

/** Issues and verifies a stamp whose texts go through UTF-8, in a realm that has what ECMAScript has, and these. */
async function verdictIn(globals: object): Promise<unknown> {
  const realm = createContext({ ...globals, given: { ...fixtures, pins, stamp, press, NOW } })
  runInContext(script, realm)
  return runInContext(
    `(async () => {
      const { trust, nextList, pins, stamp, press, NOW } = given
      const loaded = veristamp.loadTrustList(trust, pins)
      if (!loaded.ok) return loaded
      const listed = veristamp.loadRevocationList(nextList, { trustList: loaded.trustList })
      if (!listed.ok) return listed
      const lists = { trustLists: [loaded.trustList], revocationLists: [listed.revocationList] }
      const code = await veristamp.createIssuer({ keyId: 7, signer: press }).issue({ ...stamp, lot: 'L-01' })
      const verdict = veristamp.createVerifier(lists).verify(code.toText(), { now: NOW })
      const log = await veristamp.openScanLog({ place: 'Hạ Long' })
      return [verdict.status, verdict.reason, verdict.facility.name, verdict.stamp.lot, log.scan(code.toText(), verdict).status]
    })()`,
    realm,
  )
}

describe('a genuine stamp with a lot, under lists with names', () => {
  const expected = '["valid",null,"HTX Ba Chẽ","L-01"'

  it('is valid where there is nothing but ECMAScript, in another realm than its bytes', async () => {
    expect(JSON.stringify(await verdictIn({}))).toContain(expected)
  })

  it('is valid where TextDecoder refuses to be strict', async () => {
    class TextDecoder {
      constructor(_label: string, options: { readonly fatal?: boolean } = {}) {
        if (options.fatal) throw new RangeError('fatal is not supported')
      }
    }
    expect(JSON.stringify(await verdictIn({ TextDecoder }))).toContain(expected)
  })
})

describe('two builds of the library in one program', () => {
  const cjs = require(join(root, 'dist/node.cjs')) as typeof import('veristamp/node')
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-builds-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('know each other’s errors by instanceof', () => {
    const thrown = (run: () => unknown): unknown => {
      try {
        run()
      } catch (error) {
        return error
      }
      throw new Error('nothing was thrown')
    }
    const type = thrown(() => cjs.keyObjectSigner('x' as never))
    const range = thrown(() => cjs.createWorkerPool({ threads: 0 }))
    const failed = thrown(() => cjs.fileStore(join(folder, 'lost'), { mustExist: true }).read('a', 'trust'))
    class Own extends VeristampError {}
    const kinds = (error: unknown) =>
      [ArgumentTypeError, ArgumentRangeError, VeristampError, Own, TypeError].map(
        (kind) => error instanceof kind,
      )
    expect(kinds(type)).toEqual([true, false, false, false, true])
    expect(kinds(range)).toEqual([false, true, false, false, false])
    expect(kinds(failed)).toEqual([false, false, true, false, false])
    expect(kinds(new Own('passphrase', '', { file: '', fault: 'wrong' }))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ])
    for (const other of [undefined, null, 1, 'VeristampError', new Error('x'), { code: 'x' }]) {
      expect(kinds(other).slice(0, 4)).toEqual([false, false, false, false])
    }
  })

  it("tell a list's reason where the other one's store is damaged", () => {
    const store = cjs.fileStore(join(folder, 'store'))
    expect(loadTrustList(fixtures.trust, { ...pins, store }).ok).toBe(true)
    expect(store.read(AUTHORITY, 'trust')?.sequence).toBe(1)
    const file = join(folder, readdirSync(folder).find((name) => name.startsWith('store.'))!)
    writeFileSync(file, 'veristamp-store-1 0\n[]\n')
    expect(loadTrustList(fixtures.trust, { ...pins, store })).toMatchObject({ reason: 'store_corrupt' })
  })
})

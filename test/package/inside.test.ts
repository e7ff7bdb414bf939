import { execFileSync } from 'node:child_process'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doors, type Installed, installPacked } from './packed.ts'

let app: Installed
beforeAll(() => {
  app = installPacked()
})
afterAll(() => app.remove())

/** What only some apps can want: words by which code of each is known, in a bundle that is not minified. */
const PARTS = {
  'noble curve arithmetic': /\bisTorsionFree\b/,
  'noble hashes': /\bclass _?HMAC\b|\b_?HMAC = class\b/,
  'our SHA-2': /\bmakeConstants\b/,
  'the reader of CBOR': /\bcbor_not_shortest\b/,
  'the writer of CBOR': /\bencodeCbor\b/,
  'the checks of what lists are made of': /\bwriteShape\b/,
  qrcode: /The amount of data is too big to be stored in a QR Code/,
  fflate: /\bzlibSync\b/,
  pdfkit: /PDFKit/,
  csv: /\bCSV_/,
  idb: /\bIDBTransaction\b/,
  piscina: /\bPiscina\b/,
  'the WebAssembly kernel': /\bWebAssembly\.instantiate\b/,
  'words in Vietnamese': /Tem này đã bị thu hồi/,
} as const

async function partsOf(entry: string): Promise<string[]> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: app.folder },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    charset: 'utf8',
    write: false,
    logLevel: 'error',
  })
  const { text } = outputFiles[0]!
  return Object.entries(PARTS).flatMap(([part, word]) => (word.test(text) ? part : []))
}

/** The names that a door exports, as Node has them. */
function namesOf(door: string): string[] {
  const script = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(door)}))))`
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: app.folder })
  return (JSON.parse(String(out)) as string[]).sort()
}

describe('every export', () => {
  test.each(doors)('of %s brings along what it is for, and nothing else', async (door) => {
    const inside: Record<string, string> = {}
    for (const name of namesOf(door)) {
      const parts = await partsOf(`export { ${name} } from '${door}'`)
      inside[name] = parts.join(', ') || 'nothing'
    }
    expect(inside).toMatchSnapshot()
  })
})

describe('an import that uses nothing', () => {
  test.each(doors)('of %s leaves nothing in a bundle', async (door) => {
    expect(await partsOf(`import '${door}'`)).toEqual([])
  })

  /** The files of the package and the packages that Node loads for a door. */
  function loadedBy(door: string): string[] {
    const script = `
      import { registerHooks } from 'node:module'
      const loaded = []
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
      await import(${JSON.stringify(door)})
      console.log(JSON.stringify(loaded))`
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: app.folder })
    return JSON.parse(String(out)) as string[]
  }

  const canHook = 'registerHooks' in process.getBuiltinModule('node:module')

  test.skipIf(!canHook)('of ./verify loads three files of ours and one of noble in Node', () => {
    const urls = loadedBy('veristamp/verify')
    expect(urls.filter((url) => url.includes('/veristamp/')).length).toBeLessThanOrEqual(4)
    expect(urls.filter((url) => url.includes('/@noble/')).map((url) => url.replace(/.*@noble/, ''))).toEqual([
      '/ed25519/index.js',
    ])
  })
})

import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doors, type Installed, installPacked } from './packed.ts'

let app: Installed
beforeAll(async () => {
  app = await installPacked()
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

/** What each of many entries of an app brings along, in one build: most of the work is to read the package. */
async function partsOf(entries: Readonly<Record<string, string>>): Promise<Record<string, string[]>> {
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(Object.keys(entries).map((name) => [name, `entry:${name}`])),
    outdir: app.folder,
    plugins: [
      {
        name: 'entries',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^entry:/ }, ({ path }) => ({ path: path.slice(6), namespace: 'entry' }))
          onLoad({ filter: /./, namespace: 'entry' }, ({ path }) => ({
            contents: entries[path]!,
            resolveDir: app.folder,
          }))
        },
      },
    ],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    charset: 'utf8',
    write: false,
    logLevel: 'error',
  })
  return Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path, '.js'), partsIn(text)]))
}

const partsIn = (text: string): string[] =>
  Object.entries(PARTS).flatMap(([part, word]) => (word.test(text) ? part : []))

/** The names that a door exports, as Node has them. */
function namesOf(door: string): string[] {
  const script = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(door)}))))`
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: app.folder })
  return (JSON.parse(String(out)) as string[]).sort()
}

describe('every export', () => {
  test.each(doors)('of %s brings along what it is for, and nothing else', async (door) => {
    const names = namesOf(door)
    const parts = await partsOf(
      Object.fromEntries(names.map((name) => [name, `export { ${name} } from '${door}'`])),
    )
    expect(Object.keys(parts).sort()).toEqual(names)
    const inside = names.map((name) => [name, parts[name]!.join(', ') || 'nothing'])
    expect(Object.fromEntries(inside)).toMatchSnapshot()
  })
})

describe('an import that uses nothing', () => {
  test.each(doors)('of %s leaves nothing in a bundle', async (door) => {
    expect(await partsOf({ nothing: `import '${door}'` })).toEqual({ nothing: [] })
  })
})

describe('what Node loads', () => {
  /** Writes down every module that is loaded. */
  const hooks = `export async function load(url, context, next) {
    process._rawDebug('LOADED ' + url)
    return next(url, context)
  }`
  const dataUrl = (script: string) => `data:text/javascript,${encodeURIComponent(script)}`
  const watching = dataUrl(
    `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hooks))})`,
  )

  /** The files of ours and of noble. */
  function filesLoadedBy(...args: string[]): string[] {
    const { status, stderr } = spawnSync(process.execPath, ['--import', watching, ...args], {
      cwd: app.folder,
      encoding: 'utf8',
    })
    expect([status, stderr.replaceAll(/^LOADED .*\n/gm, '')]).toEqual([0, ''])
    return [...stderr.matchAll(/^LOADED (file:.*node_modules.*)$/gm)].map(([, url]) => fileURLToPath(url!))
  }

  const importing = (door: string) => ['--input-type=module', '-e', `import '${door}'`]
  const nameIn = (file: string) => file.replace(/.*node_modules\//, '')

  test.each(doors)('for %s is what it is for', (door) => {
    const text = filesLoadedBy(...importing(door)).map((file) => readFileSync(file, 'utf8'))
    expect(partsIn(text.join('\n'))).toMatchSnapshot()
  })

  test('for ./verify is four files of ours and one of noble', () => {
    const files = filesLoadedBy(...importing('veristamp/verify')).map(nameIn)
    expect(files.filter((file) => file.startsWith('@noble'))).toEqual(['@noble/ed25519/index.js'])
    expect(files.length).toBeLessThanOrEqual(5)
  })

  test('for `veristamp --help` is no command', () => {
    const files = filesLoadedBy('node_modules/veristamp/dist/cli.js', '--help')
    const parts = partsIn(files.map((file) => readFileSync(file, 'utf8')).join('\n'))
    for (const heavy of ['pdfkit', 'csv', 'qrcode', 'piscina', 'noble hashes'])
      expect(parts).not.toContain(heavy)
  })
})

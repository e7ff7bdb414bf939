import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installed, installPacked, manifest } from './packed.ts'

/** What the package is made of, as it is installed. */

let app: Installed
let home: string
beforeAll(async () => {
  app = await installPacked()
  home = join(app.folder, 'node_modules/veristamp')
})
afterAll(() => app.remove())

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )

/** The packages whose code is in the bundles, which say above each piece where it came from. */
function bundled(): string[] {
  const names = filesIn(join(home, 'dist'))
    .filter((name) => /\.c?js$/.test(name))
    .flatMap((name) =>
      [...readFileSync(join(home, 'dist', name), 'utf8').matchAll(/^\/\/ (node_modules\/.*)$/gm)].map(
        ([, file]) => file!,
      ),
    )
  return [...new Set(names.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)![1]!))].sort()
}

describe('the package', () => {
  test('installs noble beside it and nothing else, and npm asks about no script', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['@noble/ed25519', '@noble/hashes'])
    for (const field of ['optionalDependencies', 'scripts.prepare', 'scripts.install', 'scripts.postinstall'])
      expect(manifest).not.toHaveProperty(field)
  })

  test('takes at most 12 MB on disk with what it installs, and 3 MB as it is uploaded', () => {
    const kilobytes = Number(
      execFileSync('du', ['-sk', join(app.folder, 'node_modules')], { encoding: 'utf8' }).split('\t')[0],
    )
    expect(kilobytes).toBeLessThan(12 * 1024)
    const archive = readdirSync(app.folder).find((name) => name.endsWith('.tgz'))!
    expect(statSync(join(app.folder, archive)).size).toBeLessThan(3 * 2 ** 20)
  })

  test('has the pages that its README links to', () => {
    const readme = readFileSync(join(home, 'README.md'), 'utf8')
    const linked = [...readme.matchAll(/\]\(([\w./-]+\.md)/g)].map(([, path]) => path!)
    const shipped = linked.filter((path) => !path.startsWith('examples/'))
    expect(shipped.length).toBeGreaterThan(10)
    expect(shipped.filter((path) => !filesIn(home).includes(path))).toEqual([])
  })

  test('has no source maps, no sources and no tests', () => {
    expect(filesIn(home).filter((name) => /\.map$|^src\/|test|metafile/.test(name))).toEqual([])
  })

  test('names every package that it has inside, with its licence', () => {
    const [notices, sbom] = ['THIRD-PARTY-NOTICES', 'sbom.json'].map((name) =>
      readFileSync(join(home, name), 'utf8'),
    )
    const inside = [...bundled(), '@expo-google-fonts/be-vietnam-pro', 'zxing-wasm', 'zxing-cpp']
    expect(inside).toEqual(
      expect.arrayContaining(['pdfkit', 'fontkit', 'qrcode', 'commander', 'piscina', '@noble/hashes']),
    )
    const { components } = JSON.parse(sbom!) as {
      components: { name: string; version: string; 'bom-ref': string }[]
    }
    expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(inside))
    for (const name of inside) expect(notices).toMatch(new RegExp(`^${name} \\S+ \\(\\S+\\)$`, 'm'))
    const references = components.map((component) => component['bom-ref'])
    expect(new Set(references).size).toBe(references.length)
  })

  test('has types that name nothing but Node, noble and themselves', () => {
    const strangers = filesIn(join(home, 'dist'))
      .filter((name) => /\.d\.c?ts$/.test(name))
      .flatMap((name) => {
        const text = readFileSync(join(home, 'dist', name), 'utf8')
        return [
          ...text.matchAll(/^(?:import|export)[^'"]*from ['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm),
        ]
          .map(([, from, inline]) => from ?? inline!)
          .filter((from) => !/^(\.\/|node:|@noble\/)/.test(from))
          .map((from) => `${name}: ${from}`)
      })
    expect(strangers).toEqual([])
  })
})

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'
import { build as buildPage } from 'vite'
import { ZXING_CPP_COMMIT } from 'zxing-wasm/reader'
import { type Bundled, describePackage, foldersIn, type Metafile } from './bundled.ts'
import { noticesOf } from './notices.ts'
import { type PackageManifest, sbomOf } from './sbom.ts'

/** Makes `dist/`: the bundles, their types, the files that the command line reads; and who made what is in there. */

process.chdir(fileURLToPath(new URL('../../', import.meta.url)))
rmSync('dist', { recursive: true, force: true })
await build({ silent: true })

// The types of both builds are the same. TypeScript asks for a file of its own for each.
for (const name of readdirSync('dist').filter((name) => name.endsWith('.d.ts'))) {
  const types = readFileSync(`dist/${name}`, 'utf8').replace(
    /(from|import\()( ?['"]\.[^'"]*)\.js(['"])/g,
    '$1$2.cjs$3',
  )
  writeFileSync(`dist/${name.replace(/\.ts$/, '.cts')}`, types)
}

const FONT = 'node_modules/@expo-google-fonts/be-vietnam-pro'
const ZXING = 'node_modules/zxing-wasm'

const ASSETS = {
  'BeVietnamPro-Regular.ttf': `${FONT}/400Regular/BeVietnamPro_400Regular.ttf`,
  'BeVietnamPro-SemiBold.ttf': `${FONT}/600SemiBold/BeVietnamPro_600SemiBold.ttf`,
  'zxing_reader.wasm': `${ZXING}/dist/reader/zxing_reader.wasm`,
}
mkdirSync('dist/assets', { recursive: true })
for (const [name, from] of Object.entries(ASSETS)) copyFileSync(from, `dist/assets/${name}`)

// The pages that `veristamp site` writes, and the one that `serve` shows the office. The reader of codes is in the package once: both have it by its name alone.
for (const [page, example] of [
  ['page', 'consumer'],
  ['kiosk', 'kiosk'],
  ['office', 'office'],
] as const) {
  const outDir = `${process.cwd()}/dist/site/${page}`
  await buildPage({ configFile: `examples/${example}/vite.config.ts`, logLevel: 'error', build: { outDir } })
  for (const name of readdirSync(`${outDir}/assets`).filter((name) => name.endsWith('.wasm')))
    writeFileSync(`${outDir}/assets/${name}`, '')
}

const metafiles = readdirSync('dist').flatMap((name) =>
  /^inside-.*\.json$/.test(name) ? `dist/${name}` : [],
)
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
const manifest = read('package.json') as PackageManifest
const installed = Object.keys(manifest.dependencies).map((name) => describePackage(`node_modules/${name}`))

/** Inside the WebAssembly of zxing-wasm; its package has no text of this licence. */
const zxingCpp: Bundled = {
  name: 'zxing-cpp',
  version: ZXING_CPP_COMMIT,
  purl: `pkg:github/zxing-cpp/zxing-cpp@${ZXING_CPP_COMMIT}`,
  license: 'Apache-2.0',
  text: readFileSync('node_modules/@swc/helpers/LICENSE', 'utf8').trim(),
}
const font: Bundled = {
  ...describePackage(FONT),
  license: 'OFL-1.1',
  text: readFileSync(`${FONT}/LICENSE_FONT`, 'utf8').trim(),
}
const WEB_FONT = 'node_modules/@fontsource/be-vietnam-pro'
const bundled = [...foldersIn(metafiles.map((file) => read(file) as Metafile)), ZXING, WEB_FONT].map(
  describePackage,
)
const inside = [
  ...new Map([...bundled, font, zxingCpp].map((each) => [`${each.name}@${each.version}`, each])).values(),
]
writeFileSync('THIRD-PARTY-NOTICES', noticesOf(inside))
writeFileSync('sbom.json', sbomOf(manifest, inside, installed))
for (const file of metafiles) rmSync(file)

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const { version } = JSON.parse(readFileSync(here('../../package.json'), 'utf8')) as { version: string }

export default defineConfig({
  root: here('.'),
  base: './',
  // The library as it is published, not its source.
  resolve: {
    alias: [
      { find: /^veristamp$/, replacement: here('../../dist/index.js') },
      { find: /^veristamp\/(.*)$/, replacement: here('../../dist/$1.js') },
    ],
  },
  worker: { format: 'es' },
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    target: 'es2022',
    outDir: here('out/site'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    // No data: addresses, which the page's policy forbids.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // On a busy machine every plugin is slow: no news for whoever starts the kiosk.
      checks: { bundlerTimings: false },
      input: { main: here('index.html'), sw: here('src/sw.ts') },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  plugins: [keepForOffline()],
})

/** Tells the service worker which files the build has. */
function keepForOffline(): Plugin {
  let out: string
  return {
    name: 'keep-for-offline',
    apply: 'build',
    configResolved({ root, build }) {
      out = resolve(root, build.outDir)
    },
    closeBundle() {
      const files = filesIn(out).filter((file) => file !== 'sw.js')
      const hash = createHash('sha256')
      for (const file of files) hash.update(file).update(readFileSync(join(out, file)))
      const build = { version: hash.digest('hex').slice(0, 16), files: files.map(addressOf) }
      const worker = join(out, 'sw.js')
      writeFileSync(worker, `const __BUILD__=${JSON.stringify(build)};${readFileSync(worker, 'utf8')}`)
    },
  }
}

const addressOf = (file: string): string => (file === 'index.html' ? './' : `./${file}`)

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()

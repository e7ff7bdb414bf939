import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Two scripts come before the answer: a small one that asks for all the rest, and the one that the page verifies with. */
const FIRST = /\/consumer\/src\/(first|ahead|language|place|shelf|words\/words)\.ts$/

/** `veristamp site` takes what this makes, puts the authority's pins in and tells the service worker its files. */
export default defineConfig({
  root: here('.'),
  base: './',
  // The library's source: its published files are few, so less of them could come after the answer.
  resolve: {
    alias: [{ find: /^veristamp\/(.*)$/, replacement: here('../../src/$1.ts') }],
  },
  plugins: [withoutPreloading(), withFirst(), withOwnParts(), serviceWorker()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: here('out/page'),
    emptyOutDir: true,
    modulePreload: false,
    // No data: addresses, which the page's policy forbids.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: here('index.html'),
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', test: FIRST, priority: 1 },
            { name: 'main', tags: ['$initial'] },
          ],
        },
        entryFileNames: 'assets/[name]-[hash].js',
      },
    },
  },
})

/** Vite asks for a file's own files with it, by a helper of 1 kB. Here no file that comes later has any. */
function withoutPreloading(): Plugin {
  const helper = '\0vite/preload-helper.js'
  return {
    name: 'without-preloading',
    enforce: 'pre',
    load: (id) => (id === helper ? 'export const __vitePreload = (load) => load()' : undefined),
  }
}

/** The small script runs as soon as it is here: so the page's own file names it beside the large one. */
function withFirst(): Plugin {
  return {
    name: 'with-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const name = Object.keys(bundle!).find((each) => /\/first-.*\.js$/.test(each))!
        const tag = `<script type="module" crossorigin src="./${name}"></script>`
        return html.replace('<script type="module"', (other) => `${tag}\n    ${other}`)
      },
    },
  }
}

/** What the page has of its own in the place of the library's. */
function withOwnParts(): Plugin {
  const own: readonly (readonly [theirs: string, asker: string, ours: string])[] = [
    ['/noble/engine.ts', '/src/', 'src/ed25519.ts'],
    ['/revocation/delta.ts', '/src/keeper/', 'src/late-parts.ts'],
    ['/lib/chunks.ts', '/src/keeper/', 'src/late-parts.ts'],
    ['/verify-many.ts', '/src/verify/', 'src/late-parts.ts'],
  ]
  return {
    name: 'with-own-parts',
    enforce: 'pre',
    resolveId(id, from) {
      const found = own.find(([theirs, asker]) => id.endsWith(theirs) && from?.includes(asker))
      return found && here(found[2])
    },
  }
}

/** Built apart: it shares nothing with the page. */
function serviceWorker(): Plugin {
  let out: string
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved({ root, build }) {
      out = resolve(root, build.outDir)
    },
    async closeBundle() {
      const options = { bundle: true, minify: true, format: 'iife', target: 'es2022' } as const
      await build({
        ...options,
        entryPoints: [here('src/sw.ts')],
        outfile: `${out}/sw.js`,
        logLevel: 'error',
      })
    },
  }
}

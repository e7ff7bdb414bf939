import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Plugin as EsbuildPlugin, transform } from 'esbuild'
import { defineConfig, type Options } from 'tsup'
import { makeCore, shareCore } from './src/package/core.ts'
import { doors } from './src/package/doors.ts'
import { markPure } from './src/package/pure.ts'

type Plugin = NonNullable<Options['plugins']>[number]

const doorEntries = Object.fromEntries(doors.map((door) => [door, `src/${door}.ts`]))

/** Rooms that hold a large library: in chunks of their own, which apps that do not ask for them leave out. */
const heavy = {
  'part-pdf': 'src/print/sheet/document.ts',
  'part-csv': 'src/registry/csv.ts',
  'part-idb': 'node_modules/idb/build/index.js',
}

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** pdfkit's build for browsers, so that sheets are made everywhere; where Node is, with its zlib. */
const pdfkitEverywhere: EsbuildPlugin = {
  name: 'pdfkit everywhere',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^fflate$/ }, ({ importer }) =>
      importer.includes('/pdfkit/') ? { path: fileOf('src/package/zlib.ts') } : undefined,
    )
    // Bundlers of apps would look for a file by this address, which is a name alone.
    onLoad({ filter: /pdfkit\.browser\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/new URL\(('[^']*'), import\.meta\.url\)\.href/, '$1'),
    }))
  },
}

const core = makeCore(fileOf('src/verify.ts'), fileOf('out/core.ts'))

/**
 * Whoever installs the package installs noble and nothing else: every other package is bundled, in the build that
 * needs nothing of its surroundings, so that `./sheet` and `./print` work in browsers too.
 */
const shared: Options = {
  target: 'es2022',
  platform: 'neutral',
  removeNodeProtocol: false,
  external: [/^node:/, /^(assert|buffer|stream|util|zlib)$/, '@napi-rs/nice', 'pg'],
  // pdfkit has an older noble of its own, whose file names tell it from ours.
  noExternal: [/^@noble\/hashes\/\w+$/, /^@noble\/ciphers/],
  splitting: true,
  treeshake: true,
  esbuildOptions(options) {
    options.mainFields = ['module', 'main']
    // Its main file brings what writes files; this one makes symbols.
    options.alias = {
      qrcode: 'qrcode/lib/core/qrcode.js',
      // Its file for modules keeps all of it alive.
      piscina: fileOf('node_modules/piscina/dist/main.js'),
    }
  },
}

/** Writes down for the notices what came into a build. */
const listInside = (name: string): EsbuildPlugin => ({
  name: 'list inside',
  setup({ initialOptions, onEnd }) {
    initialOptions.metafile = true
    onEnd(({ metafile }) => {
      mkdirSync(fileOf('dist'), { recursive: true })
      writeFileSync(fileOf(`dist/inside-${name}.json`), JSON.stringify(metafile))
    })
  },
})

/** Chunks of this many characters hold pdfkit. */
const LARGE = 500_000

/** What is bundled of CommonJS asks for Node's modules, in Node alone: no import may say so where browsers read on. */
const requireInModules: Plugin = {
  name: 'require in modules',
  renderChunk: (code) =>
    /\btypeof require\b/.test(code)
      ? { code: `const require = (name) => globalThis.process?.getBuiltinModule?.(name)\n${code}` }
      : undefined,
}

/** What nobody asks for stays out of the bundles of apps. */
const pureAtTheTop: Plugin = {
  name: 'pure at the top',
  renderChunk: (code) => (code.length < LARGE ? { code: markPure(code) } : undefined),
}

/** Half of the package is pdfkit and its tables, which nobody reads here. Whose code it is stays written above it. */
const shortened: Plugin = {
  name: 'large chunks without white space',
  async renderChunk(code) {
    if (code.length < LARGE) return
    const { code: short } = await transform(code, {
      minifyWhitespace: true,
      legalComments: 'none',
      format: this.format,
      logLevel: 'error',
    })
    return { code: `${(code.match(/^\/\/ node_modules\/.*$/gm) ?? []).join('\n')}\n${short}` }
  },
}

/** What verifiers are made of, in one file. */
const coreOf = (format: 'esm' | 'cjs', options: Options): Options => ({
  ...shared,
  ...options,
  format,
  entry: { core: core.entry },
  esbuildPlugins: [listInside(`core-${format}`)],
})

/**
 * One entry a door; what the doors share lands in chunks, so that no class or table exists twice. The files of the
 * worker threads stand beside them and are no doors, nor is the command line.
 */
const doorsOf = (format: 'esm' | 'cjs', options: Options, entries: Record<string, string> = {}): Options => ({
  ...shared,
  ...options,
  format,
  entry: { ...doorEntries, 'node-worker': 'src/run/threads/worker.ts', ...heavy, ...entries },
  esbuildPlugins: [
    shareCore(core, format === 'esm' ? 'core.js' : 'core.cjs'),
    pdfkitEverywhere,
    listInside(`doors-${format}`),
  ],
})

const forModules: Options = {
  define: { __dirname: 'import.meta.dirname' },
  plugins: [requireInModules, pureAtTheTop, shortened],
}

// Older Node and Jest can't require noble, which is ES modules alone: so this build has it inside.
const forRequire: Options = {
  noExternal: [...shared.noExternal!, /^@noble\//],
  plugins: [pureAtTheTop, shortened],
}

export default defineConfig([
  coreOf('esm', forModules),
  coreOf('cjs', forRequire),
  doorsOf('cjs', forRequire),
  doorsOf(
    'esm',
    { ...forModules, dts: { entry: doorEntries } },
    // Piscina looks for its worker under this name, beside itself.
    { cli: 'src/cli/main.ts', worker: 'node_modules/piscina/dist/worker.js' },
  ),
])

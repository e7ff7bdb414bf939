import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Plugin as EsbuildPlugin, transform } from 'esbuild'
import { defineConfig, type Options } from 'tsup'

type Plugin = NonNullable<Options['plugins']>[number]

const doors = [
  'index',
  'issue',
  'verify',
  'messages',
  'authority',
  'print',
  'seal',
  'sheet',
  'node',
  'run',
  'browser',
  'wasm',
  'scanlog',
]

const doorEntries = Object.fromEntries(doors.map((door) => [door, `src/${door}.ts`]))

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

/**
 * One entry a door; what the doors share lands in chunks, so that no class or table exists twice. The files of the
 * worker threads stand beside them and are no doors, nor is the command line.
 *
 * Whoever installs the package installs noble and nothing else: every other package is bundled, in the build that
 * needs nothing of its surroundings, so that `./sheet` and `./print` work in browsers too.
 */
const shared: Options = {
  entry: { ...doorEntries, 'node-worker': 'src/node/worker.ts' },
  target: 'es2022',
  platform: 'neutral',
  removeNodeProtocol: false,
  external: [/^node:/, /^(assert|buffer|stream|util|zlib)$/, '@napi-rs/nice'],
  // pdfkit has an older noble of its own, whose file names tell it from ours.
  noExternal: [/^@noble\/hashes\/\w+$/, /^@noble\/ciphers/],
  splitting: true,
  treeshake: true,
  metafile: true,
  esbuildPlugins: [pdfkitEverywhere],
  esbuildOptions(options) {
    options.mainFields = ['module', 'main']
    // Its main file brings what writes files; this one makes symbols.
    options.alias = { qrcode: 'qrcode/lib/core/qrcode.js' }
  },
}

/** What is bundled of CommonJS asks for Node's modules, in Node alone: no import may say so where browsers read on. */
const requireInModules: Plugin = {
  name: 'require in modules',
  renderChunk: (code) =>
    /\btypeof require\b/.test(code)
      ? { code: `const require = (name) => globalThis.process?.getBuiltinModule?.(name)\n${code}` }
      : undefined,
}

const LARGE = 500_000

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

export default defineConfig([
  {
    ...shared,
    format: 'esm',
    dts: { entry: doorEntries },
    entry: {
      ...(shared.entry as Record<string, string>),
      cli: 'src/cli/main.ts',
      // Piscina looks for it under this name, beside itself.
      worker: 'node_modules/piscina/dist/worker.js',
    },
    define: { __dirname: 'import.meta.dirname' },
    plugins: [requireInModules, shortened],
  },
  // Older Node and Jest can't require noble, which is ES modules alone: so this build has it inside.
  { ...shared, format: 'cjs', noExternal: [...shared.noExternal!, /^@noble\//], plugins: [shortened] },
])

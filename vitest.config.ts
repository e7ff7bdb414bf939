import { existsSync, statfsSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LONG, leftOut, noteOn, partOf } from './test/support/long-files.ts'

const built = (door: string): string => fileURLToPath(new URL(`dist/${door}.js`, import.meta.url))

/** What needs a build, a browser or many processes, and what takes long: not for `npm run test:quick`. */
const NOT_QUICK = [
  ...LONG,
  'examples/**',
  'test/{package,cli,fleet,print/sheet}/**',
  'test/node/{keys,pool,signers,stores}/**',
  'test/{node/native-engine-strict-r,verify/bounds,gs1/capture,run/volumes,trust/pins}.test.ts',
]

const ALL = ['test/**/*.test.ts', 'examples/{kiosk,consumer,office}/test/**/*.test.ts']

const skipped = (mode: string): string[] => [
  '**/node_modules/**',
  // Other people's tools, installed when `npm run test:runtimes` asks for them; and the site of `npm run test:site`.
  ...['test/runtimes/**', 'test/site/**'],
  ...(mode === 'quick' ? NOT_QUICK : []),
]

/**
 * Where tests write. Most wait longer for the disk than they work, as all that is durable here is flushed: so in memory,
 * where the system has such a folder and 4 GiB of room. The long form writes to the disk.
 */
function scratch(mode: string): string {
  const memory = '/dev/shm'
  if (mode === 'whole' || process.env.TMPDIR !== undefined || !existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 4 * 2 ** 30 ? memory : tmpdir()
}

/** What puts something else in the place of a module would do so for all files in its process: these have one each. */
const ALONE = [
  'test/ed25519/wasm-work.test.ts',
  'test/cli/{facts,five-years}.test.ts',
  'test/node/{native-engine-strict-r,stores/file-store-race}.test.ts',
  'test/{print/drawers,verify/bounds}.test.ts',
]

/**
 * `--mode whole` runs the long tests whole, `--mode quick` little of them and not all: see test/support/laws.ts. Without a
 * mode an eighth of the long files runs, see test/support/long-files.ts.
 */
export default defineConfig(({ mode }) => {
  const part = mode === 'test' ? partOf(process.argv.slice(2), process.env.VERISTAMP_PART) : 'all'
  if (part !== 'all') console.log(noteOn(part))
  // The kiosk is a package of its own, and uses this one as it is built.
  const resolve = {
    alias: [
      { find: /^veristamp$/, replacement: built('index') },
      { find: /^veristamp\/(.*)$/, replacement: built('$1') },
    ],
  }
  const common = {
    env: {
      VERISTAMP_LAWS: process.env.VERISTAMP_LAWS ?? (mode === 'test' ? 'usual' : mode),
      TMPDIR: scratch(mode),
    },
    globalSetup: 'test/support/once.setup.ts',
    setupFiles: 'test/support/equal-bytes.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  }
  const together = {
    ...{ name: 'together', include: ALL, exclude: [...skipped(mode), ...leftOut(part), ...ALONE] },
    // One process for many files saves the time in which each would load the same modules again.
    isolate: false,
  }
  const alone = { name: 'alone', include: ALONE, exclude: [...skipped(mode), ...leftOut(part)] }
  return {
    test: {
      // Not `extends`: it would read this file again, in another mode.
      projects: [together, alone].map((own) => ({ resolve, test: { ...common, ...own } })),
      // Browser tests wait more than they work, so more workers than cores pay.
      maxWorkers: availableParallelism() + 1,
    },
  }
})

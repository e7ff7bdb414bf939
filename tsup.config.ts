import { defineConfig } from 'tsup'

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

/**
 * One entry a door; what the doors share lands in chunks, so that no class or table exists twice. And the file of
 * the worker threads, which stands beside them and is no door, nor is the command line.
 */
export default defineConfig({
  entry: {
    ...Object.fromEntries(doors.map((door) => [door, `src/${door}.ts`])),
    cli: 'src/cli/main.ts',
    'node-worker': 'src/node/worker.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  external: [/^node:/, 'zxing-wasm'],
  dts: true,
  splitting: true,
  treeshake: true,
  sourcemap: true,
  clean: true,
})

import { defineConfig } from 'tsup'

const DOORS = [
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
]

/** One entry a door, and the command line; what the doors share lands in chunks, so that no class or table exists twice. */
export default defineConfig({
  entry: Object.fromEntries([...DOORS.map((door) => [door, `src/${door}.ts`]), ['cli', 'src/cli/main.ts']]),
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  external: [/^node:/],
  dts: true,
  splitting: true,
  treeshake: true,
  sourcemap: true,
  clean: true,
})

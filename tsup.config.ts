import { defineConfig } from 'tsup'

/** One entry a door; what the doors share lands in chunks, so that no class or table exists twice. */
export default defineConfig({
  entry: [
    'index',
    'issue',
    'verify',
    'messages',
    'authority',
    'print',
    'seal',
    'sheet',
    'node',
    'browser',
    'wasm',
  ].map((door) => `src/${door}.ts`),
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

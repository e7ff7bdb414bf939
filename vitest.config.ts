import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const built = (door: string): string => fileURLToPath(new URL(`dist/${door}.js`, import.meta.url))

export default defineConfig({
  // The kiosk is a package of its own, and uses this one as it is built.
  resolve: {
    alias: [
      { find: /^veristamp$/, replacement: built('index') },
      { find: /^veristamp\/(.*)$/, replacement: built('$1') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'examples/kiosk/test/**/*.test.ts'],
    // Other people's tools, installed when `npm run test:runtimes` asks for them; and the site of `npm run test:site`.
    exclude: ['**/node_modules/**', 'test/runtimes/**', 'test/site/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Browser tests wait more than they work, so two workers pay on two cores as well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})

import { defineConfig } from 'vitest/config'

/** The site of `npm run docs`, which takes longer to make than people wait for `npm test`. */
export default defineConfig({
  test: { include: ['test/site/*.test.ts'], testTimeout: 120_000, hookTimeout: 300_000 },
})

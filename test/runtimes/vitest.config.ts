import { defineConfig } from 'vitest/config'

/** The package in other people's runtimes and bundlers, which are installed outside the project when these run. */
export default defineConfig({
  test: {
    include: ['test/runtimes/*.test.ts'],
    globalSetup: 'test/runtimes/pack.ts',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
})

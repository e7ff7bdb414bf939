import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = new URL('../runtimes/', import.meta.url)
const page = readFileSync(new URL('../../docs/apps.md', import.meta.url), 'utf8')

/** What is installed beside a tool to run it: no runtime of its own. */
const BESIDE = /^(@babel|@react-native|@types|@rollup|@noble|webpack-cli|react|react-dom)/

it('the table of runtimes in docs/apps.md names each version that npm run test:runtimes tries', () => {
  const tests = readdirSync(folder).filter((name) => name.endsWith('.test.ts'))
  const pinned = tests.flatMap((name) => [
    ...readFileSync(new URL(name, folder), 'utf8').matchAll(/'((?:@[\w-]+\/)?[\w-]+)@(\d+(?:\.\d+)*)'/g),
  ])
  const tried = pinned.filter(([, name]) => !BESIDE.test(name!)).map(([, , version]) => version!)
  expect(tried.length).toBeGreaterThan(12)
  for (const version of tried) expect(page).toContain(version)
})

import { expect, test } from 'vitest'
import { EXPECTED } from '../package/expected.ts'
import { answersIn, writeModule } from './apps.ts'
import { openScratch } from './scratch.ts'

const CONFIG = `
using Workerd = import "/workerd/workerd.capnp";
const unitTests :Workerd.Config = (services = [(name = "app", worker = .app)]);
const app :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "out/worker.mjs")],
  compatibilityDate = "2026-01-01",
);
`

test('workerd runs a bundle, where WebAssembly can not be compiled, with noble', () => {
  const scratch = openScratch('workerd', ['@cloudflare/workerd-linux-64@1.20261117.1', 'esbuild@0.27.7'])
  writeModule(scratch)
  scratch.write(
    'worker.mjs',
    `import { loadEngine } from 'veristamp/wasm'
export default {
  async test() {
    await import('./app.mjs')
    console.log('ENGINE ' + (await loadEngine()).name)
    await new Promise((done) => setTimeout(done, 500))
  },
}`,
  )
  scratch.run('npx', 'esbuild', 'worker.mjs', '--bundle', '--format=esm', '--outfile=out/worker.mjs')
  scratch.write('config.capnp', CONFIG)
  const said = scratch.run(
    'node_modules/@cloudflare/workerd-linux-64/bin/workerd',
    'test',
    'config.capnp',
    '--verbose',
  )
  expect(answersIn(said)).toEqual(EXPECTED)
  expect(said).toContain('ENGINE noble')
})

import { expect, test } from 'vitest'
import { EXPECTED } from '../package/expected.ts'
import { answersIn, writeModule } from './apps.ts'
import { openScratch } from './scratch.ts'

const CONFIG = `
using Workerd = import "/workerd/workerd.capnp";
const unitTests :Workerd.Config = (services = [(name = "app", worker = .app), (name = "site", worker = .site)]);
const app :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "out/worker.mjs")],
  compatibilityDate = "2026-01-01",
  globalOutbound = "site",
);
const site :Workerd.Worker = (
  modules = [(name = "site", esModule = embed "site.mjs")],
  compatibilityDate = "2026-01-01",
);
`

test('workerd runs a bundle, where WebAssembly can not be compiled, with noble', () => {
  const scratch = openScratch('workerd', ['@cloudflare/workerd-linux-64@1.20261117.1', 'esbuild@0.27.7'])
  writeModule(scratch)
  scratch.write(
    'worker.mjs',
    `import { createKeeper } from 'veristamp/keeper'
import { loadEngine } from 'veristamp/wasm'
const pins = { authority: 'a.example', roots: { threshold: 1, keys: [new Uint8Array(32)] } }
const askAt = async (path) => {
  const keeper = createKeeper({ pins, addresses: { 'a.example': 'https://a.example/' + path + '/' } })
  const { authorities } = await keeper.refresh()
  return authorities[0].lastFailure.reason
}
export default {
  async test() {
    await import('./app.mjs')
    console.log('ENGINE ' + (await loadEngine()).name)
    console.log('KEEPER ' + (await askAt('portal')) + ' ' + (await askAt('elsewhere')))
    await new Promise((done) => setTimeout(done, 500))
  },
}`,
  )
  scratch.write(
    'site.mjs',
    `export default {
  fetch: (request) =>
    request.url.includes('portal')
      ? new Response('<p>log in')
      : Response.redirect('https://b.example/portal/lists.json', 302),
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
  // Its fetch knows neither `redirect: 'error'` nor credentials.
  expect(said).toContain('KEEPER bad_index redirect')
})

import { cpSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'
import { writeKioskFiles } from '../quang-ninh/kiosk-files.ts'

/** `npm run kiosk`: builds the page, makes the demo's files unless they are there, and serves both on this machine. */

const USAGE = `npm run kiosk                  builds the kiosk and serves it on this machine, with a demo
npm run kiosk -- --new-demo    the same, with new keys and stamps`

const [option] = process.argv.slice(2)
if (option !== undefined && option !== '--new-demo') {
  console.log(USAGE)
  process.exit(option === '--help' ? 0 : 2)
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const configFile = here('vite.config.ts')
const [demo, site] = [here('out/demo'), here('out/site')]

if (!existsSync(`${demo}/setup.json`) || process.argv.includes('--new-demo')) {
  await writeKioskFiles(demo, new Date())
}
await build({ configFile, logLevel: 'warn' })
// Beside the page, but not part of it: the service worker does not keep them.
cpSync(demo, `${site}/demo`, { recursive: true })
const server = await preview({ configFile, preview: { port: 4173 } })

const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4173/'
console.log(`The kiosk: ${address}`)
console.log(`Stamps to show it: examples/kiosk/out/demo/sheet.pdf (print it) and pictures/ beside it.`)
console.log('Stop it with Ctrl + C.')

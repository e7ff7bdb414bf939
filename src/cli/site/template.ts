import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bytes } from '../../lib/bytes.ts'
import { readAsset } from '../shell/assets.ts'
import type { SitePlace } from './place.ts'
import { pageOf } from './place.ts'

/** Files by their paths, with `/` between. */
export type Files = ReadonlyMap<string, Uint8Array>

/** What the page is told: whom it believes, where it lies, where people report. */
export interface PageSettings {
  readonly place: SitePlace
  /** What stamps begin with. */
  readonly prefix: string
  /** Pins as their file has them. */
  readonly pins: object
  readonly report: readonly string[]
}

/** The pages that the build made travel beside the command line. */
export function builtPages(): string {
  const beside = fileURLToPath(new URL('site/', import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../../dist/site/', import.meta.url))
}

/** The consumer page with an authority's settings in it, and the service worker that knows its files. */
export function consumerPage(settings: PageSettings): Files {
  const files = templateOf('page')
  files.set('index.html', textBytes(filled(textOf(files.get('index.html')!), settings)))
  const worker = textOf(files.get('sw.js')!)
  files.set('sw.js', textBytes(`const __BUILD__=${JSON.stringify(buildOf(files))};${worker}`))
  return files
}

/** The kiosk as the build made it. */
export const kioskPage = (): Files => templateOf('kiosk')

function templateOf(name: 'page' | 'kiosk'): Map<string, Uint8Array> {
  const folder = join(builtPages(), name)
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  return new Map(
    names.map((file) => {
      // The package has the reader of codes once.
      if (file.endsWith('.wasm')) return [file, readAsset('zxing_reader.wasm')]
      return [file, new Uint8Array(readFileSync(join(folder, file)))]
    }),
  )
}

/** Addresses from the host on: the page also answers below its own folder. */
function filled(html: string, { place, prefix, pins, report }: PageSettings): string {
  const said = JSON.stringify({ page: pageOf(place), prefix, pins, report }).replaceAll('<', '\\u003c')
  return html.replaceAll('="./', `="${place.path}`).replace(/(id="site">)(?=<)/, (tag) => tag + said)
}

interface Build {
  readonly version: string
  readonly files: readonly string[]
  readonly later: readonly string[]
}

/** What the service worker keeps: all at once but the reader of codes, which most phones have themselves. */
function buildOf(files: Files): Build {
  const hash = createHash('sha256')
  for (const [name, bytes] of files) hash.update(name).update(bytes)
  const names = [...files.keys()].filter((name) => name !== 'sw.js')
  const isLater = (name: string): boolean => /\.wasm$|^assets\/worker-/.test(name)
  return {
    version: hash.digest('hex').slice(0, 16),
    files: names.filter((name) => !isLater(name)).map((name) => (name === 'index.html' ? './' : `./${name}`)),
    later: names.filter(isLater).map((name) => `./${name}`),
  }
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const textBytes = (text: string): Bytes => new TextEncoder().encode(text)

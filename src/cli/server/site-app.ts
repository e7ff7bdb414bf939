import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { sha256 } from '../../ed25519/sha2.ts'
import { toHex } from '../../lib/bytes.ts'
import { stateOf } from '../project/real-path.ts'
import { ALWAYS, cachingOf, FOLDERS, isKioskPage, policyOf, TYPES } from '../site/headers.ts'
import type { SitePlace } from '../site/place.ts'

/** A site as web servers are to show it, for web-standard requests. @param folder as `veristamp site` wrote it */
export function siteApp(folder: string, { path: base }: Pick<SitePlace, 'path'>): Hono {
  const app = new Hono()
  const isKiosk = isKioskAt(join(folder, base, 'index.html'))
  app.use(compress({ contentTypeFilter: /^(text|application)\/|\+xml$/ }))
  app.get('*', (c) => {
    const { pathname } = new URL(c.req.url)
    if (isTyped(pathname, base)) return c.redirect(base, 302)
    if (!pathname.startsWith(base)) return c.notFound()
    const path = fileOf(folder, base, pathname.slice(base.length))
    if (path === undefined) return c.notFound()
    const bytes = new Uint8Array(readFileSync(join(folder, base, path)))
    const tag = `"${toHex(sha256(bytes))}"`
    const headers = { ...ALWAYS, ...headersOf(path, isKiosk), ETag: tag }
    const asked = c.req.header('if-none-match')?.replace(/^W\//, '')
    return asked === tag ? c.body(null, 304, headers) : c.body(bytes, 200, headers)
  })
  return app
}

/** The page's folder as people type it: in small letters, without the last stroke; and the host alone. */
const isTyped = (path: string, base: string): boolean =>
  path !== base && ['/', base.toLowerCase()].includes(`${path.replace(/\/$/, '').toLowerCase()}/`)

/** The file for a path from the page's folder on; what is none is the page, but in the folders of files. */
function fileOf(folder: string, base: string, asked: string): string | undefined {
  const path = asked.replace(/^$|(?<=^kiosk\/)$/, 'index.html')
  // Names with `/` between, none of which begins with a dot: nothing leads out of the folder.
  const isName = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/.test(path)
  if (isName && stateOf(join(folder, base, path))?.isFile()) return path
  return FOLDERS.includes(path.split('/')[0]!) ? undefined : 'index.html'
}

const isKioskAt = (file: string): boolean =>
  stateOf(file)?.isFile() === true && isKioskPage(readFileSync(file, 'utf8'))

const headersOf = (path: string, isKiosk: boolean): Record<string, string> => ({
  'Cache-Control': cachingOf(path),
  'Content-Security-Policy': policyOf(path, isKiosk),
  'Content-Type': TYPES[path.split('.').at(-1)!] ?? 'application/octet-stream',
})

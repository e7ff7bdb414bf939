/** What a web server says with each file of a site: one table for `serve`, `site --check` and the samples. */

/** Nothing is asked of other servers, and no other page may hold these. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The reader of codes is WebAssembly: it alone may be compiled, where the browser has no reader of its own. */
export const SCANNER_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'"

/** The kiosk keeps its scanner in the page, and shows pictures that people choose. */
export const KIOSK_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** With every file. Where somebody is, inspectors alone add to their checks; the browser asks them first. */
export const ALWAYS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(self), geolocation=(self), microphone=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

/** Files that are named by what they hold never change. */
export const FOREVER = 'public, max-age=31536000, immutable'
/** Anything else is asked for anew each time; the answer is mostly that nothing changed. */
export const ASK = 'no-cache'

/** True for the kiosk's page, which may have a host of its own. */
export const isKioskPage = (html: string): boolean => html.includes('<div id="kiosk">')

/** Of a file, by its path from the page's folder on. @param isKiosk whether the page there is the kiosk */
export const policyOf = (path: string, isKiosk = false): string =>
  isKiosk || path.startsWith('kiosk/')
    ? KIOSK_POLICY
    : /^assets\/worker-/.test(path)
      ? SCANNER_POLICY
      : POLICY

export const cachingOf = (path: string): string =>
  /^(kiosk\/)?assets\/|^pictures\/[0-9a-f]{16}\.|^lists\/.+\.cbor$/.test(path) ? FOREVER : ASK

/** Folders of files: a path in them that has none is no stamp. */
export const FOLDERS: readonly string[] = ['assets', 'kiosk', 'linksets', 'lists', 'pictures', 'samples']

export const TYPES: Readonly<Record<string, string>> = {
  cbor: 'application/cbor',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff2: 'font/woff2',
}

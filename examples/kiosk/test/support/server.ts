import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

export interface Served {
  readonly address: string
  /** What was asked for so far. */
  readonly requests: readonly string[]
  /** The network is gone. */
  close(): Promise<void>
}

/** Serves folders as a plain web server would, without a header that helps: the page's own policy must do. */
export async function serve(site: string, folders: Readonly<Record<string, string>>): Promise<Served> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, 'http://host').pathname))
    requests.push(path)
    const [, first = ''] = path.split('/')
    const rest = path.slice(first.length + 1)
    const folder = folders[first]
    const file = folder === undefined ? join(site, path === '/' ? 'index.html' : path) : join(folder, rest)
    if (!existsSync(file)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    address,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
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
  /** What was posted to `/scans`, which no plain web server takes. */
  readonly posted: readonly Buffer[]
  /** The network is gone. */
  close(): Promise<void>
}

/** Serves folders as a plain web server would, without a header that helps: the page's own policy must do. */
export async function serve(
  site: string,
  folders: Readonly<Record<string, string>>,
  tls?: ServerOptions,
): Promise<Served> {
  const requests: string[] = []
  const posted: Buffer[] = []
  const answer: RequestListener = (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, 'http://host').pathname))
    requests.push(path)
    if (request.method === 'POST') return takeLog(path, request, response, posted)
    const [, first = ''] = path.split('/')
    const rest = path.slice(first.length + 1)
    const folder = folders[first]
    const file = folder === undefined ? join(site, path === '/' ? 'index.html' : path) : join(folder, rest)
    if (!existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    response.end(readFileSync(file))
  }
  const server = tls === undefined ? createServer(answer) : createSecureServer(tls, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    address,
    requests,
    posted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function takeLog(path: string, request: IncomingMessage, response: ServerResponse, posted: Buffer[]): void {
  if (path !== '/scans') return void response.writeHead(405).end()
  const parts: Buffer[] = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    posted.push(Buffer.concat(parts))
    response.writeHead(204).end()
  })
}

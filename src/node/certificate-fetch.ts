import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { Readable } from 'node:stream'
import { createSecureContext } from 'node:tls'
import { anyText, checkTable, ifGiven } from '../lib/arguments.ts'

export interface CertificateOptions {
  /** The client's certificate and those above it, PEM. */
  readonly cert: string
  /** Its private key, PEM. */
  readonly key: string
  /** The passphrase of the key, where it is encrypted. */
  readonly passphrase?: string | undefined
  /** The authorities that servers are checked by, PEM: those of the system by default. */
  readonly ca?: string | undefined
}

/**
 * A `fetch` that shows a client certificate, which Node's own has no way to do. It takes addresses that begin https:// and texts
 * as bodies, and follows no redirection.
 * @throws an argument error; what Node throws for a certificate and a key that do not belong together
 * @example
 * ```ts
 * import { createCaptureClient, memoryCaptureStore } from 'veristamp/gs1'
 * import { certificateFetch } from 'veristamp/node'
 *
 * createCaptureClient({
 *   ...{ url: 'https://epcis.example/v2', store: memoryCaptureStore(), now: () => new Date() },
 *   fetch: certificateFetch(clientCertificate),
 * })
 * ```
 */
export function certificateFetch(options: CertificateOptions): typeof fetch {
  const { cert, key, passphrase, ca } = checkTable('options', options, {
    ...{ cert: anyText, key: anyText, passphrase: ifGiven(anyText), ca: ifGiven(anyText) },
  })
  createSecureContext({ cert, key, passphrase, ca }) // told now, not at the first request
  const agent = new Agent({ cert, key, passphrase, ca, keepAlive: true })
  return (address, { method, headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const sent = request(
        new URL(String(address)),
        {
          agent,
          ...(method !== undefined && { method }),
          headers: Object.fromEntries(new Headers(headers)),
          ...(signal && { signal }),
        },
        // A promise, because a status may be none.
        (answer) => resolve(Promise.resolve(answer).then(responseOf)),
      )
      sent.on('error', reject)
      sent.end(body ?? undefined)
    })
}

/** Statuses that have no body (Fetch Standard, "null body status"). */
const BODILESS = [204, 205, 304]

function responseOf(answer: IncomingMessage): Response {
  const { statusCode: status = 0, rawHeaders } = answer
  const headers = new Headers()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.append(rawHeaders[i]!, rawHeaders[i + 1]!)
  const isBodiless = BODILESS.includes(status)
  if (isBodiless) answer.resume()
  const body = isBodiless ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>)
  return new Response(body, { status, headers })
}

import { sha256 } from '../ed25519/sha2.ts'
import { unlessAborted } from '../lib/abort.ts'
import { isBytes } from '../lib/brand.ts'
import { concatBytes, toHex } from '../lib/bytes.ts'
import { KeeperFault } from './fault.ts'

/** The part of `fetch` that a keeper uses: an app may put one of its own in its place. */
export type KeeperFetch = (address: string, init: KeeperRequest) => Promise<KeeperResponse>

export interface KeeperRequest {
  readonly headers: Record<string, string>
  readonly signal: AbortSignal
  readonly redirect?: 'error' | 'manual'
  readonly credentials?: 'omit'
  readonly referrerPolicy?: 'no-referrer'
  readonly cache?: 'no-store'
}

export interface KeeperResponse {
  readonly status: number
  readonly redirected?: boolean
  readonly headers: { get(name: string): string | null }
  /** Missing in React Native. */
  readonly body?: unknown
  arrayBuffer(): Promise<ArrayBuffer>
}

export interface FileRequest {
  readonly address: string
  /** Bytes, counted after decompression. */
  readonly max: number
  /** Milliseconds. */
  readonly deadline: number
  readonly signal: AbortSignal
  /** The SHA-256, in hexadecimal, of the bytes that are here already, where the server named them by it. */
  readonly held?: string | undefined
}

export interface FetchedFile {
  /** Undefined where the server says that the held ones are still good. */
  readonly bytes: Uint8Array | undefined
  /** Of `bytes`, in hexadecimal. */
  readonly sha256: string
  /** True where the server names the bytes by their hash: only then may it be told which are here. */
  readonly isNamedByHash: boolean
}

/** No cookie, no referrer, no other host; and nothing in a cache that would send back an `ETag` of the server's own. */
const POLITE = {
  redirect: 'error',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
} as const

/** Asks for a file. @throws KeeperFault for whatever a server or a network does; the signal's reason */
export async function ask(fetch: KeeperFetch, question: FileRequest): Promise<FetchedFile> {
  const { address, deadline, signal, held } = question
  const limit = new AbortController()
  const stop = () => limit.abort(signal.reason)
  const timer = setTimeout(() => limit.abort(new KeeperFault('deadline', address)), deadline)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  try {
    const headers: Record<string, string> = held === undefined ? {} : { 'if-none-match': `"${held}"` }
    const request = { ...manners(), headers, signal: limit.signal }
    // Some runtimes do not listen to the signal.
    return await unlessAborted(
      (async () => read(await fetch(address, request), question, limit.signal))(),
      limit.signal,
    )
  } catch (error) {
    if (limit.signal.aborted) throw limit.signal.reason
    throw error instanceof KeeperFault ? error : new KeeperFault('no_answer', String(error))
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    limit.abort()
  }
}

/**
 * Some runtimes throw for what they do not have, where browsers pass over it: workerd has no credentials, and knows a
 * redirect only as an answer.
 */
function manners(): typeof POLITE | { readonly redirect: 'manual' } {
  try {
    if (typeof Request === 'function') new Request('https://a.example/', POLITE)
    return POLITE
  } catch {
    return { redirect: 'manual' }
  }
}

async function read(
  response: KeeperResponse,
  { address, max, held }: FileRequest,
  signal: AbortSignal,
): Promise<FetchedFile> {
  const { status, redirected, headers } = response
  if (redirected || status === 0 || (status >= 300 && status < 400 && status !== 304))
    throw new KeeperFault('redirect', address)
  if (status === 304 && held !== undefined) return { bytes: undefined, sha256: held, isNamedByHash: true }
  if (status !== 200) throw new KeeperFault('status', `${status} ${address}`)
  const bytes = await readBody(response, max, signal)
  if (bytes === undefined) throw new KeeperFault('too_long', `above ${max} bytes: ${address}`)
  const hash = toHex(sha256(bytes))
  const tag = headers.get('etag')?.replace(/^W\//, '')
  return { bytes, sha256: hash, isNamedByHash: tag === `"${hash}"` }
}

interface Reader {
  read(): Promise<{ done: boolean; value?: unknown }>
  cancel(): Promise<unknown>
}

/** The bytes; undefined above the limit, where reading stops. */
async function readBody(
  response: KeeperResponse,
  max: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const stream = response.body as { getReader?(): Reader } | null | undefined
  if (typeof stream?.getReader !== 'function') {
    if (Number(response.headers.get('content-length')) > max) return undefined
    const bytes = new Uint8Array(await response.arrayBuffer())
    return bytes.length > max ? undefined : bytes
  }
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  for (let length = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) return concatBytes(...parts)
    if (!isBytes(value)) throw new KeeperFault('no_answer', 'a body of no bytes')
    length += value.length
    if (length > max || signal.aborted) {
      reader.cancel().catch(() => undefined)
      return undefined
    }
    parts.push(value)
  }
}

import { decodeUtf8 } from '../codec/utf8.ts'
import { concatBytes } from '../lib/bytes.ts'
import type { CaptureFacts } from '../lib/error-details.ts'
import { VeristampError } from '../lib/errors.ts'
import { isBusy, MIN_PAUSE, pause, pauseAfter, retryAfter } from '../lib/try-again.ts'
import { problemsIn } from './capture-answers.ts'

/** Requests to a capture server: each with a deadline and a bounded answer, tried again where the server asks for that. */

export interface HttpOptions {
  readonly base: string
  readonly fetch: typeof fetch
  readonly token: string | undefined
  readonly timeout: number
  readonly patience: number
  readonly now: () => Date
  readonly signal: AbortSignal | undefined
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface Asked {
  readonly method: 'OPTIONS' | 'POST' | 'GET'
  readonly address: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
  /** True where a refusal to this caller is an answer like others. */
  readonly mayBeForbidden?: boolean | undefined
}

export interface Http {
  /**
   * The answer of any status but those of a busy, redirecting or refusing server.
   * @throws VeristampError `capture_failed`; the signal's reason
   */
  ask(asked: Asked): Promise<Answer>
  /** Waits, at most as long as patience lasts. @throws VeristampError `capture_failed` with this fault where it ends */
  wait(milliseconds: number, fault: CaptureFacts['fault'], facts?: Partial<CaptureFacts>): Promise<void>
  /** Something went well: patience begins anew. */
  cheer(): void
}

/** An answer is read no further. */
const MAX_ANSWER = 2 ** 20
/** So often one request fails without a word of when to come back. */
const MAX_TRIES = 6

export function createHttp(options: HttpOptions): Http {
  const { base, patience, now, signal } = options
  let waited = 0
  const failed = (fault: CaptureFacts['fault'], facts: Partial<CaptureFacts> = {}): VeristampError =>
    new VeristampError('capture_failed', `${base}: ${fault}${facts.status ? ` (${facts.status})` : ''}`, {
      ...{ fault, server: base },
      ...facts,
    })

  const wait: Http['wait'] = async (asked, fault, facts = {}) => {
    const milliseconds = Math.max(asked, MIN_PAUSE)
    if (waited + milliseconds > patience)
      throw failed(fault, { ...facts, until: new Date(now().getTime() + milliseconds).toISOString() })
    waited += milliseconds
    await pause(milliseconds, signal)
  }

  const ask: Http['ask'] = async (asked) => {
    for (let tries = 1; ; tries++) {
      signal?.throwIfAborted()
      const answer = await once(asked, options)
      const isLast = tries >= MAX_TRIES
      if (typeof answer === 'string') {
        if (isLast) throw failed(answer)
        await wait(pauseAfter(tries), answer)
        continue
      }
      const { status, headers } = answer
      if (status === 0 || (status >= 300 && status < 400)) throw failed('redirected', { status })
      const detail = problemsIn(answer.text)[0]
      if ((status === 401 || status === 403) && !asked.mayBeForbidden)
        throw failed('unauthorized', { status, detail })
      if (!isBusy(status)) return answer
      const asks = retryAfter(headers.get('retry-after'), now())
      if (isLast && asks === undefined) throw failed('busy', { status, detail })
      await wait(asks ?? pauseAfter(tries), 'busy', { status, detail })
    }
  }
  const cheer = () => {
    waited = 0
  }
  return { ask, wait, cheer }
}

/** One request. What a network says of a failure may hold anything, so it is not repeated. */
async function once(
  { method, address, headers, body }: Asked,
  { fetch: send, token, timeout, signal }: HttpOptions,
): Promise<Answer | 'unreachable' | 'timeout'> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), timeout)
  const stop = () => deadline.abort()
  signal?.addEventListener('abort', stop)
  try {
    const response = await send(address, {
      method,
      headers: {
        ...{ accept: 'application/json', ...headers },
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body }),
      ...{ redirect: 'manual', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' },
      signal: deadline.signal,
    })
    const text = await boundedText(response)
    return { status: response.status, headers: response.headers, text: withoutToken(text, token) }
  } catch {
    signal?.throwIfAborted()
    return deadline.signal.aborted ? 'timeout' : 'unreachable'
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** The first of it: a longer one is cut, and its rest never read. */
async function boundedText({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  const pieces: Uint8Array[] = []
  for (let length = 0; reader !== undefined && length < MAX_ANSWER; ) {
    const { done, value } = await reader.read()
    if (done) return decodeUtf8(concatBytes(...pieces), true)
    pieces.push(value.subarray(0, MAX_ANSWER - length))
    length += value.length
  }
  await reader?.cancel().catch(() => {})
  return decodeUtf8(concatBytes(...pieces), true)
}

/** A server may repeat what it was sent; people would read it on a screen. */
const withoutToken = (text: string, token: string | undefined): string =>
  token === undefined ? text : text.replaceAll(token, '…')

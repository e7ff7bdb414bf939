import {
  type ArgumentTable,
  ableTo,
  aFlag,
  aFunction,
  aSignal,
  aSource,
  checkTable,
  ifGiven,
  textOf,
  wholeNumber,
} from '../lib/arguments.ts'
import type { Source } from '../lib/chunks.ts'
import { argumentRange } from '../lib/errors.ts'
import { baseOf } from '../lib/server-address.ts'
import { type CaptureProgress, type CaptureResult, type Delivery, deliverAll } from './capture-delivery.ts'
import { createHttp } from './capture-http.ts'
import type { CaptureStore } from './capture-store.ts'
import type { EpcisEvent } from './event.ts'

export interface CaptureClientOptions {
  /** The server's address, to which `/capture` is added: https, or http to this machine itself. */
  readonly url: string
  /** What this server has, and what it works on. */
  readonly store: CaptureStore
  /** The clock. */
  readonly now: () => Date
  /** A bearer token. No error repeats it. */
  readonly token?: string | undefined
  /** The platform's own by default. */
  readonly fetch?: typeof fetch | undefined
  /** True for http to another machine: whoever is on the way reads and changes all of it. */
  readonly allowHttp?: boolean | undefined
  /** How long one request may take, in milliseconds: 60,000 by default. */
  readonly timeout?: number | undefined
  /**
   * How long to wait for a server that is busy or at work, in all since it last took something, in milliseconds: 600,000
   * by default.
   */
  readonly patience?: number | undefined
}

export interface SendOptions {
  readonly signal?: AbortSignal | undefined
  /** Called after each event that the server has taken or refused. */
  readonly onProgress?: ((progress: CaptureProgress) => void) | undefined
}

export interface CaptureClient {
  /**
   * Gives the server every event that it has not yet. Ended by an error, or killed, it goes on the next time: each event
   * arrives at least once, and a second time under the same id.
   * @throws VeristampError `capture_failed`; the signal's reason; what the events and the store throw
   */
  send(events: Source<EpcisEvent>, options?: SendOptions): Promise<CaptureResult>
}

const optionsTable: ArgumentTable<CaptureClientOptions> = {
  url: textOf(2000),
  store: ableTo('a capture store', 'has', 'openJobs', 'note'),
  now: aFunction,
  token: ifGiven(checkToken),
  fetch: ifGiven(aFunction),
  allowHttp: ifGiven(aFlag),
  timeout: ifGiven(wholeNumber(1, 3_600_000)),
  patience: ifGiven(wholeNumber(0, 86_400_000)),
}

/** As RFC 6750 spells them. The error shows no letter of it. */
function checkToken(name: string, value: unknown): void {
  if (typeof value === 'string' && /^[\w.~+/-]{1,16384}=*$/.test(value)) return
  throw argumentRange(name, 'a bearer token: letters, digits and - . _ ~ + / =', undefined)
}

const sendTable: ArgumentTable<SendOptions> = { signal: ifGiven(aSignal), onProgress: ifGiven(aFunction) }

/**
 * A client that gives events to any server of EPCIS 2.0 (`POST /capture`): it asks for the server's limits and keeps to them,
 * waits for each job to end, tries again where the server is busy, finds the one event that is refused among many, and
 * remembers what was taken.
 * @throws an argument error
 * @example
 * ```ts
 * import { createCaptureClient, memoryCaptureStore } from 'veristamp/gs1'
 *
 * const client = createCaptureClient({
 *   ...{ url: 'https://epcis.example/v2', token: 'secret', store: memoryCaptureStore() },
 *   now: () => new Date(),
 *   fetch: captureServer,
 * })
 * const { sent, refused } = await client.send([event])
 * sent // → 1
 * refused // → []
 * ```
 */
export function createCaptureClient(options: CaptureClientOptions): CaptureClient {
  const given = checkTable('options', options, optionsTable)
  const { store, now, token, allowHttp = false, timeout = 60_000, patience = 600_000 } = given
  const base = baseOf('options.url', given.url, allowHttp)
  const send = given.fetch ?? globalThis.fetch
  aFunction('options.fetch', send)
  return {
    async send(events, sendOptions = {}) {
      aSource('events', events)
      const { signal, onProgress } = checkTable('options', sendOptions, sendTable)
      const http = createHttp({
        base,
        fetch: (...args) => send(...args),
        token,
        timeout,
        patience,
        now,
        signal,
      })
      const delivery: Delivery = { base, http, store, now, onProgress }
      return deliverAll(delivery, events)
    },
  }
}

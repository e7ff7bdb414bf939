import { createReadStream } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { type ArgumentTable, aFlag, ifGiven, textOf, wholeNumber } from '../lib/arguments.ts'
import type { SendFacts } from '../lib/error-details.ts'
import { VeristampError } from '../lib/errors.ts'
import { baseOf } from '../lib/server-address.ts'
import { isBusy, MIN_PAUSE, pause, pauseAfter, retryAfter } from '../lib/try-again.ts'
import { writeContentDigest } from './content-digest.ts'
import { Lost } from './heart.ts'
import type { ShardFile } from './leases.ts'

/** Sends the files of shards to `veristamp serve`, which has the folder that this machine does not mount. */

/** Where files of shards are sent. */
export interface ShardServer {
  /** The server's address, to which `/shards/` is added: https, or http to this machine itself. */
  readonly url: string
  /** The server's bearer token. No error repeats it. */
  readonly token: string
  /** True for http to another machine: anyone on the way can read and change everything. */
  readonly allowHttp?: boolean | undefined
  /** Milliseconds for which a server that is busy or can't be reached is asked again: two minutes by default. */
  readonly patience?: number | undefined
}

export const shardServerFields: ArgumentTable<ShardServer> = {
  url: textOf(2000),
  token: textOf(1000),
  allowHttp: ifGiven(aFlag),
  patience: ifGiven(wholeNumber(0, 86_400_000)),
}

/** What a sender is given with each file. */
export interface Sending {
  readonly signal: AbortSignal | undefined
  /** Called before each try: throws where the shard is not the worker's any more. */
  readonly onTry: () => void
  /** Called where the server is to be asked again. */
  readonly onAway: (server: string) => void
}

/**
 * Sends a file, until the server has it on its disk.
 * @throws Lost; VeristampError `send_failed` or `run_void`; the signal's reason; what the file system throws
 */
export type SendShard = (folder: string, file: ShardFile, sending: Sending) => Promise<void>

/** The path under which a server takes files of shards. */
export const SHARDS_PATH = '/shards/'

/** @throws an argument error for the address */
export function shardSender({ url, token, allowHttp = false, patience = 120_000 }: ShardServer): SendShard {
  const server = baseOf('sendTo.url', url, allowHttp)
  const failed = (fault: SendFacts['fault'], { status, reason }: Partial<Answer> = {}) =>
    new VeristampError('send_failed', `${server}: ${fault}${status === undefined ? '' : ` (${status})`}`, {
      ...{ fault, server, status, reason },
    })
  return async (folder, { name, sha256, size }, { signal, onTry, onAway }) => {
    const headers = {
      ...{ Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
      ...{ 'Content-Length': String(size), 'Content-Digest': writeContentDigest(sha256) },
    }
    for (let tries = 1, waited = 0; ; tries++) {
      onTry()
      const answer = await put(server + SHARDS_PATH + name, join(folder, name), headers, signal)
      if (answer !== undefined) {
        const { status, reason } = answer
        if (status >= 200 && status < 300) return
        checkLost(name, answer)
        if (status === 401 || status === 403) throw failed('unauthorized', answer)
        if (status === 507) throw failed('full', answer)
        if (!isBusy(status) && reason !== 'digest' && reason !== 'length') throw failed('refused', answer)
      }
      const wait = Math.max(retryAfter(answer?.retryAfter, new Date()) ?? pauseAfter(tries), MIN_PAUSE)
      if (waited + wait > patience) throw failed(answer === undefined ? 'unreachable' : 'busy', answer)
      onAway(server)
      waited += wait
      await pause(wait, signal)
    }
  }
}

/** @throws Lost where another worker has the shard; VeristampError `run_void` where nobody is to have it */
function checkLost(name: string, { status, reason }: Answer): void {
  if (status !== 409) return
  if (reason === 'fence') throw new Lost()
  if (reason !== 'void') return
  const [run = ''] = name.split('.')
  throw new VeristampError('run_void', `run ${run}: was declared void`, { run })
}

interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
  /** What the server says, where it says it as `serve` does. */
  readonly reason: string | undefined
}

/** Milliseconds without a byte either way after which a connection counts as broken. */
const SILENCE = 60_000
/** An answer is read no further. */
const MAX_ANSWER = 4096

/** One try; undefined where there was no connection, or it broke. @throws the signal's reason; what the file system throws */
function put(
  address: string,
  file: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Answer | undefined> {
  const request = address.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    // A connection for each file: one that lay idle while the next shard was made might be cut by now.
    const sent = request(address, { method: 'PUT', headers, agent: false, ...(signal && { signal }) })
    const source = createReadStream(file)
    source.on('error', (error) => {
      reject(error)
      sent.destroy()
    })
    let isAnswered = false
    sent.setTimeout(SILENCE, () => sent.destroy())
    sent.on('response', (answer) => {
      isAnswered = true
      readAnswer(answer)
        .then(resolve, () => resolve(undefined))
        .finally(() => sent.destroy()) // it may not want the rest
    })
    sent.on('error', () => signal?.aborted && reject(signal.reason))
    sent.on('close', () => {
      source.destroy()
      if (!isAnswered) resolve(undefined)
    })
    source.pipe(sent)
  })
}

async function readAnswer(answer: IncomingMessage): Promise<Answer> {
  let text = ''
  for await (const piece of answer.setEncoding('utf8')) {
    text += piece
    if (text.length > MAX_ANSWER) break
  }
  return { status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'], reason: reasonIn(text) }
}

function reasonIn(text: string): string | undefined {
  try {
    const { reason } = JSON.parse(text)
    return typeof reason === 'string' ? reason.slice(0, 100) : undefined
  } catch {
    return undefined // a proxy's page
  }
}

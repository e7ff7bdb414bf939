import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EpcisEvent } from '../../src/gs1.ts'

/**
 * A capture server as the openapi file of EPCIS 2.0 has it (REST Bindings/openapi.yaml: OPTIONS and POST /capture,
 * GET /capture/{captureID}, GET /events/{eventID}), which misbehaves where it is told to.
 */

export interface ServerOptions {
  /** What it says of itself: `gs1-epcis-capture-limit`, … */
  readonly headers?: Readonly<Record<string, string>>
  /** What it holds to, whatever it says. */
  readonly maxEvents?: number
  readonly maxBytes?: number
  readonly token?: string
  /** Why it does not take an event. */
  readonly refuses?: (event: EpcisEvent) => string | undefined
  /** Takes what is good of a job, whatever it was asked. */
  readonly proceeds?: boolean
  /** Refuses an id that it has. */
  readonly noRepeats?: boolean
  /** So often a job is still running when it is looked at. */
  readonly looks?: number
  /** Where a job is found, by its id. */
  readonly location?: (id: string, base: string) => string | undefined
  /** Answers in place of the server, for the n-th request of its kind; true where it has. */
  readonly misbehave?: (asked: Asked, response: ServerResponse) => boolean | Promise<boolean>
}

export interface Asked {
  readonly kind: 'OPTIONS' | 'POST' | 'job' | 'event'
  /** Of its kind, from 1. */
  readonly number: number
  readonly request: IncomingMessage
  /** Takes the events of a POST, though the answer is another. */
  take(): void
}

interface Job {
  looks: number
  readonly errors: readonly string[]
  readonly behaviour: string
}

export interface CaptureServer extends AsyncDisposable {
  readonly url: string
  /** How often each event came that was taken, by its id. */
  readonly taken: Map<string, number>
  readonly declared: Set<string>
  readonly posts: {
    readonly events: number
    readonly bytes: number
    readonly headers: IncomingMessage['headers']
  }[]
  readonly asked: Record<Asked['kind'], number>
}

export async function openCaptureServer(
  options: ServerOptions = {},
  make = createServer,
): Promise<CaptureServer> {
  const { looks = 0, maxEvents = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY } = options
  const jobs = new Map<string, Job>()
  const state = {
    taken: new Map<string, number>(),
    declared: new Set<string>(),
    posts: [] as CaptureServer['posts'],
    asked: { OPTIONS: 0, POST: 0, job: 0, event: 0 },
  }
  const limits = options.headers ?? {}

  const take = (event: EpcisEvent): void => {
    if (event.errorDeclaration) state.declared.add(event.eventID)
    else state.taken.set(event.eventID, (state.taken.get(event.eventID) ?? 0) + 1)
  }
  const faultOf = (event: EpcisEvent): string | undefined => {
    if (options.noRepeats && !event.errorDeclaration && state.taken.has(event.eventID))
      return 'this event id exists'
    return options.refuses?.(event)
  }

  const post = (request: IncomingMessage, response: ServerResponse, text: string) => {
    state.posts.push({
      events: eventsIn(text)?.length ?? 0,
      bytes: Buffer.byteLength(text),
      headers: request.headers,
    })
    if (!/^application\/(ld\+)?json/.test(request.headers['content-type'] ?? ''))
      return problem(response, 415, 'UnsupportedMediaTypeException')
    const events = eventsIn(text)
    if (events === undefined) return problem(response, 400, 'ValidationException', 'not a document')
    if (events.length > maxEvents || Buffer.byteLength(text) > maxBytes)
      return problem(response, 413, 'CaptureLimitExceededException', '', limits)
    const behaviour = options.proceeds
      ? 'proceed'
      : String(request.headers['gs1-capture-error-behaviour'] ?? 'rollback')
    const good = events.filter((event) => faultOf(event) === undefined)
    const errors = events.flatMap((event) => faultOf(event) ?? [])
    if (errors.length === 0 || behaviour === 'proceed') for (const event of good) take(event)
    const id = `id${jobs.size + 1}`
    jobs.set(id, { looks, errors, behaviour })
    const location = options.location ? options.location(id, url) : `/v2/capture/${id}`
    response.writeHead(202, location === undefined ? {} : { location }).end()
  }

  const showJob = (response: ServerResponse, id: string) => {
    const job = jobs.get(id)
    if (job === undefined) return problem(response, 404, 'NoSuchResourceException')
    const running = job.looks-- > 0
    const success = running || job.errors.length === 0
    json(response, 200, {
      ...{ captureID: id, createdAt: '2026-11-29T08:00:00Z', running, success },
      captureErrorBehaviour: job.behaviour,
      errors: running
        ? []
        : job.errors.map((detail) => ({
            type: 'epcisException:ValidationException',
            title: 'Refused',
            status: 400,
            detail,
          })),
    })
  }

  const server: Server = make(async (request, response) => {
    const text = await textOf(request).catch(() => '')
    const path = request.url ?? ''
    const kind = kindOf(request.method, path)
    if (kind === undefined) return problem(response, 404, 'NoSuchResourceException')
    const number = ++state.asked[kind]
    const asked = { kind, number, request, take: () => eventsIn(text)?.forEach(take) }
    if (await options.misbehave?.(asked, response)) return
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`)
      return problem(response, 401, 'SecurityException', `not with ${request.headers.authorization}`)
    if (kind === 'OPTIONS')
      response.writeHead(204, { allow: 'OPTIONS, POST, GET', 'gs1-epcis-version': '2.0.0', ...limits }).end()
    else if (kind === 'POST') post(request, response, text)
    else if (kind === 'job') showJob(response, path.slice(path.lastIndexOf('/') + 1))
    else {
      const id = decodeURIComponent(path.slice('/v2/events/'.length))
      if (state.taken.has(id))
        json(response, 200, { type: 'EPCISQueryDocument', eventList: [{ eventID: id }] })
      else problem(response, 404, 'NoSuchResourceException', id)
    }
  })
  await new Promise<void>((resume) => server.listen(0, '127.0.0.1', resume))
  const scheme = make === createServer ? 'http' : 'https'
  const url = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/v2`
  return {
    ...{ url, ...state },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resume) => server.close(resume))
    },
  }
}

function kindOf(method: string | undefined, path: string): Asked['kind'] | undefined {
  if (method === 'OPTIONS' && path === '/v2/capture') return 'OPTIONS'
  if (method === 'POST' && path === '/v2/capture') return 'POST'
  if (method === 'GET' && /^\/v2\/capture\/\w+$/.test(path)) return 'job'
  return method === 'GET' && path.startsWith('/v2/events/') ? 'event' : undefined
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

function eventsIn(text: string): EpcisEvent[] | undefined {
  try {
    return JSON.parse(text).epcisBody.eventList
  } catch {
    return undefined
  }
}

function json(response: ServerResponse, status: number, value: object, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

export const problem = (
  response: ServerResponse,
  status: number,
  type: string,
  detail = '',
  headers: Readonly<Record<string, string>> = {},
): void => json(response, status, { type: `epcisException:${type}`, title: type, status, detail }, headers)

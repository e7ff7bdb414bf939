import { isSqlState } from '../../fleet/database.ts'
import { isPassing } from '../../fleet/failures.ts'
import type { Intake, TakenDocument } from '../../intake/intake.ts'
import { isOurs } from '../../lib/errors.ts'
import { jsonAnswer, LATER, refusal } from './answers.ts'
import { Gate, Paces, readBody } from './limits.ts'
import { labelled, type Metrics } from './metrics.ts'

export interface ScanServerOptions {
  readonly intake: Pick<Intake, 'take'>
  readonly metrics: Metrics
  readonly now: () => Date
  /** Told what people have to mend before anything can be taken. */
  readonly onFault: (error: unknown) => void
}

/** The longest body: some 200,000 scans. */
export const MAX_UPLOAD = 2 ** 24
/** Bodies that are received at once, and for how many milliseconds each. */
const RECEIVED = 32
const PATIENCE = 30_000
/** Files that are worked on at once, and that wait. */
const WORKED_ON = 8
/** Documents of one scanner. */
const PACE = { burst: 200, perSecond: 2 }

/** Kiosks are pages, mostly of another host; what they send proves itself, so any page may. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Retry-After',
} as const

/** What a browser asks before it sends something to another host. */
export const scansPreflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...CORS,
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'Content-Type',
      'Access-Control-Max-Age': '86400',
    },
  })

/** Answers `POST /scans` (docs/spec/intake.md, "The request"). */
export function scansAnswerer({
  intake,
  metrics,
  now,
  onFault,
}: ScanServerOptions): (request: Request) => Promise<Response> {
  const receiving = new Gate(RECEIVED)
  const working = new Gate(WORKED_ON)
  const paces = new Paces(PACE)
  const refused = (response: Response, reason: string): Response => {
    metrics.count(`veristamp_uploads_refused_total{reason=${labelled(reason)}}`)
    return response
  }
  const busy = (seconds?: number): Response =>
    refused(
      refusal(503, 'busy', {}, seconds === undefined ? LATER : { 'Retry-After': String(seconds) }),
      'busy',
    )

  async function work(file: Uint8Array): Promise<Response> {
    const began = performance.now()
    let wait = 0
    try {
      const answer = await intake.take(file, {
        now: now(),
        admit(scanners) {
          const counts = new Map<string, number>()
          for (const { scanner } of scanners) counts.set(scanner, (counts.get(scanner) ?? 0) + 1)
          for (const [scanner, count] of counts)
            wait = Math.max(wait, paces.take(scanner, now().getTime(), count))
          return wait === 0
        },
      })
      if (!answer.ok) {
        const { reason, detail } = answer
        if (reason === 'busy')
          return refused(refusal(429, 'busy', {}, { 'Retry-After': String(wait) }), 'pace')
        return refused(refusal(reason === 'malformed' ? 400 : 403, reason, { detail }), reason)
      }
      countTaken(metrics, answer.taken, performance.now() - began)
      return jsonAnswer(200, { taken: answer.taken })
    } catch (error) {
      if (isFull(error)) return refused(refusal(507, 'full'), 'full')
      if (!isOurs(error, 'fleet_failed')) throw error
      if (!isPassing(error)) onFault(error)
      return busy()
    }
  }
  const answer = async (request: Request): Promise<Response> => {
    if (!isCbor(request.headers)) return refused(refusal(415, 'wrong_media_type'), 'wrong_media_type')
    const file = await receiving.pass(() => readBody(request, { max: MAX_UPLOAD, milliseconds: PATIENCE }))
    if (file === undefined) return busy()
    if (file === 'too_slow') return refused(refusal(408, 'too_slow', {}, { Connection: 'close' }), file)
    if (file === 'too_long')
      return refused(refusal(413, file, { max: MAX_UPLOAD }, { Connection: 'close' }), file)
    return (await working.pass(() => work(file))) ?? busy()
  }
  return async (request) => {
    const answered = await answer(request)
    for (const [name, value] of Object.entries(CORS)) answered.headers.set(name, value)
    return answered
  }
}

/** The store has no room left, or its disk, or the database's. */
const isFull = (error: unknown): boolean =>
  isOurs(error, 'does_not_fit') ||
  (error as NodeJS.ErrnoException).code === 'ENOSPC' ||
  isSqlState(error, '53100')

const isCbor = (headers: Headers): boolean =>
  /^application\/cbor\s*(;|$)/i.test(headers.get('content-type') ?? '') && !headers.has('content-encoding')

function countTaken(metrics: Metrics, taken: readonly TakenDocument[], milliseconds: number): void {
  metrics.count('veristamp_uploads_taken_total')
  metrics.count('veristamp_upload_seconds_total', milliseconds / 1000)
  for (const document of taken) {
    for (const state of ['added', 'known', 'future', 'undone'] as const)
      metrics.count(`veristamp_scans_total{state="${state}"}`, document[state])
  }
}

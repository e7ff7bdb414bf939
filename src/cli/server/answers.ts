import { isPassing } from '../../fleet/failures.ts'
import { isOurs } from '../../lib/errors.ts'

/** What every answer to a program carries. */
const HEADERS = {
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
} as const

/** An answer in JSON. */
export const jsonAnswer = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  new Response(`${JSON.stringify(body)}\n`, { status, headers: { ...HEADERS, ...headers } })

/** Whoever is told to come again does so after as many seconds. */
export const LATER = { 'Retry-After': '5' }

/** An answer that says why not. */
export const refusal = (
  status: number,
  reason: string,
  rest: object = {},
  headers: Record<string, string> = {},
): Response => jsonAnswer(status, { reason, ...rest }, headers)

/** What is told where a request failed: of the database what it says, and of anything else nothing. */
export function failedAnswer(error: unknown): Response {
  if (isPassing(error)) return refusal(503, 'busy', {}, LATER)
  return isOurs(error, 'fleet_failed')
    ? refusal(500, 'database', { detail: error.message })
    : refusal(500, 'failed')
}

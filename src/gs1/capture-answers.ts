/** What capture servers answer: problems (RFC 7807), jobs, limits. */

const MAX_PROBLEMS = 20
const MAX_TEXT = 300

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined

/** An object in JSON; undefined for anything else. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** What a server says that is wrong, some sentences at the most. */
export function problemsIn(text: string): string[] {
  const answer = objectIn(text)
  return answer === undefined ? [] : problemsOf(answer)
}

function problemsOf(answer: Readonly<Record<string, unknown>>): string[] {
  const { errors, errorFile } = answer
  const own = [textOf(answer.title), textOf(answer.detail)].filter((each) => each !== undefined)
  const parts = own.length > 0 ? own : [textOf(answer.type)].filter((each) => each !== undefined)
  const listed = Array.isArray(errors)
    ? errors.slice(0, MAX_PROBLEMS).flatMap((each) => problemsOf(Object(each)))
    : []
  const file = textOf(errorFile)
  return [
    ...(parts.length > 0 ? [parts.join(': ')] : []),
    ...listed,
    ...(file === undefined ? [] : [file]),
  ].slice(0, MAX_PROBLEMS)
}

/** How a job stands; undefined where the answer does not say. */
export function jobIn(text: string): { readonly running: boolean; readonly success: boolean } | undefined {
  const { running, success } = objectIn(text) ?? {}
  return typeof running === 'boolean' && typeof success === 'boolean' ? { running, success } : undefined
}

/** What one call may hold. */
export interface CaptureLimits {
  readonly events: number
  readonly bytes: number
}

/** The limits that headers state, where those are lower. Anything but a number from 1 states none. */
export const limitsIn = (headers: Headers, own: CaptureLimits): CaptureLimits => ({
  events: Math.min(own.events, limitIn(headers.get('gs1-epcis-capture-limit'))),
  bytes: Math.min(own.bytes, limitIn(headers.get('gs1-epcis-capture-file-size-limit'))),
})

const limitIn = (text: string | null): number =>
  text !== null && /^\s*[1-9]\d{0,14}\s*$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY

export type ErrorBehaviour = 'rollback' | 'proceed'

/** All or nothing, unless the server can only take what it can. */
export const behaviourIn = (headers: Headers): ErrorBehaviour =>
  headers.get('gs1-capture-error-behaviour')?.trim().toLowerCase() === 'proceed' ? 'proceed' : 'rollback'

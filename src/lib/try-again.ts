import { unlessAborted } from './abort.ts'

/** When a server is asked again, and what it says of that. */

const FIRST_PAUSE = 500
const MAX_PAUSE = 30_000
/** Less than a server may ask for: one that asks for no pause at all would be asked without end. */
export const MIN_PAUSE = 100

const BUSY = [408, 425, 429, 500, 502, 503, 504]

/** True for a status of HTTP that may be another one in a moment. */
export const isBusy = (status: number): boolean => BUSY.includes(status)

/** Milliseconds to wait after so many tries that failed. */
export const pauseAfter = (tries: number): number => Math.min(FIRST_PAUSE * 2 ** (tries - 1), MAX_PAUSE)

/** Waits. @throws (rejects with) `signal.reason` as soon as that is aborted */
export const pause = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> => {
  let timer: ReturnType<typeof setTimeout>
  const over = new Promise<void>((resume) => {
    timer = setTimeout(resume, milliseconds)
  })
  return unlessAborted(over, signal).finally(() => clearTimeout(timer))
}

/** Milliseconds that a server asks to wait, as seconds or as a date (RFC 9110 §10.2.3). */
export function retryAfter(text: string | null | undefined, now: Date): number | undefined {
  if (text === null || text === undefined) return undefined
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000
  const time = /GMT$/.test(text.trim()) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.max(0, time - now.getTime())
}

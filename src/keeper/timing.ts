import { DAY_MS } from '../lib/dates.ts'

/** When a keeper asks. */

export const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const WEEK = 7 * DAY_MS

/** The moment that is given, or now. */
export const momentOf = (now = new Date()): Date => new Date(now)

/** What decides when to ask again. */
export interface LastTry {
  readonly now: number
  /** When the next revocation list is due; undefined where there is none. */
  readonly next: number | undefined
  /** How many tries have failed, one after the other: 0 after one that went well. */
  readonly failures: number
  /** That the last try made. */
  readonly requests: number
}

/** Milliseconds to wait, a day at the most. Up to a tenth more than need be, so that a million phones do not come at once. */
export function waitAfter(last: LastTry, random = Math.random()): number {
  const wait = last.failures > 0 ? waitAfterFailure(last) : waitAfterSuccess(last)
  return Math.min(DAY_MS, wait * (1 + random / 10))
}

/**
 * Until the next revocation list is due, and a day at the most: a trust list says nothing of its next. Where the authority
 * is late, half as long as it is late already.
 */
function waitAfterSuccess({ now, next = now + DAY_MS }: LastTry): number {
  const left = next - now
  return between(MINUTE, left > 0 ? left : -left / 2, DAY_MS)
}

/** Twice as long each time, an hour at the most, and a minute for every request that the try made. */
const waitAfterFailure = ({ failures, requests }: LastTry): number =>
  between(MINUTE * Math.max(1, requests), MINUTE * 2 ** (failures - 1), HOUR)

const between = (min: number, value: number, max: number): number => Math.max(min, Math.min(value, max))

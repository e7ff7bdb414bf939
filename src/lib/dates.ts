import { isDate } from './brand.ts'
import { argumentRange, argumentType } from './errors.ts'

/** Dates and times as the format counts them: whole days and whole seconds since 1970-01-01 UTC. */

export const DAY_MS = 86_400_000

/** 9999-12-31: the last day that `YYYY-MM-DD` can write. */
export const MAX_DAY = 2_932_896

/** 9999-12-31T23:59:59Z in seconds. */
export const MAX_SECOND = (MAX_DAY + 1) * 86_400 - 1

/** Days since 1970-01-01 of a date written `YYYY-MM-DD`. @throws an argument error that names `name` */
export function dayOf(name: string, date: unknown): number {
  const expected = 'a date as YYYY-MM-DD from 1970-01-01'
  if (typeof date !== 'string') throw argumentType(name, expected, date)
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) / DAY_MS : Number.NaN
  // Date.parse moves 31 February to March: the round trip tells.
  if (!(day >= 0) || dateOf(day) !== date) throw argumentRange(name, expected, date)
  return day
}

/** The date `YYYY-MM-DD` of a day from 0 to MAX_DAY. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** A Date that is one. @throws an argument error that names `name` */
export function aDate(name: string, time: unknown, expected = 'a valid Date'): Date {
  if (!isDate(time))
    throw argumentType(name, expected, time, () => typeof time === 'number' && `pass new Date(${time})`)
  if (Number.isNaN(+time)) throw argumentRange(name, expected, String(time))
  return time
}

/** Whole seconds since 1970 of a Date, rounded down. @throws an argument error that names `name` */
export function secondOf(name: string, time: unknown): number {
  const expected = 'a Date from 1970 to 9999'
  const second = Math.floor(aDate(name, time, expected).getTime() / 1000)
  if (!(second >= 0 && second <= MAX_SECOND)) throw argumentRange(name, expected, String(time))
  return second
}

/** The Date of a whole second since 1970. */
export const timeOf = (second: number): Date => new Date(second * 1000)

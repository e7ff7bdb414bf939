import type { Context } from '../shell/context.ts'
import { readConfig } from './config.ts'

/**
 * Days as people at the desk count them: by the clock that `epcis.offset` of the project's file names, whatever machine
 * the command runs on. (An expiry day on a stamp is a day of UTC, as SPEC.md says: none of these functions is for it.)
 */

export const DEFAULT_OFFSET = '+07:00'

const offsets = new WeakMap<Context, string>()

function offsetOf(context: Context): string {
  const known = offsets.get(context) ?? readOffset(context)
  offsets.set(context, known)
  return known
}

/** The default in a folder that is no project, and where the file is at fault: opening it says what is wrong. */
function readOffset(context: Context): string {
  try {
    const { offset } = readConfig(context).epcis ?? {}
    return /^[+-]\d{2}:\d{2}$/.test(offset ?? '') ? offset! : DEFAULT_OFFSET
  } catch {
    return DEFAULT_OFFSET
  }
}

/** A moment as the clock there shows it: a text of ISO 8601 without its offset. */
function clockAt(offset: string, time: Date | string | number): string {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))
  const ahead = (offset.startsWith('-') ? -minutes : minutes) * 60_000
  return new Date(new Date(time).getTime() + ahead).toISOString().slice(0, -1)
}

/** The day of a moment, YYYY-MM-DD. */
export const dayAt = (context: Context, time: Date | string | number): string =>
  clockAt(offsetOf(context), time).slice(0, 10)

/** A moment to the minute, with the offset of its clock: `2027-01-05 11:00 +07:00`. */
export const minuteAt = (context: Context, time: Date | string | number): string =>
  momentAt(context, time, 16)

/** The same to the second. */
export const secondAt = (context: Context, time: Date | string | number): string =>
  momentAt(context, time, 19)

function momentAt(context: Context, time: Date | string | number, letters: number): string {
  const offset = offsetOf(context)
  return `${clockAt(offset, time).slice(0, letters).replace('T', ' ')} ${offset}`
}

/** The first moment of a day there. */
export const beginOf = (context: Context, day: string): Date =>
  new Date(`${day}T00:00:00${offsetOf(context)}`)

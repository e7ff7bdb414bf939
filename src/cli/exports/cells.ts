import { hasValidCheckDigit } from '../../codec/check-digit.ts'
import { dayOf } from '../../lib/dates.ts'
import { readKey } from '../../registry/keys.ts'
import type { Trouble } from '../../registry/kinds.ts'
import { isLot, MAX_ID } from '../../stamp/stamp.ts'

/** What cells of tables say; undefined for what they don't. */

export function wholeIn(text: string): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  return number <= MAX_ID ? number : undefined
}

export const piecesIn = (text: string): number | undefined => wholeIn(text) || undefined

/** Undefined for a name, which is no number with something wrong. */
export function glnIn(text: string): string | Trouble | undefined {
  if (/\p{L}{2}/u.test(text)) return undefined
  return text.length === 13 && hasValidCheckDigit(text) ? text : readKey('GLN', text)
}

export const lotIn = (text: string): string | undefined =>
  isLot(text) && text !== '.' && text !== '..' ? text : undefined

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?)?$/

/** A day, or a day and a time, by the clock of `offset` where the text says no other. */
export const timeIn =
  (offset: string) =>
  (text: string): Date | undefined => {
    const [, day, minutes = '00:00', seconds = ':00', zone = offset] = TIME.exec(text) ?? []
    const time = new Date(`${day}T${minutes}${seconds}${zone}`)
    return Number.isNaN(time.getTime()) || !isDay(day!) ? undefined : time
  }

/** Date would move 31 February to March. */
function isDay(text: string): boolean {
  try {
    dayOf('day', text)
    return true
  } catch {
    return false
  }
}

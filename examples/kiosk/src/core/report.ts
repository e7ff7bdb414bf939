import type { HistoryEntry } from '../kiosk/history.ts'
import { toCsv } from './csv.ts'
import { whyOf } from './why.ts'
import type { Language, Words } from './words.ts'

/** A day's checks as files that are handed in. */

/** The day of a moment by this device's clock: YYYY-MM-DD. */
export const dayOf = (time: Date | number): string => localTime(new Date(time)).slice(0, 10)

/** 2026-11-29T14:05:10+07:00: by this device's clock, and yet the same everywhere. */
export function localTime(time: Date): string {
  const offset = -time.getTimezoneOffset()
  const local = new Date(time.getTime() + offset * 60_000).toISOString().slice(0, 19)
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((each) =>
    String(each).padStart(2, '0'),
  )
  return `${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`
}

/** The days of which there are checks, the newest first. */
export const daysOf = (entries: readonly HistoryEntry[]): readonly string[] => [
  ...new Set(entries.map(({ time }) => dayOf(time))),
]

export const photoName = ({ id }: Pick<HistoryEntry, 'id'>): string => `photo-${id}.jpg`

export interface TableOptions {
  readonly words: Words
  readonly language: Language
  /** What the kiosk is called. */
  readonly place: string
  /** Who checked. */
  readonly by: string
}

/** Checks as a table, the oldest first. */
export function tableOf(
  entries: readonly HistoryEntry[],
  { words, language, place, by }: TableOptions,
): string {
  const { columns, undone: takenBack, later: foundLater } = words.history
  const row = (entry: HistoryEntry): readonly string[] => {
    const { time, word, product = '', serial = '', authority = '', undone, later, remark = {} } = entry
    const { note = '', spot = '', position = '', hasPhoto = false } = remark
    const state = undone ? takenBack : later ? foundLater : ''
    return [
      ...[localTime(new Date(time)), words.answers[word], whyOf(entry, words, language, (day) => day)],
      ...[product, String(serial), authority, state],
      ...[place, spot, position, note, hasPhoto ? photoName(entry) : '', by],
    ]
  }
  return toCsv([Object.values(columns), ...[...entries].reverse().map(row)])
}

import type { Decoder } from '../../../shared/scan/decoder.ts'
import { en, type Language, type Words } from '../core/words.ts'
import { vi } from '../core/words-vi.ts'
import type { Kiosk } from '../kiosk/kiosk.ts'
import type { Pin } from '../kiosk/pin.ts'

/** What every view needs. */
export interface App {
  readonly kiosk: Kiosk
  readonly decoder: Decoder
  readonly pin: Pin
  readonly language: Language
  readonly words: Words
  /** Draws the whole page anew. */
  refresh(): void
}

export const WORDS: Readonly<Record<Language, Words>> = { vi, en }

const placeOf = (language: Language): string => (language === 'vi' ? 'vi-VN' : 'en-GB')

/** A date and time as people of the language write them. */
export const writeTime = (time: Date | number, language: Language): string =>
  `${writeDate(time, language)} ${new Intl.DateTimeFormat(placeOf(language), { hour: '2-digit', minute: '2-digit' }).format(time)}`

/** 17/6/2027, 17 June 2027. */
export const writeDate = (time: Date | number, language: Language, timeZone?: string): string =>
  new Intl.DateTimeFormat(placeOf(language), {
    day: 'numeric',
    month: language === 'vi' ? 'numeric' : 'long',
    year: 'numeric',
    ...(timeZone && { timeZone }),
  }).format(time)

/** A day of a stamp or a list. @param day YYYY-MM-DD */
export const writeDay = (day: string, language: Language): string => writeDate(new Date(day), language, 'UTC')

export const readBytes = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer())

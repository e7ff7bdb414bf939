import { en, type Language, type Words } from '../core/words.ts'
import { vi } from '../core/words-vi.ts'
import type { Kiosk } from '../kiosk/kiosk.ts'
import type { Decoder } from '../scan/decoder.ts'

/** What every view needs. */
export interface App {
  readonly kiosk: Kiosk
  readonly decoder: Decoder
  readonly language: Language
  readonly words: Words
  /** Draws the whole page anew. */
  refresh(): void
}

export const WORDS: Readonly<Record<Language, Words>> = { vi, en }

/** A date and time as people of the language write them. */
export const writeTime = (time: Date | number, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(time)

export const writeDate = (time: Date, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(time)

export const readBytes = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer())

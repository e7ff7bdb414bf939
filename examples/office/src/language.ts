import { type Language, type OfficeWords, wordsOf } from './words.ts'

const KEY = 'language'

/** The language that was chosen here, else the first of the browser's that the page has. */
export function chosenLanguage(): Language {
  const wanted = [kept(), ...navigator.languages].map((tag) => tag?.slice(0, 2))
  return wanted.find((tag): tag is Language => tag === 'vi' || tag === 'en') ?? 'en'
}

function kept(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language)
  } catch {} // it lasts as long as the page
}

/** Words, and numbers and moments as they are written in a language. */
export interface Tongue {
  readonly language: Language
  readonly words: OfficeWords
  number(value: number): string
  date(moment: string | number): string
  moment(moment: string | number): string
  /** A day since 1970-01-01. */
  day(day: number): string
  /** So long, roughly. */
  span(seconds: number): string
  /** How long ago, roughly. */
  ago(moment: string | number, now: string): string
}

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

export function tongueOf(language: Language): Tongue {
  const tag = language === 'vi' ? 'vi-VN' : 'en-GB'
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })
  const dates = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    // The short form of a month's name, "thg 3", is not how people write.
    month: language === 'vi' ? 'numeric' : 'short',
    year: 'numeric',
  })
  const moments = new Intl.DateTimeFormat(tag, { dateStyle: 'short', timeStyle: 'short' })
  const days = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'numeric', timeZone: 'UTC' })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const unitOf = (seconds: number): readonly [number, 'day' | 'hour' | 'minute' | 'second'] => {
    if (seconds >= 2 * DAY) return [seconds / DAY, 'day']
    if (seconds >= 2 * HOUR) return [seconds / HOUR, 'hour']
    return seconds >= 2 * MINUTE ? [seconds / MINUTE, 'minute'] : [seconds, 'second']
  }
  return {
    language,
    words: wordsOf(language),
    number: (value) => numbers.format(value),
    date: (moment) => dates.format(new Date(moment)),
    moment: (moment) => moments.format(new Date(moment)),
    day: (day) => days.format(new Date(day * DAY * 1000)),
    span(seconds) {
      const [value, unit] = unitOf(seconds)
      return new Intl.NumberFormat(tag, {
        style: 'unit',
        unit,
        unitDisplay: 'long',
        maximumFractionDigits: 0,
      }).format(value)
    },
    ago(moment, now) {
      const [value, unit] = unitOf(Math.max(0, (Date.parse(now) - new Date(moment).getTime()) / 1000))
      return relative.format(-Math.round(value), unit)
    },
  }
}

import type { Language } from 'veristamp/verify'

/** Where the browser keeps which language was chosen. */
export const LANGUAGE_KEY = 'language'

/** The language that was chosen here, else the first of the phone's that the page has, else English. */
export function chooseLanguage(): Language {
  const wanted = [remembered(), ...navigator.languages].map((tag) => tag?.slice(0, 2))
  return wanted.find((tag): tag is Language => tag === 'vi' || tag === 'en') ?? 'en'
}

function remembered(): string | undefined {
  try {
    return localStorage.getItem(LANGUAGE_KEY) ?? undefined
  } catch {
    return undefined
  }
}

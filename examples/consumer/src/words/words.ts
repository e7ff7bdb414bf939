import type { Language, Reason, RevocationReason } from 'veristamp/verify'
import type { CameraFault } from '../../../shared/scan/camera.ts'
import type { Word } from '../answer.ts'

/** What an answer says: the one word, why, and what to do now. */
export interface Said {
  readonly why: string
  readonly now: string
}

/** What the page says at once. It speaks to whoever holds the goods: no word of the trade, no word of the format. */
export interface AnswerWords {
  readonly title: string
  readonly checking: string
  readonly answers: Readonly<Record<Word, string>>
  readonly valid: (issuer: string) => string
  readonly unchecked: string
  /** What `valid` does not mean. */
  readonly notMeant: string
}

/** Why a stamp is not valid, and what to do: these come right after the word. */
export interface ReasonWords {
  readonly wrongCode: Said
  readonly reasons: Readonly<Record<Exclude<Reason, 'revoked' | 'key_revoked'>, Said>>
  readonly revoked: (date: string) => string
  readonly revocations: Readonly<Record<RevocationReason, Said>>
  readonly finding: (word: string) => string
  readonly noLists: Said
  readonly elsewhere: (site: string) => Said
  readonly framed: Said & { readonly open: string }
  readonly retry: string
}

/** What stands below it: this comes after the answer. */
export interface CardWords {
  readonly facts: {
    readonly heading: string
    /** The same, of a stamp that is not valid. */
    readonly says: string
    readonly facility: string
    readonly address: string
    readonly lot: string
    readonly made: string
    readonly expires: string
    readonly serial: string
    readonly gtin: string
    readonly stars: (count: number) => string
    readonly unnamed: string
    readonly picture: (product: string) => string
  }
  readonly compare: string
  readonly address: {
    readonly heading: string
    readonly only: readonly [before: string, after: string]
    readonly surer: readonly [before: string, after: string]
    readonly noBar: string
  }
  readonly hidden: {
    readonly heading: string
    readonly intro: string
    readonly label: string
    readonly check: string
    readonly right: string
    readonly rightHint: string
    readonly letters: string
    readonly short: string
    readonly compare: string
    readonly again: string
  }
  readonly scan: {
    readonly start: string
    readonly another: string
    readonly picture: string
    readonly hint: string
    readonly close: string
    readonly faults: Readonly<Record<CameraFault, string>>
    readonly nothing: string
    readonly foreign: string
    readonly torch: string
  }
  readonly home: {
    readonly heading: string
    readonly intro: string
    readonly meanings: string
    readonly meaning: Readonly<Record<'good' | 'bad' | 'unsure', string>>
  }
  readonly report: {
    readonly open: string
    readonly heading: string
    readonly intro: string
    readonly where: string
    readonly sent: string
    readonly subject: string
    readonly lines: {
      readonly answer: string
      readonly product: string
      readonly serial: string
      readonly checked: string
      readonly where: string
    }
    readonly call: (number: string) => string
    readonly mail: string
    readonly send: string
    readonly done: string
    readonly failed: string
    readonly nobody: string
  }
  readonly lists: {
    readonly age: (days: number, date: string) => string
    readonly offline: string
    readonly suspicious: string
  }
  readonly privacy: string
  readonly otherLanguage: string
}

/** One language each: the other one stays on the server. */
export const loadWords = async (language: Language): Promise<AnswerWords> =>
  language === 'vi' ? (await import('./answer-words-vi.ts')).vi : (await import('./answer-words-en.ts')).en

export const loadReasons = async (language: Language): Promise<ReasonWords> =>
  language === 'vi' ? (await import('./reason-words-vi.ts')).vi : (await import('./reason-words-en.ts')).en

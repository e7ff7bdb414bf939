import type { Verdict } from 'veristamp/verify'
import { type AnswerWord, answerTo, type Tone } from '../../../shared/answer.ts'

/** The word of an answer here: a hidden code may turn it too. */
export type Word = AnswerWord | 'wrong_code'

export interface Told {
  readonly tone: Tone
  readonly word: Word
}

/** What turns the answer of a stamp that is valid. */
export interface Against {
  /** The scan log or this device holds something against the stamp. */
  readonly suspicious: boolean
  /** Its hidden code was wrong twice: the strongest evidence of a copy that there is. */
  readonly wrongCode: boolean
}

/** As whoever looks for trouble wants it. */
const GRAVITY: readonly Tone[] = ['bad', 'copy', 'unsure', 'good']

/** The gravest first; those that are as grave stay as they are. */
export const gravestFirst = <T>(all: readonly T[], toneOf: (each: T) => Tone): readonly T[] =>
  [...all].sort((a, b) => GRAVITY.indexOf(toneOf(a)) - GRAVITY.indexOf(toneOf(b)))

export function tell(verdict: Verdict, { suspicious, wrongCode }: Against): Told {
  if (verdict.status === 'valid' && wrongCode) return { tone: 'bad', word: 'wrong_code' }
  return answerTo(verdict, suspicious)
}

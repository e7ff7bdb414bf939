import type { Verdict } from 'veristamp/verify'
import { type AnswerWord, answerTo, type Tone } from '../../shared/answer.ts'

export type Word = Exclude<AnswerWord, 'copy'> | 'wrong_code' | 'elsewhere' | 'framed'

/** The answer: the panel at the top shows it. */
export interface Told {
  readonly tone: Tone
  readonly word: Word
}

/** What a verdict says to whoever holds the goods. */
export const tell = (verdict: Verdict): Told => answerTo(verdict, false) as Told

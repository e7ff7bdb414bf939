import type { Verdict } from 'veristamp/verify'

/**
 * The one large answer on the screen. It is the verdict's; what the scan log knows may turn a `good` into a `copy`,
 * which says "look closer" and never "not valid": a log of scans can show that a code was copied, not which one of
 * its bearers is the original.
 */
export type Tone = 'good' | 'copy' | 'bad' | 'unsure'

/** The word beside the colour and the shape. */
export type AnswerWord =
  | 'valid'
  | 'copy'
  | 'not_valid'
  | 'forged'
  | 'revoked'
  | 'expired'
  | 'unknown'
  | 'no_stamp'
  | 'unsure'
  | 'unchecked'

export interface Answer {
  readonly tone: Tone
  readonly word: AnswerWord
}

const BAD_WORDS: Readonly<Partial<Record<string, AnswerWord>>> = {
  malformed: 'no_stamp',
  bad_signature: 'forged',
  unknown_key: 'unknown',
  key_revoked: 'revoked',
  revoked: 'revoked',
  expired: 'expired',
}

/** @param suspicious whether the scan log holds something against the stamp */
export function answerTo(verdict: Verdict, suspicious: boolean): Answer {
  if (verdict.status === 'indeterminate') {
    // Nothing was looked at: not even whether the stamp is forged.
    return { tone: 'unsure', word: verdict.reason === 'slice_missing' ? 'unchecked' : 'unsure' }
  }
  if (verdict.status === 'invalid') return { tone: 'bad', word: BAD_WORDS[verdict.reason] ?? 'not_valid' }
  return suspicious ? { tone: 'copy', word: 'copy' } : { tone: 'good', word: 'valid' }
}

const DAY = 86_400_000

/** Whole days from one moment to another; below 0 under a clock that is behind. */
export const daysBetween = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / DAY)

import type { Verdict } from 'veristamp/verify'

/** The shortest code has 69 bytes, which base45 spells in 104 letters: what is shorter is never a stamp, of any version. */
const MIN_LETTERS = 100

/** Frames that show other codes alone, before a camera says so: a stamp may be half in sight. */
export const FOREIGN_FRAMES = 6

/** True for a text that is a stamp, whatever it is worth. */
export function isStamp(text: string, verdict: Verdict): boolean {
  if (verdict.status === 'valid' || !('reason' in verdict)) return true
  if (verdict.reason === 'unsupported_version') return text.length >= MIN_LETTERS
  return verdict.reason !== 'malformed'
}

import type { Evidence, ScanLog } from 'veristamp/scanlog'
import type { Verdict, Verifier } from 'veristamp/verify'
import { type Told, tell } from '../core/answer.ts'
import { type Notes, nameOf } from './notes.ts'

/** What came of the hidden code in a scan: right, the same wrong one twice, or two wrong ones that differ. */
export type CodeFound = 'right' | 'wrong' | 'doubtful'

/** Everything that is known of one scan. */
export interface Checked {
  readonly text: string
  readonly verdict: Verdict
  readonly answer: Told
  readonly evidence: Evidence
  /** When the hidden code of this stamp was found wrong at this kiosk before. */
  readonly wrongSince: Date | undefined
  /** Undefined while its hidden code was not checked, or was wrong only once. */
  readonly code: CodeFound | undefined
}

export interface Knowledge {
  readonly verifier: Verifier
  readonly log: ScanLog
  readonly notes: Notes
}

/**
 * Checks a stamp.
 * @param text as `tidyScan` leaves it
 * @param remembers whether this is a scan that the log is to remember
 */
export function check(
  text: string,
  { verifier, log, notes }: Knowledge,
  now: Date,
  remembers = true,
): Checked {
  const verdict = verifier.verify(text, { now })
  const evidence = remembers ? log.scan(text, verdict) : log.look(text, verdict)
  const wrongSince =
    verdict.status === 'valid' ? notes.wrongSince(nameOf(verdict.authority, verdict.stamp)) : undefined
  const found = { text, verdict, evidence, wrongSince }
  return { ...found, code: undefined, answer: answerOf({ ...found, code: undefined }) }
}

/** The same scan, after its hidden code was checked. */
export function withCode(checked: Checked, code: CodeFound): Checked {
  // The right code speaks for these goods alone: others with the same stamp stay under suspicion.
  const found = { ...checked, code, wrongSince: code === 'right' ? undefined : checked.wrongSince }
  return { ...found, answer: answerOf(found) }
}

// To be seen at two places is what goods do; a finding is what one stamp can't do.
const answerOf = ({ verdict, evidence, code, wrongSince }: Omit<Checked, 'answer'>): Told =>
  tell(verdict, {
    suspicious: evidence.findings.length > 0 || wrongSince !== undefined || code === 'doubtful',
    wrongCode: code === 'wrong',
  })

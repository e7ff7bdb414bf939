import type { Evidence, ScanLog } from 'veristamp/scanlog'
import type { Verdict, Verifier } from 'veristamp/verify'
import { type Answer, answerTo } from '../core/answer.ts'

/** Everything that is known of one scan. */
export interface Checked {
  readonly text: string
  readonly verdict: Verdict
  readonly answer: Answer
  readonly evidence: Evidence
}

/**
 * Checks what was scanned.
 * @param texts what the scan may stand for, the likelier first: the first that is a stamp counts
 */
export function check(texts: readonly string[], verifier: Verifier, log: ScanLog, now: Date): Checked {
  const verdicts = texts.map((text) => ({ text, verdict: verifier.verify(text, { now }) }))
  const { text, verdict } = verdicts.find(({ verdict }) => !isMalformed(verdict)) ?? verdicts[0]!
  const evidence = log.scan(text, verdict)
  // To be seen at two places is what goods do; a finding is what one stamp can't do.
  const answer = answerTo(verdict, evidence.findings.length > 0)
  return { text, verdict, answer, evidence }
}

const isMalformed = (verdict: Verdict): boolean =>
  verdict.status === 'invalid' && verdict.reason === 'malformed'

import type { Verdict, Verifier } from 'veristamp/verify'
import { type Answer, answerTo } from '../core/answer.ts'
import type { Evidence, Memory } from './memory.ts'

/** Everything that is known of one scan. */
export interface Checked {
  readonly text: string
  readonly verdict: Verdict
  readonly answer: Answer
  readonly evidence: Evidence | undefined
  readonly scan: Uint8Array | undefined
}

/**
 * Checks what was scanned.
 * @param texts what the scan may stand for, the likelier first: the first that is a stamp counts
 */
export async function check(
  texts: readonly string[],
  verifier: Verifier,
  memory: Memory | undefined,
  now: Date,
): Promise<Checked> {
  const verdicts = texts.map((text) => ({ text, verdict: verifier.verify(text, { now }) }))
  const { text, verdict } = verdicts.find(({ verdict }) => !isMalformed(verdict)) ?? verdicts[0]!
  const remembered = await memory?.remember(text, verdict)
  const answer = answerTo(verdict, remembered?.evidence.suspicious ?? false)
  return { text, verdict, answer, evidence: remembered?.evidence, scan: remembered?.scan }
}

const isMalformed = (verdict: Verdict): boolean =>
  verdict.status === 'invalid' && verdict.reason === 'malformed'

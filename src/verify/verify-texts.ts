import type { Engine } from '../ed25519/engine.ts'
import { verifyJobs } from '../ed25519/verify-jobs.ts'
import { judge, type Prepared, prepare, type Setting } from './check.ts'
import type { Verdict } from './verdict.ts'

/** The verdicts of some texts. */
export const verifyTexts = (texts: readonly string[], setting: Setting, engine?: Engine): Verdict[] =>
  tryKeys(
    texts.map((text) => prepare(text, setting)),
    engine,
  ).map((one) => (isPrepared(one) ? judge(one, setting) : one))

/**
 * Step 6 of some scans: their signatures by the engine all together, or else each by its key. Tries the first candidate of
 * all scans, then the second of those that are left, and so on, so that no more is verified than one by one.
 */
export function tryKeys(all: (Prepared | Verdict)[], engine?: Engine): (Prepared | Verdict)[] {
  let left = all.filter(isPrepared)
  for (let turn = 0; left.length > 0; turn++) {
    const answers = verifyJobs(left, engine)
    left = left.filter((one, i) => {
      const { [turn]: tried, [turn + 1]: next } = one.candidates
      if (answers[i]) one.signatory = tried
      else if (next) one.key = next.key
      return !answers[i] && next !== undefined
    })
  }
  return all
}

export const isPrepared = (one: Prepared | Verdict): one is Prepared => 'candidates' in one

import type { Engine, VerifyJob } from '../ed25519/engine.ts'
import { verifyJobs } from '../ed25519/verify-jobs.ts'
import { breathe, checkAborted } from '../lib/abort.ts'
import { chunksOf, type Source } from '../lib/chunks.ts'
import type { Prepared, TextCheck } from './check.ts'
import type { Verdict } from './verdict.ts'

/** How a stream of verdicts runs. */
export interface Flow {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((checked: number) => void) | undefined
  readonly chunk: number
}

/**
 * The verdicts of a stream of texts, in order. Holds one chunk at a time, and lets other work run after each. Nothing is
 * awaited before the source is begun: one like readline's loses what comes before somebody listens.
 */
export async function* verifyStream(
  texts: Source<string>,
  check: TextCheck,
  { chunk, signal, onProgress }: Flow,
  engine?: Engine,
): AsyncGenerator<Verdict, void, undefined> {
  let checked = 0
  for await (const some of chunksOf(texts, chunk, signal, check.accept)) {
    for (const verdict of verifyTexts(some, check, engine)) {
      checkAborted(signal)
      yield verdict
    }
    checked += some.length
    onProgress?.(checked)
    await breathe()
  }
}

/** The verdicts of some texts: their signatures by the engine all together, or else each by its key. */
function verifyTexts(texts: readonly string[], check: TextCheck, engine?: Engine): Verdict[] {
  const checking = checkTexts(texts, check)
  let step = checking.next()
  while (!step.done) step = checking.next(verifyJobs(step.value, engine))
  return step.value
}

/**
 * The check of some texts, which leaves the signatures to whoever runs it: it asks for the answers to some jobs, and
 * perhaps to more, and returns the verdicts. Step 6 tries the first candidate of all scans, then the second of those
 * that are left, and so on, so that no more is verified than one by one.
 */
export function* checkTexts(
  texts: readonly string[],
  { prepare, judge }: TextCheck,
): Generator<readonly VerifyJob[], Verdict[], readonly boolean[]> {
  const all = texts.map(prepare)
  let left = all.filter(isPrepared)
  for (let turn = 0; left.length > 0; turn++) {
    const answers = yield left
    left = left.filter((one, i) => {
      const { [turn]: tried, [turn + 1]: next } = one.candidates
      if (answers[i]) one.signatory = tried
      else if (next) one.key = next.key
      return !answers[i] && next !== undefined
    })
  }
  return all.map((one) => (isPrepared(one) ? judge(one) : one))
}

const isPrepared = (one: Prepared | Verdict): one is Prepared => 'candidates' in one

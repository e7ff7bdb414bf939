import type { Engine, VerifyJob } from '../ed25519/engine.ts'
import { breathe, checkAborted } from '../lib/abort.ts'
import { chunksOf, type Source } from '../lib/chunks.ts'
import { judge, type Prepared, prepare, type Setting } from './check.ts'
import type { Verdict } from './verdict.ts'

/** How a stream of verdicts runs. */
export interface Flow {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((checked: number) => void) | undefined
  readonly chunk: number
}

/** The verdicts of a stream of texts, in order. Holds one chunk at a time, and lets other work run after each. */
export async function* verifyStream(
  texts: Source<string>,
  setting: Setting,
  engine: Engine | undefined,
  { signal, onProgress, chunk }: Flow,
): AsyncGenerator<Verdict, void, undefined> {
  let checked = 0
  for await (const some of chunksOf(texts, chunk, signal)) {
    for (const verdict of verifyTexts(some, setting, engine)) {
      checkAborted(signal)
      yield verdict
    }
    checked += some.length
    onProgress?.(checked)
    await breathe()
  }
}

/** The verdicts of some texts: their signatures by the engine all together, or else each by its key. */
export function verifyTexts(texts: readonly string[], setting: Setting, engine?: Engine): Verdict[] {
  const check = checkTexts(texts, setting)
  let step = check.next()
  while (!step.done) step = check.next(engine?.verifyMany?.(step.value) ?? step.value.map(verifyJob))
  return step.value
}

const verifyJob = ({ key, message, signature }: VerifyJob): boolean => key.verify(message, signature)

/**
 * The check of some texts, which leaves the signatures to whoever runs it: it asks for the answers to some jobs, and
 * perhaps to more, and returns the verdicts. Step 6 tries the first candidate of all scans, then the second of those
 * that are left, and so on, so that no more is verified than one by one.
 */
export function* checkTexts(
  texts: readonly string[],
  setting: Setting,
): Generator<VerifyJob[], Verdict[], readonly boolean[]> {
  const all = texts.map((text) => prepare(text, setting))
  let left = all.filter(isPrepared)
  for (let turn = 0; left.length > 0; turn++) {
    const answers = yield left.map(({ candidates, message, signature }) => ({
      key: candidates[turn]!.key,
      message,
      signature,
    }))
    left = left.filter((one, i) => {
      if (answers[i]) one.signatory = one.candidates[turn]
      return !answers[i] && turn + 1 < one.candidates.length
    })
  }
  return all.map((one) => (isPrepared(one) ? judge(one, setting) : one))
}

const isPrepared = (one: Prepared | Verdict): one is Prepared => 'candidates' in one

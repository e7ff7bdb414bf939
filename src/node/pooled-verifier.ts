import { checkAborted, unlessAborted } from '../lib/abort.ts'
import { chunksOf, type Source } from '../lib/chunks.ts'
import { VeristampError } from '../lib/errors.ts'
import type { Check } from '../verify/check.ts'
import type { Verdict } from '../verify/verdict.ts'
import { checkTexts, type Flow } from '../verify/verify-many.ts'
import { packJobs, type Workers } from './tasks.ts'

/** A chunk that is with the workers. */
interface UnderWay {
  readonly count: number
  readonly verdicts: Promise<Verdict[]>
}

/** `verifyStream`, its signatures verified by workers: two chunks a thread are under way, no more. */
export async function* verifyStreamOver(
  workers: Workers,
  texts: Source<string>,
  check: Check,
  { signal, onProgress, chunk }: Flow,
): AsyncGenerator<Verdict, void, undefined> {
  const underWay: UnderWay[] = []
  let [sent, checked] = [0, 0]
  async function* oldest(): AsyncGenerator<Verdict, void, undefined> {
    const { count, verdicts } = underWay.shift()!
    for (const verdict of await unlessAborted(verdicts, signal)) {
      checkAborted(signal)
      yield verdict
    }
    checked += count
    onProgress?.(checked)
  }

  /** What came before a failure of the source is answered first. */
  let failure: { readonly error: unknown } | undefined
  async function* chunks(): AsyncGenerator<string[], void, undefined> {
    try {
      yield* chunksOf(texts, chunk, signal)
    } catch (error) {
      if (signal?.aborted) throw error
      failure = { error }
    }
  }

  for await (const some of chunks()) {
    const verdicts = verifyTextsOver(workers, some, check, sent)
    verdicts.catch(() => {}) // told when its turn comes
    sent += some.length
    underWay.push({ count: some.length, verdicts })
    if (underWay.length >= 2 * workers.threads) yield* oldest()
  }
  while (underWay.length > 0) yield* oldest()
  if (failure !== undefined) throw (failure as { readonly error: unknown }).error
}

/** @param first which text of the stream is the first of these, from 0 */
async function verifyTextsOver(
  workers: Workers,
  texts: readonly string[],
  check: Check,
  first: number,
): Promise<Verdict[]> {
  const checking = checkTexts(texts, check)
  let step = checking.next()
  while (!step.done) step = checking.next(await answersOf(workers, step.value, first, texts.length))
  return step.value
}

async function answersOf(
  workers: Workers,
  jobs: Parameters<typeof packJobs>[0],
  first: number,
  count: number,
): Promise<boolean[]> {
  try {
    const answers = await workers.verify(packJobs(jobs))
    if (answers?.length !== jobs.length) throw new Error('not as many answers as signatures')
    return answers
  } catch (cause) {
    const range = `texts ${first} to ${first + count - 1}`
    throw new VeristampError('worker_failed', `${range}: their worker failed`, { cause })
  }
}

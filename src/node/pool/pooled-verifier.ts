import type { VerifyJob } from '../../ed25519/engine.ts'
import { breathe, checkAborted, unlessAborted } from '../../lib/abort.ts'
import { chunksOf, type Source } from '../../lib/chunks.ts'
import { VeristampError } from '../../lib/errors.ts'
import type { TextCheck } from '../../verify/check.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { checkTexts, type Flow } from '../../verify/verify-many.ts'
import type { Workers } from './tasks.ts'

/** `verifyStream`, its signatures verified over the cores: `workers.ahead` chunks are under way at the most. */
export async function* verifyStreamOver(
  workers: Workers,
  texts: Source<string>,
  check: TextCheck,
  { signal, onProgress, chunk }: Flow,
): AsyncGenerator<Verdict, void, undefined> {
  let checked = 0
  for await (const verdicts of verdictsOver(
    workers,
    chunksOf(texts, chunk, signal, check.accept),
    check,
    signal,
  )) {
    for (const verdict of verdicts) {
      checkAborted(signal)
      yield verdict
    }
    checked += verdicts.length
    onProgress?.(checked)
  }
}

/** The verdicts of each chunk, in order. What came before a failure of the source is answered first. */
async function* verdictsOver(
  workers: Workers,
  source: AsyncGenerator<string[], void, undefined>,
  check: TextCheck,
  signal: AbortSignal | undefined,
): AsyncGenerator<Verdict[], void, undefined> {
  let failure: { readonly error: unknown } | undefined
  async function* chunks(): AsyncGenerator<string[], void, undefined> {
    try {
      yield* source
    } catch (error) {
      if (signal?.aborted) throw error
      failure = { error }
    }
  }

  const underWay: Promise<Verdict[]>[] = []
  const oldest = (): Promise<Verdict[]> => unlessAborted(helping(underWay.shift()!, workers, signal), signal)
  let sent = 0
  for await (const some of chunks()) {
    const verdicts = verifyTextsOver(workers, some, check, sent)
    verdicts.catch(() => {}) // told when its turn comes
    sent += some.length
    underWay.push(verdicts)
    if (underWay.length >= workers.ahead) yield await oldest()
  }
  while (underWay.length > 0) yield await oldest()
  if (failure !== undefined) throw (failure as { readonly error: unknown }).error
}

/** What the work comes to. Till then the calling thread takes shares that are left; other work runs after each. */
async function helping<T>(work: Promise<T>, workers: Workers, signal: AbortSignal | undefined): Promise<T> {
  let settled = false
  const settle = () => {
    settled = true
  }
  work.then(settle, settle)
  do await breathe()
  while (!settled && !signal?.aborted && (await workers.help()))
  return work
}

/** @param first which text of the stream is the first of these, from 0 */
async function verifyTextsOver(
  workers: Workers,
  texts: readonly string[],
  check: TextCheck,
  first: number,
): Promise<Verdict[]> {
  const checking = checkTexts(texts, check)
  let step = checking.next()
  while (!step.done) step = checking.next(await answersOf(workers, step.value, first, texts.length))
  return step.value
}

async function answersOf(
  workers: Workers,
  jobs: readonly VerifyJob[],
  first: number,
  count: number,
): Promise<readonly boolean[]> {
  try {
    return await workers.verify(jobs)
  } catch (cause) {
    const last = first + count - 1
    const message = `texts ${first} to ${last}: their worker failed`
    throw new VeristampError('worker_failed', message, { work: 'texts', first, last }, { cause })
  }
}

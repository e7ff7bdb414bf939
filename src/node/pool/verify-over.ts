import { breathe, checkAborted, unlessAborted } from '../../lib/abort.ts'
import { chunksOf, type Source } from '../../lib/chunks.ts'
import { VeristampError } from '../../lib/errors.ts'
import { acceptText } from '../../verify/check.ts'
import type { VerifyManyOptions } from '../../verify/options.ts'
import type { Verdict } from '../../verify/verdict.ts'
import type { Flow } from '../../verify/verify-many.ts'
import type { Answers, Work, Workers } from './workers.ts'

export interface CountManyOptions extends VerifyManyOptions {
  /** Told of each verdict that is not valid, in order, with the place of its text in the stream, from 0. */
  readonly onOther?: ((verdict: Verdict, index: number) => void) | undefined
}

/** How many verdicts of each kind there were. */
export interface VerdictCounts {
  readonly valid: number
  readonly invalid: number
  readonly indeterminate: number
}

/** `verifyStream` over the cores: `workers.ahead` chunks are under way at the most. */
export async function* verifyStreamOver(
  workers: Workers,
  texts: Source<string>,
  work: Work,
  flow: Flow,
): AsyncGenerator<Verdict, void, undefined> {
  for await (const { answers } of answersOver(workers, texts, work, flow)) {
    for (let i = 0; i < answers.length; i++) {
      checkAborted(flow.signal)
      yield answers.verdict(i)!
    }
  }
}

/** Counts the verdicts of a stream; those that are not valid are told, with the places of their texts. */
export async function countOver(
  workers: Workers,
  texts: Source<string>,
  work: Work,
  flow: Flow,
  onOther?: CountManyOptions['onOther'],
): Promise<VerdictCounts> {
  const counts = { valid: 0, invalid: 0, indeterminate: 0 }
  for await (const { answers, first } of answersOver(workers, texts, { ...work, countsValid: true }, flow)) {
    let valid = 0
    for (let i = 0; i < answers.length; i++) {
      const verdict = answers.verdict(i)
      if (verdict === undefined || verdict.status === 'valid') valid++
      else {
        counts[verdict.status]++
        onOther?.(verdict, first + i)
      }
    }
    counts.valid += valid
  }
  return counts
}

interface Chunk {
  readonly answers: Answers
  /** Which text of the stream is the first of these, from 0. */
  readonly first: number
}

/** The answers to each chunk, in order. What came before a failure of the source is answered first. */
async function* answersOver(
  workers: Workers,
  texts: Source<string>,
  work: Work,
  { signal, onProgress, chunk }: Flow,
): AsyncGenerator<Chunk, void, undefined> {
  let failure: { readonly error: unknown } | undefined
  async function* chunks(): AsyncGenerator<string[], void, undefined> {
    try {
      yield* chunksOf(texts, chunk, signal, acceptText)
    } catch (error) {
      if (signal?.aborted) throw error
      failure = { error }
    }
  }

  const underWay: Promise<Chunk>[] = []
  const oldest = (): Promise<Chunk> => unlessAborted(helping(underWay.shift()!, workers, signal), signal)
  let sent = 0
  const done = ({ answers, first }: Chunk): void => {
    answers.end()
    onProgress?.(first + answers.length)
  }
  for await (const some of chunks()) {
    const answered = answersTo(workers, some, work, sent)
    answered.catch(() => {}) // told when its turn comes
    sent += some.length
    underWay.push(answered)
    if (underWay.length < workers.ahead) continue
    const one = await oldest()
    yield one
    done(one)
  }
  while (underWay.length > 0) {
    const one = await oldest()
    yield one
    done(one)
  }
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

async function answersTo(
  workers: Workers,
  texts: readonly string[],
  work: Work,
  first: number,
): Promise<Chunk> {
  try {
    return { answers: await workers.verify(texts, work), first }
  } catch (cause) {
    const last = first + texts.length - 1
    const message = `texts ${first} to ${last}: their worker failed`
    throw new VeristampError('worker_failed', message, { work: 'texts', first, last }, { cause })
  }
}

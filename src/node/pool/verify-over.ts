import { checkAborted } from '../../lib/abort.ts'
import { chunksOf, type Source } from '../../lib/chunks.ts'
import { VeristampError } from '../../lib/errors.ts'
import { acceptText } from '../../verify/check.ts'
import type { VerifyManyOptions } from '../../verify/options.ts'
import type { Verdict } from '../../verify/verdict.ts'
import type { Flow } from '../../verify/verify-many.ts'
import { answersInOrder } from './in-order.ts'
import type { Work } from './work.ts'
import type { Answers, Workers } from './workers.ts'

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

/** What texts are verified with, and which verdicts are told. */
interface TextsWork extends Work {
  /** True where verdicts of valid stamps may be left out. */
  readonly countsValid: boolean
}

/** `verifyStream` over the cores: `workers.ahead` chunks are under way at the most. */
export async function* verifyStreamOver(
  workers: Workers,
  texts: Source<string>,
  work: Work,
  flow: Flow,
): AsyncGenerator<Verdict, void, undefined> {
  for await (const { answers } of answersOver(workers, texts, { ...work, countsValid: false }, flow)) {
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

/** The answers to each chunk, in order. */
async function* answersOver(
  workers: Workers,
  texts: Source<string>,
  work: TextsWork,
  { signal, onProgress, chunk }: Flow,
): AsyncGenerator<Chunk, void, undefined> {
  let sent = 0
  const answer = async (some: readonly string[]): Promise<Chunk> => {
    const first = sent
    sent += some.length
    try {
      return { answers: await workers.verify(some, work, work.countsValid), first }
    } catch (cause) {
      throw workerFailed('texts', first, some.length, cause)
    }
  }
  const chunks = chunksOf(texts, chunk, signal, acceptText)
  for await (const one of answersInOrder(chunks, answer, workers, signal)) {
    yield one
    const { answers, first } = one
    answers.end()
    onProgress?.(first + answers.length)
  }
}

export function workerFailed(
  work: 'texts' | 'lines',
  first: number,
  count: number,
  cause: unknown,
): VeristampError {
  const last = first + count - 1
  const message = `${work} ${first} to ${last}: their worker failed`
  return new VeristampError('worker_failed', message, { work, first, last }, { cause })
}

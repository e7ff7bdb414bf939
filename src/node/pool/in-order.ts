import { breathe, unlessAborted } from '../../lib/abort.ts'
import type { Workers } from './workers.ts'

/**
 * The answers to items, in their order: `workers.ahead` are under way at the most. The calling thread helps while it
 * waits. What came before a failure of the source is answered first.
 * @throws (rejects with) what the source and the answers throw, each in its turn; the signal's reason, at once
 */
export async function* answersInOrder<Item, Answer>(
  items: AsyncIterable<Item>,
  answer: (item: Item) => Promise<Answer>,
  workers: Pick<Workers, 'ahead' | 'help'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Answer, void, undefined> {
  let failure: { readonly error: unknown } | undefined
  async function* untilFailure(): AsyncGenerator<Item, void, undefined> {
    try {
      yield* items
    } catch (error) {
      if (signal?.aborted) throw error
      failure = { error }
    }
  }

  const underWay: Promise<Answer>[] = []
  const oldest = (): Promise<Answer> => unlessAborted(helping(underWay.shift()!, workers, signal), signal)
  for await (const item of untilFailure()) {
    const answered = answer(item)
    answered.catch(() => {}) // told when its turn comes
    underWay.push(answered)
    if (underWay.length >= workers.ahead) yield await oldest()
  }
  while (underWay.length > 0) yield await oldest()
  if (failure !== undefined) throw (failure as { readonly error: unknown }).error
}

/** What the work comes to. Till then the calling thread takes shares that are left; other work runs after each. */
async function helping<T>(
  work: Promise<T>,
  workers: Pick<Workers, 'help'>,
  signal: AbortSignal | undefined,
): Promise<T> {
  let settled = false
  const settle = () => {
    settled = true
  }
  work.then(settle, settle)
  do await breathe()
  while (!settled && !signal?.aborted && (await workers.help()))
  return work
}

import { unlessAborted } from './abort.ts'

/** Items to come, with or without waiting for them. */
export type Source<T> = Iterable<T> | AsyncIterable<T>

/**
 * The items in order, in arrays of `size`; the last may be shorter. Takes no more from the source than it hands on.
 * When the source fails, or `check` throws at an item, what came before is handed on first, then the error. A source
 * that is left early is closed.
 * @throws (rejects with) what the source throws, or `signal.reason` once that is aborted, even where the source keeps
 * it waiting
 */
export async function* chunksOf<T>(
  source: Source<T>,
  size: number,
  signal?: AbortSignal,
  check?: (item: T, index: number) => void,
): AsyncGenerator<T[], void, undefined> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  let ended = false
  let taken = 0
  const fill = async (chunk: T[]) => {
    while (chunk.length < size && !signal?.aborted) {
      const next = iterator.next()
      const { done, value } = 'then' in next ? await next : next
      if (done) {
        ended = true
        return
      }
      check?.(value, taken++)
      chunk.push(value)
    }
  }
  try {
    while (!ended) {
      const chunk: T[] = []
      const filling = fill(chunk)
      await unlessAborted(
        filling.catch(() => {}),
        signal,
      )
      if (chunk.length > 0) yield chunk
      await filling
    }
  } finally {
    const closing = ended || close(iterator)
    if (!signal?.aborted) await closing // an aborted source may be stuck
  }
}

/** However that goes: there is something else to tell by now. */
const close = async (iterator: Iterator<unknown> | AsyncIterator<unknown>): Promise<void> => {
  try {
    await iterator.return?.()
  } catch {}
}

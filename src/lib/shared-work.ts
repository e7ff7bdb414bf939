import { checkAborted, unlessAborted } from './abort.ts'

/**
 * Work that all share who ask for it while it runs. Each may stop waiting by its own signal; the last one to stop ends
 * the work.
 */
export function sharedWork<T>(
  work: (signal: AbortSignal) => Promise<T>,
): (signal?: AbortSignal | undefined) => Promise<T> {
  let current: { readonly done: Promise<T>; readonly limit: AbortController; waiting: number } | undefined

  function begin() {
    const limit = new AbortController()
    const done = work(limit.signal).finally(() => {
      current = undefined
    })
    done.catch(() => undefined) // perhaps nobody waits any more
    return { done, limit, waiting: 0 }
  }

  return async (signal) => {
    checkAborted(signal)
    // What was ended is about to stop.
    while (current?.limit.signal.aborted) await current.done.catch(() => undefined)
    current ??= begin()
    const mine = current
    mine.waiting += 1
    try {
      return await unlessAborted(mine.done, signal)
    } finally {
      mine.waiting -= 1
      if (mine.waiting === 0) mine.limit.abort(signal?.reason)
    }
  }
}

/** @throws `signal.reason` if it is aborted */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason
}

/** What the work comes to. @throws (rejects with) `signal.reason` as soon as that is aborted */
export const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal!.reason)
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop)
    work.then(resolve, reject).then(() => signal?.removeEventListener('abort', stop))
  })

/** Lets timers and other work run. Where Node's `setImmediate` is missing, a timer takes up to 4 ms. */
export const breathe = (): Promise<void> =>
  new Promise((resume) => void (typeof setImmediate === 'function' ? setImmediate : setTimeout)(resume))

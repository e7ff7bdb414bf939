const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Brings what is missing, now and again until all is here. */
export interface UntilWhole {
  /** Tries now. Whoever asks meanwhile waits for the same try. */
  now(): Promise<void>
  stop(): void
}

/**
 * Tries again after a minute, then after twice as long each time, up to an hour; and as soon as there is a network.
 * @param bring resolves with whether all is here
 */
export function untilWhole(bring: () => Promise<boolean>): UntilWhole {
  let failures = 0
  let timer: number | undefined
  let trying: Promise<void> | undefined
  let isStopped = false

  async function attempt(): Promise<void> {
    const isWhole = await bring().catch((error: unknown) => {
      console.error(error)
      return false
    })
    trying = undefined
    failures = isWhole ? 0 : failures + 1
    if (isWhole || isStopped) return
    // Not all kiosks at once.
    const wait = Math.min(HOUR, MINUTE * 2 ** (failures - 1)) * (0.8 + 0.4 * Math.random())
    timer = window.setTimeout(() => void now(), wait)
  }
  function now(): Promise<void> {
    window.clearTimeout(timer)
    trying ??= attempt()
    return trying
  }
  const onOnline = (): void => void now()
  window.addEventListener('online', onOnline)
  return {
    now,
    stop() {
      isStopped = true
      window.clearTimeout(timer)
      window.removeEventListener('online', onOnline)
    },
  }
}

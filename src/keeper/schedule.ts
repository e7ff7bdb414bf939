import { MINUTE, momentOf } from './timing.ts'

/** What is to be asked for at a time. */
export interface Timed {
  /** Milliseconds since 1970. */
  readonly due: number
}

export interface Schedule {
  /** Resolves with what `open` does; where that says that something is missing, once it was asked for. */
  start(open: () => Promise<boolean>): Promise<void>
  stop(): void
}

/** Clocks jump and devices sleep, and a timer knows of neither: so it looks at the clock again and again. */
const MAX_SLEEP = 10 * MINUTE
const MIN_SLEEP = 1_000

/** Asks when something is due, until it is stopped. */
export function createSchedule<T extends Timed>(
  all: readonly T[],
  ask: (due: readonly T[], signal: AbortSignal) => Promise<unknown>,
): Schedule {
  let running: AbortController | undefined
  let started: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function askForDue(signal: AbortSignal): Promise<void> {
    const now = momentOf().getTime()
    const due = all.filter((each) => each.due <= now)
    // What it rejects with is the reason of the stop.
    if (due.length > 0) await ask(due, signal).catch(() => undefined)
    if (!signal.aborted) sleep(signal)
  }

  function sleep(signal: AbortSignal): void {
    const left = Math.min(...all.map(({ due }) => due)) - momentOf().getTime()
    timer = setTimeout(() => void askForDue(signal), Math.max(MIN_SLEEP, Math.min(left, MAX_SLEEP)))
    // Where Node would wait for it: nothing but the app keeps an app alive.
    Object(timer).unref?.()
  }

  async function begin(open: () => Promise<boolean>): Promise<void> {
    running = new AbortController()
    const { signal } = running
    const isWhole = await open()
    if (signal.aborted) return
    const first = askForDue(signal)
    if (!isWhole) await first
  }

  return {
    start(open) {
      started ??= begin(open)
      return started
    },
    stop() {
      running?.abort(new Error('stopped'))
      started = undefined
      clearTimeout(timer)
    },
  }
}

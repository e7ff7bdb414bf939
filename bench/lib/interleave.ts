import { summary } from './results.ts'

export interface Timing {
  /** Microseconds for one of the round's items. */
  readonly median: number
  /** Interquartile range over median. */
  readonly spread: number
}

/**
 * Times contestants in interleaved rounds, so that what the machine does meanwhile meets all of them.
 * Each is called once unmeasured first. `items` is what one call gets through.
 */
export async function interleave(
  contestants: Readonly<Record<string, () => void | Promise<void>>>,
  { rounds, items }: { readonly rounds: number; readonly items: number },
): Promise<Record<string, Timing>> {
  const entries = Object.entries(contestants)
  for (const [, call] of entries) await call()
  const durations = new Map(entries.map(([name]) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of entries) {
      const start = performance.now()
      await call()
      durations.get(name)!.push(((performance.now() - start) * 1000) / items)
    }
  }
  return Object.fromEntries([...durations].map(([name, each]) => [name, summary(each)]))
}

/**
 * A camera sees the same code many times a second: only the first time counts, until the code was out of sight for a
 * while. A hand scanner's scans all count.
 */
export interface RepeatGuard {
  /** @returns true when the text is new in sight. @param time milliseconds on any clock */
  isNew(text: string, time: number): boolean
}

/** @param outOfSight milliseconds without the code, after which it counts again */
export function createRepeatGuard(outOfSight = 3_000): RepeatGuard {
  const seen = new Map<string, number>()
  return {
    isNew(text, time) {
      for (const [other, last] of seen) if (time - last > outOfSight) seen.delete(other)
      const isNew = !seen.has(text)
      seen.set(text, time)
      return isNew
    },
  }
}

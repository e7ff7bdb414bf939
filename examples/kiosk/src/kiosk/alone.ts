const NAME = 'veristamp-kiosk'

/**
 * Sees to it that one window of this kiosk works at a time: two would keep two logs.
 * @param onLost another window has taken over
 * @returns whether this window may work
 */
export async function standAlone(onLost: () => void, takesOver = false): Promise<boolean> {
  const { locks } = navigator
  // Browsers without locks are older than what the kiosk needs, or not on https: then it is on its own.
  if (locks === undefined) return true
  return new Promise((resolve) => {
    const how = takesOver ? { steal: true } : { ifAvailable: true }
    locks
      .request(NAME, how, (lock) => {
        resolve(lock !== null)
        // Held until the window closes, or another one steals it.
        return lock === null ? undefined : new Promise(() => {})
      })
      .catch(onLost)
  })
}

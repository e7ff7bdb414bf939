let lock: WakeLockSentinel | undefined
let isWanted = false

/** Keeps the screen on while people scan. Browsers let go of it when the page is put away. */
export function keepAwake(wanted: boolean): void {
  isWanted = wanted
  void renew()
}

async function renew(): Promise<void> {
  if (!isWanted) {
    await lock?.release()
    lock = undefined
  } else if (document.visibilityState === 'visible' && (lock === undefined || lock.released)) {
    // Refused where the battery is low.
    lock = await navigator.wakeLock?.request('screen').catch(() => undefined)
  }
}

document.addEventListener('visibilitychange', () => void renew())

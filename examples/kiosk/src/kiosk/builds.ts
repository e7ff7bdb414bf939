/** Which build of the page runs, and how a newer one takes its place. */

/** What the service worker names its caches by, and what it waits for (sw.ts). */
const CACHE_PREFIX = 'kiosk-'
const TAKE_OVER = 'take-over'

const ASK_EVERY = 30 * 60_000
const LOOK_EVERY = 30_000

/** The build that is kept for offline use. */
export async function buildId(): Promise<string> {
  const names = (await globalThis.caches?.keys().catch(() => [])) ?? []
  return names.find((name) => name.startsWith(CACHE_PREFIX))?.slice(CACHE_PREFIX.length) ?? '–'
}

/** @returns what starts a newer build that is here, or undefined */
export async function newBuild(): Promise<(() => void) | undefined> {
  const waiting = (await navigator.serviceWorker?.getRegistration())?.waiting
  return waiting ? () => waiting.postMessage(TAKE_OVER) : undefined
}

/** Registers the service worker, asks for newer builds, and starts one within the hour, once nobody uses the kiosk. */
export function followBuilds(isIdle: () => boolean): void {
  const workers = navigator.serviceWorker
  if (workers === undefined) return
  const hadOne = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    if (hadOne) location.reload()
  })
  workers.register('sw.js', { updateViaCache: 'none' }).catch(console.warn)
  setInterval(
    () => void workers.getRegistration().then((each) => each?.update().catch(() => undefined)),
    ASK_EVERY,
  )
  setInterval(() => {
    if (isIdle()) void newBuild().then((start) => start?.())
  }, LOOK_EVERY)
}

/**
 * The service worker: the files of one build, kept together, so that the kiosk starts with no network. A newer build
 * is taken whole or not at all, and only when no page of the older one is open any more.
 */

/** Put in by the build: the files' paths, and a hash over all of them. */
declare const __BUILD__: { readonly version: string; readonly files: readonly string[] }

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Lasting {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

const PREFIX = 'kiosk-'
const CACHE = PREFIX + __BUILD__.version

self.addEventListener('install', (event) => {
  const requests = __BUILD__.files.map((file) => new Request(file, { cache: 'reload' }))
  ;(event as Lasting).waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)))
})

self.addEventListener('activate', (event) => (event as Lasting).waitUntil(dropOtherBuilds()))

self.addEventListener('fetch', (event) => {
  const { request } = event as Fetching
  if (request.method === 'GET') (event as Fetching).respondWith(answer(request))
})

async function dropOtherBuilds(): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  // The first visit is looked after at once, so that its reload works offline.
  await (self as unknown as { clients: { claim(): Promise<void> } }).clients.claim()
}

/** What is kept comes from the cache and never from the network; lists by their address come from the network. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(request.mode === 'navigate' ? './' : request, { ignoreVary: true })
  return kept ?? fetch(request)
}

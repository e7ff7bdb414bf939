/**
 * The service worker of a page: the files of one build, kept together, so that the page starts with no network. A newer
 * build is taken whole or not at all. It keeps its own files alone: never a list, and never an address with a stamp.
 */

/** Put in by the build: the files' paths, and a hash over all of them; and files that are kept once they were wanted. */
declare const __BUILD__: {
  readonly version: string
  readonly files: readonly string[]
  readonly later?: readonly string[]
}

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Lasting {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Scope {
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
}

export interface KeepOptions {
  /** What this page's caches begin with. */
  readonly prefix: string
  /** True for the paths, from the page's folder on, where the page itself is to be shown. */
  readonly isPage: (path: string) => boolean
  /** Whether a newer build takes over while pages of the older one are open. */
  readonly takesOver: boolean
}

export function keepBuild({ prefix, isPage, takesOver }: KeepOptions): void {
  const scope = self as unknown as Scope
  const name = prefix + __BUILD__.version
  const folder = new URL(scope.registration.scope)
  const hrefs = (files: readonly string[]): Set<string> =>
    new Set(files.map((file) => new URL(file, folder).href))
  const later = hrefs(__BUILD__.later ?? [])
  const own = new Set([...hrefs(__BUILD__.files), ...later])

  async function install(): Promise<void> {
    const requests = __BUILD__.files.map((file) => new Request(file, { cache: 'reload' }))
    await (await caches.open(name)).addAll(requests)
    if (takesOver) await scope.skipWaiting()
  }

  /** What an older build kept under the same name is the same: names change with what files hold. */
  async function takeOver(): Promise<void> {
    const cache = await caches.open(name)
    for (const each of later) {
      const kept = await caches.match(each, { ignoreVary: true })
      if (kept !== undefined) await cache.put(each, kept)
    }
  }

  async function dropOtherBuilds(): Promise<void> {
    await takeOver()
    const old = (await caches.keys()).filter((each) => each.startsWith(prefix) && each !== name)
    await Promise.all(old.map((each) => caches.delete(each)))
    // The first visit is looked after at once, so that its reload works offline.
    await scope.clients.claim()
  }

  /** The kept file that answers a request; undefined for whatever is the network's to answer. */
  function keptFor({ method, mode, url }: Request): string | undefined {
    if (method !== 'GET' || !url.startsWith(folder.href)) return undefined
    if (mode === 'navigate') return isPage(url.slice(folder.href.length)) ? folder.href : undefined
    return own.has(url) ? url : undefined
  }

  async function answer(kept: string, request: Request): Promise<Response> {
    const cache = await caches.open(name)
    const found = await cache.match(kept, { ignoreVary: true })
    if (found !== undefined) return found
    const fresh = await fetch(request)
    if (later.has(kept) && fresh.ok) await cache.put(kept, fresh.clone())
    return fresh
  }

  self.addEventListener('install', (event) => (event as Lasting).waitUntil(install()))
  self.addEventListener('activate', (event) => (event as Lasting).waitUntil(dropOtherBuilds()))
  self.addEventListener('fetch', (event) => {
    const { request } = event as Fetching
    const kept = keptFor(request)
    if (kept !== undefined) (event as Fetching).respondWith(answer(kept, request))
  })
}

/** Pictures of products, which lie beside the kiosk on its server: kept, so that they are there without a network too. */

/** Not named as the service worker names its own. */
const CACHE = 'product-pictures'
const MAX_PICTURES = 1_000
const MAX_BYTES = 2_000_000
/** As `veristamp site` names them: by what they hold. */
const NAME = /^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$/

export interface Pictures {
  /** A product's picture; undefined where there is none. */
  of(product: number): Promise<Blob | undefined>
  /** Fetches the pictures that are not here yet, and drops those of products that are gone. */
  keepAll(isWanted: (product: number) => boolean): Promise<void>
}

const folder = (): URL => new URL('../pictures/', location.href)

export function openPictures(): Pictures {
  let index: Promise<ReadonlyMap<number, string>> | undefined
  const named = (): Promise<ReadonlyMap<number, string>> => {
    index ??= readIndex().catch(() => {
      // Without a network the next one asks again.
      index = undefined
      return new Map()
    })
    return index
  }
  return {
    async of(product) {
      const name = (await named()).get(product)
      return name === undefined ? undefined : read(name).catch(() => undefined)
    },
    async keepAll(isWanted) {
      index = undefined
      const wanted = [...(await named())].filter(([id]) => isWanted(id)).slice(0, MAX_PICTURES)
      for (const [, name] of wanted) await read(name).catch(() => undefined)
      if (wanted.length > 0) await dropOthers(new Set(['index.json', ...wanted.map(([, name]) => name)]))
    },
  }
}

/** Which pictures there are, by the newest index that is to be had. */
async function readIndex(): Promise<ReadonlyMap<number, string>> {
  const answer = await fetched('index.json', 'no-cache').catch(() => undefined)
  const file = answer ?? (await kept('index.json'))
  if (file === undefined) throw new Error('no index of pictures')
  const said: unknown = JSON.parse(await file.text())
  if (answer !== undefined) await keep('index.json', answer)
  const entries = Object.entries(said as object).filter(([, name]) => NAME.test(String(name)))
  return new Map(entries.map(([id, name]) => [Number(id), String(name)]))
}

/** A picture's name changes with it: one that is kept is as good as the server's. */
async function read(name: string): Promise<Blob | undefined> {
  const here = await kept(name)
  if (here !== undefined) return here
  const picture = await fetched(name, 'default')
  if (picture !== undefined) await keep(name, picture)
  return picture
}

async function fetched(name: string, cache: RequestCache): Promise<Blob | undefined> {
  const answer = await fetch(new URL(name, folder()), { credentials: 'omit', redirect: 'error', cache })
  const length = Number(answer.headers.get('content-length') ?? 0)
  if (!answer.ok || length > MAX_BYTES) {
    await answer.body?.cancel()
    return undefined
  }
  const file = await answer.blob()
  return file.size > MAX_BYTES ? undefined : file
}

/** Where a browser has no such store, pictures are there while the network is. */
const store = (): Promise<Cache> | undefined => globalThis.caches?.open(CACHE)

const kept = async (name: string): Promise<Blob | undefined> =>
  (await (await store())?.match(new URL(name, folder())))?.blob()

async function keep(name: string, file: Blob): Promise<void> {
  // A full disk takes nothing from the answer.
  await (await store())?.put(new URL(name, folder()), new Response(file)).catch(console.warn)
}

async function dropOthers(names: ReadonlySet<string>): Promise<void> {
  const cache = await store()
  for (const request of (await cache?.keys()) ?? [])
    if (!names.has(request.url.slice(folder().href.length))) await cache!.delete(request)
}

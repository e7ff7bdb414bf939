import { type IDBPDatabase, openDB } from 'idb'
import type { HistoryEntry } from './history.ts'

/** What the kiosk keeps over a reload: files as they came, and the history that people see. */
export interface Keep {
  /** False where this browser keeps nothing: all is forgotten when the page closes. */
  readonly lasts: boolean
  get(name: FileName): Promise<Uint8Array | undefined>
  put(name: FileName, bytes: Uint8Array): Promise<void>
  drop(name: FileName): Promise<void>
  /** Puts and drops many in one step. */
  change(put: ReadonlyMap<FileName, Uint8Array>, drop: readonly FileName[]): Promise<void>
  names(): Promise<readonly string[]>
  getKeys(): Promise<CryptoKeyPair | undefined>
  putKeys(keys: CryptoKeyPair): Promise<void>
  history(): Promise<HistoryEntry[]>
  putEntry(entry: HistoryEntry): Promise<void>
  /** Drops an entry of the history with its photo. */
  dropEntry(id: number): Promise<void>
}

/** `setup`, `trust` and `revocation` are the first authority's, as version 0.1 kept them; others follow with their names. */
export type FileName =
  | KindName
  | `${KindName}:${string}`
  | `sent:${string}`
  | `photo:${number}`
  | `slice:${string}`
  | 'notes'
  | 'pin'
type KindName = 'setup' | 'trust' | 'revocation'

const NAME = 'veristamp-kiosk'

/** Opens what this browser keeps; where it keeps nothing, the page's memory stands in for it. */
export async function openKeep(): Promise<Keep> {
  const opening = opener()
  try {
    await opening()
  } catch (error) {
    console.warn('nothing is kept', error)
    return memoryKeep()
  }
  const use = async <T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> => {
    try {
      return await work(await opening())
    } catch (error) {
      // Browsers close databases of pages that were put away: it is opened anew, once.
      if ((error as DOMException).name !== 'InvalidStateError') throw error
      return work(await opening(true))
    }
  }
  return {
    lasts: true,
    get: (name) => use((database) => database.get('files', name)),
    put: async (name, bytes) => void (await use((database) => database.put('files', bytes, name))),
    drop: (name) => use((database) => database.delete('files', name)),
    change: (put, drop) =>
      use(async (database) => {
        const { store, done } = database.transaction('files', 'readwrite')
        const work = [
          ...[...put].map(([name, bytes]) => store.put(bytes, name)),
          ...drop.map((name) => store.delete(name)),
        ]
        await Promise.all([...work, done])
      }),
    names: async () => (await use((database) => database.getAllKeys('files'))).map(String),
    getKeys: () => use((database) => database.get('files', 'keys')),
    putKeys: async (keys) => void (await use((database) => database.put('files', keys, 'keys'))),
    history: () => use((database) => database.getAll('history')),
    putEntry: async (entry) => void (await use((database) => database.put('history', entry))),
    dropEntry: (id) =>
      use(async (database) => {
        await database.delete('files', `photo:${id}`)
        await database.delete('history', id)
      }),
  }
}

function opener(): (anew?: boolean) => Promise<IDBPDatabase> {
  let opened: Promise<IDBPDatabase> | undefined
  const forget = (): void => {
    opened = undefined
  }
  return (anew = false) => {
    if (anew) forget()
    opened ??= openDB(NAME, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('files')
        fresh.createObjectStore('history', { keyPath: 'id' })
      },
      terminated: forget,
    })
    opened.catch(forget)
    return opened
  }
}

function memoryKeep(): Keep {
  const files = new Map<string, Uint8Array>()
  const entries = new Map<number, HistoryEntry>()
  let kept: CryptoKeyPair | undefined
  return {
    lasts: false,
    get: async (name) => files.get(name),
    put: async (name, bytes) => void files.set(name, bytes),
    drop: async (name) => void files.delete(name),
    async change(put, drop) {
      for (const [name, bytes] of put) files.set(name, bytes)
      for (const name of drop) files.delete(name)
    },
    names: async () => [...files.keys()],
    getKeys: async () => kept,
    putKeys: async (keys) => {
      kept = keys
    },
    history: async () => [...entries.values()],
    putEntry: async (entry) => void entries.set(entry.id, entry),
    dropEntry: async (id) => {
      files.delete(`photo:${id}`)
      entries.delete(id)
    },
  }
}

/** Deletes every database of this origin: the kiosk is as new. */
export async function forgetAll(): Promise<void> {
  const databases = (await globalThis.indexedDB?.databases?.().catch(() => [])) ?? []
  await Promise.all(databases.map(({ name }) => name && deleteDatabase(name)))
}

const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    // The page is reloaded next, which closes what still holds the database open.
    request.onblocked = () => resolve()
    request.onerror = () => reject(request.error)
  })

import { openDB } from 'idb'
import type { HistoryEntry } from './history.ts'

/** What the kiosk keeps over a reload: files as they came, and the history that people see. */
export interface Keep {
  get(name: FileName): Promise<Uint8Array | undefined>
  put(name: FileName, bytes: Uint8Array): Promise<void>
  drop(name: FileName): Promise<void>
  getKeys(): Promise<CryptoKeyPair | undefined>
  putKeys(keys: CryptoKeyPair): Promise<void>
  history(): Promise<HistoryEntry[]>
  putEntry(entry: HistoryEntry): Promise<void>
  dropEntry(id: number): Promise<void>
}

export type FileName = 'setup' | 'trust' | 'revocation'

const NAME = 'veristamp-kiosk'

export async function openKeep(): Promise<Keep> {
  const database = await openDB(NAME, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('files')
      fresh.createObjectStore('history', { keyPath: 'id' })
    },
  })
  return {
    get: (name) => database.get('files', name),
    put: async (name, bytes) => void (await database.put('files', bytes, name)),
    drop: (name) => database.delete('files', name),
    getKeys: () => database.get('files', 'keys'),
    putKeys: async (keys) => void (await database.put('files', keys, 'keys')),
    history: () => database.getAll('history'),
    putEntry: async (entry) => void (await database.put('history', entry)),
    dropEntry: (id) => database.delete('history', id),
  }
}

/** Deletes every database of this origin: the kiosk is as new. */
export async function forgetAll(): Promise<void> {
  const databases = await indexedDB.databases()
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

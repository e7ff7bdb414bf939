import { type IDBPDatabase, openDB } from 'idb'
import type { KeeperStore } from '../keeper/store.ts'
import { checkText } from '../lib/checks.ts'

/** A keeper's store in IndexedDB. */
export interface IndexedDbKeeperStore extends Required<KeeperStore> {
  /** Closes the database. It opens again when it is asked for something. */
  close(): Promise<void>
}

const TEXTS = 'texts'

/**
 * A keeper's store of this origin, in IndexedDB. It is opened when it is asked first. Tabs may share it.
 *
 * Browsers may evict a site's data, and users clear it: then the store is as one that was never used. Ask for
 * `navigator.storage.persist()`.
 * @throws what IndexedDB throws, such as a DOMException `QuotaExceededError`: to the keeper, which goes on without it and
 * says so in its state
 * @example
 * ```ts
 * import { indexedDbKeeperStore } from 'veristamp/browser'
 * import { createKeeper } from 'veristamp/keeper'
 *
 * const keeper = createKeeper({ pins, store: indexedDbKeeperStore() })
 * ```
 */
export function indexedDbKeeperStore(name = 'veristamp-keeper'): IndexedDbKeeperStore {
  checkText('name', name, 1, 1_000)
  let opening: Promise<IDBPDatabase> | undefined
  const forget = () => {
    opening = undefined
  }
  const open = (): Promise<IDBPDatabase> => {
    opening ??= openTexts(name, forget).catch((error) => {
      forget()
      throw error
    })
    return opening
  }
  const update: Required<KeeperStore>['update'] = async (key, change) => {
    const { store, done } = (await open()).transaction(TEXTS, 'readwrite', { durability: 'strict' })
    const changed = change(await store.get(key))
    await Promise.all([store.put(changed, key), done])
  }
  return {
    get: async (key) => (await open()).get(TEXTS, key),
    set: (key, text) => update(key, () => text),
    update,
    async close() {
      const database = await opening?.catch(() => undefined)
      forget()
      database?.close()
    },
  }
}

const openTexts = (name: string, onClosed: () => void): Promise<IDBPDatabase> =>
  openDB(name, 1, {
    upgrade: (database) => void database.createObjectStore(TEXTS),
    // Another tab wants to delete or renew the database: it need not wait for this one.
    blocking: (_current, _wanted, event) => {
      onClosed()
      ;(event.target as unknown as { close(): void }).close()
    },
    terminated: onClosed,
  })

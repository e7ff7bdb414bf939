import { type IDBPDatabase, openDB } from 'idb'
import { isBytes } from '../lib/brand.ts'
import { checkText, copyBytes } from '../lib/checks.ts'
import { VeristampError } from '../lib/errors.ts'
import type { ScanStore } from '../scanlog/store.ts'

/** A scan log's store in IndexedDB. */
export interface IndexedDbScanStore extends ScanStore {
  /** Closes the database. Flush the log first. */
  close(): void
}

const CHUNKS = 'chunks'

/**
 * Opens the store of this origin with a name. A chunk is on disk once the promise of `append` has resolved. Tabs
 * may append to one store at the same time; each knows what the others did when it opens its log again.
 *
 * Browsers may evict a site's data, and users clear it: ask for `navigator.storage.persist()`, and export.
 * @throws what IndexedDB throws; `read` throws VeristampError `store_corrupt` for a malformed chunk
 * @example
 * ```ts
 * import { openIndexedDbScanStore } from 'veristamp/browser'
 * import { openScanLog } from 'veristamp/scanlog'
 *
 * const store = await openIndexedDbScanStore()
 * const log = await openScanLog({ place: 'Ha Long market 1', store })
 * ```
 */
export async function openIndexedDbScanStore(name = 'veristamp-scans'): Promise<IndexedDbScanStore> {
  checkText('name', name, 1, 1_000)
  const database = await openDB(name, 1, {
    upgrade: (opened) => void opened.createObjectStore(CHUNKS, { autoIncrement: true }),
    // Another tab wants to delete or renew the database: it need not wait for this one.
    blocking: (_current, _wanted, event) => (event.target as unknown as { close(): void }).close(),
  })
  return {
    async read() {
      const chunks: unknown[] = await database.getAll(CHUNKS)
      if (chunks.every(isBytes)) return chunks
      throw new VeristampError('store_corrupt', 'scan log: a chunk that is no bytes', { fault: 'unreadable' })
    },
    append: (chunk) => write(database, [chunk], false),
    replace: async (chunks) => write(database, [...chunks], true),
    close: () => database.close(),
  }
}

/** One transaction: it does all, or nothing. */
async function write(database: IDBPDatabase, chunks: readonly Uint8Array[], clear: boolean): Promise<void> {
  const own = chunks.map((chunk) => copyBytes('chunk', chunk)) // of a view IndexedDB would keep the whole buffer
  const { store, done } = database.transaction(CHUNKS, 'readwrite', { durability: 'strict' })
  await Promise.all([clear && store.clear(), ...own.map((chunk) => store.add(chunk)), done])
}

import { type IDBPDatabase, openDB } from 'idb'
import { compareSeen, copySeen, type DocumentKind, type Seen, type SequenceStore } from '../document/store.ts'
import { isBytes } from '../lib/brand.ts'
import { checkText } from '../lib/checks.ts'
import { VeristampError } from '../lib/errors.ts'

/** A store in IndexedDB. It answers from memory and keeps durably what it is given, soon after. */
export interface IndexedDbStore extends SequenceStore {
  /**
   * Resolves when all that was written is on disk; tries again what failed before.
   * @throws what IndexedDB throws, such as a DOMException `QuotaExceededError`
   */
  flush(): Promise<void>
  /** Flushes, then closes the database. */
  close(): Promise<void>
}

/**
 * Opens the store of this origin with a name, and reads what it keeps. IndexedDB is asynchronous and loading a
 * list is not, so entries are read once, here: open a store where lists are loaded, and `flush` it afterwards.
 * What another tab has accepted since then is found at the next write, which never replaces a newer entry.
 *
 * Browsers may evict a site's data, and users clear it: then the store reads as never used. Ask for
 * `navigator.storage.persist()`.
 * @throws VeristampError `store_corrupt` for malformed entries; what IndexedDB throws
 * @example
 * ```ts
 * import { openIndexedDbStore } from 'veristamp/browser'
 * import { loadTrustList } from 'veristamp/verify'
 *
 * const store = await openIndexedDbStore()
 * loadTrustList(trustListFile, { authority, roots, store }).ok // → true
 * await store.flush()
 * ```
 */
export async function openIndexedDbStore(name = 'veristamp'): Promise<IndexedDbStore> {
  checkText('name', name, 1, 1_000)
  const database = await openDatabase(name)
  const kept = await readAll(database)
  const unsaved = new Set<string>()
  let saving = Promise.resolve()

  async function saveAll(): Promise<void> {
    for (const key of unsaved) {
      const seen = kept.get(key)!
      const newest = await keepNewer(database, key, seen)
      // One that was written meanwhile has its turn in the next round.
      if (kept.get(key) !== seen) continue
      kept.set(key, newest)
      unsaved.delete(key)
    }
    if (unsaved.size > 0) await saveAll()
  }
  const flush = (): Promise<void> => {
    saving = saving.catch(() => undefined).then(saveAll)
    return saving
  }

  return {
    read: (authority, kind) => kept.get(entryKey(authority, kind)),
    write(authority, kind, seen) {
      const key = entryKey(authority, kind)
      kept.set(key, copySeen(seen))
      unsaved.add(key)
      flush().catch(() => undefined) // it stays unsaved, so that the caller's flush meets the error too
    },
    flush,
    async close() {
      await flush()
      database.close()
    },
  }
}

const ENTRIES = 'seen'

const entryKey = (authority: string, kind: DocumentKind): string => `${kind} ${authority}`

const openDatabase = (name: string): Promise<IDBPDatabase> =>
  openDB(name, 1, {
    upgrade: (database) => void database.createObjectStore(ENTRIES),
    // Another tab wants to delete or renew the database: it need not wait for this one.
    blocking: (_current, _wanted, event) => (event.target as unknown as { close(): void }).close(),
  })

async function readAll(database: IDBPDatabase): Promise<Map<string, Seen>> {
  const transaction = database.transaction(ENTRIES)
  const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()])
  return new Map(keys.map((key, index) => [String(key), checkSeen(String(key), values[index])]))
}

/** Keeps an entry unless a newer one is there, in one transaction. @returns the newer of the two */
async function keepNewer(database: IDBPDatabase, key: string, seen: Seen): Promise<Seen> {
  const transaction = database.transaction(ENTRIES, 'readwrite', { durability: 'strict' })
  const found: unknown = await transaction.store.get(key)
  const other = found === undefined ? undefined : checkSeen(key, found)
  const newest = other !== undefined && compareSeen(other, seen) >= 0 ? other : seen
  if (newest === seen) await transaction.store.put(toEntry(seen), key)
  await transaction.done
  return newest
}

const toEntry = ({ epoch, sequence, digest, roots }: Seen): Seen => ({
  epoch,
  sequence,
  digest,
  ...(roots && { roots: { threshold: roots.threshold, keys: roots.keys } }),
})

function checkSeen(key: string, value: unknown): Seen {
  const { epoch, sequence, digest, roots } = (value ?? {}) as Partial<Seen>
  const sound =
    Number.isSafeInteger(epoch) &&
    Number.isSafeInteger(sequence) &&
    isDigest(digest) &&
    (roots === undefined || (Number.isSafeInteger(roots.threshold) && roots.keys?.every(isDigest)))
  if (sound) return value as Seen
  throw new VeristampError('store_corrupt', `store: no entry for ${key}`, { fault: 'lost', key })
}

const isDigest = (value: unknown): boolean => isBytes(value) && value.length === 32

import type { KeeperStore } from 'veristamp/keeper'

/** Where this page keeps the lists: IndexedDB, so that it works with no network and never goes back to older ones. */
export const shelf: Required<KeeperStore> & { open(): Promise<unknown> } = {
  open: () => open(),
  get: (key) => within('readonly', (texts) => texts.get(key)),
  set: (key, text) => shelf.update(key, () => text),
  update: (key, change) =>
    within('readwrite', (texts, fail) => {
      const reading = texts.get(key)
      reading.onsuccess = () => {
        try {
          texts.put(change(reading.result as string | undefined), key)
        } catch (error) {
          fail(error)
        }
      }
      return reading
    }),
}

const TEXTS = 'texts'

/** One connection for all that is asked, until the browser closes it. */
let opening: Promise<IDBDatabase> | undefined

const forget = (): void => {
  opening = undefined
}

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('veristamp-page', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(TEXTS)
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  }).catch((error) => {
    forget()
    throw error
  })
  return opening
}

/** One transaction: resolves once it is done. */
async function within(
  mode: IDBTransactionMode,
  work: (texts: IDBObjectStore, fail: (error: unknown) => void) => IDBRequest,
): Promise<string | undefined> {
  const database = await open()
  database.onclose = forget
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(TEXTS, mode)
    const request = work(transaction.objectStore(TEXTS), (error) => {
      reject(error)
      transaction.abort()
    })
    transaction.oncomplete = () => resolve(request.result as string | undefined)
    transaction.onabort = () => reject(transaction.error)
  })
}

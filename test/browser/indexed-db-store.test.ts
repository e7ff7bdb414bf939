import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { openDB } from 'idb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type IndexedDbStore, openIndexedDbStore } from '../../src/browser/indexed-db-store.ts'
import type { Seen } from '../../src/document/store.ts'
import { AUTHORITY, listOf, outcome, rootsOf } from '../support/trust-lists.ts'
import 'fake-indexeddb/auto'

/** IndexedDB as fake-indexeddb has it; a real browser's is asked by the tests of the package. */

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
})

const seen = (sequence: number, more: Partial<Seen> = {}): Seen => ({
  epoch: 1,
  sequence,
  digest: new Uint8Array(32).fill(sequence % 256),
  ...more,
})

/** What a tab that opens the store now finds. */
async function kept(): Promise<Seen | undefined> {
  const store = await openIndexedDbStore()
  const found = store.read(AUTHORITY, 'trust')
  await store.close()
  return found
}

/** Writes past the store, as a tab of any version might. */
async function putRaw(key: string, value: unknown): Promise<void> {
  await (await openIndexedDbStore()).close()
  const database = await openDB('veristamp')
  await database.put('seen', value, key)
  database.close()
}

describe('a store in IndexedDB', () => {
  it('that was never used is empty', async () => {
    expect(await kept()).toBeUndefined()
  })

  it('answers at once, and a tab that is opened after a flush reads the same', async () => {
    const store = await openIndexedDbStore()
    const roots = { threshold: 2, keys: rootsOf(1, 1, 'a', 'b').keys }
    store.write(AUTHORITY, 'trust', seen(7, { epoch: 3, roots }))
    store.write(AUTHORITY, 'revocation', seen(9))
    expect(store.read(AUTHORITY, 'trust')).toEqual(seen(7, { epoch: 3, roots }))
    await store.flush()
    const reopened = await openIndexedDbStore()
    expect(reopened.read(AUTHORITY, 'trust')).toEqual(seen(7, { epoch: 3, roots }))
    expect(reopened.read(AUTHORITY, 'revocation')).toEqual(seen(9))
    expect(reopened.read('ministry', 'trust')).toBeUndefined()
  })

  it('keeps stores of other names apart', async () => {
    const store = await openIndexedDbStore('one')
    store.write(AUTHORITY, 'trust', seen(7))
    await store.flush()
    expect((await openIndexedDbStore('two')).read(AUTHORITY, 'trust')).toBeUndefined()
  })

  it('stands between a verifier and older lists, over the life of a page', async () => {
    const roots = rootsOf(2, 1, 'new root')
    const load = async (bytes: Uint8Array) => {
      const store = await openIndexedDbStore()
      const result = outcome(bytes, { store })
      await store.close()
      return result
    }
    expect(await load(listOf({ sequence: 5 }, 'root'))).toBe('ok')
    expect(await load(listOf({ sequence: 4 }, 'root'))).toBe('rollback')
    expect(await load(listOf({ sequence: 5, issuers: [] }, 'root'))).toBe('equivocation')
    expect(await load(listOf({ sequence: 6, roots }, 'root', 'new root'))).toBe('ok')
    expect(await load(listOf({ sequence: 7, roots }, 'new root'))).toBe('ok')
    expect(await load(listOf({ sequence: 8 }, 'root'))).toBe('threshold')
  })

  it('keeps the last of many writes', async () => {
    const store = await openIndexedDbStore()
    for (let sequence = 1; sequence <= 50; sequence++) store.write(AUTHORITY, 'trust', seen(sequence))
    await store.flush()
    expect(await kept()).toEqual(seen(50))
  })

  it('keeps a write that comes while another one is being saved', async () => {
    const store = await openIndexedDbStore()
    const { put } = objectStores()
    const spy = vi.spyOn(objectStores(), 'put').mockImplementation(function (this: unknown, ...args) {
      spy.mockRestore()
      store.write(AUTHORITY, 'trust', seen(6))
      return put.apply(this, args)
    })
    store.write(AUTHORITY, 'trust', seen(5))
    await store.flush()
    expect(store.read(AUTHORITY, 'trust')).toEqual(seen(6))
    expect(await kept()).toEqual(seen(6))
  })
})

describe('two tabs with one store', () => {
  const openTwo = (): Promise<[IndexedDbStore, IndexedDbStore]> =>
    Promise.all([openIndexedDbStore(), openIndexedDbStore()])

  it.each([
    ['of a lower sequence', seen(8), seen(6)],
    ['of a lower epoch', seen(1, { epoch: 2 }), seen(6)],
    ['of the same sequence', seen(8), seen(8, { digest: new Uint8Array(32) })],
  ])('never replace an entry by a later write %s', async (_, first, second) => {
    const [one, two] = await openTwo()
    one.write(AUTHORITY, 'trust', first)
    await one.flush()
    two.write(AUTHORITY, 'trust', second)
    await two.flush()
    expect(await kept()).toEqual(first)
    expect(two.read(AUTHORITY, 'trust')).toEqual(first)
  })

  it('end at the newest when both write at once', async () => {
    const [one, two] = await openTwo()
    for (let sequence = 1; sequence <= 20; sequence++) {
      const tab = sequence % 2 ? one : two
      tab.write(AUTHORITY, 'trust', seen(sequence))
    }
    await Promise.all([one.flush(), two.flush()])
    expect(await kept()).toEqual(seen(20))
  })
})

describe('a flush', () => {
  it('meets the error of a write, and tries it again', async () => {
    const store = await openIndexedDbStore()
    const put = vi.spyOn(objectStores(), 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    store.write(AUTHORITY, 'trust', seen(5))
    await expect(store.flush()).rejects.toThrow('full')
    expect(await kept()).toBeUndefined()
    put.mockRestore()
    await store.flush()
    expect(await kept()).toEqual(seen(5))
  })

  it('fails once the database is closed under it', async () => {
    const store = await openIndexedDbStore()
    await store.close()
    store.write(AUTHORITY, 'trust', seen(5))
    await expect(store.flush()).rejects.toThrow()
  })

  it('has nothing to do where nothing was written', async () => {
    const store = await openIndexedDbStore()
    await expect(store.flush()).resolves.toBeUndefined()
  })
})

describe('a store in IndexedDB with an entry that is none', () => {
  const digest = new Uint8Array(32)
  it.each([
    ['no object', 5],
    ['no sequence', { epoch: 1, digest }],
    ['no whole number', { epoch: 1, sequence: 1.5, digest }],
    ['no digest', { epoch: 1, sequence: 1 }],
    ['a short digest', { epoch: 1, sequence: 1, digest: digest.subarray(1) }],
    ['roots without keys', { epoch: 1, sequence: 1, digest, roots: { threshold: 1 } }],
    [
      'roots with a short key',
      { epoch: 1, sequence: 1, digest, roots: { threshold: 1, keys: [digest, digest.subarray(1)] } },
    ],
  ])('is corrupt: %s', async (_, entry) => {
    await putRaw(`trust ${AUTHORITY}`, entry)
    await expect(openIndexedDbStore()).rejects.toMatchObject({ code: 'store_corrupt' })
  })

  it('that came after it was opened is not written over', async () => {
    const store = await openIndexedDbStore()
    await putRaw(`trust ${AUTHORITY}`, { epoch: 1 })
    store.write(AUTHORITY, 'trust', seen(5))
    await expect(store.flush()).rejects.toMatchObject({ code: 'store_corrupt' })
  })
})

it('lets another tab delete the database', async () => {
  const store = await openIndexedDbStore()
  store.write(AUTHORITY, 'trust', seen(5))
  await store.flush()
  await new Promise<void>((resolve, reject) => {
    const request = (
      globalThis as unknown as { indexedDB: InstanceType<typeof IDBFactory> }
    ).indexedDB.deleteDatabase('veristamp')
    request.onsuccess = () => resolve()
    request.onblocked = () => reject(new Error('blocked'))
  })
  expect(await kept()).toBeUndefined()
})

const objectStores = (): { put: (...args: unknown[]) => unknown } =>
  (globalThis as unknown as { IDBObjectStore: { prototype: { put: (...args: unknown[]) => unknown } } })
    .IDBObjectStore.prototype

import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { openDB } from 'idb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openIndexedDbScanStore } from '../../src/browser/indexed-db-scan-store.ts'
import { openLog } from '../scanlog/logs.ts'
import { describeScanStore } from '../scanlog/scan-stores.ts'
import 'fake-indexeddb/auto'

/** IndexedDB as fake-indexeddb has it; a real browser's is asked by the tests of the package. */

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
})

describeScanStore('IndexedDB', () => openIndexedDbScanStore())

describe('a scan log in IndexedDB', () => {
  it('keeps logs of other names apart', async () => {
    await (await openIndexedDbScanStore('one')).append(Uint8Array.of(1))
    expect(await (await openIndexedDbScanStore('two')).read()).toEqual([])
  })

  it('is corrupt with an entry that is no chunk', async () => {
    ;(await openIndexedDbScanStore()).close()
    const database = await openDB('veristamp-scans')
    await database.put('chunks', 'words', 7)
    database.close()
    await expect(openLog({ store: await openIndexedDbScanStore() })).rejects.toMatchObject({
      code: 'store_corrupt',
    })
  })

  it('keeps all or nothing of what replaces it', async () => {
    const store = await openIndexedDbScanStore()
    await store.append(Uint8Array.of(1))
    function* failing() {
      yield Uint8Array.of(2)
      throw new Error('no more')
    }
    await expect(store.replace(failing())).rejects.toThrow()
    expect(await (await openIndexedDbScanStore()).read()).toEqual([Uint8Array.of(1)])
  })

  it('lets another tab append', async () => {
    const [one, two] = [await openIndexedDbScanStore(), await openIndexedDbScanStore()]
    await Promise.all([
      one.append(Uint8Array.of(1)),
      two.append(Uint8Array.of(2)),
      one.append(Uint8Array.of(3)),
    ])
    expect(Array.from(await two.read(), ([byte]) => byte).sort()).toEqual([1, 2, 3])
  })
})

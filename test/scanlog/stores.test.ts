import { beforeEach, describe, expect, it } from 'vitest'
import { memoryScanStore, type ScanStore } from '../../src/scanlog/store.ts'
import { codeOf, openLog, scan } from './logs.ts'
import { describeScanStore } from './scan-stores.ts'

let store: ScanStore
beforeEach(() => {
  store = memoryScanStore()
})

describeScanStore('memory', () => store)

describe('a scan log whose store fails', () => {
  it('answers all the same, says so when it is flushed, and keeps all once the store can', async () => {
    let isFull = true
    const failing: ScanStore = {
      ...store,
      append(chunk) {
        if (isFull) throw new Error('disk full')
        return store.append(chunk)
      },
    }
    const log = await openLog({ store: failing })
    scan(log, codeOf(1), 0)
    await expect(log.flush()).rejects.toThrow('disk full')
    expect(scan(log, codeOf(1), 60).answer).toBe('seen_here')
    isFull = false
    await log.flush()
    expect((await openLog({ store })).recent(9)).toEqual(log.recent(9))
  })

  it('is opened though it can not be written anew, and takes more', async () => {
    const options = { limit: 4 }
    const log = await openLog({ ...options, store })
    for (let serial = 0; serial < 40; serial++) scan(log, codeOf(serial), serial)
    await log.flush()
    const full: ScanStore = {
      ...store,
      replace: async () => {
        throw new Error('disk full')
      },
    }
    const again = await openLog({ ...options, store: full })
    expect(again.recent(9)).toEqual(log.recent(9))
    scan(again, codeOf(99), 99)
    await again.flush()
    expect((await openLog({ ...options, store })).recent(9)).toEqual(again.recent(9))
  })

  it.each([
    ['no CBOR', Uint8Array.of(255)],
    ['another value', Uint8Array.of(0x80)],
    ['nothing', new Uint8Array()],
  ])('is not opened with a chunk that is %s', async (_, chunk) => {
    await store.append(chunk)
    await expect(openLog({ store })).rejects.toMatchObject({ code: 'store_corrupt' })
  })
})

import { describe, expect, it } from 'vitest'
import type { ScanStore } from '../../src/scanlog/store.ts'
import { AUTHORITY, keyOf } from '../support/trust-lists.ts'
import { at, codeOf, DAY, exported, HANOI, HOUR, look, openLog, scan } from './logs.ts'

/** What every store of a scan log does. `open` opens the same one again each time, empty at first in each test. */
export function describeScanStore(name: string, open: () => ScanStore | Promise<ScanStore>): void {
  describe(`a scan log in ${name}`, () => {
    it('is empty at first', async () => {
      expect([...(await (await open()).read())]).toEqual([])
      expect((await openLog({ store: await open() })).size).toBe(0)
    })

    it('keeps the bytes of each chunk, whatever becomes of the array', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, value) => value)
      const store = await open()
      await store.append(bytes)
      const kept = bytes.slice()
      bytes.fill(0)
      await store.append(new Uint8Array())
      expect([...(await (await open()).read())]).toEqual([kept, new Uint8Array()])
    })

    it('keeps other chunks in their place', async () => {
      const store = await open()
      await store.append(Uint8Array.of(1))
      await store.replace([Uint8Array.of(2), Uint8Array.of(3)])
      await store.append(Uint8Array.of(4))
      expect([...(await (await open()).read())]).toEqual([2, 3, 4].map((value) => Uint8Array.of(value)))
    })

    it('answers the same when it is opened again', async () => {
      const log = await openLog({ store: await open() })
      const other = await openLog({ place: HANOI })
      for (const serial of [1, 2]) scan(other, codeOf(serial), 0)
      other.undo(scan(other, codeOf(3), 0).id!)
      scan(log, codeOf(1), 60)
      log.undo(scan(log, codeOf(2), 0).id!)
      scan(log, codeOf(4, 1), 0)
      scan(log, codeOf(4, 2), HOUR)
      log.merge(await exported(other, HANOI), { now: at(0) })
      await log.flush()
      const again = await openLog({ store: await open() })
      for (const code of [1, 2, 3, 4, 5].map((serial) => codeOf(serial))) {
        expect(look(again, code, 9 * DAY)).toEqual(look(log, code, 9 * DAY))
      }
      expect(look(again, codeOf(4, 1), DAY).answer).toBe('double_issued')
      expect(again.recent(9)).toEqual(log.recent(9))
      const options = { authority: AUTHORITY, now: at(0) }
      const signer = keyOf('x')
      expect(await again.export(signer, options)).toEqual(await log.export(signer, options))
    })

    it('is written anew when most of it was forgotten, and answers the same', async () => {
      const options = { limit: 8 }
      const log = await openLog({ ...options, store: await open() })
      for (let serial = 0; serial < 40; serial++) scan(log, codeOf(serial), serial)
      await log.flush()
      expect([...(await (await open()).read())]).toHaveLength(40)
      const again = await openLog({ ...options, store: await open() })
      expect([...(await (await open()).read())].length).toBeLessThan(4)
      for (const each of [again, await openLog({ ...options, store: await open() })]) {
        expect([each.size, each.since]).toEqual([8, at(32)])
        expect(each.recent(99)).toEqual(log.recent(99))
      }
    })
  })
}

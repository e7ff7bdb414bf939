import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openChunkIntakeStore } from '../../src/intake/chunk-store.ts'
import { openIntake } from '../../src/intake/intake.ts'
import type { IntakeStore } from '../../src/intake/store.ts'
import { fileScanStore } from '../../src/node/stores/file-scan-store.ts'
import { memoryScanStore } from '../../src/scanlog/store.ts'
import { at, codeOf, exported, HERE, openLog, scan, scanners } from '../scanlog/logs.ts'
import { fastEngine } from '../support/trust-lists.ts'
import { describeIntakeStore } from './stores.ts'

const folder = mkdtempSync(join(tmpdir(), 'veristamp-intake-'))
afterAll(() => rmSync(folder, { recursive: true }))

const openFile = (name: string): Promise<IntakeStore> => {
  const store = fileScanStore(join(folder, name), { fsync: false })
  return openChunkIntakeStore(store, { close: store.close })
}

const lists = { trust: 1, trustList: scanners }
const now = at(0)

async function log(...serials: number[]): Promise<Uint8Array> {
  const kiosk = await openLog()
  for (const serial of serials) scan(kiosk, codeOf(serial), 0)
  return exported(kiosk, HERE)
}

describeIntakeStore('a file', openFile)

describe('a file of scans that were taken', () => {
  it('is cut off where a crash tore it, and is refused where somebody changed it', async () => {
    const store = await openFile('torn')
    const intake = openIntake({ store, lists, engine: fastEngine })
    await intake.take(await log(1), { now })
    const whole = readFileSync(join(folder, 'torn'))
    await intake.take(await log(2, 3), { now })
    await store.close()
    const both = readFileSync(join(folder, 'torn'))
    writeFileSync(join(folder, 'torn'), both.subarray(0, -20))
    const torn = await openFile('torn')
    expect((await torn.scanners(scanners.authority)).map(({ scans }) => scans)).toEqual([1])
    const retaken = await openIntake({ store: torn, lists, engine: fastEngine }).take(await log(2, 3), {
      now,
    })
    expect(retaken).toMatchObject({ taken: [{ added: 2 }] })
    await torn.close()
    writeFileSync(join(folder, 'torn'), whole)
    appendFileSync(join(folder, 'torn'), 'x\nx\n')
    await expect(openFile('torn')).rejects.toMatchObject({ code: 'store_corrupt' })
  })

  it('holds no other chunks', async () => {
    const chunks = memoryScanStore()
    await chunks.append(Uint8Array.of(0xa0))
    await expect(openChunkIntakeStore(chunks)).rejects.toMatchObject({ code: 'store_corrupt' })
  })

  it('says that it is full, and keeps nothing of what has no room', async () => {
    const store = await openChunkIntakeStore(memoryScanStore(), { max: 3 })
    const intake = openIntake({ store, lists, engine: fastEngine })
    await intake.take(await log(1, 2), { now })
    await expect(intake.take(await log(3, 4), { now })).rejects.toMatchObject({ code: 'does_not_fit' })
    expect((await intake.scanners())[0]).toMatchObject({ scans: 2 })
    expect(await intake.take(await log(3), { now })).toMatchObject({ taken: [{ added: 1 }] })
  })
})

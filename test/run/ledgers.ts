import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Ledger } from '../../src/run/ledger/ledger.ts'
import { readReservation } from '../../src/run/ledger/record.ts'
import { voidReason } from '../../src/run/ledger/void.ts'
import { resumeRun, startRun } from '../../src/run/run.ts'
import { JOB, keySigner, PRESS_SEED, REACH, RESERVED, toolsOf } from '../support/runs.ts'

const OPTIONS = { now: RESERVED }
const reach = { ...REACH, publicKey: keySigner(PRESS_SEED).publicKey }
const why = { reason: 'other', date: '2026-03-02' } as const

/** What every ledger does. `open` makes an empty one; opened again with the same name it is the same one. */
export function describeLedger(name: string, open: (name: string) => Promise<Ledger>): void {
  let made = 0
  const fresh = () => open(`ledger${++made}`)
  const again = () => open(`ledger${made}`)

  describe(`a ledger: ${name}`, () => {
    it('is empty at first, and plans without taking anything', async () => {
      const ledger = await fresh()
      expect(await ledger.list()).toEqual([])
      const plan = await ledger.plan(JOB, reach, OPTIONS)
      expect(plan).toMatchObject({ id: '12-104-7-1', first: 1, last: 40, keyId: 7 })
      expect(await ledger.list()).toEqual([])
      expect(await ledger.reserve(JOB, reach, OPTIONS)).toEqual(plan)
    })

    it('gives each serial once, in ranges of the scope', async () => {
      const ledger = await fresh()
      await ledger.reserve({ ...JOB, count: 9_990 }, reach, OPTIONS)
      expect(await ledger.reserve({ ...JOB, count: 10 }, reach, OPTIONS)).toMatchObject({ first: 20_000 })
      expect(await (await again()).reserve(JOB, reach, OPTIONS)).toMatchObject({
        first: 20_010,
        id: '12-104-7-3',
      })
      await expect(ledger.reserve({ ...JOB, first: 20_049 }, reach, OPTIONS)).rejects.toMatchObject({
        code: 'serials_taken',
        details: { run: '12-104-7-3', first: 20_010, last: 20_049 },
      })
      await expect(ledger.reserve({ ...JOB, first: 9_970 }, reach, OPTIONS)).rejects.toMatchObject({
        code: 'out_of_scope',
      })
      expect(await ledger.reserve({ ...JOB, count: 2, first: 9_998 }, reach, OPTIONS)).toMatchObject({
        first: 9_998,
      })
      expect((await ledger.list()).map(({ first, last }) => [first, last])).toEqual([
        [1, 9_990],
        [20_000, 20_009],
        [20_010, 20_049],
        [9_998, 9_999],
      ])
    })

    it('lets no two that reserve at once share a serial or a name', async () => {
      const ledger = await fresh()
      const others = await Promise.all(Array.from({ length: 4 }, again))
      const runs = await Promise.all(
        [ledger, ...others].flatMap((each) =>
          [1, 2, 3].map(() => each.reserve({ ...JOB, count: 3 }, reach, OPTIONS)),
        ),
      )
      const serials = runs.flatMap(({ first }) => [first, first + 1, first + 2])
      expect(new Set(serials).size).toBe(45)
      expect(Math.max(...serials)).toBe(45)
      expect(new Set(runs.map(({ id }) => id)).size).toBe(15)
    })

    it('refuses what a folder refuses, and takes nothing', async () => {
      const ledger = await fresh()
      const watermark = () => 39
      const failing = {
        ...OPTIONS,
        check: () => {
          throw new Error('no room')
        },
      } // prettier-ignore
      await expect(ledger.reserve({ ...JOB, count: 0 }, reach, OPTIONS)).rejects.toMatchObject({
        code: 'argument_range',
      })
      await expect(ledger.reserve(JOB, { ...reach, watermark }, OPTIONS)).rejects.toMatchObject({
        code: 'above_watermark',
      })
      await expect(ledger.reserve({ ...JOB, facility: 99 }, reach, OPTIONS)).rejects.toMatchObject({
        code: 'out_of_scope',
      })
      await expect(ledger.reserve(JOB, reach, failing)).rejects.toThrow('no room')
      await expect(ledger.reserve(JOB, reach, {} as never)).rejects.toMatchObject({ code: 'argument_type' })
      expect(await ledger.list()).toEqual([])
      expect(existsSync(join(ledger.folder, '12-104-7-1.json'))).toBe(false)
    })

    it('keeps records, letter by letter as they are in the folder', async () => {
      const ledger = await fresh()
      const run = await ledger.reserve(JOB, reach, OPTIONS)
      expect(await (await again()).record(run.id)).toEqual(run)
      expect(readReservation(ledger.folder, run.id)).toEqual(run)
      expect(await ledger.describe(run.id)).toEqual({ run, finished: false, void: false, shards: [] })
      await expect(ledger.record('12-104-7-2')).rejects.toMatchObject({ code: 'ENOENT' })
      await expect(ledger.record('../x')).rejects.toMatchObject({ code: 'argument_range' })
    })

    it('keeps the key that it was given, whatever becomes of the array', async () => {
      const ledger = await fresh()
      const key = Buffer.from(reach.publicKey)
      const asked: string[] = []
      const watermark = (publicKey: Uint8Array) => void asked.push(Buffer.from(publicKey).toString('hex'))
      const promise = ledger.reserve(JOB, { ...REACH, publicKey: key, watermark }, OPTIONS)
      key.fill(0)
      const { publicKey } = await promise
      expect(publicKey).toBe(Buffer.from(reach.publicKey).toString('hex'))
      expect(new Set(asked)).toEqual(new Set([publicKey]))
    })

    it('knows when a run is finished, by its manifest', async () => {
      const ledger = await fresh()
      const { id } = await ledger.reserve(JOB, reach, OPTIONS)
      await resumeRun(ledger.folder, id, toolsOf({ regular: new Uint8Array() }))
      expect(await ledger.describe(id)).toMatchObject({ finished: true })
      expect((await ledger.survey()).faults).toEqual([])
    })

    it('declares runs void for good, and keeps their serials taken', async () => {
      const ledger = await fresh()
      const run = await ledger.reserve(JOB, reach, OPTIONS)
      expect(await ledger.void(run.id, why)).toEqual(run)
      expect(await ledger.void(run.id, { ...why, reason: 'lost' })).toEqual(run)
      expect((await (await again()).describe(run.id)).void).toBe(true)
      expect(voidReason(ledger.folder, run.id)).toEqual(why)
      await expect(ledger.void('12-104-7-9', why)).rejects.toMatchObject({ code: 'ENOENT' })
      await expect(
        ledger.void(run.id, { reason: 'dust' as never, date: '2026-01-01' }),
      ).rejects.toMatchObject({ code: 'argument_range' }) // prettier-ignore
      expect(await ledger.reserve(JOB, reach, OPTIONS)).toMatchObject({ first: 41 })
    })

    it('lists one product, and all in their order', async () => {
      const ledger = await fresh()
      const other = { ...JOB, facility: 13, product: 7 }
      await ledger.reserve(other, reach, OPTIONS)
      await ledger.reserve(JOB, reach, OPTIONS)
      expect((await ledger.list()).map(({ id }) => id)).toEqual(['12-104-7-1', '13-7-7-1'])
      expect((await ledger.list({ facility: 13, product: 7 })).map(({ id }) => id)).toEqual(['13-7-7-1'])
    })

    it('takes serials that others tell of for taken', async () => {
      const ledger = await fresh()
      const taken = [{ id: '12-104-7-1', facility: 12, product: 104, first: 5, last: 90 }]
      expect(await ledger.reserve(JOB, reach, { ...OPTIONS, taken })).toMatchObject({
        id: '12-104-7-2',
        first: 91,
      })
    })

    it('stops where something in the folder is strange, until people have looked at it', async () => {
      const ledger = await fresh()
      await ledger.reserve(JOB, reach, OPTIONS)
      writeFileSync(join(ledger.folder, '12-104-7-1 (copy).json'), '{}')
      await expect(ledger.reserve(JOB, reach, OPTIONS)).rejects.toMatchObject({
        code: 'run_corrupt',
        details: { fault: 'stranger' },
      })
      await expect(ledger.list()).rejects.toMatchObject({ code: 'run_corrupt' })
      const { faults } = await ledger.survey()
      expect(faults.map(({ kind }) => kind)).toEqual(['stranger'])
      const accepted = new Set(faults.map(({ name: fault }) => fault))
      expect(await ledger.reserve(JOB, reach, { ...OPTIONS, accepted })).toMatchObject({ first: 41 })
    })

    it('never gives serials twice that a manifest in the folder tells of', async () => {
      const ledger = await fresh()
      const { id } = await ledger.reserve(JOB, reach, OPTIONS)
      mkdirSync(join(ledger.folder, '..', 'elsewhere'), { recursive: true })
      const elsewhere = join(ledger.folder, '..', 'elsewhere', `${id}-${made}`)
      const tools = { ...toolsOf({ regular: new Uint8Array() }), now: RESERVED }
      const { folder } = await startRun(elsewhere, { ...JOB, first: 500 }, REACH, tools)
      renameSync(folder, join(ledger.folder, '12-104-7-1'))
      await expect(ledger.reserve(JOB, reach, OPTIONS)).rejects.toMatchObject({
        details: { fault: 'other_manifest' },
      })
      const accepted = new Set([id])
      expect(await ledger.reserve(JOB, reach, { ...OPTIONS, accepted })).toMatchObject({ first: 540 })
      rmSync(elsewhere, { recursive: true })
      expect(readFileSync(join(ledger.folder, `${id}.json`), 'utf8')).toContain('veristamp-run-1')
    })
  })
}

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { STOCKS } from '../../src/print/sheet/stock.ts'
import { runEngine } from '../../src/run/check-signatures.ts'
import type { RunJob } from '../../src/run/job.ts'
import { openManifest } from '../../src/run/manifest.ts'
import { resumeRun, startRun } from '../../src/run/run.ts'
import { verifyRun } from '../../src/run/verify-run.ts'
import { sharesOf, volumesOf } from '../../src/run/volumes.ts'
import { fonts } from '../support/labels.ts'
import { keySigner, outputsOf, PLAIN, PRESS_SEED, REACH, RESERVED, SEALED, toolsOf } from '../support/runs.ts'
import { drain, sourceOf } from '../support/streams.ts'

let journal: string
beforeEach(() => {
  journal = mkdtempSync(join(tmpdir(), 'veristamp-volumes-'))
  return () => rmSync(journal, { recursive: true, force: true })
})

const { publicKey } = keySigner(PRESS_SEED)
const start = (job: RunJob, tools = toolsOf(fonts)) =>
  startRun(journal, job, REACH, { ...tools, now: RESERVED })
/** 40 labels, 21 a page: a page each, the first of which begins at the twentieth label. */
const CUT: RunJob = { ...PLAIN, sheet: { ...PLAIN.sheet!, stock: 'a4-21', version: 8, volume: 1, start: 20 } }
const NAMES = ['sheets-1.pdf', 'sheets-2.pdf', 'sheets-3.pdf']

describe('the volumes of a run', () => {
  it('hold each label once, in order, on whole pages', () => {
    const a4 = STOCKS['a4-24']
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: a4.columns * a4.rows }),
        (count, volume, start) => {
          const volumes = volumesOf({
            count,
            first: 7,
            last: 6 + count,
            sheet: { stock: 'a4-24', volume, start },
          })
          const full = volume * a4.columns * a4.rows
          expect(volumes.reduce((sum, each) => sum + each.count, 0)).toBe(count)
          expect(volumes.map((each) => each.start)).toEqual(volumes.map((_, i) => (i === 0 ? start : 1)))
          for (const each of volumes.slice(0, -1)) expect(each.start - 1 + each.count).toBe(full)
          expect(volumes.at(-1)!.count).toBeGreaterThan(0)
          expect(volumes.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name).sort())
          let next = 7
          for (const [i, each] of volumes.entries()) {
            expect([each.first, each.last]).toEqual([next, next + each.count - 1])
            expect([each.number, each.of, each.page]).toEqual([i + 1, volumes.length, i * volume + 1])
            next = each.last + 1
          }
        },
      ),
    )
  })

  it('are one file where none is asked for, and none without a sheet', () => {
    const run = { count: 40, first: 1, last: 40 }
    const all = { name: 'sheets.pdf', ...run, start: 20, number: 1, of: 1, page: 1 }
    expect(volumesOf({ ...run, sheet: { ...CUT.sheet!, volume: undefined } })).toEqual([all])
    expect(volumesOf(run)).toEqual([])
  })

  it('are files with the labels of their own pages, signed for one after another', async () => {
    const finished = await start(CUT)
    expect(
      readdirSync(finished.folder)
        .filter((name) => name.endsWith('.pdf'))
        .sort(),
    ).toEqual(NAMES)
    expect(finished.sheets).toEqual(NAMES.map((name) => join(finished.folder, name)))
    const files = finished.sheets!.map((file) => readFileSync(file))
    for (const file of files) expect(file.subarray(0, 5).toString()).toBe('%PDF-')
    const imported = (await runEngine()).importKey(publicKey)
    if (!imported.ok) throw new Error(imported.reason)
    const manifest = openManifest(readFileSync(finished.manifest), imported.key)
    const hash = createHash('sha256')
    for (const file of files) hash.update(file)
    expect(manifest.sheets).toEqual(new Uint8Array(hash.digest()))
    expect(await verifyRun(finished, { publicKeys: [publicKey] })).toMatchObject({ ok: true })
  })

  it('depend on the record and their own serials alone', async () => {
    const whole = (await start({ ...CUT, count: 40 })).sheets!
    const shorter = mkdtempSync(join(tmpdir(), 'veristamp-volumes-'))
    const other = await startRun(shorter, { ...CUT, count: 30 }, REACH, { ...toolsOf(fonts), now: RESERVED })
    for (const at of [0, 1]) expect(readFileSync(other.sheets![at]!)).toEqual(readFileSync(whole[at]!))
    rmSync(shorter, { recursive: true })
  })

  it('are the same after a kill between any two chunks, and where one was lost', async () => {
    const expected = outputsOf((await start(CUT)).folder)
    for (const chunk of [12, 24, 36]) {
      const again = mkdtempSync(join(tmpdir(), 'veristamp-volumes-'))
      const stop = new AbortController()
      const onProgress = ({ done }: { done: number }) => done === chunk && stop.abort()
      const tools = toolsOf(fonts, { signal: stop.signal, onProgress })
      await expect(startRun(again, CUT, REACH, { ...tools, now: RESERVED })).rejects.toThrow(/abort/i)
      expect(readdirSync(join(again, '12-104-7-1')).filter((name) => name.endsWith('.pdf'))).toEqual([])
      expect(outputsOf((await resumeRun(again, '12-104-7-1', toolsOf(fonts))).folder)).toEqual(expected)
      rmSync(again, { recursive: true })
    }
    for (const name of NAMES) {
      rmSync(join(journal, '12-104-7-1', name))
      await resumeRun(journal, '12-104-7-1', toolsOf(fonts))
      expect(outputsOf(join(journal, '12-104-7-1'))).toEqual(expected)
    }
  })

  it('of sealed stamps are several too', async () => {
    const { sheets } = await start({ ...SEALED, sheet: { ...SEALED.sheet!, stock: 'a4-21', volume: 1 } })
    expect(sheets).toHaveLength(2)
  })

  it.each([
    ['sheets_missing', (files: readonly string[]) => rmSync(files[1]!)],
    ['sheets_digest', (files: readonly string[]) => writeFileSync(files[2]!, 'other')],
  ])('tell %s', async (reason, spoil) => {
    const finished = await start(CUT)
    spoil(finished.sheets!)
    expect(await verifyRun(finished, { publicKeys: [publicKey] })).toMatchObject({ ok: false, reason })
  })

  it.each([
    ['sheet.volume', { volume: 0 }],
    ['sheet.volume', { volume: 1.5 }],
    ['sheet.start', { start: 22 }],
  ])('refuse a wrong %s', async (name, changes) => {
    const job = { ...CUT, sheet: { ...CUT.sheet!, ...changes } }
    await expect(start(job)).rejects.toThrow(new RegExp(`^${name}: expected`))
  })
})

describe('the shares of a source', () => {
  it('follow each other, and the last takes what is left', async () => {
    const share = sharesOf(sourceOf([1, 2, 3, 4, 5]))
    expect((await drain(share(2))).items).toEqual([1, 2])
    expect((await drain(share(1))).items).toEqual([3])
    expect((await drain(share(Number.POSITIVE_INFINITY))).items).toEqual([4, 5])
  })

  it('close the source when one is left early, and fail as it fails', async () => {
    const source = sourceOf([1, 2, 3])
    for await (const _ of sharesOf(source)(3)) break
    expect(source.closed).toBe(true)
    const torn = sourceOf([1], () => Promise.reject(new Error('torn')))
    expect(await drain(sharesOf(torn)(3))).toMatchObject({ items: [1], error: { message: 'torn' } })
  })
})

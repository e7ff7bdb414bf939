import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ArgumentTypeError } from '../../src/lib/errors.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { hasSerial } from '../../src/revocation/serial-set.ts'
import { openRuns, type Runs } from '../../src/run/runs.ts'
import { AUTHORITY, EXPIRES, NOW, plus, press } from '../support/fixtures.ts'

/** The runs of a folder, by the one object that has them all. */

let folder: string
let runs: Runs
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-runs-'))
  runs = openRuns(join(folder, 'runs'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const job = { facility: 12, product: 104, count: 3 }
const reach = { keyId: 7, scope: [{ facility: 12 }] }
const key = { ...reach, publicKey: press.publicKey }
const why = { reason: 'stolen', date: '2026-01-10' } as const
const checking = { publicKeys: [press.publicKey] }

describe('the runs of a folder', () => {
  it('are started, listed, described and verified', async () => {
    expect([runs.list(), runs.survey().faults]).toEqual([[], []])
    const finished = await runs.start(job, reach, { signer: press, now: NOW })
    const { id } = finished.run
    expect(runs.list()).toEqual([finished.run])
    expect(runs.list({ facility: 12, product: 105 })).toEqual([])
    expect(runs.describe(id)).toEqual({ run: finished.run, files: finished, finished: true, void: false })
    expect(await runs.verify(id, checking)).toMatchObject({ ok: true, manifest: { count: 3 } })
    const { codes, manifest } = finished
    expect(await runs.verify({ codes, manifest }, checking)).toMatchObject({ ok: true })
    expect(await runs.verify(id, { publicKeys: [] })).toMatchObject({ reason: 'manifest_signature' })
  })

  it('are planned, reserved and then resumed', async () => {
    const planned = runs.plan(job, key, { now: NOW })
    expect(runs.list()).toEqual([])
    const reserved = runs.reserve(job, key, { now: NOW })
    expect(reserved).toEqual(planned)
    expect(runs.describe(reserved.id)).toMatchObject({ finished: false })
    expect((await runs.resume(reserved.id, { signer: press })).run).toEqual(runs.describe(reserved.id).run)
    expect(runs.describe(reserved.id)).toMatchObject({ finished: true })
  })

  it('are declared void, with their serials revoked in a draft where one is given', async () => {
    const [one, two] = [runs.reserve(job, key, { now: NOW }), runs.reserve(job, key, { now: NOW })]
    expect(runs.void(one.id, why)).toEqual({ run: runs.describe(one.id).run })
    expect(runs.describe(one.id)).toMatchObject({ void: true })
    await expect(runs.resume(one.id, { signer: press })).rejects.toThrow('void')
    const times = { issued: NOW, next: plus(NOW, 60), expires: EXPIRES }
    const draft = draftRevocationList({ authority: AUTHORITY, epoch: 0, sequence: 1, ...times })
    const { run, draft: changed } = runs.void(two.id, why, draft)
    expect(run.id).toBe(two.id)
    const { serials } = changed!.revoked[0]!
    expect([3, 4, 6, 7].map((serial) => hasSerial(serials, serial))).toEqual([false, true, true, false])
    expect(draft.revoked).toEqual([])
  })

  it('have one folder from the start, which is named by a text', () => {
    const opened = openRuns('runs')
    expect(isAbsolute(opened.folder)).toBe(true)
    for (const none of [undefined, 5, ['runs'], {}]) {
      expect(() => openRuns(none as never)).toThrow(ArgumentTypeError)
    }
  })
})

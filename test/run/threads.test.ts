import { createHash, createPrivateKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Signer } from '../../src/ed25519/signer.ts'
import { createWorkerPool } from '../../src/node/pool/worker-pool.ts'
import type { FinishedRun } from '../../src/run/folder.ts'
import type { Reservation, RunJob } from '../../src/run/job.ts'
import { signManifest } from '../../src/run/manifest.ts'
import { manifestOf, resumeRun, startRun } from '../../src/run/run.ts'
import type { RunTools } from '../../src/run/tools.ts'
import { verifyRun } from '../../src/run/verify-run.ts'
import { fonts } from '../support/labels.ts'
import {
  keySigner,
  outputsOf,
  PASSPHRASE,
  PLAIN,
  PRESS_SEED,
  REACH,
  RESERVED,
  SEALED,
  toolsOf,
} from '../support/runs.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const privateKey = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${PRESS_SEED}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
})
const pool = createWorkerPool({ threads: 2, workerFile: at('../../dist/node-worker.cjs') })
afterAll(() => pool.close())

let journal: string
beforeEach(() => {
  journal = mkdtempSync(join(tmpdir(), 'veristamp-threads-'))
  return () => rmSync(journal, { recursive: true, force: true })
})

const { publicKey } = keySigner(PRESS_SEED)
const publicKeys = [publicKey]
const start = (job: RunJob, more: Partial<RunTools> = {}) =>
  startRun(journal, job, REACH, { ...toolsOf(fonts, more), now: RESERVED })
const resume = (id: string, more: Partial<RunTools> = {}) => resumeRun(journal, id, toolsOf(fonts, more))

/** The same run, its serials, and its secret, without threads. */
async function madeAlone({ folder, run }: FinishedRun) {
  for (const name of outputsOf(folder).keys()) rmSync(join(folder, name))
  return outputsOf((await resume(run.id)).folder)
}

const PAPER = { ...PLAIN.sheet!, stock: 'a4-21' } as const
const DYING = { threads: 1, workerFile: at('dying-worker.mjs') }

describe('a run that threads lay out', () => {
  const jobs: Record<string, [RunJob, Partial<RunTools>]> = {
    'of many chunks': [{ ...PLAIN, count: 1200 }, { chunk: 500 }],
    'in one chunk': [PLAIN, { chunk: 65_536 }],
    sealed: [SEALED, {}],
    'in volumes, the first of which begins late': [
      { ...PLAIN, sheet: { ...PAPER, volume: 1, start: 20 } },
      {},
    ],
    'as rolls': [{ ...PLAIN, sheet: { ...PAPER, design: 2, volume: 1, roll: true, footer: true } }, {}],
    'signed by the pool': [PLAIN, { signer: pool.signer(privateKey) }],
  }
  it.each(Object.entries(jobs))('has the files that one thread makes: %s', async (_, [job, more]) => {
    const finished = await start(job, { ...more, pool })
    expect(outputsOf(finished.folder)).toEqual(await madeAlone(finished))
  })

  it('is gone on with by one thread, and the other way round', async () => {
    for (const [first, then] of [
      [{ pool }, {}],
      [{}, { pool }],
    ]) {
      const stop = new AbortController()
      const onProgress = ({ done }: { done: number }) => done >= 24 && stop.abort()
      const onReserved = ({ id }: Reservation) => ids.push(id)
      const ids: string[] = []
      const half = startRun(journal, PLAIN, REACH, {
        ...toolsOf(fonts, { ...first, signal: stop.signal, onProgress, onReserved }),
        now: RESERVED,
      })
      await expect(half).rejects.toThrow(/abort/i)
      const finished = await resume(ids[0]!, then)
      expect(outputsOf(finished.folder)).toEqual(await madeAlone(finished))
    }
  })

  it('is refused other fonts than it began with', async () => {
    const { run, sheets } = await start(PLAIN)
    rmSync(sheets![0]!)
    const other = resumeRun(journal, run.id, toolsOf({ regular: fonts.bold }, { pool }))
    await expect(other).rejects.toMatchObject({ code: 'run_corrupt', details: { fault: 'other_fonts' } })
  })

  it('ends with its signer, leaves no page behind, and lets go of its thread', async () => {
    const { signer } = toolsOf(fonts)
    for (let i = 1; i <= 3; i++) {
      let signatures = 20
      const sign: Signer['sign'] = (message) => {
        if (signatures-- === 0) throw new Error('the key is gone')
        return signer.sign(message)
      }
      const run = start(PLAIN, { signer: { ...signer, sign }, pool })
      await expect(run).rejects.toMatchObject({ code: 'signing_failed' })
      const left = [...outputsOf(join(journal, `12-104-7-${i}`)).keys()]
      expect(left).toEqual(['codes.csv', 'codes.csv.marks'])
    }
    const finished = await resume('12-104-7-1', { pool })
    expect(outputsOf(finished.folder)).toEqual(await madeAlone(finished))
  })

  it.each(['THROWS', 'EXITS'])('says so when its thread %s, and can be gone on with', async (lot) => {
    const mortal = createWorkerPool(DYING)
    const job = { ...PLAIN, lot }
    await expect(start(job, { pool: mortal })).rejects.toMatchObject({
      code: 'worker_failed',
      message: 'sheets of run 12-104-7-1: their worker failed',
      details: { work: 'sheets', run: '12-104-7-1' },
    })
    expect([...outputsOf(join(journal, '12-104-7-1')).keys()]).toEqual(['codes.csv', 'codes.csv.marks'])
    const finished = await resume('12-104-7-1')
    const sound = await start({ ...PLAIN, lot: 'SOUND' }, { pool: mortal })
    expect(await verifyRun(sound, { publicKeys })).toMatchObject({ ok: true })
    await mortal.close()
    expect(outputsOf(finished.folder)).toEqual(await madeAlone(finished))
  })

  it('says so when the pool is closed', async () => {
    const closed = createWorkerPool({ threads: 1 })
    await closed.close()
    await expect(start(PLAIN, { pool: closed })).rejects.toMatchObject({ code: 'worker_failed' })
  })
})

describe('a run whose codes threads check', () => {
  const LONG: RunJob = { ...SEALED, count: 3000, sheet: undefined }

  it('comes to the answer of one thread, whatever is wrong with it', async () => {
    const finished = await start(LONG, { chunk: 65_536 })
    const codes = readFileSync(finished.codes, 'latin1')
    const lines = codes.split('\r\n')
    const swap = (line: number, how: (text: string) => string) =>
      lines.map((text, i) => (i === line ? how(text) : text)).join('\r\n')
    const last = (text: string) => text.replace(/.(?="$)/, (digit) => String((Number(digit) + 1) % 10))
    const files: Record<string, string> = {
      sound: codes,
      'without a heading': codes.slice(codes.indexOf('\n') + 1),
      empty: '',
      'no lines': 'x'.repeat(2_000_000),
      'a line too few': swap(2500, () => '').replace('\r\n\r\n', '\r\n'),
      'a line too many': `${codes}${lines.at(-2)}\r\n`,
      'a signature, then a line': swap(1025, last).replace(lines[2049]!, 'x'),
      'a line, then a signature': swap(2049, last).replace(lines[1025]!, 'x'),
      'torn at its end': codes.slice(0, -1),
    }
    const answers: Record<string, unknown> = {}
    for (const [name, text] of Object.entries(files)) {
      const asked = await signedFor(finished, text)
      const one = await verifyRun(asked, { publicKeys })
      expect(await verifyRun(asked, { publicKeys, pool }), name).toEqual(one)
      answers[name] = one.ok || [one.reason, one.detail?.slice(0, 12)]
    }
    expect(answers).toEqual({
      sound: true,
      'without a heading': ['codes_line', expect.anything()],
      empty: ['codes_line', expect.anything()],
      'no lines': ['codes_line', expect.anything()],
      'a line too few': ['code_other', 'serial 2500'],
      'a line too many': ['code_other', 'serial 3001'],
      'a signature, then a line': ['code_signature', 'serial 1025'],
      'a line, then a signature': ['codes_line', expect.anything()],
      'torn at its end': ['codes_line', expect.anything()],
    })
  })

  it('tells how far it is, in order, and can be stopped', async () => {
    const finished = await start(LONG, { chunk: 65_536 })
    const told: number[] = []
    const onProgress = ({ done }: { done: number }) => told.push(done)
    const verified = await verifyRun(finished, { publicKeys, pool, passphrase: PASSPHRASE, onProgress })
    expect(verified.ok).toBe(true)
    expect(told).toEqual([1024, 2048, 3000])
    const stop = new AbortController()
    const stopped = verifyRun(finished, {
      publicKeys,
      pool,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    await expect(stopped).rejects.toThrow(/abort/i)
  })

  it.each(['THROWS', 'EXITS'])('says so when a thread %s', async (lot) => {
    const mortal = createWorkerPool(DYING)
    const finished = await start({ ...LONG, lot, sealed: false })
    await expect(verifyRun(finished, { publicKeys, pool: mortal })).rejects.toMatchObject({
      code: 'worker_failed',
      details: { work: 'codes', run: finished.run.id },
    })
    await mortal.close()
  })
})

/** The same run with other codes, for which its key has signed. */
async function signedFor(finished: FinishedRun, codes: string): Promise<FinishedRun> {
  writeFileSync(finished.codes, codes)
  const digest = createHash('sha256').update(codes).digest()
  const manifest = manifestOf(finished.run, new Uint8Array(digest), undefined)
  writeFileSync(finished.manifest, await signManifest(manifest, toolsOf(fonts).signer))
  return finished
}

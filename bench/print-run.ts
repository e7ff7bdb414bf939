import { createPrivateKey, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { toBuffer } from 'qrcode'
import { encodePayload } from '../src/issue/sign-stamp.ts'
import { signedMessage } from '../src/lib/contexts.ts'
import { nativeEngine } from '../src/node/native-engine.ts'
import { keyObjectSigner } from '../src/node/signers/key-object-signer.ts'
import {
  createWorkerPool,
  type FinishedRun,
  openRuns,
  type RunJob,
  type VerifyRunOptions,
  type WorkerPool,
} from '../src/node.ts'
import { encodeText } from '../src/stamp/carrier.ts'
import { joinCode } from '../src/stamp/code.ts'
import { loadEngine } from '../src/wasm.ts'
import { interleave } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'

/** A print run as the command line does it, beside what one would write first: sign, a PNG each, pdfkit. */
const [STAMPS, PEER_STAMPS] = [13_500, 65] as const
/** Codes of the run that is checked: a second's work. */
const CHECKED = 67_500
const SEED = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
const JOB: RunJob = { facility: 12, product: 104, count: STAMPS }
const SUBJECTS = {
  codes: 'a run to codes',
  sheets: 'a run to codes and PDF',
  one: 'a run to codes and PDF, signed on a worker and laid out on another',
  two: 'a run to codes and PDF, signed on two workers and laid out on another',
}
const WORKER = fileURLToPath(new URL('../dist/node-worker.cjs', import.meta.url))
const REACH = { keyId: 7, scope: [{ facility: 12 }] }

const font = (path: string) =>
  new Uint8Array(
    readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/be-vietnam-pro/${path}`)),
  )

export async function run(): Promise<Measurement[]> {
  const fonts = {
    regular: font('400Regular/BeVietnamPro_400Regular.ttf'),
    bold: font('600SemiBold/BeVietnamPro_600SemiBold.ttf'),
  }
  const der = Buffer.from(`302e020100300506032b657004220420${SEED}`, 'hex')
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const signer = keyObjectSigner(privateKey)
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-bench-'))
  const sheet = {
    stock: 'a4-65',
    dpi: 300,
    version: 6,
    product: 'Chả mực giã tay Hạ Long',
    stars: 5,
  } as const
  let memory = 0
  let runs = 0
  const print = async (job: RunJob, pool?: WorkerPool) => {
    const journal = join(folder, String(runs++))
    const onProgress = () => {
      memory = Math.max(memory, process.memoryUsage().rss)
    }
    const finished = await openRuns(journal).start(job, REACH, {
      signer: pool?.signer(privateKey) ?? signer,
      pool,
      fonts,
      onProgress,
      now: new Date(0),
    })
    return finished
  }
  const checked = await print({ ...JOB, count: 1000, sheet })
  const verified = await openRuns(checked.folder).verify(checked, {
    publicKeys: [signer.publicKey],
    engine: nativeEngine,
  })
  if (!verified.ok) throw new Error(verified.reason)
  const [one, two] = [1, 2].map((threads) => createWorkerPool({ threads, workerFile: WORKER }))
  const timings = await interleave(
    {
      codes: async () => void (await print(JOB)),
      sheets: async () => void (await print({ ...JOB, sheet })),
      one: async () => void (await print({ ...JOB, sheet }, one)),
      two: async () => void (await print({ ...JOB, sheet }, two)),
      peer: () => printPlainly(PEER_STAMPS, fonts.regular, privateKey),
    },
    { rounds: 5, items: 1 },
  )
  const checks = await timeChecks(await print({ ...JOB, count: CHECKED }), signer.publicKey, two!)
  for (const pool of [one!, two!]) await pool.close()
  rmSync(folder, { recursive: true })
  const perPeer = timings.peer!.median / PEER_STAMPS
  const prints = Object.entries(SUBJECTS).map(([kind, subject]) => {
    const perStamp = timings[kind]!.median / STAMPS
    return {
      subject,
      peer: 'node:crypto + qrcode.toBuffer + pdfkit',
      ratio: perPeer / perStamp,
      medianMicroseconds: perStamp,
      spread: timings[kind]!.spread,
      stampsPerSecond: Math.round(1e6 / perStamp),
      secondsFor135000: Number(((135_000 * perStamp) / 1e6).toPrecision(3)),
      peerSecondsFor135000: Math.round((135_000 * perPeer) / 1e6),
      residentMegabytes: Math.round(memory / 1e6),
    }
  })
  return [...prints, ...checks]
}

/** What `verify-run` does with a run's codes, on one core and by two threads. */
async function timeChecks(
  finished: FinishedRun,
  publicKey: Uint8Array,
  pool: WorkerPool,
): Promise<Measurement[]> {
  const engine = await loadEngine()
  const check = async (how: Pick<VerifyRunOptions, 'engine' | 'pool'>) => {
    const verified = await openRuns(finished.folder).verify(finished, { publicKeys: [publicKey], ...how })
    if (!verified.ok) throw new Error(verified.reason)
  }
  const { one, two } = await interleave(
    { one: () => check({ engine }), two: () => check({ pool }) },
    { rounds: 7, items: CHECKED },
  )
  const peer = 'verify-run, one core'
  return [
    { subject: peer, peer: null, ratio: null, medianMicroseconds: one!.median, spread: one!.spread },
    {
      subject: 'verify-run, two threads of a pool',
      peer,
      ratio: one!.median / two!.median,
      medianMicroseconds: two!.median,
      spread: two!.spread,
    },
  ]
}

async function printPlainly(
  count: number,
  regular: Uint8Array,
  privateKey: ReturnType<typeof createPrivateKey>,
): Promise<void> {
  const pdf = new PDFDocument({ size: 'A4', margin: 0 })
  pdf.on('data', () => {})
  const ended = new Promise((resolve) => pdf.on('end', resolve))
  pdf.registerFont('regular', Buffer.from(regular)).font('regular').fontSize(6)
  for (let serial = 1; serial <= count; serial++) {
    const payload = encodePayload(7, { facility: 12, product: 104, serial })
    const signature = sign(null, signedMessage('veristamp:stamp1', payload), privateKey)
    const text = encodeText(joinCode({ payload, signature }), 'base45')
    const [left, top] = [13 + ((serial - 1) % 5) * 115, 30 + Math.floor((serial - 1) / 5) * 60]
    pdf.image(await toBuffer(text), left, top, { width: 58 })
    pdf.text('Chả mực giã tay Hạ Long', left + 58, top, { lineBreak: false })
    pdf.text(`Số ${serial}`, left + 58, top + 8, { lineBreak: false })
  }
  pdf.end()
  await ended
}

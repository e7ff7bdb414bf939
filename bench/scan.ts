import assert from 'node:assert/strict'
import { encodeCbor } from '../src/codec/cbor.ts'
import { seedSigner } from '../src/ed25519/noble/signer.ts'
import { nativeEngine } from '../src/node/native-engine.ts'
import { bodiesOf } from '../src/scanlog/body.ts'
import { signScans } from '../src/scanlog/document.ts'
import type { LoggedScan } from '../src/scanlog/record.ts'
import { RecordTable } from '../src/scanlog/record-table.ts'
import { openScanLog } from '../src/scanlog/scan-log.ts'
import { encodeText } from '../src/stamp/carrier.ts'
import { type Measurement, summary } from './lib/results.ts'
import { seededRandom } from './lib/serial-patterns.ts'

const SCANS = 1_000_000
const ASKED = 20_000
const START = 1_764_000_000
const AUTHORITY = 'province.example'
const [HERE, THERE] = ['kiosk 1', 'kiosk 2']

/** Scans put in, looked up and merged, with a million of them in memory. */
export async function run(): Promise<Measurement[]> {
  const before = memoryUsed()
  const { table, adding } = measureAdding()
  const bytesAScan = Math.round((memoryUsed() - before) / SCANS)
  return [
    row('put in a record', adding, { scans: SCANS, bytesAScan }),
    row('look up a code in memory', measureLookups(table), { scans: SCANS }),
    ...(await measureLog()),
  ]
}

const row = (subject: string, durations: readonly number[], more: Record<string, number>): Measurement => {
  const { median, spread } = summary(durations)
  return {
    subject,
    peer: null,
    ratio: null,
    medianMicroseconds: Number(median.toPrecision(3)),
    spread: Number(spread.toFixed(3)),
    ...more,
  }
}

function memoryUsed(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Two scans in three are of codes that were seen before, as where one stamp passes several hands. */
function scanAt(index: number, random: () => number): LoggedScan {
  const serial = Math.floor(random() * (SCANS / 2))
  return {
    authority: AUTHORITY,
    place: random() < 0.5 ? HERE : THERE,
    facility: 12,
    product: 104,
    serial,
    code: codeOf(serial),
    time: START + index,
    status: 'valid',
    payload: serial,
  }
}

/** Sixteen bytes that look like a hash. */
function codeOf(serial: number): Uint8Array {
  const random = seededRandom(serial + 1)
  return new Uint8Array(Uint32Array.from({ length: 4 }, () => random() * 2 ** 32).buffer)
}

/** Microseconds a record, measured over each twentieth. */
function measureAdding(): { table: RecordTable; adding: number[] } {
  const table = new RecordTable()
  const random = seededRandom(7)
  const adding: number[] = []
  for (let part = 0; part < 20; part++) {
    const scans = Array.from({ length: SCANS / 20 }, (_, index) =>
      scanAt((part * SCANS) / 20 + index, random),
    )
    const start = performance.now()
    for (const scan of scans) table.add(scan)
    adding.push(((performance.now() - start) * 1000) / scans.length)
  }
  assert.equal(table.size, SCANS)
  return { table, adding }
}

/** Microseconds for each single lookup; half of the codes were never seen. */
function measureLookups(table: RecordTable): number[] {
  const known = new Map<number, number>()
  const random = seededRandom(7)
  for (let index = 0; index < SCANS; index++) {
    const { serial } = scanAt(index, random)
    known.set(serial, (known.get(serial) ?? 0) + 1)
  }
  const asked = Array.from({ length: ASKED }, () => Math.floor(random() * SCANS))
  return asked.map((serial) => {
    const code = codeOf(serial)
    const start = performance.now()
    const slots = table.withCode(code)
    const elapsed = (performance.now() - start) * 1000
    assert.equal(slots.length, known.get(serial) ?? 0)
    return elapsed
  })
}

/** A whole log: other kiosks' files merged until a million scans are in it, then texts scanned. */
async function measureLog(): Promise<Measurement[]> {
  const signer = seedSigner(new Uint8Array(32).fill(9))
  const scanners = [{ publicKey: signer.publicKey, place: THERE }]
  const log = await openScanLog({
    place: HERE,
    trustLists: [{ authority: AUTHORITY, scanners }],
    engine: nativeEngine,
    limit: SCANS,
  })
  const now = new Date((START + SCANS) * 1000)
  const merging: number[] = []
  const repeating: number[] = []
  const part = SCANS / 20
  for (let index = 0; index < 20; index++) {
    const file = await fileOf(index * part, part, signer)
    merging.push(timeMerge(file, part))
    repeating.push(timeMerge(file, 0))
  }
  assert.equal(log.size, SCANS)

  function timeMerge(file: Uint8Array, added: number): number {
    const start = performance.now()
    const merged = log.merge(file, { now })
    const elapsed = ((performance.now() - start) * 1000) / part
    assert(merged.ok)
    assert.deepEqual([merged.added, merged.known], [added, part - added])
    return elapsed
  }
  const texts = Array.from({ length: ASKED }, (_, serial) => textOf(serial))
  const scanning = texts.map((text, serial) => {
    const stamp = { facility: 12, product: 104, serial }
    const start = performance.now()
    const { answer } = log.scan(text, { status: 'valid', checkedAt: now, authority: AUTHORITY, stamp })
    const elapsed = (performance.now() - start) * 1000
    assert.equal(answer, 'first_seen')
    return elapsed
  })
  // Its own scans have room of their own.
  assert.equal(log.size, SCANS + ASKED)
  return [
    row('merge a record of a signed file', merging, { scans: SCANS }),
    row('merge a record that is known', repeating, { scans: SCANS }),
    row('scan a text into a log of a million', scanning, { scans: SCANS }),
  ]
}

function fileOf(first: number, count: number, signer: ReturnType<typeof seedSigner>): Promise<Uint8Array> {
  const scans = Array.from(
    { length: count },
    (_, index): LoggedScan => ({
      ...scanAt(first + index, () => (first + index) / SCANS),
      place: THERE,
    }),
  )
  const bodies = bodiesOf({ authority: AUTHORITY, place: THERE }, scans, [])
  return signScans(bodies, new Date(START * 1000), signer)
}

/** The text of a code that no key has signed. */
const textOf = (serial: number): string =>
  encodeText(Uint8Array.of(...encodeCbor([7, 12, 104, serial]), ...new Uint8Array(64).fill(1)), 'base45')

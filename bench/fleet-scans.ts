import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import type { FleetServer } from '../src/fleet/driver.ts'
import { fleetIntakeStore } from '../src/fleet/intake-store.ts'
import { openFleet } from '../src/fleet/open.ts'
import { openChunkIntakeStore } from '../src/intake/chunk-store.ts'
import { type Intake, openIntake } from '../src/intake/intake.ts'
import type { IntakeStore } from '../src/intake/store.ts'
import { fileScanStore, nativeEngine } from '../src/node.ts'
import { signScans } from '../src/scanlog/document.ts'
import type { Scanner } from '../src/scanlog/scanner.ts'
import type { TestServer } from '../test/support/postgres.ts'
import { keyOf } from '../test/support/trust-lists.ts'
import type { Measurement } from './lib/results.ts'

/** Scans of many kiosks on a server: how many it takes in a second, and how soon it finds a copy. */

const AUTHORITY = 'quang-ninh.example'
const KIOSKS = 1_000
const DOCUMENT = 32_768
const DOCUMENTS = 8
const START = 1_772_352_000
const NOW = new Date((START + 30 * 86_400) * 1000)
const FINDS = 20

/** Along a road of 1,700 km. */
const scanners: readonly Scanner[] = Array.from({ length: KIOSKS }, (_, i) => ({
  publicKey: keyOf(`kiosk ${i}`).publicKey,
  place: `Chợ ${i}`,
  position: `+${(8.6 + (i * 14) / KIOSKS).toFixed(4).padStart(7, '0')}+105.${String(1000 + i)}`,
}))

/** A document of a kiosk: scans of serials from one on, one after another. */
async function documentOf(kiosk: number, first: number, count: number, second: number): Promise<Uint8Array> {
  const records = Array.from({ length: count }, (_, i) => {
    const serial = first + i
    return [second + i, codeOf(serial), 12, 104, serial, 0] as const
  })
  const body = { authority: AUTHORITY, place: scanners[kiosk]!.place, records, undone: [] }
  return signScans([body], NOW, keyOf(`kiosk ${kiosk}`))
}

/** What the code of a serial might hash to. */
function codeOf(serial: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(16))
  for (let i = 0; i < 4; i++)
    view.setUint32(4 * i, Math.imul(serial + 1, 0x9e3779b1 + 2 * i) ^ (serial >>> i))
  return new Uint8Array(view.buffer)
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

const openOn = async (store: IntakeStore): Promise<Intake> => {
  const intake = openIntake({
    store,
    lists: { trust: 1, trustList: { authority: AUTHORITY, scanners } },
    engine: nativeEngine,
  })
  await intake.settle()
  return intake
}

let nextSerial = 1e9
/** Each finding is newer than those before, so that the newest is the one that is waited for. */
let nextFinding = NOW.getTime()

/** Seconds that the database's processes have worked, as Linux counts them; none elsewhere. */
async function databaseSeconds(postgres: TestServer, server: FleetServer): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN
  const rows = await postgres.sql(server, 'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()')
  const ticks = rows.map(({ pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((sum, each) => sum + each, 0) / 100
}

/** Scans taken in a second, two files at a time, and how long the server's own processor works at each. */
async function rateOf(intake: Intake): Promise<{ scansPerSecond: number; serverMicroseconds: number }> {
  const files: Uint8Array[] = []
  for (let i = 0; i < DOCUMENTS; i++) {
    files.push(await documentOf(i, nextSerial, DOCUMENT, START))
    nextSerial += DOCUMENT
  }
  const before = process.cpuUsage()
  const taken = await seconds(async () => {
    const half = async (odd: number) => {
      for (let i = odd; i < DOCUMENTS; i += 2) {
        const answer = await intake.take(files[i]!, { now: NOW })
        assert.ok(answer.ok && answer.taken[0]!.added === DOCUMENT)
      }
    }
    await Promise.all([half(0), half(1)])
  })
  const { user, system } = process.cpuUsage(before)
  const scans = DOCUMENTS * DOCUMENT
  return { scansPerSecond: Math.round(scans / taken), serverMicroseconds: (user + system) / scans }
}

/** From the second log, of 100 scans, to the finding that anyone can read: the median and the longest. */
async function findingTimes(intake: Intake): Promise<{ median: number; longest: number }> {
  const times: number[] = []
  for (let i = 0; i < FINDS; i++) {
    const serial = nextSerial
    nextSerial += 100
    await intake.take(await documentOf(10 + i, serial, 100, START), { now: NOW })
    const second = await documentOf(900 + i, serial, 100, START + 60)
    times.push(
      await seconds(async () => {
        nextFinding += 1000
        await intake.take(second, { now: new Date(nextFinding) })
        const [finding] = await intake.findings({ max: 1 })
        assert.ok(finding!.serial >= serial)
      }),
    )
  }
  times.sort((a, b) => a - b)
  return { median: times[FINDS / 2]!, longest: times.at(-1)! }
}

/** Rows of scans that kiosks might have sent in a month, made by the database itself. */
async function fill(postgres: TestServer, server: FleetServer, from: number, to: number): Promise<void> {
  await postgres.sql(
    server,
    `INSERT INTO veristamp.scans (code, time, intake, facility, product, serial, scanner, status)
     SELECT md5(i::text)::uuid, ${START} + i % 2592000, (SELECT max(id) FROM veristamp.intakes), 12, 104, i,
       1 + i % (SELECT max(id) FROM veristamp.scanners), 0
     FROM generate_series(${from}, ${to} - 1) AS i ON CONFLICT DO NOTHING`,
  )
  await postgres.sql(server, 'VACUUM ANALYZE veristamp.scans')
}

const row = (subject: string, rest: Record<string, number>): Measurement => ({
  ...{ subject, peer: null, ratio: null, medianMicroseconds: null, spread: null },
  ...rest,
})

export async function measureScans(
  postgres: TestServer,
  folder: string,
  sizes: readonly number[],
): Promise<Measurement[]> {
  const file = fileScanStore(`${folder}/taken.log`)
  const inFile = await openOn(await openChunkIntakeStore(file))
  const rows = [row('scans taken, in a file', await rateOf(inFile))]
  file.close()
  return [...rows, ...(await measureStored(postgres, await postgres.readyDatabase(), folder, sizes))]
}

/** @param filled rows that a database has already, from an earlier measurement */
export async function measureStored(
  postgres: TestServer,
  server: FleetServer,
  folder: string,
  sizes: readonly number[],
  filled = 0,
): Promise<Measurement[]> {
  const fleet = await openFleet({ folder: `${folder}/runs`, authority: AUTHORITY, server })
  const intake = await openOn(fleetIntakeStore(fleet))
  for (let kiosk = 0; kiosk < KIOSKS; kiosk++)
    await intake.take(await documentOf(kiosk, kiosk, 1, START), { now: NOW })
  const rows: Measurement[] = []
  for (const size of sizes) {
    if (filled < size) await fill(postgres, server, filled, size)
    filled = size
    const before = await databaseSeconds(postgres, server)
    const rate = await rateOf(intake)
    const worked = (await databaseSeconds(postgres, server)) - before
    const { median, longest } = await findingTimes(intake)
    const [{ bytes }] = (await postgres.sql(
      server,
      `SELECT pg_total_relation_size('veristamp.scans') AS bytes`,
    )) as [{ bytes: string }]
    rows.push(
      row(`scans taken, in PostgreSQL with ${size / 1e6} million`, {
        ...rate,
        databaseMicroseconds: (1e6 * worked) / (DOCUMENTS * DOCUMENT),
        secondsToFinding: median,
        longestSecondsToFinding: longest,
        gigabytes: Number(bytes) / 1e9,
      }),
    )
    console.log(JSON.stringify(rows.at(-1)))
  }
  await fleet.close()
  return rows
}

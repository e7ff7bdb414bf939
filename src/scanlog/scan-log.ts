import { MAX_PLACE_LENGTH } from '../document/place.ts'
import { orRefused } from '../document/refusal.ts'
import { anEngine, type Engine } from '../ed25519/engine.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import type { Signer } from '../ed25519/signer.ts'
import { type ArgumentTable, checkTable, ifGiven, oneOf, textOf, wholeNumber } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { checkInteger, checkObject, checkText, copyBounded } from '../lib/checks.ts'
import { secondOf } from '../lib/dates.ts'
import { checkScanned } from '../stamp/scan.ts'
import type {
  ExportOptions,
  Merged,
  MergeOptions,
  RefusedScans,
  ScanLog,
  ScanLogOptions,
  ScannedVerdict,
} from './api.ts'
import { type ChunkBody, marksOf, scansOf } from './body.ts'
import { chunksOfMemory, decodeChunk, encodeChunk, scanChunksOf } from './chunk.ts'
import { type ChunkWriter, createChunkWriter } from './chunk-writer.ts'
import { MAX_FILE_LENGTH, readScans, signScans } from './document.ts'
import type { Evidence } from './evidence.ts'
import { bodiesFrom, mergeBodies } from './exchange.ts'
import { type Point, pointsOf } from './places.ts'
import {
  hashScan,
  type LoggedScan,
  type ScanId,
  type ScanRecord,
  STATUSES,
  scanIdOf,
  scanMarkOf,
} from './record.ts'
import { checkRules, type ScanRules } from './rules.ts'
import { ScanMemory } from './scan-memory.ts'
import { checkLists, type ScannerList } from './scanner.ts'
import { SlotHeap } from './slot-heap.ts'
import { aScanStore, type ScanStore } from './store.ts'
import type { UndoMark } from './undo-marks.ts'
import { notRecorded, weigh } from './weigh.ts'

const DAY = 86_400

/**
 * Opens a scan log: reads what its store keeps. @throws an argument error; VeristampError `store_corrupt`; what the store throws
 * @example
 * ```ts
 * import { openScanLog } from 'veristamp/scanlog'
 * const log = await openScanLog({ place: 'Ha Long market 1' })
 * log.scan(scanned, verifier.verify(scanned)).answer // → 'first_seen'
 * ```
 */
export async function openScanLog(options: ScanLogOptions): Promise<ScanLog> {
  const {
    place,
    store,
    limit = 1_000_000,
    trustLists = [],
    rules,
    engine,
  } = checkTable('options', options, fields)
  const log = new Log({
    place,
    rules: checkRules('options.rules', rules),
    limit,
    lists: checkLists('options.trustLists', trustLists),
    engine: engine ?? nobleEngine,
    writer: store && createChunkWriter(store),
  })
  if (store !== undefined) await log.restore(store)
  return log
}

const fields: ArgumentTable<ScanLogOptions> = {
  place: textOf(MAX_PLACE_LENGTH),
  trustLists: ifGiven((place, value) => checkLists(place, value as readonly ScannerList[])),
  store: ifGiven(aScanStore),
  rules: ifGiven((place, value) => checkRules(place, value as Partial<ScanRules>)),
  limit: ifGiven(wholeNumber(1, 2 ** 24)),
  engine: ifGiven(anEngine),
}
const exportFields: ArgumentTable<ExportOptions> = {
  authority: textOf(64),
  now: secondOf,
  since: ifGiven(secondOf),
}
const aStatus = oneOf(...STATUSES)

interface Parts {
  readonly place: string
  readonly rules: ScanRules
  readonly limit: number
  readonly lists: readonly ScannerList[]
  readonly engine: Engine
  readonly writer: ChunkWriter | undefined
}

class Log implements ScanLog {
  readonly #parts: Parts
  readonly #memory: ScanMemory
  #lists: readonly ScannerList[]
  #points: ReadonlyMap<string, Point>

  constructor(parts: Parts) {
    this.#parts = parts
    this.#lists = parts.lists
    this.#points = pointsOf(parts.lists)
    const { place, limit, rules } = parts
    this.#memory = new ScanMemory({ place, limit, rules, points: () => this.#points })
  }

  get size(): number {
    return this.#memory.size
  }

  get since(): Date | undefined {
    return this.#memory.since
  }

  scan(text: string, verdict: ScannedVerdict): Evidence {
    const scan = this.#read(text, verdict)
    if (scan === undefined) return notRecorded
    const recorded = this.#recorded(scan)
    const evidence = this.#weigh(scan, recorded)
    const { table } = this.#memory
    if (recorded >= 0 && table.isOwn(recorded)) return { id: scanIdOf(table.record(recorded)), ...evidence }
    this.#remember([scan], [])
    return { id: scanIdOf(scan), ...evidence }
  }

  look(text: string, verdict: ScannedVerdict): Evidence {
    const scan = this.#read(text, verdict)
    return scan === undefined ? notRecorded : this.#weigh(scan, this.#recorded(scan))
  }

  undo(id: ScanId): boolean {
    const mark = scanMarkOf(checkText('id', id, 0, 1_000))
    if (mark === undefined) return false
    const { table } = this.#memory
    const slots = table
      .withCode(mark.code)
      .filter((slot) => this.#isHere(slot) && table.time(slot) === mark.time)
    for (const slot of slots) this.#remember([], [{ ...mark, ...table.source(slot) }])
    return slots.length > 0
  }

  recent(max: number): (ScanRecord & { readonly id: ScanId })[] {
    checkInteger('most', max, 0, Number.MAX_SAFE_INTEGER)
    const { table } = this.#memory
    const newest = new SlotHeap(table.compare)
    for (const slot of table.slots()) {
      if (!this.#isHere(slot) || table.isUndone(slot)) continue
      newest.push(slot)
      if (newest.size > max) newest.pop()
    }
    return newest
      .drain()
      .reverse()
      .map((slot) => {
        const { payload: _, ...record } = table.record(slot)
        return { id: scanIdOf(record), ...record }
      })
  }

  async export(signer: Signer, options: ExportOptions): Promise<Bytes> {
    const { authority, now, since } = checkTable('options', options, exportFields)
    const from = since === undefined ? 0 : secondOf('since', since)
    const bodies = bodiesFrom(this.#memory, { authority, place: this.#parts.place }, from)
    return signScans(bodies, now, signer)
  }

  merge(file: Uint8Array, options: MergeOptions): Merged | RefusedScans {
    const own = copyBounded('file', file, MAX_FILE_LENGTH)
    const { now } = checkTable('options', options, { now: secondOf })
    const latest = secondOf('options.now', now) + DAY
    const { engine } = this.#parts
    const read = orRefused(() => ({
      ok: true as const,
      bodies: readScans(own, { lists: this.#lists, engine }),
    }))
    if (!read.ok) return read
    return mergeBodies(this.#memory, read.bodies, { latest, keep: (chunk) => this.#write(chunk) })
  }

  useTrustLists(trustLists: readonly ScannerList[]): void {
    this.#lists = checkLists('trustLists', trustLists)
    this.#points = pointsOf(this.#lists)
  }

  async flush(): Promise<void> {
    await this.#parts.writer?.flush()
  }

  /** Reads a store, and has it written anew where more than half of it is forgotten by now. */
  async restore(store: ScanStore): Promise<void> {
    let rows = 0
    for (const bytes of await store.read()) {
      const chunk = decodeChunk(bytes)
      rows += chunk.records.length
      for (const mark of marksOf(chunk)) this.#memory.undo(mark)
      for (const scan of scansOf(chunk)) this.#memory.add(scan)
      this.#memory.trim()
    }
    if (rows > 2 * this.size) await compact(store, this.#memory)
  }

  /** What a text and its verdict say together, or undefined where no signature held. */
  #read(text: string, verdict: ScannedVerdict): Required<LoggedScan> | undefined {
    checkScanned('text', text)
    const { status, checkedAt, authority, stamp } = checkObject('verdict', verdict)
    aStatus('verdict.status', status)
    if (authority === undefined || stamp === undefined) return undefined
    const { facility, product, serial } = checkObject('verdict.stamp', stamp)
    for (const id of [facility, product, serial])
      checkInteger('verdict.stamp', id, 0, Number.MAX_SAFE_INTEGER)
    checkText('verdict.authority', authority, 1, 64)
    const time = secondOf('verdict.checkedAt', checkedAt)
    return { authority, facility, product, serial, time, place: this.#parts.place, status, ...hashScan(text) }
  }

  /** The slot of the scan that a scan is one with, or −1: a while before it only this log's own count. */
  #recorded({ code, time, authority }: LoggedScan): number {
    const { table } = this.#memory
    const { sameScan } = this.#parts.rules
    const recorded = table.withCode(code).filter((slot) => {
      const elapsed = time - table.time(slot)
      const isSame = elapsed === 0 || (elapsed > 0 && elapsed < sameScan && table.isOwn(slot))
      return isSame && this.#isHere(slot) && table.source(slot).authority === authority
    })
    return recorded.sort(table.compare).at(-1) ?? -1
  }

  #weigh(scan: Required<LoggedScan>, except: number): Evidence {
    return weigh(this.#memory, scan, { rules: this.#parts.rules, points: this.#points, except })
  }

  #isHere(slot: number): boolean {
    return this.#memory.table.source(slot).place === this.#parts.place
  }

  #remember(scans: readonly LoggedScan[], marks: readonly UndoMark[]): void {
    for (const mark of marks) this.#memory.undo(mark)
    for (const scan of scans) this.#memory.add(scan)
    this.#memory.trim()
    if (this.#parts.writer !== undefined) for (const chunk of scanChunksOf(scans, marks)) this.#write(chunk)
  }

  #write(chunk: ChunkBody): void {
    this.#parts.writer?.write(encodeChunk(chunk))
  }
}

/** A store that has no room to be written anew stays as it is: the log can do without. */
async function compact(store: ScanStore, memory: ScanMemory): Promise<void> {
  try {
    await store.replace(chunksOfMemory(memory))
  } catch {}
}

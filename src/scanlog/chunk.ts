import { decodeCbor, encodeCbor } from '../codec/cbor.ts'
import { readShape } from '../codec/shape-reader.ts'
import { writeShape } from '../codec/shape-writer.ts'
import type { Bytes } from '../lib/bytes.ts'
import { isMalformed, VeristampError } from '../lib/errors.ts'
import { bodiesOf, type ChunkBody, chunkBody, compareMarks } from './body.ts'
import type { LoggedScan } from './record.ts'
import type { ScanMemory } from './scan-memory.ts'
import type { ScanSource } from './sources.ts'
import type { UndoMark } from './undo-marks.ts'

/** Parts of a log as bytes for its store. */

export const encodeChunk = (chunk: ChunkBody): Bytes => encodeCbor(writeShape(chunkBody, chunk))

/** @throws VeristampError `store_corrupt` */
export function decodeChunk(bytes: Uint8Array): ChunkBody {
  try {
    return readShape(chunkBody, decodeCbor(bytes))
  } catch (error) {
    if (!isMalformed(error)) throw error
    throw new VeristampError(
      'store_corrupt',
      `scan log: ${error.detail}`,
      { fault: 'unreadable', detail: error.detail },
      { cause: error },
    )
  }
}

/** Chunks for scans and undo marks of whatever sources; scans that were verified here stand apart. */
export function scanChunksOf(scans: readonly LoggedScan[], marks: readonly UndoMark[]): ChunkBody[] {
  const groups = new Map<
    string,
    { source: ScanSource; isOwn: boolean; scans: LoggedScan[]; marks: UndoMark[] }
  >()
  const groupOf = (source: ScanSource, isOwn: boolean) => {
    const key = `${isOwn} ${source.authority} ${source.place}`
    const group = groups.get(key) ?? { source, isOwn, scans: [], marks: [] }
    groups.set(key, group)
    return group
  }
  for (const scan of scans) groupOf(scan, scan.payload !== undefined).scans.push(scan)
  for (const mark of marks) groupOf(mark, false).marks.push(mark)
  return [...groups.values()].flatMap((group) => {
    const sorted = group.scans.sort(compareMarks)
    const bodies = bodiesOf(group.source, sorted, group.marks.sort(compareMarks))
    if (!group.isOwn) return bodies
    const payloads = sorted.map(({ payload }) => payload!)
    let at = 0
    return bodies.map((body) => {
      const own = payloads.slice(at, at + body.records.length)
      at += body.records.length
      return { ...body, payloads: own }
    })
  })
}

/** All that a memory holds, as chunks. */
export function* chunksOfMemory({ table, marks }: ScanMemory): Iterable<Uint8Array> {
  const scans = Array.from(table.slots(), (slot) => table.record(slot))
  for (const chunk of scanChunksOf(scans, [...marks])) yield encodeChunk(chunk)
}

import type { Merged } from './api.ts'
import {
  bodiesOf,
  type ChunkBody,
  compareMarks,
  type DocumentBody,
  marksOf,
  type ScansBody,
  scansOf,
} from './body.ts'
import { scanChunksOf } from './chunk.ts'
import type { ScanMemory } from './scan-memory.ts'
import type { ScanSource } from './sources.ts'

/** What one log tells another. */

/** A source's scans from a second on, and all of its undo marks, as the bodies of documents. */
export function bodiesFrom({ table, marks }: ScanMemory, source: ScanSource, from: number): ScansBody[] {
  const isFromSource = ({ authority, place }: ScanSource) =>
    authority === source.authority && place === source.place
  const slots = [...table.slots()].filter(
    (slot) => table.time(slot) >= from && isFromSource(table.source(slot)),
  )
  const records = slots.sort(table.compare).map((slot) => table.record(slot))
  return bodiesOf(source, records, [...marks].filter(isFromSource).sort(compareMarks))
}

/** Adds what documents say up to a second, and passes what was new to `keep`. */
export function mergeBodies(
  memory: ScanMemory,
  bodies: readonly DocumentBody[],
  { latest, keep }: { readonly latest: number; readonly keep: (chunk: ChunkBody) => void },
): Merged {
  const places = [...new Set(bodies.map(({ place }) => place))]
  const counts = { added: 0, known: 0, future: 0, undone: 0 }
  for (const body of bodies) {
    const scans = scansOf(body)
    const timely = scans.filter(({ time }) => time <= latest)
    const marks = marksOf(body).filter((mark) => mark.time <= latest && memory.undo(mark))
    const added = timely.filter((scan) => memory.add(scan))
    counts.added += added.length
    counts.known += timely.length - added.length
    counts.future += scans.length - timely.length
    counts.undone += marks.length
    memory.trim()
    const kept = added.filter((scan) => memory.has(scan))
    for (const chunk of scanChunksOf(kept, marks)) keep(chunk)
  }
  return { ok: true, places, ...counts }
}

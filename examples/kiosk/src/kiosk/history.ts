import type { Reason, RevocationReason } from 'veristamp/verify'
import type { Tone } from '../../../shared/answer.ts'
import type { Word } from '../core/answer.ts'
import type { Checked, CodeFound } from './check.ts'
import type { Remark } from './remarks.ts'

/** One line of the history that people see. Nothing about people is in it. */
export interface HistoryEntry {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly tone: Tone
  readonly word: Word
  readonly product?: string
  readonly serial?: number
  readonly authority?: string
  /** Why the verdict was no `valid`, as the library names it. */
  readonly reason?: Reason
  /** Why and when it was revoked: the reason's name and the day. */
  readonly revocation?: { readonly reason: RevocationReason; readonly date: string }
  /** The stamp. What comes to light later is shown beside it. */
  readonly text?: string
  /** What came of its hidden code. */
  readonly code?: CodeFound
  /** The scan log's id of this scan: what undo takes back. */
  readonly scan?: string
  readonly undone?: boolean
  /** True where a log that came later turned the answer. */
  readonly later?: boolean
  /** What an inspector wrote beside it. */
  readonly remark?: Remark
}

/** More than an inspector checks in a day. */
const MAX_ENTRIES = 2_000

interface HistoryKeep {
  history(): Promise<HistoryEntry[]>
  putEntry(entry: HistoryEntry): Promise<void>
  dropEntry(id: number): Promise<void>
}

export interface History {
  /** The newest first. */
  entries(): readonly HistoryEntry[]
  /** @returns the entry's id, at once, and what settles when it is on disk */
  add(entry: Omit<HistoryEntry, 'id'>): { readonly id: number; readonly saved: Promise<void> }
  change(id: number, changes: Partial<Omit<HistoryEntry, 'id'>>): Promise<void>
  undo(id: number): Promise<void>
}

/** The last scans; older ones are forgotten. The scan log remembers longer. */
export async function openHistory(keep: HistoryKeep): Promise<History> {
  let entries = (await keep.history()).sort((a, b) => b.id - a.id)

  async function change(id: number, changes: Partial<Omit<HistoryEntry, 'id'>>): Promise<void> {
    const found = entries.find((entry) => entry.id === id)
    if (found === undefined) return
    const changed = { ...found, ...changes }
    entries = entries.map((entry) => (entry.id === id ? changed : entry))
    await keep.putEntry(changed)
  }
  async function save(added: HistoryEntry, dropped: readonly HistoryEntry[]): Promise<void> {
    await keep.putEntry(added)
    for (const { id } of dropped) await keep.dropEntry(id)
  }
  return {
    entries: () => entries,
    add(entry) {
      const added = { ...entry, id: (entries[0]?.id ?? 0) + 1 }
      const dropped = entries.slice(MAX_ENTRIES - 1)
      entries = [added, ...entries.slice(0, MAX_ENTRIES - 1)]
      return { id: added.id, saved: save(added, dropped) }
    },
    change,
    undo: (id) => change(id, { undone: true }),
  }
}

const revocationOf = ({ reason, date }: NonNullable<HistoryEntry['revocation']>) => ({ reason, date })

/** What is written down of a scan. */
export function entryOf({ text, verdict, answer, evidence }: Checked, now: Date): Omit<HistoryEntry, 'id'> {
  const { stamp, product, authority } = verdict
  return {
    time: now.getTime(),
    ...answer,
    text,
    ...(stamp && { serial: stamp.serial, product: product?.name ?? `${stamp.facility}/${stamp.product}` }),
    ...(authority !== undefined && { authority }),
    ...('reason' in verdict && { reason: verdict.reason }),
    ...('revocation' in verdict && verdict.revocation && { revocation: revocationOf(verdict.revocation) }),
    ...(evidence.id && { scan: evidence.id }),
  }
}

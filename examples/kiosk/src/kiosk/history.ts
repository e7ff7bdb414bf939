import type { AnswerWord, Tone } from '../core/answer.ts'

/** One line of the history that people see. Nothing about people is in it. */
export interface HistoryEntry {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly tone: Tone
  readonly word: AnswerWord
  readonly product?: string
  readonly serial?: number
  /** The scan log's id of this scan: what undo takes back. */
  readonly scan?: string
  readonly undone?: boolean
}

const MAX_ENTRIES = 200

interface HistoryKeep {
  history(): Promise<HistoryEntry[]>
  putEntry(entry: HistoryEntry): Promise<void>
  dropEntry(id: number): Promise<void>
}

export interface History {
  /** The newest first. */
  entries(): readonly HistoryEntry[]
  add(entry: Omit<HistoryEntry, 'id'>): Promise<void>
  undo(id: number): Promise<void>
}

/** The last 200 scans, the older ones are forgotten. The scan log remembers longer. */
export async function openHistory(keep: HistoryKeep): Promise<History> {
  let entries = (await keep.history()).sort((a, b) => b.id - a.id)
  return {
    entries: () => entries,
    async add(entry) {
      const added = { ...entry, id: (entries[0]?.id ?? 0) + 1 }
      const dropped = entries.slice(MAX_ENTRIES - 1)
      entries = [added, ...entries.slice(0, MAX_ENTRIES - 1)]
      await keep.putEntry(added)
      for (const { id } of dropped) await keep.dropEntry(id)
    },
    async undo(id) {
      const found = entries.find((entry) => entry.id === id)
      if (found === undefined) return
      const undone = { ...found, undone: true }
      entries = entries.map((entry) => (entry.id === id ? undone : entry))
      await keep.putEntry(undone)
    },
  }
}

/** What is remembered of one server, so that nothing is sent twice without need and nothing is left out. */
export interface CaptureStore {
  /** Whether the server has an event, by its key: its id, or with a declaration that is more. */
  has(key: string): boolean | Promise<boolean>
  /** Jobs that the server took on, and of which nobody knows how they ended. */
  openJobs(): readonly CaptureJob[] | Promise<readonly CaptureJob[]>
  /** Remembers, durably before it returns or the promise resolves. */
  note(note: CaptureNote): void | Promise<void>
}

export interface CaptureJob {
  /** The job's address. */
  readonly job: string
  /** The keys of its events. */
  readonly events: readonly string[]
}

/** Something to remember, each by itself or all at once. */
export interface CaptureNote {
  readonly begun?: CaptureJob | undefined
  /** The address of a job that ended, well or not. */
  readonly ended?: string | undefined
  /** The keys of events that the server has. */
  readonly taken?: readonly string[] | undefined
}

/**
 * A store that forgets when the program ends. The next time every event is sent again, under the same id.
 * @example
 * ```ts
 * import { memoryCaptureStore } from 'veristamp/gs1'
 *
 * const store = memoryCaptureStore()
 * store.note({ taken: ['ni:///sha-256;…'] })
 * store.has('ni:///sha-256;…') // → true
 * ```
 */
export function memoryCaptureStore(): CaptureStore {
  const taken = new Set<string>()
  const open = new Map<string, CaptureJob>()
  return {
    has: (key) => taken.has(key),
    openJobs: () => [...open.values()],
    note: (note) => applyNote(note, taken, open),
  }
}

/** What a note changes. */
export function applyNote(note: CaptureNote, taken: Set<string>, open: Map<string, CaptureJob>): void {
  if (note.begun !== undefined) open.set(note.begun.job, note.begun)
  if (note.ended !== undefined) open.delete(note.ended)
  for (const key of note.taken ?? []) taken.add(key)
}

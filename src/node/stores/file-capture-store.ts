import { resolve } from 'node:path'
import { applyNote, type CaptureJob, type CaptureNote, type CaptureStore } from '../../gs1/capture-store.ts'
import { checkTable, ifGiven, listOf, textOf } from '../../lib/arguments.ts'
import { appendCheckedLine, readCheckedLines } from '../files/checked-lines.ts'
import { aPath } from '../files/path-argument.ts'

const MAX_FILE = 2 ** 28
const aKey = textOf(10_000)

const noteTable = {
  begun: ifGiven((name, value) =>
    checkTable<CaptureJob>(name, value as CaptureJob, { job: textOf(2000), events: listOf(aKey) }),
  ),
  ended: ifGiven(textOf(2000)),
  taken: ifGiven(listOf(aKey)),
}

/**
 * What a capture server was given, in one file, to which lines are added. It survives a kill and a power cut at any moment: a line
 * that was torn is passed over, and its events are sent again. One process at a time; the folder must exist.
 * @throws VeristampError `store_corrupt` for anything but a file; what the file system throws
 * @example
 * ```ts
 * import { fileCaptureStore } from 'veristamp/node'
 *
 * const store = fileCaptureStore(`${folder}/epcis.log`)
 * store.note({ taken: ['ni:///sha-256;…'] })
 * fileCaptureStore(`${folder}/epcis.log`).has('ni:///sha-256;…') // → true
 * ```
 */
export function fileCaptureStore(path: string): CaptureStore {
  aPath('path', path)
  const file = resolve(path)
  const taken = new Set<string>()
  const open = new Map<string, CaptureJob>()
  for (const line of readCheckedLines(file, MAX_FILE)) {
    const note = noteIn(line)
    if (note !== undefined) applyNote(note, taken, open)
  }
  return {
    has: (key) => taken.has(key),
    openJobs: () => [...open.values()],
    note(note) {
      checkTable('note', note, noteTable)
      appendCheckedLine(file, note)
      applyNote(note, taken, open)
    },
  }
}

function noteIn(line: unknown): CaptureNote | undefined {
  try {
    return checkTable('note', line as CaptureNote, noteTable)
  } catch {
    return undefined
  }
}

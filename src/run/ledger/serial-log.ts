import { checkInteger, checkObject, checkText } from '../../lib/checks.ts'
import { appendCheckedLine, readCheckedLines } from '../../node/files/checked-lines.ts'
import { MAX_ID } from '../../stamp/stamp.ts'
import type { TakenSerials } from './reach.ts'

/**
 * A second witness of what a journal gave away, kept elsewhere than the journal: a restored backup of one tells
 * nothing of the other. It also keeps what people settled, so that they are asked once: faults of the journal that
 * they have looked at, and watermarks that they raised. A line each, with a checksum, at the end of the file; a line
 * that a kill has torn says nothing, so what the log says is true, if not all.
 */
export interface SerialLog {
  readonly reserved: readonly TakenSerials[]
  readonly settled: ReadonlySet<string>
  /** When the journal was brought back from a backup, ISO 8601, and when that was made: what came between is unknown. */
  readonly restored: readonly RestoredBackup[]
}

export interface RestoredBackup {
  readonly time: string
  readonly backup: string
}

export type SerialLogLine =
  | { readonly reserved: TakenSerials }
  | { readonly settled: readonly string[] }
  | { readonly restored: RestoredBackup }

const MAX_LOG = 2 ** 28

/** @throws VeristampError `store_corrupt` for anything but a file; what the file system throws */
export function readSerialLog(file: string): SerialLog {
  const reserved: TakenSerials[] = []
  const settled = new Set<string>()
  const restored: RestoredBackup[] = []
  for (const value of readCheckedLines(file, MAX_LOG)) {
    const line = readLine(value)
    if (line === undefined) continue
    if ('reserved' in line) reserved.push(line.reserved)
    else if ('restored' in line) restored.push(line.restored)
    else for (const each of line.settled) settled.add(each)
  }
  return { reserved, settled, restored }
}

/** Adds a line, durably. @throws what the file system throws */
export const appendSerialLog = (file: string, line: SerialLogLine): void => appendCheckedLine(file, line)

function readLine(value: unknown): SerialLogLine | undefined {
  try {
    const line = checkObject('line', value) as SerialLogLine
    if ('restored' in line) {
      const { time, backup } = line.restored
      return {
        restored: { time: checkText('time', time, 1, 40), backup: checkText('backup', backup, 1, 40) },
      }
    }
    if (!('reserved' in line))
      return { settled: line.settled.map((each) => checkText('settled', each, 1, 400)) }
    const { id, facility, product, first, last } = line.reserved
    for (const number of [facility, product, first, last]) checkInteger('reserved', number, 0, MAX_ID)
    return { reserved: { id: checkText('id', id, 1, 60), facility, product, first, last } }
  } catch {
    return undefined
  }
}

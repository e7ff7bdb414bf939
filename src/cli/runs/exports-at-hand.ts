import { closeSync, fstatSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { openPlainFile } from '../../node/files/disk.ts'
import type { TakenSerials } from '../../run/ledger/reach.ts'
import type { Context } from '../shell/context.ts'

/** The serials that exports in the project's folder tell of: they left the project, so a run gave them away. */

export interface ExportedSerials extends TakenSerials {
  readonly file: string
}

const BEGINNING = '{"format":"veristamp-export-1"'
/** Longer ones are read at both ends: each run's lines are in order, and the newest run's are at the end. */
const MAX_WHOLE = 2 ** 26
const END = 2 ** 20

/** @throws what the file system throws */
export function exportsAtHand({ folder }: Context, authority: string): ExportedSerials[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) => {
      const lines = linesOf(join(folder, name))
      return [...claimsIn(lines, authority).values()].map((claim) => ({ ...claim, file: join(folder, name) }))
    })
}

function linesOf(path: string): string[] {
  const descriptor = openPlainFile(path)
  if (descriptor === undefined) return []
  try {
    const read = (at: number, length: number): string => {
      const bytes = Buffer.alloc(length)
      return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, length, at))
    }
    if (read(0, BEGINNING.length) !== BEGINNING) return []
    const { size } = fstatSync(descriptor)
    const text = size <= MAX_WHOLE ? read(0, size) : `${read(0, END)}\n${read(size - END, END)}`
    return text.split(/\r?\n/)
  } finally {
    closeSync(descriptor)
  }
}

function claimsIn(lines: readonly string[], authority: string): Map<string, TakenSerials> {
  const claims = new Map<string, TakenSerials>()
  for (const line of lines) {
    const stamp = stampIn(line)
    if (stamp === undefined || stamp.authority !== authority) continue
    const { id, facility, product, serial } = stamp
    const { first = serial, last = serial } = claims.get(id) ?? {}
    claims.set(id, { id, facility, product, first: Math.min(first, serial), last: Math.max(last, serial) })
  }
  return claims
}

/** Undefined for a line that was cut, or is none. */
function stampIn(line: string) {
  try {
    const { authority, run, facility, product, serial } = JSON.parse(line)
    const isStamp = [facility, product, serial].every(Number.isSafeInteger) && typeof run === 'string'
    return isStamp ? { authority, id: run as string, facility, product, serial } : undefined
  } catch {
    return undefined
  }
}

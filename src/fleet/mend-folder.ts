import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lockFolder } from '../run/ledger/lock.ts'
import { mirrorRuns } from './mirror.ts'
import type { Fleet } from './open.ts'
import { allRuns } from './run-rows.ts'
import { SHARDS_FOLDER } from './shard-files.ts'
import { joinedRuns } from './state.ts'

/** Writes what the folder lacks of the table, and clears away what killed workers left beside runs that are put together. */
export async function mendFolder({ folder, database, authority }: Fleet): Promise<void> {
  mirrorRuns(folder, await allRuns(database, authority))
  for (const id of await joinedRuns(database, authority)) {
    try {
      clearLeft(join(folder, id))
    } catch {} // it is in use, or gone: there is a next time
  }
}

/** What is written while a run is put together, and gets its name at the end. */
const HALF = /^(codes\.csv|sheets(-\d+)?\.pdf|manifest\.cbor)\..+\.tmp$/

/**
 * A worker that wrote this and wakes up can close nothing any more: the run is finished. Only `issue --resume` still writes
 * here, to make lost files again, and it has the lock.
 */
function clearLeft(folder: string): void {
  const left = readdirSync(folder).filter((name) => HALF.test(name) || name === SHARDS_FOLDER)
  if (left.length === 0) return
  const lock = lockFolder(folder)
  try {
    for (const name of left) rmSync(join(folder, name), { recursive: true, force: true })
  } finally {
    lock.release()
  }
}

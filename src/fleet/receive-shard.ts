import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { toHex } from '../lib/bytes.ts'
import { writeAllWhole } from '../node/files/whole-file.ts'
import { filesOf, openRunFolder } from '../run/folder.ts'
import { isVoid } from '../run/ledger/void.ts'
import type { ShardFile } from './leases.ts'
import { mirrorRuns } from './mirror.ts'
import type { Fleet } from './open.ts'
import { maxLengthOf, readShardName, type ShardName, shardFolder } from './shard-files.ts'
import { type ShardStanding, shardStanding } from './state.ts'

/**
 * Takes files of shards from workers that do not mount the folder. A file that lies there counts for nothing before its
 * shard is closed with its digest, so what is sent twice, late or in half does no harm.
 */

/** A file as its worker announces it, and its bytes. */
export interface SentFile extends ShardFile {
  readonly pieces: AsyncIterable<Uint8Array>
}

/** Why a file was not taken. `length` and `digest`: what came is not what was announced. `fence`: the shard is another's. */
export type NotTaken = 'unknown' | 'too_long' | 'void' | 'fence' | 'length' | 'digest'

class Refused extends Error {
  readonly reason: NotTaken
  constructor(reason: NotTaken) {
    super(reason)
    this.reason = reason
  }
}

/**
 * Puts a file where a worker that mounts the folder would have written it. It has its name once all of it is there and on
 * the disk, if its shard still is its worker's by then.
 * @returns why not; undefined once it lies there, or has counted before
 * @throws VeristampError `fleet_failed`, `is_link` or `run_corrupt`; what the pieces and the file system throw, such as
 * `ENOSPC`
 */
export async function receiveShard(fleet: Fleet, file: SentFile): Promise<NotTaken | undefined> {
  try {
    await receive(fleet, file)
    return undefined
  } catch (error) {
    if (error instanceof Refused) return error.reason
    throw error
  }
}

async function receive(fleet: Fleet, file: SentFile): Promise<void> {
  const { folder } = fleet
  const { name, standing } = await announced(fleet, file)
  const { run, files } = standing
  if (files !== undefined) {
    const isSame = files.some((own) => own.name === file.name && own.sha256 === file.sha256)
    if (isSame) return // its worker had no answer, and asks again
    throw new Refused('fence')
  }
  mirrorRuns(folder, [{ run }])
  openRunFolder(filesOf(folder, run).folder)
  const own = shardFolder(folder, run)
  mkdirSync(own, { recursive: true })
  const pieces = counted(file, () => checkOpen(fleet, name))
  try {
    await writeAllWhole([{ file: join(own, file.name), pieces }], {
      check: (digest) => {
        if (toHex(digest) !== file.sha256) throw new Refused('digest')
      },
    })
  } catch (error) {
    // Others did the shard and put the run together, and the folder went with that.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') await checkOpen(fleet, name)
    throw error
  }
}

/** What the name of a file stands for, once it may be taken. @throws Refused */
async function announced(
  fleet: Fleet,
  { name: text, size }: ShardFile,
): Promise<{ readonly name: ShardName; readonly standing: ShardStanding }> {
  const name = readShardName(text)
  const standing = name && (await shardStanding(fleet.database, fleet.authority, name))
  const max = standing && maxLengthOf(standing.run, standing.shard, name.part)
  if (name === undefined || standing === undefined || max === undefined) throw new Refused('unknown')
  if (size > max) throw new Refused('too_long')
  checkFence(fleet, name, standing)
  return { name, standing }
}

/** @throws Refused where the shard is not the worker's any more */
function checkFence({ folder }: Fleet, { fence }: ShardName, standing: ShardStanding): void {
  if (standing.isVoid || isVoid(folder, standing.run.id)) throw new Refused('void')
  if (standing.fence !== fence) throw new Refused('fence')
}

/** Asked again once the file has come, which took its time. @throws Refused */
async function checkOpen(fleet: Fleet, name: ShardName): Promise<void> {
  const standing = await shardStanding(fleet.database, fleet.authority, name)
  if (standing === undefined) throw new Refused('unknown')
  checkFence(fleet, name, standing)
  if (standing.files !== undefined) throw new Refused('fence')
}

/** The bytes of a file that has as many as it was announced with. @throws Refused */
async function* counted(
  { pieces, size }: SentFile,
  atEnd: () => Promise<void>,
): AsyncGenerator<Uint8Array, void> {
  let length = 0
  for await (const piece of pieces) {
    length += piece.length
    if (length > size) throw new Refused('length')
    yield piece
  }
  if (length < size) throw new Refused('length')
  await atEnd()
}

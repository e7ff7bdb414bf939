import { readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { cleanUp } from '../node/files/disk.ts'
import { MAX_LINE } from '../run/codes/code-lines.ts'
import { filesOf, isThere } from '../run/folder.ts'
import type { Reservation } from '../run/job.ts'
import { MANIFEST_FILE } from '../run/manifest.ts'
import type { Lease, ShardFile } from './leases.ts'
import { type Shard, volumesIn } from './shards.ts'

/** The files of shards: their names, where they lie until their run is put together, and how long they may be. */

/** What a file's name says. No other fence has the name. */
export interface ShardName {
  readonly run: string
  readonly shard: number
  readonly fence: number
  /** `codes.csv`, or the name of a volume. */
  readonly part: string
}

const CODES = 'codes.csv'

export const writeShardName = ({ run, shard, fence, part }: ShardName): string =>
  `${run}.${shard}.${fence}.${part}`

const NAME = /^([\d-]{5,60})\.([1-9]\d{0,5})\.([1-9]\d{0,14})\.(codes\.csv|sheets(?:-\d{1,8})?\.pdf)$/

/** Undefined for what is no name of a shard's file, above all for paths. */
export function readShardName(name: string): ShardName | undefined {
  const [, run, shard, fence, part] = NAME.exec(name) ?? []
  if (run === undefined) return undefined
  return { run, shard: Number(shard), fence: Number(fence), part: part! }
}

/** The name of a file of the shard that a worker has. */
export const shardFileName = ({ run, shard, fence }: Lease, part: string): string =>
  writeShardName({ run: run.id, shard: shard.number, fence, part })

export const codesName = (lease: Lease): string => shardFileName(lease, CODES)

/** What a file of a shard is; undefined for a name that none has. */
export const partOf = ({ name }: Pick<ShardFile, 'name'>): string | undefined => readShardName(name)?.part

/** True for the codes of a shard. */
export const isCodes = (file: ShardFile): boolean => partOf(file) === CODES

/** Where shards lie until their run is put together. */
export const shardFolder = (folder: string, run: Reservation): string =>
  join(filesOf(folder, run).folder, SHARDS_FOLDER)

/** Its name in the run's folder. */
export const SHARDS_FOLDER = 'shards'

/** Takes away what a fence has written: whole files and parts. The folder goes with them, where the run is finished. */
export function removeShardFiles(own: string, lease: Lease): void {
  try {
    for (const name of readdirSync(own))
      if (name.startsWith(shardFileName(lease, ''))) cleanUp(join(own, name))
  } catch {} // the run is put together, and the folder gone
  try {
    if (isThere(join(own, '..', MANIFEST_FILE))) rmdirSync(own)
  } catch {} // it holds something, or is gone
}

/** What a PDF has once: above all two fonts of the longest, whole, of which mostly few letters are needed. */
const MAX_ONCE = 2 ** 26
/** The words of a label. */
const MAX_WORDS = 4096

/** The most bytes that a part of a shard can need; undefined where the shard has no such part. */
export function maxLengthOf(
  run: Reservation,
  shard: Omit<Shard, 'number'>,
  part: string,
): number | undefined {
  if (part === CODES) return (shard.last - shard.first + 1) * MAX_LINE
  const volume = volumesIn(run, shard).find(({ name }) => name === part)
  if (volume === undefined) return undefined
  const { version = 6, logo } = run.sheet!
  // A byte a module, and each number of the logo written out.
  const label = MAX_WORDS + (17 + 4 * version) ** 2 + 4 * JSON.stringify(logo ?? '').length
  return MAX_ONCE + volume.count * label
}

import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { toHex } from '../lib/bytes.ts'
import { cleanUp, flushFile, renameFile, syncFolder } from '../node/files/disk.ts'
import { writeAll } from '../node/files/durable.ts'
import { writeWhole } from '../node/files/whole-file.ts'
import { runEngine } from '../run/check-signatures.ts'
import { type CodeRow, writeRows } from '../run/codes/code-lines.ts'
import { filesOf, isThere, openRunFolder } from '../run/folder.ts'
import type { Reservation } from '../run/job.ts'
import { MANIFEST_FILE } from '../run/manifest.ts'
import { secretOf } from '../run/run.ts'
import { checkDeterministic, notDeterministic, type RunIssuer, runIssuer } from '../run/signing.ts'
import { volumePieces } from '../run/threads/volume-pieces.ts'
import type { RunTools } from '../run/tools.ts'
import { sharesOf } from '../run/volumes.ts'
import type { Lease, ShardFile } from './leases.ts'
import { volumesIn } from './shards.ts'

/** The files of one shard: its codes and its volumes, under names that no other fence has. */

/** What a shard is made with. */
export interface ShardTools extends Pick<RunTools, 'signer' | 'passphrase' | 'fonts' | 'pool'> {
  /** Called after each chunk of stamps: throws where the work is to end. */
  readonly onDone: (done: number) => void
}

/** Stamps that are signed at once. */
const CHUNK = 2048

/** Where shards lie until their run is put together. */
export const shardFolder = (folder: string, run: Reservation): string =>
  join(filesOf(folder, run).folder, 'shards')

const CODES = 'codes.csv'

/** The name of a shard's file: run, shard and fence, then what it is. */
const nameOf = ({ run, shard, fence }: Lease, part: string): string =>
  `${run.id}.${shard.number}.${fence}.${part}`

/** What a file of a shard is: `codes.csv`, or the name of a volume. */
export const partOf = ({ name }: ShardFile): string => name.split('.').slice(3).join('.')

/** True for the codes of a shard. */
export const isCodes = (file: ShardFile): boolean => partOf(file) === CODES

/**
 * Signs and lays out a shard.
 * @returns its files, codes first
 * @throws what `onDone` throws; VeristampError `not_deterministic`, `signing_failed`, `passphrase`, `run_corrupt`; what
 * the file system throws
 */
export async function makeShard(folder: string, lease: Lease, tools: ShardTools): Promise<ShardFile[]> {
  const { run } = lease
  openRunFolder(filesOf(folder, run).folder)
  const own = shardFolder(folder, run)
  mkdirSync(own, { recursive: true })
  try {
    const issuer = await checkedIssuer(folder, lease, tools)
    return await write(own, lease, issuer, tools)
  } catch (error) {
    removeShardFiles(own, lease)
    throw error
  }
}

/** Takes away what a fence has written: whole files and parts. The folder goes with them, where the run is finished. */
export function removeShardFiles(own: string, lease: Lease): void {
  try {
    for (const name of readdirSync(own)) if (name.startsWith(nameOf(lease, ''))) cleanUp(join(own, name))
  } catch {} // the run is put together, and the folder gone
  try {
    if (isThere(join(own, '..', MANIFEST_FILE))) rmdirSync(own)
  } catch {} // it holds something, or is gone
}

/** What signs the run, once it signs the first stamp as the machine did that queued the run. */
async function checkedIssuer(folder: string, lease: Lease, tools: ShardTools): Promise<RunIssuer> {
  const { run, firstCode } = lease
  const secret = secretOf(filesOf(folder, run).folder, run, tools.passphrase)
  const issuer = runIssuer(run, tools.signer, secret, await runEngine())
  await checkDeterministic(run, tools.signer, issuer)
  const [first] = await issuer.issue(run.first, 1)
  if (first!.code !== firstCode)
    throw notDeterministic(
      'since',
      'otherwise than the machine that queued the run, or the secret is another',
    )
  return issuer
}

async function write(own: string, lease: Lease, issuer: RunIssuer, tools: ShardTools): Promise<ShardFile[]> {
  const codes = openCodes(own, nameOf(lease, CODES))
  try {
    const rows = rowsOf(lease, issuer, codes.append, tools.onDone)
    const sheets = await layOut(own, lease, rows, tools)
    return [codes.close(), ...sheets]
  } finally {
    codes.abandon()
  }
}

/** The rows of the shard, which are in its file of codes once they are handed on. */
async function* rowsOf(
  { shard: { first, last } }: Lease,
  issuer: RunIssuer,
  append: (rows: readonly CodeRow[]) => void,
  onDone: (done: number) => void,
): AsyncGenerator<CodeRow> {
  const sign = (at: number) => (at <= last ? issuer.issue(at, Math.min(CHUNK, last - at + 1)) : undefined)
  for (let at = first, next = sign(at); next !== undefined; ) {
    const rows = await next
    append(rows)
    at += rows.length
    onDone(at - first)
    // Signed by other threads, where there are any, while this one lays out what it has.
    next = sign(at)
    next?.catch(() => {}) // told when its turn comes
    yield* rows
    await new Promise(setImmediate) // lets the heart beat
  }
}

async function layOut(
  own: string,
  lease: Lease,
  rows: AsyncIterable<CodeRow>,
  tools: ShardTools,
): Promise<ShardFile[]> {
  const { run, shard } = lease
  const volumes = volumesIn(run, shard)
  if (volumes.length === 0) {
    for await (const _ of rows);
    return []
  }
  const share = sharesOf(rows)
  const files: ShardFile[] = []
  for (const [index, volume] of volumes.entries()) {
    const labels = share(index < volumes.length - 1 ? volume.count : Number.POSITIVE_INFINITY)
    const name = nameOf(lease, volume.name)
    const sha256 = toHex(await writeWhole(join(own, name), volumePieces(run, volume, labels, tools)))
    files.push({ name, sha256, size: statSync(join(own, name)).size })
  }
  return files
}

/** A file of codes that has its name once it is whole and on the disk. */
function openCodes(own: string, name: string) {
  const part = join(own, `${name}.tmp`)
  const hash = createHash('sha256')
  const descriptor = openSync(part, 'w')
  let size = 0
  let isOpen = true
  const end = (): void => {
    if (isOpen) closeSync(descriptor)
    isOpen = false
  }
  return {
    append(rows: readonly CodeRow[]): void {
      const bytes = Buffer.from(writeRows(rows), 'latin1')
      writeAll(descriptor, bytes)
      hash.update(bytes)
      size += bytes.length
    },
    close(): ShardFile {
      flushFile(descriptor)
      end()
      renameFile(part, join(own, name))
      syncFolder(own)
      return { name, sha256: hash.digest('hex'), size }
    },
    abandon: end,
  }
}

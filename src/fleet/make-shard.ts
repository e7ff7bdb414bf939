import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { toHex } from '../lib/bytes.ts'
import { flushFile, renameFile, syncFolder } from '../node/files/disk.ts'
import { writeAll } from '../node/files/durable.ts'
import { writeWhole } from '../node/files/whole-file.ts'
import { runEngine } from '../run/check-signatures.ts'
import { type CodeRow, writeRows } from '../run/codes/code-lines.ts'
import { filesOf, openRunFolder } from '../run/folder.ts'
import { secretOf } from '../run/run.ts'
import { checkDeterministic, notDeterministic, type RunIssuer, runIssuer } from '../run/signing.ts'
import { volumePieces } from '../run/threads/volume-pieces.ts'
import type { RunTools } from '../run/tools.ts'
import { sharesOf } from '../run/volumes.ts'
import type { Lease, ShardFile } from './leases.ts'
import { codesName, removeShardFiles, shardFileName, shardFolder } from './shard-files.ts'
import { volumesIn } from './shards.ts'

/** Makes the files of one shard: its codes and its volumes. */

/** What a shard is made with. */
export interface ShardTools extends Pick<RunTools, 'signer' | 'passphrase' | 'fonts' | 'pool'> {
  /** The folder in which a sealed run has its secret, by its name. */
  readonly secrets: string
  /** Called after each chunk of stamps: throws where the work is to end. */
  readonly onDone: (done: number) => void
}

/** Stamps that are signed at once. */
const CHUNK = 2048

/**
 * Signs and lays out a shard.
 * @param folder in which the run has a folder of its own, or gets one
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
    const issuer = await checkedIssuer(lease, tools)
    return await write(own, lease, issuer, tools)
  } catch (error) {
    removeShardFiles(own, lease)
    throw error
  }
}

/** What signs the run, once it signs the first stamp as the machine did that queued the run. */
async function checkedIssuer(lease: Lease, tools: ShardTools): Promise<RunIssuer> {
  const { run, firstCode } = lease
  const secret = secretOf(filesOf(tools.secrets, run).folder, run, tools.passphrase)
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
  const codes = openCodes(own, codesName(lease))
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
    const name = shardFileName(lease, volume.name)
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

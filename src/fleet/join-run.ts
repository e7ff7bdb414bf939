import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '../ed25519/signer.ts'
import { createWhole } from '../node/files/durable.ts'
import { writeWhole } from '../node/files/whole-file.ts'
import { HEADING } from '../run/codes/code-lines.ts'
import { digestFiles, readPieces } from '../run/codes/codes-file.ts'
import { missingFiles, ownManifest } from '../run/finished.ts'
import { type FinishedRun, filesOf, isThere, openRunFolder } from '../run/folder.ts'
import { signManifest } from '../run/manifest.ts'
import { manifestOf } from '../run/run.ts'
import type { ClosedShard, ShardFile } from './leases.ts'
import { isCodes, partOf, shardFolder } from './shard-files.ts'

/**
 * Puts the files of shards together: those of one machine that did the run alone, byte for byte. Done again, or by two
 * at once, it comes to the same files, so each is put in its place whole and nobody minds who was first.
 */

/** A shard whose files are not what its worker closed it with. */
export class LostShard extends Error {
  readonly number: number
  constructor(number: number) {
    super(`shard ${number}`)
    this.number = number
  }
}

/**
 * @param onFile called before each file: throws where the work is to end
 * @throws LostShard; VeristampError `run_corrupt`; what the file system throws
 */
export async function joinRun(
  folder: string,
  run: FinishedRun['run'],
  shards: readonly ClosedShard[],
  signer: Signer,
  onFile: () => void,
): Promise<void> {
  const files = filesOf(folder, run)
  openRunFolder(files.folder)
  if (!(await isJoined(files))) {
    const own = shardFolder(folder, run)
    const codes = await writeWhole(files.codes, codesOf(own, shards, onFile))
    for (const { number, part, file } of volumesOf(shards)) {
      onFile()
      await writeWhole(join(files.folder, part), checked(own, number, file))
    }
    onFile()
    const sheets = files.sheets && digestFiles(files.sheets)
    await closeRun(files, manifestOf(run, codes, sheets), signer)
  }
  rmSync(shardFolder(folder, run), { recursive: true, force: true })
}

/** True where a worker did it all before, and died before it said so. */
async function isJoined(files: FinishedRun): Promise<boolean> {
  const manifest = await ownManifest(files)
  if (manifest === undefined) return false
  const missing = missingFiles(files, manifest)
  return !missing.codes && !missing.sheets
}

async function closeRun(
  files: FinishedRun,
  content: Parameters<typeof signManifest>[0],
  signer: Signer,
): Promise<void> {
  const document = await signManifest(content, signer)
  try {
    createWhole(files.manifest, document)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await ownManifest(files) // of this run, or it says what it is
  }
}

const volumesOf = (shards: readonly ClosedShard[]): { number: number; part: string; file: ShardFile }[] =>
  shards.flatMap(({ number, files }) =>
    files
      .filter((file) => !isCodes(file))
      .map((file) => {
        const part = partOf(file)
        if (part === undefined) throw new LostShard(number) // no worker names a file so
        return { number, part, file }
      }),
  )

async function* codesOf(
  own: string,
  shards: readonly ClosedShard[],
  onFile: () => void,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(HEADING, 'latin1')
  for (const { number, files } of shards) {
    onFile()
    const codes = files.find(isCodes)
    if (codes === undefined) throw new LostShard(number)
    yield* checked(own, number, codes)
  }
}

/** The bytes of a shard's file, which at their end are what its worker said. @throws LostShard */
async function* checked(
  own: string,
  number: number,
  { name, sha256 }: ShardFile,
): AsyncGenerator<Uint8Array> {
  const path = join(own, name)
  if (!isThere(path)) throw new LostShard(number)
  const hash = createHash('sha256')
  for (const piece of readPieces(path)) {
    hash.update(piece)
    yield piece
    await new Promise(setImmediate) // lets the heart beat
  }
  if (hash.digest('hex') !== sha256) throw new LostShard(number)
}

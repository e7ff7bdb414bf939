import { createHash, type Hash, randomUUID } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Bytes } from '../../lib/bytes.ts'
import { cleanUp, flushFile, renameFile, syncFolder } from './disk.ts'
import { writeAll } from './durable.ts'

/** What is to be written to a file. */
export interface WholeFile {
  readonly file: string
  readonly pieces: AsyncIterable<Uint8Array>
}

/**
 * Writes a file that has its name only when it is whole, in place of one that has it. Returns the SHA-256.
 * @throws what the pieces and the file system throw
 */
export const writeWhole = (
  file: string,
  pieces: AsyncIterable<Uint8Array>,
  mode?: number | undefined,
): Promise<Bytes> => writeAllWhole([{ file, pieces }], { mode })

/**
 * Writes files one after another, which have their names only when all of them are whole. Returns the SHA-256 of all
 * their bytes.
 * @param check looks at the digest before the files get their names, and throws where they may not have them
 * @throws what the pieces, the check and the file system throw
 */
export async function writeAllWhole(
  files: Iterable<WholeFile>,
  {
    mode = 0o666,
    check = () => {},
  }: { readonly mode?: number | undefined; readonly check?: ((digest: Bytes) => void) | undefined } = {},
): Promise<Bytes> {
  const hash = createHash('sha256')
  const parts = new Map<string, string>()
  try {
    for (const { file, pieces } of files) {
      const part = `${file}.${randomUUID()}.tmp`
      parts.set(file, part)
      await writePart(part, pieces, mode, hash)
    }
    const digest = new Uint8Array(hash.digest())
    check(digest)
    for (const [file, part] of parts) renameFile(part, file)
    for (const folder of new Set([...parts.keys()].map((file) => dirname(file)))) syncFolder(folder)
    return digest
  } catch (error) {
    for (const part of parts.values()) cleanUp(part)
    throw error
  }
}

async function writePart(
  part: string,
  pieces: AsyncIterable<Uint8Array>,
  mode: number,
  hash: Hash,
): Promise<void> {
  const descriptor = openSync(part, 'wx', mode)
  try {
    for await (const piece of pieces) {
      writeAll(descriptor, piece)
      hash.update(piece)
    }
    flushFile(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

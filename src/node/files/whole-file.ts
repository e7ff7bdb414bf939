import { createHash, randomUUID } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Bytes } from '../../lib/bytes.ts'
import { cleanUp, flushFile, renameFile, syncFolder } from './disk.ts'
import { writeAll } from './durable.ts'

/**
 * Writes a file that has its name only when it is whole, in place of one that has it. Returns the SHA-256.
 * @param check looks at the digest before the file gets its name, and throws where it may not have it
 * @throws what the pieces, the check and the file system throw
 */
export async function writeWhole(
  file: string,
  pieces: AsyncIterable<Uint8Array>,
  mode = 0o666,
  check: (digest: Bytes) => void = () => {},
): Promise<Bytes> {
  const part = `${file}.${randomUUID()}.tmp`
  const descriptor = openSync(part, 'wx', mode)
  const hash = createHash('sha256')
  try {
    for await (const piece of pieces) {
      writeAll(descriptor, piece)
      hash.update(piece)
    }
    flushFile(descriptor)
  } catch (error) {
    cleanUp(part)
    throw error
  } finally {
    closeSync(descriptor)
  }
  const digest = new Uint8Array(hash.digest())
  try {
    check(digest)
  } catch (error) {
    cleanUp(part)
    throw error
  }
  renameFile(part, file)
  syncFolder(dirname(file))
  return digest
}

import { closeSync, fstatSync, readSync } from 'node:fs'
import type { Bytes } from '../../lib/bytes.ts'
import { openPlainFile } from './disk.ts'

/**
 * The bytes of a file; undefined for one that is longer than `most`, which is not read, and for a folder, a device
 * or a pipe.
 * @throws what the file system throws
 */
export function readBoundedFile(path: string, max: number): Bytes | undefined {
  const descriptor = openPlainFile(path)
  if (descriptor === undefined) return undefined
  try {
    const { size } = fstatSync(descriptor)
    if (size > max) return undefined
    const bytes = new Uint8Array(size)
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(descriptor, bytes, length, bytes.length - length, length)
    }
    return bytes.subarray(0, length)
  } finally {
    closeSync(descriptor)
  }
}

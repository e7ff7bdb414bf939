import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * The bytes of a file; undefined for one that is longer than `most`, which is not read, and for a folder or device.
 * @throws what the file system throws
 */
export function readBoundedFile(path: string, most: number): Uint8Array | undefined {
  const descriptor = openSync(path, 'r')
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile() || stat.size > most) return undefined
    const bytes = new Uint8Array(stat.size)
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(descriptor, bytes, length, bytes.length - length, length)
    }
    return bytes.subarray(0, length)
  } finally {
    closeSync(descriptor)
  }
}

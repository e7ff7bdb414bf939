import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { syncFolder } from './sync-folder.ts'

/** Files that survive a kill and a power cut: whole under their name, or not there. */

/** Writes a new file and flushes it. @throws `EEXIST` where there is one */
export function writeDurably(file: string, bytes: Uint8Array, mode = 0o666): void {
  const descriptor = openSync(file, 'wx', mode)
  try {
    // What the umask took is given back only to files that are to be private: never more than asked.
    if (mode === 0o600) fchmodSync(descriptor, mode)
    writeAll(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Writes all bytes, however many a call takes, where the file stands. */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
}

/**
 * Gives a file that is written whole a name that none had: of several processes one succeeds. The folder's file
 * system must know hard links.
 * @throws `EEXIST` where the name is taken, and what else the file system throws, such as `ENOSPC`
 */
export function createWhole(file: string, bytes: Uint8Array, mode = 0o666): void {
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    writeDurably(temporary, bytes, mode)
    linkSync(temporary, file)
    syncFolder(dirname(file))
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Puts a file in the place of another, whole: at any moment one of the two is there. */
export function replaceWhole(file: string, bytes: Uint8Array): void {
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    writeDurably(temporary, bytes)
    renameSync(temporary, file)
    syncFolder(dirname(file))
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Makes a folder, and those above it that are missing, so that a power cut takes none of them back. */
export function makeFolderDurably(folder: string): void {
  const highest = mkdirSync(folder, { recursive: true })
  if (highest === undefined) return
  const end = dirname(resolve(highest))
  for (let at = resolve(folder); at !== end; at = dirname(at)) syncFolder(dirname(at))
}

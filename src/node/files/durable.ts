import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fchmodSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { cleanUp, flushFile, linkFile, renameFile, syncFolder } from './disk.ts'

/** Files that survive a kill and a power cut: whole under their name, or not there. */

/** Writes a new file and flushes it. @throws `EEXIST` where there is one */
export function writeDurably(file: string, bytes: Uint8Array, mode = 0o666): void {
  const descriptor = openSync(file, 'wx', mode)
  try {
    // What the umask took is given back only to files that are to be private: never more than asked.
    if (mode === 0o600) fchmodSync(descriptor, mode)
    writeAll(descriptor, bytes)
    flushFile(descriptor)
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
 * @throws `EEXIST` where the name is taken; VeristampError `no_hard_links`; what else the file system throws, such as
 * `ENOSPC`
 */
export function createWhole(file: string, bytes: Uint8Array, mode = 0o666): void {
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    writeDurably(temporary, bytes, mode)
    linkFile(temporary, file)
    syncFolder(dirname(file))
  } finally {
    cleanUp(temporary)
  }
}

/** Puts a file in the place of another, whole: at any moment one of the two is there. */
export function replaceWhole(file: string, bytes: Uint8Array): void {
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    writeDurably(temporary, bytes)
    renameFile(temporary, file)
    syncFolder(dirname(file))
  } finally {
    cleanUp(temporary)
  }
}

/**
 * Tries whether files can be made here as `createWhole` makes them, and leaves nothing behind.
 * @param folder that is there, or will be
 * @throws VeristampError `no_hard_links`; what else the file system throws
 */
export function checkHardLinks(folder: string): void {
  let there = resolve(folder)
  while (!existsSync(there)) there = dirname(there)
  const probe = join(there, `${randomUUID()}.tmp`)
  try {
    writeDurably(probe, new Uint8Array())
    linkFile(probe, `${probe}.tmp`)
  } finally {
    cleanUp(`${probe}.tmp`)
    cleanUp(probe)
  }
}

/** Makes a folder, and those above it that are missing, so that a power cut takes none of them back. */
export function makeFolderDurably(folder: string): void {
  const highest = mkdirSync(folder, { recursive: true })
  if (highest === undefined) return
  const end = dirname(resolve(highest))
  for (let at = resolve(folder); at !== end; at = dirname(at)) syncFolder(dirname(at))
}
